"""Crossings judged by rule tables, shipped and made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.crossing_warrants import (
    BadTable,
    CrossingAsIs,
    Edition,
    Observed,
    Outcome,
    edition_on,
    evaluate,
    gap_seconds,
    read_editions,
)
from schoolward.domains import routes

SHIPPED = (Path(routes.__file__).parent / "data" / "guard_warrants.toml").read_text()
EDITIONS = read_editions(SHIPPED)
DAY = date(2012, 9, 5)
PLAIN = CrossingAsIs("none", 2, False, 40, False, False, 30, None)


def _edition(key: str) -> Edition:
    found = edition_on(EDITIONS, key, DAY)
    assert found is not None
    return found


STATE, LOCAL = _edition("ca-mutcd"), _edition("palo-alto")


def _hours(*hours: tuple[int, int, int], gaps: int | None = None, turning: int = 0) -> list[Observed]:
    """Counts of (hour, vehicles, pupils), an hour each."""
    return [
        Observed(DAY, time(hour), 60, vehicles, turning, pupils, gaps=gaps)
        for hour, vehicles, pupils in hours
    ]


BUSY = _hours((7, 400, 45), (14, 350, 40), gaps=90)


@pytest.mark.parametrize(
    ("crossing", "counts", "edition", "outcome", "met"),
    [
        (PLAIN, BUSY, STATE, Outcome.MET, ["uncontrolled-urban"]),
        # 39 pupils in the second hour
        (PLAIN, _hours((7, 400, 90), (14, 350, 39), gaps=90), STATE, Outcome.NOT_MET, []),
        # the second hour falls short
        (PLAIN, _hours((7, 900, 45), (14, 349, 45), gaps=90), STATE, Outcome.NOT_MET, []),
        # only one hour was counted: it could still be
        (PLAIN, _hours((7, 400, 45), gaps=90), STATE, Outcome.UNKNOWN, []),
        # another controlled crossing at 600 feet is too near, at 601 it is not
        (replace(PLAIN, controlled_within_ft=600), BUSY, STATE, Outcome.NOT_MET, []),
        (replace(PLAIN, controlled_within_ft=601), BUSY, STATE, Outcome.MET, ["uncontrolled-urban"]),
        # a fast street is judged as rural
        (
            replace(PLAIN, speed_85_mph=41),
            _hours((7, 300, 35), (14, 300, 30), gaps=90),
            STATE,
            Outcome.MET,
            ["uncontrolled-rural"],
        ),
        (
            replace(PLAIN, speed_85_mph=40),
            _hours((7, 300, 35), (14, 300, 30), gaps=90),
            STATE,
            Outcome.NOT_MET,
            [],
        ),
        # too few gaps are enough on their own
        (PLAIN, _hours((7, 100, 3), (14, 100, 3), gaps=59), STATE, Outcome.MET, ["gaps"]),
        (PLAIN, _hours((7, 100, 3), (14, 100, 3), gaps=60), STATE, Outcome.NOT_MET, []),
        # gaps not counted
        (PLAIN, _hours((7, 100, 3), (14, 100, 3)), STATE, Outcome.UNKNOWN, []),
        (
            replace(PLAIN, control="stop", lanes=4),
            _hours((7, 501, 1)),
            STATE,
            Outcome.MET,
            ["stop"],
        ),
        (replace(PLAIN, control="stop", lanes=4), _hours((7, 500, 1)), STATE, Outcome.NOT_MET, []),
        (
            replace(PLAIN, control="stop", lanes=4, divided=True),
            _hours((7, 900, 9)),
            STATE,
            Outcome.NOT_MET,
            [],
        ),
        (replace(PLAIN, control="stop", lanes=3), _hours((7, 900, 9)), STATE, Outcome.NOT_MET, []),
        (
            replace(PLAIN, control="signal"),
            _hours((7, 800, 9), turning=301),
            STATE,
            Outcome.MET,
            ["signal-turning"],
        ),
        (replace(PLAIN, control="signal", width_ft=81), [], STATE, Outcome.MET, ["signal-long"]),
        (
            replace(PLAIN, control="signal", width_ft=81, has_refuge=True),
            _hours((7, 800, 9), turning=300),
            STATE,
            Outcome.NOT_MET,
            [],
        ),
        (PLAIN, [], STATE, Outcome.UNKNOWN, []),
        # the local variant asks for 20 children in an hour
        (PLAIN, _hours((7, 400, 20), (14, 350, 0)), LOCAL, Outcome.MET, ["uncontrolled"]),
        (PLAIN, _hours((7, 400, 19), (14, 350, 19)), LOCAL, Outcome.NOT_MET, []),
    ],
)
def test_a_crossing_is_judged(
    crossing: CrossingAsIs, counts: list[Observed], edition: Edition, outcome: Outcome, met: list[str]
) -> None:
    found = evaluate(crossing, counts, edition)
    assert found.outcome is outcome
    assert [one.criterion.key for one in found.criteria if one.outcome is Outcome.MET] == met


def test_half_an_hour_is_scaled_and_one_hour_of_the_clock_counts_once() -> None:
    halves = [
        Observed(DAY, time(7, 0), 30, 200, 0, 20),
        Observed(DAY, time(7, 30), 30, 150, 0, 20),
    ]
    found = evaluate(PLAIN, halves, STATE)
    urban = next(one for one in found.criteria if one.criterion.key == "uncontrolled-urban")
    assert urban.needs[0].found is None  # two are asked for, and only the hour of seven was counted
    single = evaluate(PLAIN, halves[:1], LOCAL).criteria[0]
    assert single.needs[1].found == 40


def test_days_are_not_added_up() -> None:
    apart = [replace(one, day=date(2012, 9, 4 + place), pupils=30) for place, one in enumerate(BUSY)]
    found = evaluate(PLAIN, apart, STATE)
    assert found.outcome is not Outcome.MET


def test_a_crossing_with_none_near_says_so() -> None:
    found = evaluate(PLAIN, BUSY, STATE).criteria[0]
    assert found.needs[2].found == inf


def test_the_gap_that_a_group_needs() -> None:
    # 35 feet at 3.5 feet a second, 3 to start, 2 for a second row
    assert gap_seconds(35, 2, STATE) == 15
    with pytest.raises(ValueError, match="no crossing"):
        gap_seconds(0, 1, STATE)
    assert evaluate(PLAIN, [replace(BUSY[0], rows=3)], STATE).gap_s == pytest.approx(40 / 3.5 + 7)


@given(st.integers(0, 2000), st.integers(0, 200), st.integers(0, 500), st.integers(0, 100))
def test_more_traffic_and_pupils_never_take_a_warrant_away(
    vehicles: int, pupils: int, more: int, more_pupils: int
) -> None:
    few = _hours((7, vehicles, pupils), (14, vehicles, pupils), gaps=60)
    many = _hours(
        (7, vehicles + more, pupils + more_pupils), (14, vehicles + more, pupils + more_pupils), gaps=60
    )
    for edition in (STATE, LOCAL):
        if evaluate(PLAIN, few, edition).outcome is Outcome.MET:
            assert evaluate(PLAIN, many, edition).outcome is Outcome.MET


def test_no_edition_holds_before_its_day() -> None:
    assert edition_on(EDITIONS, "ca-mutcd", date(2012, 1, 12)) is None
    assert edition_on(EDITIONS, "somewhere", DAY) is None
    assert not any(one.confirmed for one in EDITIONS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"vehicles_per_hour"', '"cars"', "'cars' is none of vehicles_per_hour"),
        ("at_least = 350", "at_most = 350", "needs one of above, at_least, below"),
        ('controls = ["none"]', 'controls = ["bridge"]', "controls must be some of"),
        ("valid_from = 2012-01-13", 'valid_from = "soon"', "valid_from is missing or no date"),
        ("walking_ft_s = 3.5", "walking_ft_s = 0", "walking_ft_s must be above 0"),
        ("above = 600", "above = 600, hours = 2", "cannot be asked for in 2 hours"),
        ('key = "palo-alto"', 'key = "ca-mutcd"', "hold on the same days"),
        ("confirmed = false", 'confirmed = "no"', "confirmed is missing or no bool"),
        ("[[edition]]", "[[edition", "at line"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(old: str, new: str, message: str) -> None:
    with pytest.raises(BadTable, match=message):
        read_editions(SHIPPED.replace(old, new, 1))
