"""Setting how far pupils are expected to walk."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from schoolward.domains.routes.actions.recording import audit, plausible_day, some_words, within
from schoolward.domains.routes.models import WalkZoneRule
from schoolward.domains.routes.models.zones import LEAST_ZONE_M, MOST_ZONE_M
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.viewer import Viewer


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
        RouteRefused: a distance that nobody walks, a day in no plausible year, or no source.
        AccessDenied: without the permission, or at some sites only.
    """
    check(by, "routes.plan")
    if by.campus_ids is not None:
        raise AccessDenied("routes.plan", "routes.WalkZoneRule")
    plausible_day(valid_from, "valid_from")
    metres = {"elementary_m": elementary_m, "middle_m": middle_m, "high_m": high_m}
    for field, value in metres.items():
        within(value, LEAST_ZONE_M, MOST_ZONE_M, field)
    values = metres | {"valid_from": valid_from, "source": some_words(source, "source")[:200]}
    with transaction.atomic():
        newest = WalkZoneRule.objects.filter(valid_from=valid_from).first()
        if newest is not None and all(getattr(newest, name) == value for name, value in values.items()):
            return newest
        made = WalkZoneRule.objects.create(**values, set_at=at, set_by_id=by.account_id)
        audit("walk_zone_set", made, by=by, valid_from=valid_from.isoformat(), **metres)
    return made
