"""Pairs looked at together: chains that would join two people, and one record for one between files."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.linkage.agreeing import Nicknames
from schoolward.analysis.linkage.comparing import levels_of, patterns
from schoolward.analysis.linkage.deciding import Decision
from schoolward.analysis.linkage.levels import COMPARISONS, GIVEN, IDENTIFIER, MIDDLE, PLACES, SEX, SUFFIX
from schoolward.analysis.linkage.people import Pairs, People

LARGEST_CHAIN: Final = 30
"""Nobody has so many records; a longer chain goes to a person whole."""
_SAID_OF_ONE: Final = (GIVEN, MIDDLE, SUFFIX, SEX)


def broken_chains(
    people: People, pairs: Pairs, decisions: NDArray[np.int8], nicknames: Nicknames | None = None
) -> NDArray[np.int64]:
    """Return the places of `same` pairs in chains that join records which contradict each other.

    One record that is the same as each of two twins would make them one. Two records of a chain contradict
    each other where a fact that one child has alone differs and no equal number outweighs it.
    """
    same = np.flatnonzero(decisions == Decision.SAME)
    ends = np.concatenate([pairs.left[same], pairs.right[same]])
    if np.bincount(ends, minlength=1).max() < 2:
        return np.empty(0, dtype=np.int64)
    chain = _chains(len(people), pairs[same])
    lefts, rights, of_chain, too_long = _within(chain, pairs[same])
    if not len(lefts) and not len(too_long):
        return np.empty(0, dtype=np.int64)
    inner = Pairs(lefts, rights)
    levels = levels_of(patterns(people, inner, nicknames))
    differs = np.zeros(len(inner), dtype=np.bool_)
    kin = np.zeros(len(inner), dtype=np.int64)
    for comparison, level in zip(COMPARISONS, levels, strict=True):
        kin += np.array([one.kin for one in comparison.levels])[level]
        if comparison in _SAID_OF_ONE:
            differs |= level == comparison.level("different")
    differs &= levels[PLACES["student_id"]] != IDENTIFIER.level("equal")
    broken = np.union1d(of_chain[differs | (kin < 0)], too_long)
    return same[np.isin(chain[pairs[same].left], broken)]


def lesser_claims(
    pairs: Pairs, decisions: NDArray[np.int8], weights: NDArray[np.float32]
) -> NDArray[np.int64]:
    """Return the places of `same` pairs that must go for each record to be linked once at most.

    The heavier pair stays. Where a record has two pairs of one weight, none of the two stays: which of them
    is right must not depend on the order of the rows.
    """
    same = np.flatnonzero(decisions == Decision.SAME)
    order = same[np.argsort(-weights[same], kind="stable")]
    taken: dict[int, float] = {}
    lost: set[int] = set()
    holder: dict[int, int] = {}
    for place in order.tolist():
        ends = (int(pairs.left[place]), int(pairs.right[place]))
        weight = float(weights[place])
        rivals = [end for end in ends if end in taken]
        if rivals:
            lost.add(place)
            lost |= {holder[end] for end in rivals if taken[end] == weight}
        # A pair that lost still bars others of its weight, or the order would decide among three.
        for end in ends:
            if end not in taken and (not rivals or any(taken[rival] == weight for rival in rivals)):
                taken[end], holder[end] = weight, place
    return np.array(sorted(lost), dtype=np.int64)


def _chains(size: int, pairs: Pairs) -> NDArray[np.int32]:
    """Return the number of each record's chain of `same` pairs."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    edges = coo_array((np.ones(len(pairs), dtype=np.int8), (pairs.left, pairs.right)), shape=(size, size))
    chains: NDArray[np.int32] = connected_components(edges, directed=False)[1]
    return chains


def _within(
    chain: NDArray[np.int32], pairs: Pairs
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """Return all pairs within chains of three records and more, their chains, and the overlong chains."""
    members = np.unique(np.concatenate([pairs.left, pairs.right]))
    members = members[np.argsort(chain[members], kind="stable")]
    numbers, starts, counts = np.unique(chain[members], return_index=True, return_counts=True)
    lefts, rights, of_chain = [], [], []
    for size in np.unique(counts[(counts > 2) & (counts <= LARGEST_CHAIN)]).tolist():
        of_size = np.flatnonzero(counts == size)
        rows = members[starts[of_size][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        lefts.append(rows[:, one].ravel())
        rights.append(rows[:, other].ravel())
        of_chain.append(np.repeat(numbers[of_size], len(one)))
    too_long = numbers[counts > LARGEST_CHAIN].astype(np.int64)
    if not lefts:
        return (*(np.empty(0, dtype=np.int32),) * 2, np.empty(0, dtype=np.int64), too_long)
    return (
        np.concatenate(lefts).astype(np.int32),
        np.concatenate(rights).astype(np.int32),
        np.concatenate(of_chain).astype(np.int64),
        too_long,
    )
