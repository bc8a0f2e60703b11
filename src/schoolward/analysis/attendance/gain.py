"""Attendance gain (M29): present days in 45 school days after, less 45 before, against a comparison.

Each student is held against himself, so that what differs between students drops out. Students are brought
to a centre when their attendance is at its worst, and what is at its worst tends to become better by itself:
without a comparison a gain is told as what it is, a change, and not as an effect.

The interval is Student's t on the students' own changes; with a comparison, Welch's on the difference of the
two means (Welch, "The generalization of Student's problem", Biometrika 34, 1947). A day is present or not, so
a mean is known no more finely than part of a day: the spread is never taken to be less than that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from schoolward.analysis.attendance.marks import Mark, Series
from schoolward.analysis.false_alarms.intervals import check_confidence
from schoolward.analysis.false_alarms.ratios import Verdict

WINDOW: Final = 45
"""School days on each side."""
LEAST_STUDENTS: Final = 11
"""With fewer, nothing is told: neither could it be shown, nor would the students be hidden."""
_GRAIN: Final = (100 / WINDOW) ** 2 / 12
"""The variance, in squared percentage points, of rounding to whole days of a window."""


@dataclass(frozen=True, slots=True)
class Change:
    """One student's share of present days on each side, in percent."""

    before: float
    after: float

    @property
    def points(self) -> float:
        """The change in percentage points."""
        return self.after - self.before


@dataclass(frozen=True)
class Gain:
    """The mean change in percentage points, with its interval; less the comparison's where there is one.

    ``value``, ``low`` and ``high`` are ``None`` where there are too few to tell.
    """

    value: float | None
    low: float | None
    high: float | None
    students: int
    compared_with: int | None
    verdict: Verdict


def change(series: Series, reference: date, *, days: int = WINDOW) -> Change | None:
    """A student's change about a day, which belongs to neither side.

    ``None`` where there are fewer days on a side: somebody without full follow-up is not counted as changed.
    """
    before, after = series.before(reference, days), series.after(reference, days)
    if days < 1 or len(before) < days or len(after) < days:
        return None
    return Change(_percent(before), _percent(after))


def _percent(marks: Sequence[Mark]) -> float:
    return 100 * sum(mark.is_present for mark in marks) / len(marks)


def gain(
    treated: Sequence[Change],
    comparison: Sequence[Change] | None = None,
    *,
    least: int = LEAST_STUDENTS,
    confidence: float = 0.95,
) -> Gain:
    """M29: the mean change, less the comparison's; too few below ``least`` students on a side."""
    check_confidence(confidence)
    groups = [treated] if comparison is None else [treated, comparison]
    against = None if comparison is None else len(comparison)
    if min(len(group) for group in groups) < max(2, least):
        return Gain(None, None, None, len(treated), against, Verdict.TOO_FEW)
    from scipy.special import stdtrit

    means = [math.fsum(one.points for one in group) / len(group) for group in groups]
    parts = [_variance(group, mean) / len(group) for group, mean in zip(groups, means, strict=True)]
    freedom = sum(parts) ** 2 / sum(
        part * part / (len(group) - 1) for part, group in zip(parts, groups, strict=True)
    )
    value = means[0] - (means[1] if comparison is not None else 0.0)
    reach = float(stdtrit(freedom, 0.5 + confidence / 2)) * math.sqrt(sum(parts))
    low, high = value - reach, value + reach
    verdict = Verdict.ROSE if low > 0 else Verdict.FELL if high < 0 else Verdict.NOT_SHOWN
    return Gain(value, low, high, len(treated), against, verdict)


def _variance(group: Sequence[Change], mean: float) -> float:
    return max(_GRAIN, math.fsum((one.points - mean) ** 2 for one in group) / (len(group) - 1))
