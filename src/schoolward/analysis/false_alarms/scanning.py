"""When a zone's false alarms happen: the window of the day that holds most of them.

A zone's alarms are scanned for the window (one to four local hours, on all days, on weekdays or on
weekends) that holds most of them beyond what its armed hours would give: a site armed only at night has
alarms only at night, and that says nothing. Among the windows that hold at least half, the one with the
largest likelihood ratio is told (Kulldorff, "A spatial scan statistic", Communications in Statistics 26,
1997; with the binomial model, in one dimension).

Its p-value needs no simulation: the binomial tail of its count, times the number of windows tried
(Bonferroni). That holds whatever the windows overlap, and errs on the side of silence. Alarms within one
hour of one day are one happening to the tail (a banner in a draught sets off twenty), though all count for
the share that is shown.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.false_alarms.intervals import binomial_tails
from schoolward.analysis.false_alarms.kinds import Cause

LONGEST_HOURS: Final = 4
"""The longest window that is scanned for; a longer one points at no single cause."""

_NAMING_DAYS: Final = 1.92  # half of 3.84, the 95 % point of chi-square with one degree of freedom

WINDOWS_TRIED: Final = 24 * LONGEST_HOURS * 3


class Days(StrEnum):
    """On which days a window lies. An hour past midnight belongs to its own day."""

    ALL = "all"
    WEEKDAYS = "weekdays"
    WEEKENDS = "weekends"


_WEEKDAYS_OF: Final[dict[Days, tuple[int, ...]]] = {
    Days.ALL: (0, 1, 2, 3, 4, 5, 6),
    Days.WEEKDAYS: (0, 1, 2, 3, 4),
    Days.WEEKENDS: (5, 6),
}


class Outcome(StrEnum):
    """What the scan says."""

    FOUND = "found"
    NONE = "none"
    TOO_FEW = "too few"


@dataclass(frozen=True)
class Occurrence:
    """One false activation by the wall clock of its site."""

    day: date
    hour: int
    cause: Cause = Cause.UNKNOWN

    def __post_init__(self) -> None:
        if not 0 <= self.hour <= 23:
            raise ValueError(f"Hour {self.hour} is not on the clock: give 0 to 23.")


@dataclass(frozen=True)
class Window:
    """From `start` (0 to 23) for `hours` (1 to 4), across midnight where it comes to that."""

    start: int
    hours: int
    days: Days = Days.ALL

    def __post_init__(self) -> None:
        if not (0 <= self.start <= 23 and 1 <= self.hours <= LONGEST_HOURS):
            raise ValueError(f"{self} is no window of 1 to {LONGEST_HOURS} hours from 0 to 23.")

    def holds(self, day: date, hour: int) -> bool:
        """Tell whether the hour of that day lies in the window."""
        return (hour - self.start) % 24 < self.hours and day.weekday() in _WEEKDAYS_OF[self.days]

    @property
    def words(self) -> str:
        """The window as a sentence has it: "between 18:00 and 19:00", with the days unless all."""
        clock = f"between {self.start:02d}:00 and {(self.start + self.hours) % 24:02d}:00"
        return clock if self.days is Days.ALL else f"{clock} on {self.days}"


@dataclass(frozen=True)
class ScanPolicy:
    """When a window is told."""

    fewest: int = 5
    fewest_days: int = 3
    majority: float = 0.5
    alpha: float = 0.01


DEFAULT_POLICY: Final = ScanPolicy()


@dataclass(frozen=True)
class Concentration:
    """What the scan of one zone found.

    `share` is the window's part of the `events`, `expected_share` the part that its armed hours would give;
    `cause` is the one behind more than half of the `in_window`, None where there is none, and `cause_share`
    its part of them. `p_value` is corrected for the `windows_tried`. Without a window, shares and p are
    None and `in_window` counts all events, so that the cause is that of the zone.
    """

    outcome: Outcome
    events: int
    in_window: int
    share: float | None
    expected_share: float | None
    window: Window | None
    cause: Cause | None
    cause_share: float | None
    p_value: float | None
    windows_tried: int = WINDOWS_TRIED


def occurrence(at: datetime, zone: tzinfo, cause: Cause = Cause.UNKNOWN) -> Occurrence:
    """Return the occurrence of an aware moment by the wall clock of `zone`."""
    if at.utcoffset() is None:
        raise ValueError(f"{at.isoformat()} has no time zone: its local hour is not known.")
    local = at.astimezone(zone)
    return Occurrence(local.date(), local.hour, cause)


def concentration(
    occurrences: Iterable[Occurrence], armed: NDArray[np.float64], *, policy: ScanPolicy = DEFAULT_POLICY
) -> Concentration:
    """Scan one zone's false activations for the window that holds most of them.

    A window is told if at least `policy.majority` of the events lie in it, on `policy.fewest_days` days or
    more, and its corrected p-value is at most `policy.alpha`. The chance that a zone without any pattern is
    told a window is at most alpha; over many zones, expect that part of them.

    Args:
        occurrences: the zone's false activations.
        armed: armed hours by weekday and local hour, shape (7, 24), from `armed_hours_by_slot`. A window is
            credited with one armed hour at least: an alarm in the minute of arming is no wonder.
        policy: the limits.
    """
    if armed.shape != (7, 24) or not np.isfinite(armed).all() or (armed < 0).any():
        raise ValueError("Armed hours by weekday and hour have shape (7, 24), finite, none below 0.")
    all_events = list(occurrences)
    whole = float(armed.sum())
    if len(all_events) < policy.fewest or whole <= 0:
        return _without(Outcome.TOO_FEW, all_events)
    counts = _by_slot(all_events)
    happenings = _by_slot(list({(event.day, event.hour): event for event in all_events}.values()))
    distinct = int(happenings.sum())
    best: tuple[float, Window, float, float] | None = None
    for hours in range(1, LONGEST_HOURS + 1):
        for days, weekdays in _WEEKDAYS_OF.items():
            rows = list(weekdays)
            held, once, exposed = (
                _windows(table[rows].sum(axis=0), hours) for table in (counts, happenings, armed)
            )
            for start in np.flatnonzero(held >= policy.majority * len(all_events)).tolist():
                window = Window(start, hours, days)
                expected = min(1.0, max(float(exposed[start]), 1.0) / max(whole, 1.0))
                ratio = _log_likelihood_ratio(int(once[start]), distinct, expected)
                if ratio <= 0:
                    continue
                # Four alarms on four weekdays are no sign that weekends are quiet: days are named only where
                # they fit better by more than chance. Of windows that fit alike the shortest comes first.
                fit = ratio - (0.0 if days is Days.ALL else _NAMING_DAYS)
                if best is not None and fit <= best[0] + 1e-9:
                    continue
                p_value = binomial_tails(int(once[start]), distinct, expected)[1] * WINDOWS_TRIED
                on_days = len({event.day for event in all_events if window.holds(event.day, event.hour)})
                if p_value <= policy.alpha and on_days >= policy.fewest_days:
                    best = (fit, window, expected, p_value)
    if best is None:
        return _without(Outcome.NONE, all_events)
    _, window, expected, p_value = best
    inside = [event for event in all_events if window.holds(event.day, event.hour)]
    cause, cause_share = dominating_cause(inside)
    return Concentration(
        outcome=Outcome.FOUND,
        events=len(all_events),
        in_window=len(inside),
        share=len(inside) / len(all_events),
        expected_share=expected,
        window=window,
        cause=cause,
        cause_share=cause_share,
        p_value=p_value,
    )


def dominating_cause(occurrences: Sequence[Occurrence]) -> tuple[Cause | None, float | None]:
    """Return the known cause behind more than half of the occurrences and its share, or None twice."""
    for cause, count in Counter(event.cause for event in occurrences).most_common(1):
        if cause is not Cause.UNKNOWN and 2 * count > len(occurrences):
            return cause, count / len(occurrences)
    return None, None


def _by_slot(occurrences: Sequence[Occurrence]) -> NDArray[np.int64]:
    table = np.zeros((7, 24), dtype=np.int64)
    for event in occurrences:
        table[event.day.weekday(), event.hour] += 1
    return table


def _windows(by_hour: NDArray[Any], hours: int) -> NDArray[Any]:
    """Return the sum over the window of that many hours from each hour of the clock."""
    return sum((np.roll(by_hour, -step) for step in range(1, hours)), start=by_hour)


def _log_likelihood_ratio(count: int, total: int, expected: float) -> float:
    """How much better "count of total" fits its own share than the expected one; 0 where it holds no more."""
    share = count / total
    if share <= expected:
        return 0.0
    inside = count * math.log(share / expected)
    outside = 0.0 if count == total else (total - count) * math.log((1 - share) / (1 - expected))
    return inside + outside


def _without(outcome: Outcome, occurrences: Sequence[Occurrence]) -> Concentration:
    cause, cause_share = dominating_cause(occurrences)
    count = len(occurrences)
    return Concentration(outcome, count, count, None, None, None, cause, cause_share, None)
