"""Setting how far pupils are expected to walk, and taking a version away before its day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.analysis.school_days import months_after, school_year
from schoolward.domains.routes.actions.recording import RouteRefused, audit, own_row, some_words, within
from schoolward.domains.routes.models import WalkZoneRule
from schoolward.domains.routes.models.zones import LEAST_ZONE_M, MOST_ZONE_M
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.viewer import Viewer

YEARS_BACK = 10
"""A version begins at most so many years ago."""


def set_walk_zone(
    *,
    valid_from: date,
    elementary_m: float,
    middle_m: float,
    high_m: float,
    source: str,
    by: Viewer,
    at: datetime,
) -> WalkZoneRule:
    """Set the walk zones from a day on, in meters along streets; the versions before stay.

    Args:
        valid_from: the first day.
        elementary_m: to an elementary school.
        middle_m: to a middle or junior high school.
        high_m: to a high school.
        source: where the district says so, for instance a board policy's number.
        by: who acts; needs `routes.plan` at every site.
        at: the clock.

    Raises:
        RouteRefused: a distance that nobody walks, or shorter than that of a lower level; a day more than
            :data:`YEARS_BACK` years ago or after the next school year; no source.
        AccessDenied: without the permission, or at some sites only.
    """
    _of_the_district(by)
    _near_in_time(valid_from, timezone.localdate(at))
    metres = {"elementary_m": elementary_m, "middle_m": middle_m, "high_m": high_m}
    for field, value in metres.items():
        within(value, LEAST_ZONE_M, MOST_ZONE_M, field)
    if middle_m < elementary_m:
        raise RouteRefused(
            _("Middle schools stand with a shorter walk than elementary schools. Check both."),
            field="middle_m",
        )
    if high_m < middle_m:
        raise RouteRefused(
            _("High schools stand with a shorter walk than middle schools. Check both."), field="high_m"
        )
    values = metres | {"valid_from": valid_from, "source": some_words(source, "source")[:200]}
    with transaction.atomic():
        newest = WalkZoneRule.objects.filter(valid_from=valid_from).first()
        if newest is not None and all(getattr(newest, name) == value for name, value in values.items()):
            return newest
        made = WalkZoneRule.objects.create(**values, set_at=at.astimezone(UTC), set_by_id=by.account_id)
        audit("walk_zone_set", made, by=by, valid_from=valid_from.isoformat(), **metres)
    return made


@transaction.atomic
def remove_walk_zone(*, rule_id: int, by: Viewer, at: datetime) -> None:
    """Take a version away whose first day is still to come.

    Raises:
        RouteRefused: for a version that has held on some day: set another from today on.
        AccessDenied: without `routes.plan` at every site.
    """
    _of_the_district(by)
    rule = own_row(WalkZoneRule, rule_id, by=by, permission="routes.plan")
    if rule.valid_from <= timezone.localdate(at):
        raise RouteRefused(
            _("This version holds, or has held, and stays. Set another to change the distances.")
        )
    audit("walk_zone_removed", rule, by=by, valid_from=rule.valid_from.isoformat())
    rule.delete()


def _of_the_district(by: Viewer) -> None:
    check(by, "routes.plan")
    if by.campus_ids is not None:
        raise AccessDenied("routes.plan", "routes.WalkZoneRule")


def _near_in_time(day: date, today: date) -> None:
    """Raise :class:`RouteRefused` for a first day that is a slip of the keyboard."""
    first = months_after(today, -12 * YEARS_BACK)
    last = months_after(school_year(today)[1], 12)
    if not first <= day <= last:
        raise RouteRefused(
            _("Check the year: walk zones begin from %(first)s to %(last)s, the end of the next school year.")
            % {"first": date_format(first, "F j, Y"), "last": date_format(last, "F j, Y")},
            field="valid_from",
        )
