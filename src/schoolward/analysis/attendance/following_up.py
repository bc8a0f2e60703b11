"""When to look again after a visit, at 30, 60 and 90 days, in the kind of days that the plan states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from schoolward.analysis.school_days import DayKind, IsSchoolDay, days_after, weekdays

STEPS: Final = (30, 60, 90)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One look: after how many days, and on which one at the latest."""

    step: int
    due_on: date


def follow_ups(
    visited_on: date,
    *,
    kind: DayKind,
    is_school_day: IsSchoolDay = weekdays,
    steps: Sequence[int] = STEPS,
) -> tuple[FollowUp, ...]:
    """Each look with its due date. One that falls on a day without school is due on the next with school:
    attendance cannot be asked about when nobody is there."""
    found = []
    for step in steps:
        due = days_after(visited_on, step, kind, is_school_day)
        if not is_school_day(due):
            due = days_after(due, 1, DayKind.SCHOOL, is_school_day)
        found.append(FollowUp(step, due))
    return tuple(found)
