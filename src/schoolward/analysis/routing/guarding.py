"""Which crossings of larger roads the ways to school lead over: what the placing of guards is reckoned from.

A crossing is counted where a way is walked to, or off, the end of an edge at which the road is crossed
(`streets.Streets.crosses`); nodes within thirty metres of each other are one crossing: one guard sees them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.chains import Chains, Floats, coordinates
from schoolward.analysis.routing.making import StreetNetwork
from schoolward.analysis.routing.mending import names_at, same_places
from schoolward.analysis.routing.routes import DIRECT, NOWHERE, TAIL, Routes, Trip
from schoolward.analysis.routing.street_tags import Street

__all__ = ["CrossingPlaces", "crossing_places", "crossings_by_way"]


@dataclass(frozen=True)
class CrossingPlaces:
    """The p places at which walkers cross a road of some size, and the ends of edges that lead over them."""

    of_end: NDArray[np.int32]  # m x 2, the place that is crossed at this end of an edge; -1 for none
    longitude: Floats  # p
    latitude: Floats  # p
    where: tuple[str, ...]  # p, the streets that meet there; empty where they have no name

    def __len__(self) -> int:
        return len(self.where)


def crossing_places(made: StreetNetwork, *, least: Street = Street.TERTIARY) -> CrossingPlaces:
    """The places at which a road of `least` or more is crossed, signals and all."""
    network, streets = made.network, made.streets
    crossed = streets.crosses & (streets.crossed >= least)[network.ends]
    nodes = np.unique(network.ends[crossed]).astype(np.int64)
    of_end = np.full(network.ends.shape, -1, dtype=np.int32)
    if not len(nodes):
        return CrossingPlaces(of_end, np.zeros(0), np.zeros(0), ())
    place = same_places(network.longitude[nodes], network.latitude[nodes])
    of_end[crossed] = place[np.searchsorted(nodes, network.ends[crossed])]
    size = np.bincount(place)
    return CrossingPlaces(
        of_end,
        np.bincount(place, weights=network.longitude[nodes]) / size,
        np.bincount(place, weights=network.latitude[nodes]) / size,
        tuple(" and ".join(names) for names in names_at(made, nodes, place)),
    )


def crossings_by_way(
    chains: Chains, places: CrossingPlaces, trip: Trip, routes: Routes
) -> Counter[frozenset[int]]:
    """How many pupils lead their ways over each set of crossings; those without a way are left out."""
    pupil_chain, pupil_at = coordinates(chains, trip.pupils)
    school_chain, school_at = coordinates(chains, trip.schools)

    def along(chain: int, begin: float, end: float) -> frozenset[int]:
        """What is crossed on a chain from one coordinate up to another."""
        first, met = int(chains.first[chain]), set()
        for step in range(int(begin), int(np.ceil(end))):
            edge = chains.edges[first + step]
            near, far = places.of_end[edge] if chains.forward[edge] else places.of_end[edge][::-1]
            if begin <= step and near >= 0:
                met.add(int(near))
            if end >= step + 1 and far >= 0:
                met.add(int(far))
        return frozenset(met)

    def size(chain: int) -> float:
        return float(chains.first[chain + 1] - chains.first[chain])

    @cache
    def whole(chain: int) -> frozenset[int]:
        return along(chain, 0.0, size(chain))

    def part(chain: int, at: float, by: int) -> frozenset[int]:
        return along(chain, 0.0, at) if by == TAIL else along(chain, at, size(chain))

    found: Counter[frozenset[int]] = Counter()
    for pupil in np.flatnonzero(routes.leaves != NOWHERE).tolist():
        school, chain, at = int(trip.school_of[pupil]), int(pupil_chain[pupil]), float(pupil_at[pupil])
        goal = float(school_at[school])
        if routes.leaves[pupil] == DIRECT:
            found[along(chain, min(at, goal), max(at, goal))] += 1
            continue
        ways = routes.ways[routes.begin[pupil] : routes.end[pupil]] >> 1
        found[
            part(chain, at, int(routes.leaves[pupil])).union(
                part(int(school_chain[school]), goal, int(routes.enters[pupil])),
                *(whole(way) for way in ways.tolist()),
            )
        ] += 1
    return found
