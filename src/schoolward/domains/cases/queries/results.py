"""Whether attendance rose after visits (M29): told of the whole centre, never of one student."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import cycle

from django.utils import timezone

from schoolward.analysis.attendance import Change, Gain, Mark, Series, Status, change, gain
from schoolward.domains.cases.models import AttendanceDay, Attended, CentreVisit
from schoolward.domains.cases.queries.days_known import days_known
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.measures.together import shared


@dataclass(frozen=True)
class CentreResults:
    """M29 with a comparison and without one; ``left_out`` visits have no full days on both sides (yet).

    ``changes`` holds the change of each student who counts, by the number of the first visit.
    """

    compared: Gain
    alone: Gain
    left_out: int
    is_invented: bool
    changes: dict[int, Change] = field(default_factory=dict)


def attendance_gain(viewer: Viewer, first: date, last: date) -> CentreResults:
    """M29 for whoever may read results. Raises :class:`NotPermitted`."""
    check(viewer, "centre.results")
    return gain_of_visits(first, last, timezone.localdate(viewer.at))


@shared
def gain_of_visits(first: date | None, last: date, as_of: date) -> CentreResults:
    """M29 of students whose first visit lies in a time, beside young people who never came to the center.

    Each of those is looked at about the day of one visit, in turn, so that like season is held against like.
    Days of school after ``as_of`` are not looked at. It is counted by the installation itself, over every
    caseload: nobody is shown.
    """
    system = Viewer.system(at=timezone.now(), name="counting")
    with within(system):
        rows = visible(CentreVisit.objects.order_by("arrived_at", "pk"), system)
        came: dict[int, tuple[int, date]] = {}
        for pk, youth, arrived in rows.values_list("pk", "youth", "arrived_at"):
            came.setdefault(youth, (pk, timezone.localdate(arrived)))
        days = visible(AttendanceDay.objects.filter(enrolled=True, on__lte=as_of), system)
        is_invented = days.filter(invented=True).exists()
    series = _there_until(as_of)
    inside = {
        youth: (pk, day)
        for youth, (pk, day) in came.items()
        if day <= last and (first is None or first <= day)
    }
    found = {pk: _change(series, youth, day) for youth, (pk, day) in inside.items()}
    changes = {pk: one for pk, one in found.items() if one is not None}
    others = sorted(set(series) - set(came))
    compared = [
        _change(series, youth, day)
        for youth, day in zip(others, cycle(sorted(day for _pk, day in inside.values())), strict=False)
    ]
    told = list(changes.values())
    return CentreResults(
        gain(told, [one for one in compared if one is not None]),
        gain(told),
        len(found) - len(changes),
        is_invented,
        changes,
    )


@shared
def _there_until(as_of: date) -> dict[int, Series]:
    """Whether they were there, by the young person's number; whoever has no day until then is not in it."""
    kept = {youth: Series(mark for mark in marks if mark.on <= as_of) for youth, marks in _there().items()}
    return {youth: series for youth, series in kept.items() if series}


@shared
def _there() -> dict[int, list[Mark]]:
    return {
        youth: [
            Mark(day.on, Status.EXCUSED if day.mark == Attended.ABSENT else Status.PRESENT) for day in days
        ]
        for youth, days in days_known().items()
    }


def _change(series: dict[int, Series], youth: int, day: date) -> Change | None:
    return change(series[youth], day) if youth in series else None
