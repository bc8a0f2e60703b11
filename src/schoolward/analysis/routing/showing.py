"""Which counts of pupils may stand side by side, so that no pupil is to be found in the numbers.

A count under the threshold is not shown. That alone is not enough: where a street with 40 pupils is joined by
one with 38, the two who live on the corner can be worked out. So sets are left out until every pupil shares
exactly the sets that are shown with enough others: whatever is added or subtracted, the pupils that remain
are one or more of these groups, and each of them is as large as the threshold. Those who are in no set that
is shown are such a group too, so that the number of all pupils may stand beside the sets.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from schoolward.analysis.disclosure import SuppressionPolicy

__all__ = ["shown_chain", "shown_sets"]


def shown_sets(
    pupils: NDArray[np.integer],
    sets: NDArray[np.integer],
    *,
    of_pupils: int,
    of_sets: int,
    policy: SuppressionPolicy,
    worth: ArrayLike | None = None,
) -> NDArray[np.bool_]:
    """Which of so many sets are shown; an empty one is not.

    Args:
        pupils: with `sets` pairs of a pupil and a set, each once, the pupils ascending.
        sets: of each pair the set.
        of_pupils: how many pupils there are, those in no set too.
        of_sets: how many sets there are.
        policy: the threshold.
        worth: of each set how much it is worth to be shown; what is worth least is left out first. Without it
            the counts.
    """
    counts = np.bincount(sets, minlength=of_sets)
    value = counts if worth is None else np.asarray(worth)
    shown: NDArray[np.bool_] = counts >= policy.threshold
    # A group is named by the sum of its sets' random numbers: equal sums are equal groups, but for a chance
    # of one in 2^64 a pair, which would only merge two groups.
    mark = np.random.default_rng(0).integers(1, 2**63, of_sets).astype(np.uint64)
    first = np.searchsorted(pupils, np.arange(of_pupils + 1))
    while True:
        kept = np.where(shown[sets], mark[sets], np.uint64(0))
        sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(kept, dtype=np.uint64)))
        group, one, sizes = np.unique(
            sums[first[1:]] - sums[first[:-1]], return_index=True, return_counts=True
        )
        small = np.flatnonzero((sizes < policy.threshold) & (group != 0))
        without = sizes[group == 0]
        drop = set()
        for pupil in one[small].tolist():
            mine = sets[first[pupil] : first[pupil + 1]]
            mine = mine[shown[mine]]
            drop.add(int(mine[np.argmin(value[mine])]))
        if not drop and len(without) and without[0] < policy.threshold and shown.any():
            # Those who are in no set that is shown are too few: leave out the one worth least.
            candidates = np.flatnonzero(shown)
            drop.add(int(candidates[np.argmin(value[candidates])]))
        if not drop:
            return shown
        shown[list(drop)] = False


def shown_chain(counts: list[int], policy: SuppressionPolicy) -> list[int | None]:
    """Counts of which each is a part of the next, the last the whole: None for what is not shown.

    What lies between two that are shown is nobody or enough. The whole is shown first, then the larger parts.
    """
    found: list[int | None] = [None] * len(counts)
    above: int | None = None
    for place in range(len(counts) - 1, -1, -1):
        count = counts[place]
        if policy.is_small(count) or (above is not None and policy.is_small(above - count)):
            continue
        if above is None and place != len(counts) - 1:
            continue  # a part of a whole that is not shown
        found[place] = above = count
    return found
