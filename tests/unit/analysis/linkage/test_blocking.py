"""Which pairs are looked at: each once, all that a rule promises, and never more than the bound."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from schoolward.analysis.linkage.blocking import NO_KEY, RULES, Rule, candidates, shares_key
from schoolward.analysis.linkage.people import People, gather
from unit.analysis.linkage.invented import District, table


def people(count: int, *, two_files: bool) -> People:
    district = District(5)
    known = [district.person() for _ in range(count)]
    again = [district.record(person, 0.2) for person in known]
    if two_files:
        return gather(table(known, "a"), table(again, "b"))
    return gather(table([*known, *again], "a"))


@pytest.mark.parametrize("two_files", [False, True])
def test_they_are_the_pairs_that_share_a_key(two_files: bool) -> None:
    """Held against looking at every pair there is."""
    crowd = people(80, two_files=two_files)
    wanted: set[tuple[int, int]] = set()
    every = (
        product(range(crowd.first), range(crowd.first, len(crowd)))
        if two_files
        else combinations(range(len(crowd)), 2)
    )
    keys = [rule.keys(crowd) for rule in RULES]
    for one, other in every:
        for left, right in keys:
            ends = [(one, other)] if two_files else [(one, other), (other, one)]
            if any(left[a] != NO_KEY and left[a] == right[b] for a, b in ends):
                wanted.add((one, other))
    found = candidates(crowd)
    pairs = list(zip(found.pairs.left.tolist(), found.pairs.right.tolist(), strict=True))
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == wanted
    assert sum(one.pairs for one in found.found) == len(pairs)


def test_a_rule_gives_up_its_largest_blocks_and_says_so() -> None:
    crowd = people(300, two_files=True)
    whole, bounded = candidates(crowd, limit=10**9), candidates(crowd, limit=40)
    brought = {one.rule: one for one in bounded.found}
    for used, before in zip(whole.used, whole.found, strict=True):
        assert not before.left_out_pairs
        after = brought[used[0].name]
        held = int(shares_key(used, whole.pairs).sum())
        assert after.pairs <= 40
        assert after.left_out_pairs >= held - 40
        if used[0].coarse and held > 40:
            assert after.pairs == 0
    assert len(bounded.pairs) <= 40 * len(RULES)


def test_a_pair_of_a_block_that_was_given_up_may_come_by_another_rule() -> None:
    crowd = people(60, two_files=True)

    def everyone(size: int) -> np.ndarray:
        return np.zeros(size, dtype=np.int64)

    all_of_them = Rule("all", frozenset(), lambda crowd: (everyone(len(crowd)),) * 2)
    number = RULES[0]
    found = candidates(crowd, limit=100, rules=(all_of_them, number))
    alone = candidates(crowd, limit=100, rules=(number,))
    assert found.found[0].left_out_pairs == 60 * 60
    assert len(found.pairs) == len(alone.pairs) > 20
