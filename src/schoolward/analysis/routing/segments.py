"""How many pupils walk each street, with no pupil to be found in the numbers: `showing` says how."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.disclosure import SuppressionPolicy
from schoolward.analysis.routing.chains import Chains, Ints
from schoolward.analysis.routing.routes import DIRECT, NOWHERE, Routes, Trip
from schoolward.analysis.routing.showing import shown_sets

__all__ = ["SegmentCounts", "count_segments", "walked_segments"]


@dataclass(frozen=True)
class SegmentCounts:
    """Pupils on each of c street segments: the chains from one junction to the next."""

    shown: Ints  # c, the count; -1 where some walk and it is not shown; 0 where nobody walks
    walked: Ints = field(repr=False)  # c, the count indeed: to be held against an earlier one, and not shown
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
    shown = shown_sets(pupils, segments, of_pupils=len(trip.pupils), of_sets=len(chains.tail), policy=policy)
    return SegmentCounts(np.where(shown | (counts == 0), counts, -1).astype(np.int32), counts, policy)
