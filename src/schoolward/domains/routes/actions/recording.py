"""What every write of routes shares: finding the row for this viewer, and the audit's word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from schoolward.domains.places.queries import campus_by_pk, school_year
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.measures.period import EARLIEST, LATEST

Row = TypeVar("Row", bound=Model)


class RouteRefused(Exception):
    """It cannot be done that way; the message says what to do. ``field`` names the form field it is about."""

    def __init__(self, message: str | Promise, *, field: str = "") -> None:
        super().__init__(str(message))
        self.field = field


class StandsAlready(RouteRefused):
    """The same is there: what was sent twice is not made twice. ``row`` is the one that stands, which the
    viewer may see."""

    def __init__(self, message: str | Promise, row: Model, *, field: str = "") -> None:
        super().__init__(message, field=field)
        self.row = row


def own_row(model: type[Row], pk: int, *, by: Viewer, permission: str) -> Row:
    """A row, locked for writing. Raises ``AccessDenied`` without the permission, or where the row is not the
    viewer's to see."""
    subject = f"{model._meta.label}:{pk}"
    check(by, permission, subject)
    rows = visible(model._default_manager.select_for_update(of=("self",)), by)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise AccessDenied(permission, subject)
    return found


def own_site(campus_id: int, *, by: Viewer, permission: str) -> None:
    """Raise ``AccessDenied`` without the permission, or at a site that is not the viewer's; and
    :class:`RouteRefused` for a site that nobody knows."""
    check(by, permission)
    if by.campus_ids is not None and campus_id not in by.campus_ids:
        raise AccessDenied(permission, f"places.Campus:{campus_id}")
    if campus_by_pk(campus_id) is None:
        raise RouteRefused(_("No such site is known."), field="campus_id")


def audit(action: str, row: Model, *, by: Viewer, **detail: Any) -> None:
    """Write the one audit event of an action: keys and numbers, with the true time of the request."""
    record(f"routes.{action}", by=by, at=by.at, subject=f"{row._meta.label}:{row.pk}", detail=detail)


def written(row: Model, values: dict[str, Any], action: str, *, by: Viewer, **detail: Any) -> bool:
    """Save what differs, with one audit event; nothing, and ``False``, where nothing does."""
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, values[name])
    if row.pk is None:
        row.save()
    elif changed:
        row.save(update_fields=changed)
    else:
        return False
    audit(action, row, by=by, fields=changed, **detail)
    return True


def past_day(day: date, at: datetime, field: str = "day") -> None:
    """Raise :class:`RouteRefused` for a day that is still to come, or in no plausible year."""
    plausible_day(day, field)
    if day > timezone.localdate(at) + timedelta(days=1):
        raise RouteRefused(_("This day is still to come. Check the date."), field=field)


SCHOOL_YEARS_BACK = 10
"""How far back tallies and parents' forms are taken: paper of earlier years may still be typed in."""


def day_of_travel(day: date, at: datetime, field: str = "day") -> None:
    """Raise :class:`RouteRefused` for a day that is to come, or that lies before the school year that began
    :data:`SCHOOL_YEARS_BACK` years before the present one (school years begin on July 1)."""
    past_day(day, at, field)
    earliest = date(school_year(timezone.localdate(at)) - SCHOOL_YEARS_BACK, 7, 1)
    if day < earliest:
        raise RouteRefused(
            _("Check the year: tallies and forms are taken from %(day)s on, ten school years back.")
            % {"day": date_format(earliest, "F j, Y")},
            field=field,
        )


def plausible_day(day: date | None, field: str) -> None:
    """Raise :class:`RouteRefused` for a year that is a slip of the keyboard."""
    if day is not None and not EARLIEST <= day <= LATEST:
        raise RouteRefused(
            _("Check the year: it lies outside of %(first)d to %(last)d.")
            % {"first": EARLIEST.year, "last": LATEST.year},
            field=field,
        )


def days_in_order(first: date | None, last: date | None, field: str = "valid_to") -> None:
    """Raise :class:`RouteRefused` where the last day lies before the first."""
    plausible_day(first, "valid_from")
    plausible_day(last, field)
    if first is not None and last is not None and last < first:
        raise RouteRefused(_("The last day lies before the first."), field=field)


def some_words(text: str, field: str) -> str:
    """The text without spaces around it. Raises :class:`RouteRefused` where there is none."""
    if not text.strip():
        raise RouteRefused(_("Say it in at least a few words."), field=field)
    return text.strip()


def on_earth(longitude: float, latitude: float) -> None:
    """Raise :class:`RouteRefused` for a point that is nowhere, or whose numbers stand in the wrong order."""
    if not -180 <= longitude <= 180:
        raise RouteRefused(_("A longitude lies between -180 and 180 degrees."), field="longitude")
    if not -90 <= latitude <= 90:
        raise RouteRefused(
            _("A latitude lies between -90 and 90 degrees; is it the longitude?"), field="latitude"
        )


def within(value: float | None, least: float, most: float, field: str) -> None:
    """Raise :class:`RouteRefused` for a number beyond belief. ``None`` stands for not known."""
    if value is not None and not least <= value <= most:
        raise RouteRefused(
            _("Write a number from %(least)s to %(most)s.") % {"least": f"{least:g}", "most": f"{most:g}"},
            field=field,
        )


def known_value(value: str, choices: Iterable[str], field: str) -> None:
    """Raise :class:`RouteRefused` for a value that is none of the choices."""
    listed = list(choices)
    if value not in listed:
        raise RouteRefused(_("Choose one of: %(values)s.") % {"values": ", ".join(listed)}, field=field)
