"""Which counts may stand side by side: no group of pupils smaller than the threshold is ever left."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.disclosure import SuppressionPolicy
from schoolward.analysis.routing.showing import shown_chain, shown_sets

POLICY = SuppressionPolicy(threshold=3)
memberships = st.lists(st.frozensets(st.integers(0, 4), max_size=5), max_size=30)


def shown_of(members: list[frozenset[int]], **more: object) -> list[bool]:
    pairs = sorted((pupil, one) for pupil, mine in enumerate(members) for one in mine)
    pupils, sets = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    found = shown_sets(pupils, sets, of_pupils=len(members), of_sets=5, policy=POLICY, **more)  # type: ignore[arg-type]
    return [bool(one) for one in found]


@given(memberships)
def test_whoever_shares_what_is_shown_is_one_of_enough(members: list[frozenset[int]]) -> None:
    shown = {one for one, visible in enumerate(shown_of(members)) if visible}
    groups = Counter(mine & shown for mine in members)
    for group, size in groups.items():
        if shown or group:
            assert size >= POLICY.threshold
    for one in shown:
        assert sum(one in mine for mine in members) >= POLICY.threshold


def test_what_is_worth_least_is_left_out_first() -> None:
    # Seven are in 0, of whom two are not in 1: one of the two numbers has to go.
    members = [frozenset({0, 1})] * 5 + [frozenset({0})] * 2 + [frozenset[int]()] * 4
    assert shown_of(members)[:2] == [False, True]
    assert shown_of(members, worth=[9, 1, 0, 0, 0])[:2] == [False, True]
    members = [frozenset({0, 1})] * 2 + [frozenset({0})] * 5 + [frozenset({1})] * 5 + [frozenset[int]()] * 4
    assert shown_of(members, worth=[9, 1, 0, 0, 0])[:2] == [True, False]
    assert shown_of(members, worth=[1, 9, 0, 0, 0])[:2] == [False, True]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([0, 4, 8, 12], [0, 4, 8, 12]),
        ([1, 4, 8, 12], [None, 4, 8, 12]),
        ([4, 5, 12], [None, 5, 12]),
        ([4, 11, 12], [4, None, 12]),
        ([12, 12, 12], [12, 12, 12]),
        ([2, 2, 2], [None, None, None]),
        ([0, 0, 2], [None, None, None]),
        ([0, 0, 0], [0, 0, 0]),
    ],
)
def test_parts_of_a_whole(counts: list[int], shown: list[int | None]) -> None:
    assert shown_chain(counts, POLICY) == shown
