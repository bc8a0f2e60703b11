"""Days of school as they are counted: over every caseload, by the installation itself; nobody is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from schoolward.domains.cases.models import AttendanceDay
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.measures.together import shared


class DayKnown(NamedTuple):
    """A day of school of somebody who was enrolled on it."""

    on: date
    mark: str
    excused: bool | None
    minutes_absent: int | None


@shared
def days_known() -> Mapping[int, Sequence[DayKnown]]:
    """Every day, by the young person's number and in order; read once for all that a paper asks about."""
    system = Viewer.system(at=timezone.now(), name="counting")
    kept: dict[int, list[DayKnown]] = {}
    with within(system):
        days = visible(AttendanceDay.objects.filter(enrolled=True), system).order_by("youth", "on")
        for youth, *day in days.values_list("youth", "on", "mark", "excused", "minutes_absent"):
            kept.setdefault(youth, []).append(DayKnown(*day))
    return kept
