"""The window that holds most of a zone's false alarms, and silence where there is none."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from schoolward.analysis.false_alarms import (
    Cause,
    Concentration,
    Days,
    Occurrence,
    Outcome,
    ScanPolicy,
    Window,
    concentration,
    dominating_cause,
    occurrence,
)

MONDAY = date(2011, 9, 5)
ALWAYS = np.full((7, 24), 52.0)

# A site armed on weekdays from 18:00 to 06:00 and all weekend, for a year.
NIGHTS = ALWAYS.copy()
NIGHTS[:5, 6:18] = 0.0


def on_days(
    count: int, hour: int, *, cause: Cause = Cause.HVAC, every: int = 1, first: date = MONDAY
) -> list[Occurrence]:
    return [Occurrence(first + timedelta(days=every * n), hour, cause) for n in range(count)]


def scattered(count: int) -> list[Occurrence]:
    """Spread over the clock: each on another day and another hour, seven hours on."""
    return [Occurrence(MONDAY + timedelta(days=3 * n), (7 * n + 2) % 24, Cause.ANIMAL) for n in range(count)]


def told(found: Concentration) -> str:
    return found.window.words if found.window else str(found.outcome)


@pytest.mark.parametrize(
    ("events", "armed", "words"),
    [
        pytest.param(
            on_days(22, 18) + scattered(9), ALWAYS, "between 18:00 and 19:00", id="the issue's own zone"
        ),
        pytest.param(
            on_days(12, 18) + on_days(12, 19), ALWAYS, "between 18:00 and 20:00", id="two hours alike"
        ),
        pytest.param(
            on_days(9, 23) + on_days(9, 0, first=date(2011, 9, 6)),
            ALWAYS,
            "between 23:00 and 01:00",
            id="across midnight",
        ),
        pytest.param(
            on_days(15, 6, every=7) + on_days(15, 6, every=7, first=date(2011, 9, 8)) + scattered(6),
            ALWAYS,
            "between 06:00 and 07:00 on weekdays",
            id="weekday mornings",
        ),
        pytest.param(
            on_days(8, 9, every=7, first=date(2011, 9, 10)) + on_days(7, 9, every=7, first=date(2011, 9, 11)),
            ALWAYS,
            "between 09:00 and 10:00 on weekends",
            id="weekend mornings",
        ),
        pytest.param(
            [event for hour in range(24) for event in on_days(2, hour, every=3)],
            ALWAYS,
            "none",
            id="at all hours alike",
        ),
        pytest.param(on_days(4, 18), ALWAYS, "too few", id="four events"),
        pytest.param(on_days(40, 18), np.zeros((7, 24)), "too few", id="never armed"),
        pytest.param([Occurrence(MONDAY, 18)] * 40, ALWAYS, "none", id="forty in one hour of one day"),
        pytest.param(
            [Occurrence(MONDAY + timedelta(days=d), h) for d in (0, 1) for h in (17, 18, 19, 20)] * 3,
            ALWAYS,
            "none",
            id="two bad evenings are no habit",
        ),
        pytest.param(
            on_days(8, 18) + on_days(9, 3, first=date(2011, 10, 1)) + scattered(10),
            ALWAYS,
            "none",
            id="two hours, neither of which holds most",
        ),
    ],
)
def test_what_is_told(events: list[Occurrence], armed: np.ndarray, words: str) -> None:
    assert told(concentration(events, armed)) == words


def test_what_the_armed_hours_explain_is_not_told() -> None:
    """All alarms between six and ten in the evening, of a site that is armed at no other time."""
    evenings = np.zeros((7, 24))
    evenings[:, 18:22] = 52.0
    events = [event for hour in (18, 19, 20, 21) for event in on_days(8, hour, every=4)]

    assert told(concentration(events, ALWAYS)) == "between 18:00 and 22:00"
    assert told(concentration(events, evenings)) == "none"


def test_a_window_is_credited_with_one_armed_hour() -> None:
    """In the minute of arming an hour holds next to no armed time: alarms in it prove nothing by that."""
    armed = np.zeros((7, 24))
    armed[:, 19:23] = 0.2
    armed[:, 18] = 0.001
    assert told(concentration(on_days(5, 18), armed)) == "none"


def test_every_number_of_a_finding() -> None:
    events = on_days(20, 18) + on_days(2, 18, cause=Cause.UNKNOWN, first=date(2011, 12, 1)) + scattered(9)
    found = concentration(events, NIGHTS)

    inside = sum(event.hour == 18 for event in events)
    assert (found.events, found.in_window) == (31, inside)
    assert found.share == inside / 31
    assert found.expected_share == pytest.approx(7 * 52 / NIGHTS.sum())
    assert (found.cause, found.cause_share) == (Cause.HVAC, 20 / inside)
    assert found.p_value is not None
    assert 0 <= found.p_value < 1e-10
    assert found.windows_tried == 288


def test_a_burst_counts_once_to_chance_and_fully_to_the_share() -> None:
    quiet = on_days(6, 18) + scattered(5)
    burst = quiet + [Occurrence(MONDAY, 18, Cause.HVAC)] * 30

    before, after = concentration(quiet, ALWAYS), concentration(burst, ALWAYS)

    assert before.p_value == after.p_value
    assert (before.share or 0) < (after.share or 0)


def test_without_a_window_the_zones_own_cause_is_given() -> None:
    events = [
        Occurrence(MONDAY + timedelta(days=n), n % 24, Cause.EQUIPMENT if n % 4 else Cause.ANIMAL)
        for n in range(48)
    ]
    found = concentration(events, ALWAYS)

    assert (found.outcome, found.cause, found.cause_share) == (Outcome.NONE, Cause.EQUIPMENT, 0.75)
    assert (found.window, found.share, found.p_value) == (None, None, None)


def test_limits_are_the_callers() -> None:
    assert (
        told(concentration(on_days(4, 18), ALWAYS, policy=ScanPolicy(fewest=4))) == "between 18:00 and 19:00"
    )
    assert (
        told(concentration(on_days(22, 18) + scattered(9), ALWAYS, policy=ScanPolicy(majority=0.9))) == "none"
    )


@pytest.mark.parametrize(
    ("causes", "cause"),
    [
        ([], None),
        ([Cause.HVAC], Cause.HVAC),
        ([Cause.HVAC, Cause.LINE], None),
        ([Cause.HVAC, Cause.HVAC, Cause.LINE], Cause.HVAC),
        ([Cause.UNKNOWN, Cause.UNKNOWN, Cause.HVAC], None),
        ([Cause.UNKNOWN, Cause.HVAC, Cause.HVAC], Cause.HVAC),
    ],
)
def test_which_cause_dominates(causes: list[Cause], cause: Cause | None) -> None:
    assert dominating_cause([Occurrence(MONDAY, 3, each) for each in causes])[0] is cause


@pytest.mark.parametrize(
    ("window", "held"),
    [
        (Window(18, 1), {(0, 18), (5, 18)}),
        (Window(23, 2), {(0, 23), (1, 0), (0, 0), (5, 23), (6, 0)}),
        (Window(23, 2, Days.WEEKDAYS), {(0, 23), (1, 0), (0, 0)}),
        (Window(23, 2, Days.WEEKENDS), {(5, 23), (6, 0)}),
    ],
)
def test_what_a_window_holds(window: Window, held: set[tuple[int, int]]) -> None:
    asked = [(0, 18), (5, 18), (0, 23), (1, 0), (0, 0), (5, 23), (6, 0), (0, 1), (0, 17)]

    assert {slot for slot in asked if window.holds(MONDAY + timedelta(days=slot[0]), slot[1])} == held


def test_an_occurrence_is_by_the_sites_wall_clock() -> None:
    at = datetime(2011, 9, 7, 1, 30, tzinfo=UTC)  # Tuesday 18:30 in Sacramento

    assert occurrence(at, ZoneInfo("America/Los_Angeles"), Cause.HVAC) == Occurrence(
        date(2011, 9, 6), 18, Cause.HVAC
    )


def test_a_zone_without_a_pattern_is_seldom_told_one() -> None:
    """Seeded dice: 600 invented zones with 8 to 60 alarms each, at random among their armed hours."""
    dice = np.random.default_rng(20110906)
    slots = NIGHTS.ravel() / NIGHTS.sum()
    found = 0
    for _ in range(600):
        drawn = dice.choice(168, size=dice.integers(8, 60), p=slots)
        events = [
            Occurrence(MONDAY + timedelta(days=int(slot) // 24 + 7 * int(dice.integers(52))), int(slot) % 24)
            for slot in drawn
        ]
        found += concentration(events, NIGHTS, policy=ScanPolicy(majority=0.0, alpha=0.05)).outcome == "found"

    assert found / 600 <= 0.05


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: Occurrence(MONDAY, 24), "not on the clock"),
        (lambda: Window(18, 5), "no window"),
        (lambda: Window(-1, 1), "no window"),
        (lambda: concentration([], np.ones((24, 7))), "shape"),
        (lambda: concentration([], np.full((7, 24), -1.0)), "none below 0"),
        (lambda: concentration([], np.full((7, 24), np.nan)), "finite"),
        (lambda: occurrence(datetime(2011, 9, 6), ZoneInfo("UTC")), "no time zone"),  # noqa: DTZ001
    ],
)
def test_what_cannot_be_is_refused(call: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()
