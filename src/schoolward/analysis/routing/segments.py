"""How many pupils walk each street, with no pupil to be found in the numbers.

A count under the threshold is not shown. That alone is not enough: where a street with 40 pupils is joined by
one with 38, the two who live on the corner can be worked out. So streets are left out until every pupil
shares exactly the streets that are shown with enough others: whatever is added or subtracted, the pupils that
remain are one or more of these groups, and each of them is as large as the threshold. Those who walk no
street that is shown are such a group too, so that the number of all pupils may stand beside the streets.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.disclosure import SuppressionPolicy
from schoolward.analysis.routing.chains import Chains, Ints
from schoolward.analysis.routing.routes import DIRECT, NOWHERE, Routes, Trip

__all__ = ["SegmentCounts", "count_segments", "walked_segments"]


@dataclass(frozen=True)
class SegmentCounts:
    """Pupils on each of c street segments: the chains from one junction to the next."""

    shown: Ints  # c, the count; -1 where some walk and it is not shown; 0 where nobody walks
    policy: SuppressionPolicy

    def by_edge(self, chains: Chains) -> Ints:
        """The same for each of the network's m edges."""
        found: Ints = self.shown[chains.chain_of]
        return found


def walked_segments(
    chains: Chains, trip: Trip, routes: Routes
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Who walks which segment, whole or in part, each pair once: pupils, ascending, and their chains."""
    everybody = np.arange(len(trip.pupils))
    steps = routes.end - routes.begin
    whole = np.repeat(everybody, steps)
    at = np.arange(len(whole)) - np.repeat(np.cumsum(steps) - steps, steps) + np.repeat(routes.begin, steps)
    leaves = np.flatnonzero(routes.leaves != NOWHERE)
    enters = np.flatnonzero((routes.leaves != NOWHERE) & (routes.leaves != DIRECT))
    pupils = np.concatenate((whole, leaves, enters))
    segments = np.concatenate(
        (
            routes.ways[at] >> 1,
            chains.chain_of[trip.pupils.edge[leaves]],
            chains.chain_of[trip.schools.edge[trip.school_of[enters]]],
        )
    )
    pairs = np.unique(pupils.astype(np.int64) * len(chains.tail) + segments)
    return pairs // len(chains.tail), pairs % len(chains.tail)


def count_segments(
    chains: Chains, trip: Trip, routes: Routes, policy: SuppressionPolicy | None = None
) -> SegmentCounts:
    """Count pupils by segment, and leave out what would give one away."""
    policy = policy or SuppressionPolicy()
    pupils, segments = walked_segments(chains, trip, routes)
    counts = np.bincount(segments, minlength=len(chains.tail)).astype(np.int32)
    shown = counts >= policy.threshold
    # A group is named by the sum of its segments' random numbers: equal sums are equal groups, but for a
    # chance of one in 2^64 a pair, which would only merge two groups.
    mark = np.random.default_rng(0).integers(1, 2**63, len(counts)).astype(np.uint64)
    count = len(trip.pupils)
    first = np.searchsorted(pupils, np.arange(count + 1))
    while True:
        kept = np.where(shown[segments], mark[segments], np.uint64(0))
        sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(kept, dtype=np.uint64)))
        group, one, sizes = np.unique(
            sums[first[1:]] - sums[first[:-1]], return_index=True, return_counts=True
        )
        small = np.flatnonzero((sizes < policy.threshold) & (group != 0))
        without = sizes[group == 0]
        drop = set()
        for pupil in one[small].tolist():
            mine = segments[first[pupil] : first[pupil + 1]]
            mine = mine[shown[mine]]
            drop.add(int(mine[np.argmin(counts[mine])]))
        if not drop and len(without) and without[0] < policy.threshold and shown.any():
            # Those who walk no street that is shown are too few: leave out the emptiest street.
            candidates = np.flatnonzero(shown)
            drop.add(int(candidates[np.argmin(counts[candidates])]))
        if not drop:
            break
        shown[list(drop)] = False
    return SegmentCounts(np.where(shown | (counts == 0), counts, -1).astype(np.int32), policy)
