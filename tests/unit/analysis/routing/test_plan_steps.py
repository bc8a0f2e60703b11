"""Two plans of one school year laid side by side tell nothing of a newcomer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schoolward.analysis.routing.plan_steps import Earlier, stepped, street_key
from schoolward.analysis.routing.school_plans import FixShown, SchoolFigures, StreetShown

LINE = [(0.0, 0.0), (1.0, 1.0), (2.0, 1.0)]
KEYS = {0: ("signal", 1.0, 2.0)}
FOUND = SchoolFigures(
    pupils=300,
    shortest_m=900.0,
    route_m=950.0,
    shortest_stress_m=1200.0,
    stress_m=1100.0,
    sheds=[(5, 40), (10, 120), (15, 200), (20, 260)],
    trade_off=[],
    can_walk=180,
    cannot_walk=120,
    streets=[StreetShown(LINE, 0, 10.0, 1.0, 0.0, 60)],
    fixes=[FixShown(0, 50)],
)


def earlier(**changes: object) -> Earlier:
    told: dict[str, object] = {
        "pupils": 300,
        "sheds": dict(FOUND.sheds),
        "can_walk": 180,
        "streets": {street_key(LINE): 60},
        "fixes": {KEYS[0]: 50},
    }
    return Earlier(**(told | changes))  # type: ignore[arg-type]


def test_the_same_figures_may_stand() -> None:
    assert stepped(FOUND, earlier(), KEYS) == FOUND


@pytest.mark.parametrize("before", [299, 301, 290, 310])
def test_the_earlier_plan_stands_where_few_came_or_went(before: int) -> None:
    assert stepped(FOUND, earlier(pupils=before), KEYS) is None


@pytest.mark.parametrize("before", [289, 311, 100])
def test_a_step_of_enough_pupils_is_a_new_plan(before: int) -> None:
    assert stepped(FOUND, earlier(pupils=before), KEYS) is not None


@pytest.mark.parametrize(
    ("before", "shown"), [(60, 60), (59, None), (70, None), (71, 60), (49, 60), (None, 60)]
)
def test_a_street_that_moved_by_few_is_not_shown(before: int | None, shown: int | None) -> None:
    found = stepped(FOUND, earlier(streets={street_key(LINE): before}), KEYS)
    assert found is not None
    assert [one.pupils for one in found.streets] == [shown]


def test_a_fix_that_moved_by_few_is_not_shown() -> None:
    found = stepped(FOUND, earlier(fixes={KEYS[0]: 49}), KEYS)
    assert found is not None
    assert found.fixes == [FixShown(0, None)]


def test_who_can_walk_is_hidden_where_either_side_moved_by_few() -> None:
    for told in (earlier(can_walk=181), earlier(pupils=311, can_walk=190)):
        found = stepped(FOUND, told, KEYS)
        assert found is not None
        assert (found.can_walk, found.cannot_walk, found.fixes) == (None, None, [])


def test_what_lies_between_two_counts_moves_by_steps_as_well() -> None:
    told = replace(FOUND, pupils=330, sheds=[(5, 51), (10, 132), (15, 230), (20, 290)])
    found = stepped(told, earlier(), KEYS)
    assert found is not None
    # Within 5 minutes 11 more; within 10 it would be 12 more, which is one between 5 and 10.
    assert found.sheds == [(5, 51), (10, None), (15, 230), (20, 290)]
