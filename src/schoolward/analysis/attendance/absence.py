"""Chronic absence (M30): students absent on ten percent or more of the days that they were enrolled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schoolward.analysis.attendance.marks import Series
from schoolward.analysis.false_alarms.intervals import Interval, wilson
from schoolward.analysis.statutes import Statute

LEAST_STUDENTS = 11
"""A share among fewer students is not told (docs/decisions/0024)."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days enrolled and taught, and those of them on which the student was absent for whatever reason."""

    enrolled: int
    absent: int

    def __post_init__(self) -> None:
        if not 0 <= self.absent <= self.enrolled:
            raise ValueError(f"{self.absent} days absent of {self.enrolled} enrolled: mend one of them.")

    @classmethod
    def of(cls, series: Series) -> Days:
        """The days of a series."""
        marks = list(series)
        return cls(len(marks), sum(not mark.is_present for mark in marks))


@dataclass(frozen=True)
class ChronicShare:
    """How many of how many students, with Wilson's interval; ``share`` is ``None`` where they are too few."""

    chronic: int
    students: int
    left_out: int
    share: float | None
    interval: Interval | None


def is_chronic(days: Days, rule: Statute) -> bool | None:
    """Whether a student is chronically absent; ``None`` where too few days are known to say.

    In whole numbers, so that exactly ten percent is ten percent.
    """
    if days.enrolled < max(1, rule.least_days or 0):
        return None
    return days.absent * 100 >= days.enrolled * (rule.percent or 0)


def chronic_share(students: Iterable[Days], rule: Statute, *, confidence: float = 0.95) -> ChronicShare:
    """M30 over students: those absent on the rule's share of days, over those enrolled for its least days."""
    answers = [is_chronic(days, rule) for days in students]
    told = [answer for answer in answers if answer is not None]
    chronic, number = sum(told), len(told)
    left_out = len(answers) - number
    if number < LEAST_STUDENTS:
        return ChronicShare(chronic, number, left_out, None, None)
    return ChronicShare(chronic, number, left_out, chronic / number, wilson(chronic, number, confidence))
