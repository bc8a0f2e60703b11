"""What a longer walk buys: the least stress at each detour, for every pupil and school by school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from schoolward.analysis.routing.bounded import MOST_LABELS, find_bounded_routes
from schoolward.analysis.routing.chains import Chains, Floats, Weights
from schoolward.analysis.routing.routes import Trip

__all__ = ["DETOURS", "TradeOff", "trade_off"]

DETOURS = (1.0, 1.1, 1.2, 1.3, 1.4, 1.5)


@dataclass(frozen=True)
class TradeOff:
    """For d detours and k pupils, the least stress and the length of its route."""

    detours: tuple[float, ...]
    stress: Floats  # d x k, never growing from one detour to the next
    length_m: Floats  # d x k
    proven: Floats  # d x k, no allowed route has less stress; the stress itself where it is exact

    def means(self, trip: Trip) -> tuple[Floats, Floats]:
        """Mean stress and length of each school's pupils with a way: two arrays of d x s, nan where none."""
        reached = np.isfinite(self.stress[0])
        school = trip.school_of[reached]
        count = np.bincount(school, minlength=len(trip.schools)).astype(float)
        count[count == 0] = np.nan
        stress, length = (
            np.stack([np.bincount(school, row[reached], len(trip.schools)) / count for row in of])
            for of in (self.stress, self.length_m)
        )
        return stress, length


def trade_off(
    chains: Chains,
    stress: Weights,
    length: Weights,
    trip: Trip,
    *,
    detours: Sequence[float] = DETOURS,
    most_labels: int = MOST_LABELS,
) -> TradeOff:
    """Find the safest route at each detour (ascending, 1 or more).

    Raises:
        ValueError: detours do not ascend, or one is below 1.
    """
    if list(detours) != sorted(set(detours)):
        raise ValueError("Give detours in ascending order, each once.")
    found = [
        find_bounded_routes(chains, stress, length, trip, detour=detour, most_labels=most_labels)
        for detour in detours
    ]
    return TradeOff(
        tuple(detours),
        np.stack([one.routes.cost for one in found]),
        np.stack([one.route_m for one in found]),
        np.stack([one.proven for one in found]),
    )
