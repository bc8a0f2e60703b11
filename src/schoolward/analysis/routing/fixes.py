"""Who could walk but for one barrier, and which single fix frees most pupils.

A pupil can walk where a way of so many minutes has no metre and no crossing above a stated stress: the worst
place decides, as it does for a parent. That way is the shortest on the streets that are left, which is found
exactly, and each fix is tried by routing again whom it may touch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.disclosure import SuppressionPolicy
from schoolward.analysis.routing.chains import Chains, Floats, Weights, weigh
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.routes import Routes, Trip, find_routes
from schoolward.analysis.routing.sheds import METRES_A_SECOND
from schoolward.analysis.routing.tolerable import TOLERABLE_CROSSING_M, TOLERABLE_FACTOR, TOLERABLE_MINUTES
from schoolward.analysis.routing.whatif import Change, what_if

__all__ = [
    "Fix",
    "Freed",
    "Tolerance",
    "Walkers",
    "free_by_fixes",
    "who_can_walk",
]


@dataclass(frozen=True)
class Tolerance:
    """What counts as a way that a pupil can walk."""

    minutes: float
    factor: float  # no metre is worse than this
    crossing_m: float  # of an edge, no crossing is worse than this
    metres_a_second: float = METRES_A_SECOND

    @classmethod
    def stated(
        cls,
        minutes: float = TOLERABLE_MINUTES,
        factor: float = TOLERABLE_FACTOR,
        crossing_m: float = TOLERABLE_CROSSING_M,
    ) -> Tolerance:
        """The tolerance whose `crossing_m` is of a whole crossing, from one side of the road to the other.

        A crossing is met on the way to the middle of the road and on the way from it, half on each edge.
        """
        return cls(minutes, factor, crossing_m / 2)

    @property
    def metres(self) -> float:
        """How long a way may be."""
        return 60 * self.metres_a_second * self.minutes


@dataclass(frozen=True)
class Fix:
    """A signal, a pavement, an island: what some edges will be like."""

    name: str
    edges: NDArray[np.int32]
    factor: Floats
    crossing_m: Floats

    def __post_init__(self) -> None:
        if not len(self.edges) == len(self.factor) == len(self.crossing_m):
            raise ValueError(f"{self.name}: give one factor and one crossing for each edge.")


@dataclass(frozen=True)
class Walkers:
    """Who can walk as things are."""

    can: NDArray[np.bool_]  # k
    routes: Routes  # shortest ways over the streets that are tolerable; cost is metres
    weights: Weights


@dataclass(frozen=True)
class Freed:
    """Whom one fix lets walk who cannot now."""

    fix: Fix
    pupils: NDArray[np.int64]

    def shown(self, policy: SuppressionPolicy) -> int | None:
        """Their number, or None where it is too small to be shown."""
        return None if policy.is_small(len(self.pupils)) else len(self.pupils)


def who_can_walk(network: Network, chains: Chains, trip: Trip, tolerance: Tolerance) -> Walkers:
    """Find who has a tolerable way."""
    fine = (network.factor <= tolerance.factor) & (network.crossing_m <= tolerance.crossing_m)
    weights = weigh(chains, np.where(fine, network.length_m, np.inf))
    routes = find_routes(chains, weights, trip)
    return Walkers(routes.cost <= tolerance.metres, routes, weights)


def free_by_fixes(
    network: Network,
    chains: Chains,
    trip: Trip,
    tolerance: Tolerance,
    fixes: Sequence[Fix],
    *,
    now: Walkers | None = None,
) -> list[Freed]:
    """Try each fix by itself, and return whom it frees, the fix that frees most first."""
    now = now or who_can_walk(network, chains, trip, tolerance)
    found = []
    for fix in fixes:
        fine = (fix.factor <= tolerance.factor) & (fix.crossing_m <= tolerance.crossing_m)
        costs = np.where(fine, network.length_m[fix.edges], np.inf)
        after = what_if(chains, now.weights, trip, now.routes, Change(fix.edges, costs))
        found.append(Freed(fix, np.flatnonzero((after.routes.cost <= tolerance.metres) & ~now.can)))
    return sorted(found, key=lambda one: -len(one.pupils))
