"""Walking school buses: plans keep the rule, bounds hold, and small schools are planned as well as can be."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.analysis.walking_bus import (
    BadInstance,
    BrokenPlan,
    Instance,
    Plan,
    Stop,
    bounds,
    check,
    greedy,
    read_instance,
    solve,
)


def scattered(stops: int, seed: int, detour: float = 1.3, most: int | None = None) -> Instance:
    random = np.random.default_rng(seed)
    points = np.vstack([[0.0, 0.0], random.uniform(-1000, 1000, (stops, 2))])
    length = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    danger = np.round(length / 1000 * random.uniform(0.2, 1.8, length.shape), 2)
    pupils = [int(count) for count in random.integers(1, 4, stops)]
    named = tuple(Stop(f"stop {index}", count) for index, count in enumerate(pupils))
    return Instance(named, length, danger, detour, most)


def best_of_all(instance: Instance) -> tuple[int, float]:
    """The best plan by looking at every tree."""
    count = len(instance.stops) + 1
    best = (count, float("inf"))
    for parents in product(range(count), repeat=count - 1):
        plan = Plan(instance, np.array([0, *parents]))
        try:
            check(plan)
        except BrokenPlan:
            continue
        best = min(best, plan.worth())
    return best


def line(detour: float = 1.0, **more: Any) -> dict[str, Any]:
    """Three stops in a row, 100 m apart: the school, then a, b and c."""
    far = [[abs(a - b) * 100 for b in range(4)] for a in range(4)]
    return {
        "stops": [{"id": name} for name in "abc"],
        "length_m": far,
        "danger": [[int(a != b) for b in range(4)] for a in range(4)],
        "detour": detour,
        **more,
    }


def test_three_in_a_row_walk_with_one_leader() -> None:
    answer = solve(read_instance(line()), seconds=1)
    assert answer.plan.parents.tolist() == [0, 0, 1, 2]
    assert answer.plan.worth() == (1, 3.0)
    assert answer.plan.walk_m.tolist() == [0, 100, 200, 300]
    assert answer.plan.lines() == [[3, 2, 1, 0]]
    assert answer.bounds.leaders == 1
    assert answer.proved


def test_a_leader_takes_but_so_many() -> None:
    instance = read_instance(line(pupils_per_leader=2))
    answer = solve(instance, seconds=1)
    assert (answer.plan.leaders, answer.bounds.leaders) == (2, 2)
    with pytest.raises(BrokenPlan, match="from stop a on 3 pupils have 1 leaders"):
        check(Plan(instance, np.array([0, 0, 1, 2])))


@pytest.mark.parametrize(
    ("parents", "said"),
    [
        ([0, 2, 1, 0], "stop a never comes to the school"),
        ([0, 0, 0], "does not name a next point"),
        ([0, 3, 0, 0], "stop a walks 500.0 m, more than 100.0 m"),
    ],
)
def test_a_plan_that_breaks_the_rule(parents: list[int], said: str) -> None:
    with pytest.raises(BrokenPlan, match=said):
        check(Plan(read_instance(line()), np.array(parents)))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("most", [None, 4])
def test_small_schools_are_planned_as_well_as_can_be(seed: int, most: int | None) -> None:
    instance = scattered(5, seed, 1.5, most)
    answer = solve(instance, seconds=0.6, seed=seed)
    leaders, danger = best_of_all(instance)
    assert answer.plan.leaders == leaders
    assert answer.plan.danger == pytest.approx(danger)
    assert answer.bounds.leaders <= leaders
    assert answer.bounds.danger <= danger + 1e-9


@settings(max_examples=15, deadline=None)
@given(
    st.integers(1, 25),
    st.integers(0, 10_000),
    st.sampled_from([1.0, 1.1, 1.4, 2.0]),
    st.sampled_from([None, 3, 8]),
)
def test_plans_keep_the_rule_and_bounds_hold(stops: int, seed: int, detour: float, most: int | None) -> None:
    instance = scattered(stops, seed, detour, most)
    first = greedy(instance)
    check(first)
    answer = solve(instance, seconds=0.2, seed=seed)
    check(answer.plan)
    assert answer.plan.worth() <= first.worth()
    assert answer.bounds.leaders <= answer.plan.leaders
    assert answer.bounds.danger <= answer.plan.danger + 1e-9


def test_no_time_is_the_greedy_plan_with_a_bound() -> None:
    instance = scattered(30, 1)
    answer = solve(instance, seconds=0)
    assert answer.plan.parents.tolist() == greedy(instance).parents.tolist()
    assert 1 <= answer.bounds.leaders <= answer.plan.leaders


def test_the_bound_grows_with_its_time() -> None:
    plan = greedy(scattered(30, 2))
    assert bounds(plan, seconds=0).leaders <= bounds(plan, seconds=3).leaders
    assert bounds(plan, seconds=3).leaders > 1


@pytest.mark.parametrize(
    ("told", "where"),
    [
        (None, "file"),
        (line(name="x"), "name"),
        (line(stops=[]), "stops"),
        (line(stops=[{"id": "a"}, {"id": "a"}, {"id": "c"}]), "stops[1]"),
        (line(stops=[{"id": "a", "pupils": 0}, {"id": "b"}, {"id": "c"}]), "stops[0].pupils"),
        (line(stops=["a", "b", "c"]), "stops[0]"),
        (line(length_m=[[0]]), "length_m"),
        (line(danger=[[0], [0], [0], [0]]), "danger[0]"),
        (line(danger=[[0, -1, 0, 0]] * 4), "danger[0][1]"),
        (line(danger=[[0, "x", 0, 0]] * 4), "danger[0][1]"),
        (line(length_m=[[0] * 4] * 4), "length_m[0][1]"),
        (line(0.9), "detour"),
        (line(pupils_per_leader=0), "pupils_per_leader"),
        (
            line(stops=[{"id": "a", "pupils": 9}, {"id": "b"}, {"id": "c"}], pupils_per_leader=8),
            "stops[0].pupils",
        ),
    ],
)
def test_an_instance_that_cannot_be_planned(told: object, where: str) -> None:
    with pytest.raises(BadInstance) as refused:
        read_instance(told)
    assert refused.value.where == where
