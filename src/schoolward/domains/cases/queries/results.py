"""Whether attendance rose after visits (M29): told of the whole centre, never of one student."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from django.utils import timezone

from schoolward.analysis.attendance import Change, Gain, Series, change, gain
from schoolward.domains.cases.models import AttendanceDay, CentreVisit
from schoolward.domains.cases.queries.truancy import as_mark
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within


@dataclass(frozen=True)
class CentreResults:
    """M29 with a comparison and without one; ``left_out`` visits have no full days on both sides (yet)."""

    compared: Gain
    alone: Gain
    left_out: int
    is_invented: bool


def attendance_gain(viewer: Viewer, first: date, last: date) -> CentreResults:
    """M29 of students whose first visit lies in a time, beside young people who never came to the center.

    Each of those is looked at about the day of one visit, in turn, so that like season is held against like.
    It is counted by the installation itself, over every caseload: nobody is shown.
    """
    check(viewer, "centre.results")
    system = Viewer.system(at=viewer.at, name="counting")
    with within(system):
        rows = visible(CentreVisit.objects.order_by("arrived_at"), system)
        came: dict[int, date] = {}
        for youth, arrived in rows.values_list("youth", "arrived_at"):
            came.setdefault(youth, timezone.localdate(arrived))
        kept: dict[int, list[AttendanceDay]] = defaultdict(list)
        for day in visible(AttendanceDay.objects.filter(enrolled=True).order_by("youth", "on"), system):
            kept[day.youth_id].append(day)
    series = {youth: Series(as_mark(day) for day in days) for youth, days in kept.items()}
    inside = {youth: day for youth, day in came.items() if first <= day <= last}
    treated = [_change(series, youth, day) for youth, day in inside.items()]
    others = sorted(set(series) - set(came))
    compared = [
        _change(series, youth, day)
        for youth, day in zip(others, cycle(sorted(inside.values())), strict=False)
    ]
    changes = [one for one in treated if one is not None]
    return CentreResults(
        gain(changes, [one for one in compared if one is not None]),
        gain(changes),
        len(treated) - len(changes),
        any(day.invented for days in kept.values() for day in days),
    )


def _change(series: dict[int, Series], youth: int, day: date) -> Change | None:
    return change(series[youth], day) if youth in series else None
