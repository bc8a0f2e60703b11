"""The color rule, as a table of cases and two properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.domains.initiatives.rag import (
    FRESH_FOR_DAYS,
    Colour,
    Facts,
    Obstacle,
    Step,
    Target,
    judge,
)

DAY = date(2012, 9, 6)
WELL = Facts(on=DAY, start=date(2011, 1, 1), due=date(2013, 1, 1), last_update_on=DAY)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def target(actual: str | None) -> Target:
    """Half of the way from 0 to 100 has passed."""
    return Target(
        title="Completion",
        baseline=Decimal(0),
        baseline_on=ago(100),
        target=Decimal(100),
        due=DAY + timedelta(days=100),
        actual=None if actual is None else Decimal(actual),
    )


CASES = [
    ("nothing wrong", {}, Colour.GREEN, "Every milestone is reached"),
    (
        "a milestone ahead",
        {"steps": (Step(title="Bids in", due=date(2012, 9, 6)),)},
        Colour.GREEN,
        "“Bids in”, is due on September 6, 2012",
    ),
    ("due yesterday", {"due": ago(1)}, Colour.AMBER, "due on September 5, 2012, 1 day ago"),
    ("due 30 days ago", {"due": ago(30)}, Colour.AMBER, "30 days ago"),
    ("due 31 days ago", {"due": ago(31)}, Colour.RED, "31 days ago"),
    (
        "milestone late",
        {"steps": (Step(title="Bids in", due=ago(2)),)},
        Colour.AMBER,
        "“Bids in” is 2 days overdue",
    ),
    ("milestone very late", {"steps": (Step(title="Bids in", due=ago(31)),)}, Colour.RED, "31 days overdue"),
    (
        "reached after the day that is asked about",
        {"steps": (Step(title="Bids in", due=ago(2), done_on=DAY + timedelta(days=1)),)},
        Colour.AMBER,
        "overdue",
    ),
    (
        "reached late but reached",
        {"steps": (Step(title="Bids in", due=ago(90), done_on=ago(1)),)},
        Colour.GREEN,
        "Every milestone",
    ),
    (
        "several late",
        {"steps": (Step(title="A", due=ago(2)), Step(title="B", due=ago(9)))},
        Colour.AMBER,
        "2 milestones are overdue, “B” by 9 days",
    ),
    ("slipped 30 days", {"first_due": date(2012, 12, 2)}, Colour.GREEN, ""),
    ("slipped 31 days", {"first_due": date(2012, 12, 1)}, Colour.AMBER, "moved by 31 days"),
    ("slipped 181 days", {"first_due": date(2012, 7, 4)}, Colour.RED, "moved by 181 days"),
    (
        "held up",
        {"obstacles": (Obstacle(title="No parts", opened_on=ago(45)),)},
        Colour.AMBER,
        "held up for 45 days by “No parts”",
    ),
    ("held up long", {"obstacles": (Obstacle(title="No parts", opened_on=ago(46)),)}, Colour.RED, "46 days"),
    (
        "cleared",
        {"obstacles": (Obstacle(title="No parts", opened_on=ago(90), cleared_on=ago(1)),)},
        Colour.GREEN,
        "",
    ),
    ("on target", {"targets": (target("50"),)}, Colour.GREEN, ""),
    ("below target", {"targets": (target("49"),)}, Colour.AMBER, "Completion stands at 49.0"),
    ("far below target", {"targets": (target("24"),)}, Colour.RED, "asks for 50.0 by now"),
    ("not collected", {"targets": (target(None),)}, Colour.GREEN, ""),
    ("fresh enough", {"last_update_on": ago(14)}, Colour.GREEN, ""),
    ("stale", {"last_update_on": ago(15)}, Colour.GREY, "Nobody has reported on it for 15 days"),
    ("never reported", {"last_update_on": None}, Colour.GREY, "Nobody has reported on it yet"),
    ("stale hides amber", {"last_update_on": ago(15), "due": ago(1)}, Colour.GREY, "15 days"),
    ("silence does not hide red", {"last_update_on": ago(99), "due": ago(31)}, Colour.RED, "31 days ago"),
    ("not begun", {"start": DAY + timedelta(days=1)}, Colour.GREY, "starts on September 7, 2012"),
    ("closed", {"closed_on": DAY, "due": ago(99)}, Colour.GREEN, "Closed on September 6, 2012"),
    ("closed later", {"closed_on": DAY + timedelta(days=1), "due": ago(99)}, Colour.RED, "99 days ago"),
]


@pytest.mark.parametrize(
    ("change", "colour", "words"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_cases(change: dict[str, object], colour: Colour, words: str) -> None:
    result = judge(replace(WELL, **change))  # type: ignore[arg-type]

    assert (result.colour, words in result.sentence) == (colour, True), result


def test_a_falling_measure_is_judged_downwards() -> None:
    falling = replace(target("60"), baseline=Decimal(100), target=Decimal(0))

    assert judge(replace(WELL, targets=(falling,))).colour is Colour.AMBER
    assert judge(replace(WELL, targets=(replace(falling, actual=Decimal(50)),))).colour is Colour.GREEN


days = st.integers(-400, 400).map(lambda offset: DAY + timedelta(days=offset))
steps = st.builds(Step, title=st.just("Step"), due=days, done_on=st.none() | days)
facts = st.builds(
    Facts,
    on=st.just(DAY),
    start=st.none() | days,
    due=st.none() | days,
    first_due=st.none() | days,
    closed_on=st.none() | days,
    last_update_on=st.none() | days.filter(lambda day: day <= DAY),
    steps=st.lists(steps, max_size=3).map(tuple),
)


@given(facts)
def test_an_old_status_is_never_green(known: Facts) -> None:
    result = judge(known)
    closed = known.closed_on is not None and known.closed_on <= known.on
    fresh = known.last_update_on is not None and (known.on - known.last_update_on).days <= FRESH_FOR_DAYS

    if result.colour is Colour.GREEN:
        assert closed or fresh
    assert result.sentence.endswith(".")


@given(facts, steps)
def test_another_step_never_makes_it_better(known: Facts, step: Step) -> None:
    order = [Colour.GREEN, Colour.AMBER, Colour.GREY, Colour.RED]
    before, after = judge(known).colour, judge(replace(known, steps=(*known.steps, step))).colour

    assert order.index(after) >= order.index(before)
