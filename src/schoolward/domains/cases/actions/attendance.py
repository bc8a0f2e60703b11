"""Taking in how a young person came to school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from schoolward.domains.cases.actions.recording import as_system, audit, youth_for
from schoolward.domains.cases.models import AttendanceDay, Youth, of_youth
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.protocols.attendance import Day

_TOLD = ("mark", "minutes_absent", "excused", "enrolled")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """How many days were new, different, and the same."""

    created: int
    updated: int
    unchanged: int


@transaction.atomic
def bring_in(*, youth_id: int, days: Sequence[Day], by: Viewer, at: datetime) -> Taken:
    """Keep days of school of a young person, each once; what is there already is set right.

    One event tells how many. Raises :class:`NotTheirs`.
    """
    with within(as_system(by)):
        youth = youth_for(youth_id, by=by)
        there = {
            day.on: day for day in AttendanceDay.objects.filter(youth=youth, on__in={day.on for day in days})
        }
        new = [_of(youth, day, at) for day in days if day.on not in there]
        changed = []
        for day in days:
            kept = there.get(day.on)
            if kept is not None and any(getattr(kept, name) != getattr(day, name) for name in _TOLD):
                for name in _TOLD:
                    setattr(kept, name, getattr(day, name))
                kept.told_at = at
                kept.save(update_fields=[*_TOLD, "told_at"])
                changed.append(kept)
        AttendanceDay.objects.bulk_create(new, batch_size=_AT_ONCE)
        taken = Taken(len(new), len(changed), len(days) - len(new) - len(changed))
        if new or changed:
            audit("attendance_brought_in", youth, by=by, created=taken.created, updated=taken.updated)
    return taken


def _of(youth: Youth, day: Day, at: datetime) -> AttendanceDay:
    return AttendanceDay(
        **of_youth(youth),
        on=day.on,
        mark=day.mark.value,
        minutes_absent=day.minutes_absent,
        excused=day.excused,
        enrolled=day.enrolled,
        told_at=at,
        invented=youth.invented,
    )
