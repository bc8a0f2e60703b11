"""Chronic absence, gain with comparison, follow-up days, and the clock of a release."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from schoolward.analysis.attendance import (
    Change,
    Days,
    Mark,
    Series,
    Status,
    change,
    chronic_share,
    follow_ups,
    gain,
    is_chronic,
    law,
    release_notice,
)
from schoolward.analysis.false_alarms.ratios import Verdict
from schoolward.analysis.school_days import DayKind, weekdays

RULE = law().on("chronic-absentee", date(2012, 9, 6))


@pytest.mark.parametrize(
    ("enrolled", "absent", "answer"),
    [(29, 29, None), (30, 2, False), (30, 3, True), (180, 17, False), (180, 18, True), (0, 0, None)],
)
def test_ten_percent_of_thirty_days_at_least(enrolled: int, absent: int, answer: bool | None) -> None:
    assert is_chronic(Days(enrolled, absent), RULE) is answer


def test_the_share_leaves_out_whom_it_cannot_judge() -> None:
    students = [Days(180, 20)] * 3 + [Days(180, 5)] * 9 + [Days(20, 20)] * 4
    found = chronic_share(students, RULE)
    assert (found.chronic, found.students, found.left_out, found.share) == (3, 12, 4, 0.25)
    assert found.interval is not None
    assert found.interval.low < 0.25 < found.interval.high
    few = chronic_share(students[2:], RULE)
    assert (few.students, few.share, few.interval) == (10, None, None)


def test_days_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="31 days absent of 30 enrolled"):
        Days(30, 31)
    with pytest.raises(ValueError, match="marked twice"):
        Series([Mark(date(2012, 9, 6), Status.PRESENT), Mark(date(2012, 9, 6), Status.EXCUSED)])
    with pytest.raises(ValueError, match="minutes are missed of a day with attendance"):
        Mark(date(2012, 9, 6), Status.EXCUSED, 40)
    with pytest.raises(ValueError, match="write 0 or more"):
        Mark(date(2012, 9, 6), Status.PRESENT, -1)


def _series(before: str, after: str, reference: date) -> Series:
    kept = {"p": Status.PRESENT, "x": Status.UNEXCUSED, "e": Status.EXCUSED}
    earlier = [Mark(reference - timedelta(days=n), kept[one]) for n, one in enumerate(reversed(before), 1)]
    later = [Mark(reference + timedelta(days=n), kept[one]) for n, one in enumerate(after, 1)]
    return Series([*earlier, Mark(reference, Status.UNEXCUSED), *later])


def test_a_change_needs_both_windows_whole_and_leaves_out_the_day_itself() -> None:
    day = date(2012, 11, 1)
    assert change(_series("pxxe", "pppp", day), day, days=4) == Change(25.0, 100.0)
    assert change(_series("x" * 9 + "pppp", "pppp" + "x" * 9, day), day, days=4) == Change(100.0, 100.0)
    assert change(_series("pxxe", "ppp", day), day, days=4) is None
    assert change(_series("xxe", "pppp", day), day, days=4) is None


def _changes(points: list[float]) -> list[Change]:
    return [Change(40.0, 40.0 + one) for one in points]


def test_too_few_are_not_told() -> None:
    found = gain(_changes([20.0] * 10))
    assert (found.value, found.low, found.verdict) == (None, None, Verdict.TOO_FEW)
    assert gain(_changes([20.0] * 11), _changes([0.0] * 10)).verdict is Verdict.TOO_FEW


@pytest.mark.parametrize(
    ("treated", "comparison", "value", "verdict"),
    [
        ([10.0, 20.0] * 8, None, 15.0, Verdict.ROSE),
        ([-10.0, -20.0] * 8, None, -15.0, Verdict.FELL),
        ([-20.0, 20.0] * 8, None, 0.0, Verdict.NOT_SHOWN),
        ([10.0, 20.0] * 8, [10.0, 20.0] * 8, 0.0, Verdict.NOT_SHOWN),  # all rose: nothing of the center's
        ([10.0, 20.0] * 8, [0.0, 5.0] * 8, 12.5, Verdict.ROSE),
    ],
)
def test_the_comparison_takes_out_what_rose_everywhere(
    treated: list[float], comparison: list[float] | None, value: float, verdict: Verdict
) -> None:
    found = gain(_changes(treated), None if comparison is None else _changes(comparison))
    assert found.value == pytest.approx(value)
    assert found.verdict is verdict
    assert found.low is not None
    assert found.high is not None
    assert found.low < value < found.high


def test_equal_changes_are_not_known_without_doubt() -> None:
    found = gain(_changes([5.0] * 12))
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low > 0.5


def test_the_interval_covers_the_true_gain() -> None:
    """Students of different attendance, days drawn one by one: the true mean gain lies in the interval."""
    draw = np.random.default_rng(25)
    held, runs = 0, 600
    for _run in range(runs):
        rates = draw.beta(4, 3, size=24)
        before = draw.binomial(45, rates) / 0.45
        after = draw.binomial(45, np.clip(rates + 0.05, 0, 1)) / 0.45
        true = float(np.mean(np.clip(rates + 0.05, 0, 1) - rates)) * 100
        found = gain([Change(*pair) for pair in zip(before, after, strict=True)])
        assert found.low is not None
        assert found.high is not None
        held += found.low <= true <= found.high
    assert 0.93 <= held / runs <= 0.99


@pytest.mark.parametrize("kind", DayKind)
def test_follow_ups_fall_on_school_days(kind: DayKind) -> None:
    found = follow_ups(date(2012, 9, 6), kind=kind)
    assert [one.step for one in found] == [30, 60, 90]
    assert all(weekdays(one.due_on) for one in found)
    if kind is DayKind.CALENDAR:
        # 30 days later is a Saturday: Monday.
        assert [one.due_on for one in found] == [date(2012, 10, 8), date(2012, 11, 5), date(2012, 12, 5)]
    else:
        assert [one.due_on for one in found] == [date(2012, 10, 18), date(2012, 11, 29), date(2013, 1, 10)]


@pytest.mark.parametrize(
    ("told_after", "asked_after", "in_time", "minutes"),
    [
        (None, 10, None, None),
        (None, 30, None, None),
        (None, 31, False, None),
        (30, 40, True, 30),
        (31, 40, False, 31),
    ],
)
def test_the_clock_of_a_release(
    told_after: int | None, asked_after: int, in_time: bool | None, minutes: int | None
) -> None:
    released = datetime(2012, 9, 6, 17, 0, tzinfo=UTC)
    told = None if told_after is None else released + timedelta(minutes=told_after)
    clock = release_notice(released, told, law())
    assert clock.in_time(released + timedelta(minutes=asked_after)) is in_time
    assert clock.minutes == minutes
    assert clock.place_due_at - released == timedelta(hours=24)
    assert clock.statute.citation == "Education Code 48906"
    with pytest.raises(ValueError, match="before it"):
        release_notice(released, released - timedelta(minutes=1), law())
