"""How far one walks in so many minutes: walk-sheds of schools, and who lives within them.

The walking speed is a stated parameter. Its default is 3.5 feet a second, which the Manual on Uniform Traffic
Control Devices (FHWA, 2009, section 4E.06) takes to time the crossing of a street: slower than most adults,
as children are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.chains import Chains, Floats, Places, Weights
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.trees import full_tree

__all__ = ["METRES_A_SECOND", "MINUTES", "Reach", "Shed", "reach", "walk_shed"]

METRES_A_SECOND = 3.5 * 0.3048
MINUTES = (5, 10, 15, 20)


@dataclass(frozen=True)
class Reach:
    """How many of so many pupils walk no longer than each number of minutes."""

    minutes: tuple[int, ...]
    pupils: tuple[int, ...]
    of: int

    @property
    def shares(self) -> tuple[float | None, ...]:
        """The shares of all pupils (0 to 1), those without a way too; None where there are no pupils."""
        return tuple(count / self.of if self.of else None for count in self.pupils)


@dataclass(frozen=True)
class Shed:
    """The streets around a place: what of each of m edges is within reach."""

    minutes: float
    edges: NDArray[np.int64]  # those of which some part is reached
    from_first: Floats  # how much of each, from its first node on (0 to 1)
    from_second: Floats  # how much of each, from its second node back; with from_first 1 or more: all of it


def reach(
    shortest_m: Floats, *, minutes: Sequence[int] = MINUTES, metres_a_second: float = METRES_A_SECOND
) -> Reach:
    """Count pupils by minutes of the shortest walk (k, infinity where no way is)."""
    _check(metres_a_second)
    most = [60 * metres_a_second * number for number in minutes]
    return Reach(tuple(minutes), tuple(int(np.sum(shortest_m <= metres)) for metres in most), len(shortest_m))


def walk_shed(
    network: Network,
    chains: Chains,
    length: Weights,
    places: Places,
    *,
    minutes: Sequence[int] = MINUTES,
    metres_a_second: float = METRES_A_SECOND,
) -> list[Shed]:
    """The streets within so many minutes of the nearest of some places: a school's entrances. One shed a
    number.
    """
    _check(metres_a_second)
    if not len(minutes) or not len(places):
        raise ValueError("A walk-shed needs a place and a number of minutes.")
    farthest = 60 * metres_a_second * max(minutes)
    cost = full_tree(chains, length, places, limit=farthest).cost.min(axis=0)
    metres = np.empty(len(network.ends))
    metres[chains.edges] = length.along
    sheds = []
    for number in minutes:
        most = 60 * metres_a_second * number
        with np.errstate(invalid="ignore"):
            left = (most - cost[network.ends]) / metres[:, None]
        parts = np.clip(np.where(np.isfinite(metres)[:, None], left, 0.0), 0.0, 1.0)
        for edge, fraction in zip(places.edge.tolist(), places.fraction.tolist(), strict=True):
            # Between the place and its edge's ends the way leads outwards: all that is near is one piece.
            near = most / metres[edge]
            if fraction - near > 0:
                parts[edge, 1] = max(parts[edge, 1], min(1.0, fraction + near) - (fraction - near))
            elif fraction + near < 1:
                parts[edge, 0] = max(parts[edge, 0], fraction + near)
            else:
                parts[edge] = 1.0
        edges = np.flatnonzero(parts.any(axis=1))
        sheds.append(Shed(number, edges, parts[edges, 0], parts[edges, 1]))
    return sheds


def _check(metres_a_second: float) -> None:
    if not metres_a_second > 0:
        raise ValueError(f"{metres_a_second} metres a second is no walking speed; give more than 0.")
