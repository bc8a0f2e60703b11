"""How an edition begins: for which day it may stand, what is on its form, and its texts."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.platform.access.models import Agency, AgencyKind
from schoolward.platform.measures.period import Period, PeriodError
from schoolward.reports.errors import UnfitDate
from schoolward.reports.invented import invented_rows
from schoolward.reports.models import Edition, State
from schoolward.reports.registry import ReportKind

FORM_FIELDS: tuple[str, ...] = (
    "district",
    "agenda_item",
    "meeting_date",
    "subject",
    "item_type",
    "division",
    "minutes_planned",
    "submitted_by_role",
    "approved_by_role",
)


def check_day(as_of: date, *, at: datetime) -> None:
    """Raise :class:`UnfitDate` for a day at which no figures can stand.

    A day that has not come yet by the clock is one: published, it would supersede what is true today.
    """
    if as_of > (latest := timezone.localdate(at)):
        raise UnfitDate(
            _("Figures cannot stand at %(day)s, which is still to come. Give a day up to %(latest)s.")
            % {"day": as_of, "latest": latest}
        )
    try:
        Period.previous_school_year(as_of)
    except PeriodError as error:
        raise UnfitDate(_("Figures cannot stand there: %(why)s.") % {"why": error}) from error


def begin(kind: ReportKind, as_of: date, *, at: datetime) -> tuple[Edition, dict[str, str]]:
    """A new edition, not saved, and its texts by section.

    The texts are those of the last published edition before, or the report's own to start from. Raises
    :class:`UnfitDate`.
    """
    check_day(as_of, at=at)
    last = last_published(kind.key, as_of)
    number = Edition.objects.filter(report=kind.key).aggregate(last=Max("number"))["last"] or 0
    carried = {name: getattr(last, name) for name in FORM_FIELDS} if last else {}
    edition = Edition(
        report=kind.key,
        number=number + 1,
        as_of=as_of,
        created_at=at,
        invented=bool(invented_rows()),
        **{
            **{name: kind.form[name] for name in FORM_FIELDS if name in kind.form},
            "district": _home_district() or _("School district"),
            **carried,
            "agenda_item": "",
            "meeting_date": kind.meeting_dates(as_of),
        },
    )
    texts = dict(last.sections.values_list("key", "body")) if last else {}
    return edition, {
        section.key: texts.get(section.key) or kind.starting_text(section.key) for section in kind.sections
    }


def _home_district() -> str:
    """The name of the school district that the installation belongs to: the first that was founded."""
    found = Agency.objects.filter(kind=AgencyKind.DISTRICT).order_by("created_at", "pk").first()
    return found.name if found else ""


def last_published(report: str, as_of: date) -> Edition | None:
    """The edition that one of this date follows: the last that was published up to it."""
    return (
        Edition.objects.filter(report=report, as_of__lte=as_of, state__in=[State.PUBLISHED, State.SUPERSEDED])
        .order_by("-as_of", "-number")
        .first()
    )
