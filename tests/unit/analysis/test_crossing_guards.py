"""Crossing guards: the choice is the best there is on small districts, and never above its bound."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.analysis.crossing_guards import BadInstance, Instance, Protects, greedy, place, read_instance


def district(**more: Any) -> dict[str, Any]:
    return {
        "crossings": ["a", "b", "c", "d"],
        "paths": [
            {"crossings": ["a", "b"], "pupils": 10},
            {"crossings": ["c"], "pupils": 6},
            {"crossings": ["d"], "pupils": 5},
            {"crossings": [], "pupils": 7},
        ],
        "guards": 2,
        **more,
    }


@pytest.mark.parametrize(
    ("more", "chosen", "pupils"),
    [
        ({}, "cd", 11),  # one guard of two at a and b protects nobody: c and d together are better
        ({"guards": 3}, "abc", 16),
        ({"guards": 4}, "abcd", 21),
        ({"guards": 0}, "", 0),
        ({"guarded": ["a"]}, "ab", 10),
        ({"guards": 2, "guarded": ["c", "d"]}, "cd", 11),
        ({"guards": 1, "protects": "any"}, "a", 10),
        ({"guards": 2, "protects": "any", "guarded": ["b"]}, "bc", 16),
    ],
)
def test_a_choice_and_its_proof(more: dict[str, Any], chosen: str, pupils: int) -> None:
    placement = place(read_instance(district(**more)))
    assert placement.pupils == placement.bound == pupils
    assert placement.proved
    names = "".join(placement.instance.crossings[one] for one in sorted(placement.chosen))
    assert names in {chosen, chosen.replace("a", "b")}


def test_pupils_without_a_crossing_are_told_apart() -> None:
    instance = read_instance(district())
    assert (instance.pupils, instance.without_crossing) == (21, 7)


def test_what_each_guard_is_for() -> None:
    placement = place(read_instance(district(guards=3)))
    assert placement.lost_without() == {0: 10, 1: 10, 2: 6}


ways = st.dictionaries(
    st.frozensets(st.integers(0, 6), max_size=4), st.integers(1, 30), min_size=1, max_size=8
)


@settings(max_examples=60, deadline=None)
@given(ways, st.integers(0, 7), st.sampled_from(Protects), st.frozensets(st.integers(0, 6), max_size=2))
def test_no_other_choice_is_better(
    ways: dict[frozenset[int], int], guards: int, protects: Protects, guarded: frozenset[int]
) -> None:
    guards = max(guards, len(guarded))
    instance = Instance(tuple("abcdefg"), ways, guards, guarded, protects)
    placement = place(instance)
    best = max(
        instance.protected(frozenset(chosen) | guarded)
        for chosen in combinations(range(7), guards - len(guarded))
    )
    assert placement.pupils == placement.bound == best
    assert guarded <= placement.chosen
    assert len(placement.chosen) <= guards
    assert guarded <= greedy(instance)
    assert instance.protected(greedy(instance)) <= best
    assert place(instance, seconds=0).bound >= best


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ([], "file"),
        (district(guard=3), "guard"),
        (district(crossings=[]), "crossings"),
        (district(crossings=["a", "a"]), "crossings"),
        (district(guards=5), "guards"),
        (district(guards=True), "guards"),
        (district(guards=0, guarded=["a"]), "guarded"),
        (district(guarded=["x"]), "guarded"),
        (district(protects="some"), "protects"),
        (district(paths=[]), "paths"),
        (district(paths=[3]), "paths[0]"),
        (district(paths=[{"crossings": "a"}]), "paths[0].crossings"),
        (district(paths=[{"crossings": ["x"]}]), "paths[0].crossings"),
        (district(paths=[{"crossings": [], "pupils": 0}]), "paths[0].pupils"),
    ],
)
def test_an_instance_that_cannot_be_used(told: object, where: str) -> None:
    with pytest.raises(BadInstance) as refused:
        read_instance(told)
    assert refused.value.where == where
