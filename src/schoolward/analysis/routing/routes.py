"""The best route of every pupil to a school: its cost, its length, and all that lies on it.

A route is kept as the chains that it walks, whole, from the pupil to the school, and by which end it leaves
the pupil's own chain and enters the school's. Nodes, edges and lengths follow from that, and another
network's weights can be read along the same route.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.chains import Chains, Floats, Ints, Places, Weights, coordinates
from schoolward.analysis.routing.loops import tracing
from schoolward.analysis.routing.loops.reaching import offsets
from schoolward.analysis.routing.searching import Search, components

__all__ = [
    "DIRECT",
    "HEAD",
    "NOWHERE",
    "TAIL",
    "Ground",
    "Routes",
    "Trip",
    "find_routes",
    "read_along",
    "route_nodes",
]

DIRECT, TAIL, HEAD, NOWHERE = 0, 1, 2, 3
"""How a route leaves the pupil's chain or enters the school's: along one chain, by its tail or head; no
route.
"""

Bytes = NDArray[np.int8]


@dataclass(frozen=True)
class Trip:
    """Who walks where: k pupils, s schools, and the school (0 to s - 1) of each pupil."""

    schools: Places
    pupils: Places
    school_of: Ints

    def __post_init__(self) -> None:
        if len(self.school_of) != len(self.pupils):
            raise ValueError("Every pupil needs a school.")
        if len(self.school_of) and not 0 <= self.school_of.min() <= self.school_of.max() < len(self.schools):
            raise ValueError(f"A pupil's school is outside 0 to {len(self.schools) - 1}.")


@dataclass(frozen=True)
class Routes:
    """The routes of k pupils. Pupil i walks the chains `ways[begin[i] : end[i]]` in that order."""

    cost: Floats  # k, infinity where no route is
    leaves: Bytes  # k, DIRECT, TAIL, HEAD, NOWHERE
    enters: Bytes  # k, DIRECT, TAIL, HEAD, NOWHERE
    begin: NDArray[np.int64]  # k
    end: NDArray[np.int64]  # k
    ways: Ints  # twice a chain, plus 1 where it is walked from its head to its tail

    @property
    def reached(self) -> NDArray[np.bool_]:
        """Which pupils have a route."""
        return np.isfinite(self.cost)


@dataclass(frozen=True)
class Ground:
    """Where a trip lies on the chains, and what it costs from its places to the ends of their chains."""

    pupil_chain: Ints
    pupil_at: Floats  # how many edges along the chain
    pupil_tail: Floats  # cost to the chain's tail
    pupil_head: Floats
    school_chain: Ints
    school_at: Floats
    school_tail: Floats
    school_head: Floats
    order: NDArray[np.int64]  # pupils, those of each school together
    first: NDArray[np.int64]  # s + 1, where each school's begin in that order

    @classmethod
    def of(cls, chains: Chains, weights: Weights, trip: Trip) -> Ground:
        """Lay a trip on the chains."""
        pupil_chain, pupil_at = coordinates(chains, trip.pupils)
        school_chain, school_at = coordinates(chains, trip.schools)
        pupil_tail, pupil_head = offsets(chains.first, weights.along, pupil_chain, pupil_at)
        school_tail, school_head = offsets(chains.first, weights.along, school_chain, school_at)
        order = np.argsort(trip.school_of, kind="stable")
        first = np.searchsorted(trip.school_of[order], np.arange(len(trip.schools) + 1))
        return cls(
            pupil_chain, pupil_at, pupil_tail, pupil_head, school_chain, school_at, school_tail, school_head,
            order, first,
        )  # fmt: skip

    def pupils_of(self, school: int) -> NDArray[np.int64]:
        """The pupils of a school."""
        return self.order[self.first[school] : self.first[school + 1]]

    def starts(self, chains: Chains, school: int) -> tuple[Ints, Floats]:
        """The tail and head of a school's chain, and what it costs from the school to them."""
        chain = self.school_chain[school]
        costs = np.array((self.school_tail[school], self.school_head[school]))
        return np.array((chains.tail[chain], chains.head[chain])), costs


def find_routes(
    chains: Chains, weights: Weights, trip: Trip, *, schools: NDArray[np.int64] | None = None
) -> Routes:
    """Find the route that costs least for every pupil, or for the pupils of some schools only.

    Pupils of other schools than those asked for come back as NOWHERE with a cost of infinity.
    """
    ground = Ground.of(chains, weights, trip)
    count = len(trip.pupils)
    cost = np.full(count, np.inf)
    leaves = np.full(count, NOWHERE, np.int8)
    enters = np.full(count, NOWHERE, np.int8)
    begin = np.zeros(count, np.int64)
    end = np.zeros(count, np.int64)
    ways = np.empty(max(64, 32 * count), np.int32)
    used = 0
    for school, search in searches(chains, weights, trip, ground, schools=schools):
        ways, used = tracing.trace(
            ground.pupils_of(school), ground.pupil_chain, ground.pupil_at, ground.pupil_tail,
            ground.pupil_head, ground.school_chain[school], ground.school_at[school], chains.first,
            chains.tail, chains.head, weights.along, chains.arc_tail, chains.arc_way, search.cost,
            search.arrived, cost, leaves, enters, begin, end, ways, used,
        )  # fmt: skip
    return Routes(cost, leaves, enters, begin, end, ways[:used])


def searches(
    chains: Chains,
    weights: Weights,
    trip: Trip,
    ground: Ground,
    *,
    schools: NDArray[np.int64] | None = None,
) -> Iterator[tuple[int, Search]]:
    """Search from each school that has pupils until all of them are reached. The search is used again for the
    next.
    """
    search = Search.over(chains, weights)
    label = components(chains, weights)
    wanted = np.zeros(chains.size, np.bool_)
    for school in range(len(trip.schools)) if schools is None else schools.tolist():
        pupils = ground.pupils_of(school)
        if not len(pupils):
            continue
        starts, costs = ground.starts(chains, school)
        one, other = (
            int(label[end]) if cost < np.inf else -1 for end, cost in zip(starts, costs, strict=True)
        )
        marked = tracing.mark(
            pupils, ground.pupil_chain, ground.pupil_tail, ground.pupil_head, chains.tail, chains.head,
            chains.arc_first, label, one, other, wanted,
        )  # fmt: skip
        search.run(starts, costs, wanted=wanted, wanted_count=len(marked))
        wanted[marked] = False
        yield school, search


def read_along(chains: Chains, weights: Weights, trip: Trip, routes: Routes) -> Floats:
    """What other weights (metres, seconds) add up to along each pupil's route (k); infinity where no route
    is.
    """
    ground = Ground.of(chains, weights, trip)
    return np.asarray(
        tracing.read_along(
            routes.leaves, routes.enters, routes.begin, routes.end, routes.ways, trip.school_of,
            ground.pupil_chain, ground.pupil_at, ground.pupil_tail, ground.pupil_head,
            ground.school_at, ground.school_tail, ground.school_head, chains.first, weights.along,
            weights.total,
        )
    )  # fmt: skip


def route_nodes(chains: Chains, trip: Trip, routes: Routes) -> tuple[NDArray[np.int64], Ints]:
    """Every node of the network on each pupil's route, from the pupil to the school.

    Returns where each pupil's nodes begin (k + 1), and the nodes. A route within one edge has none.
    """
    pupil_chain, pupil_at = coordinates(chains, trip.pupils)
    school_chain, school_at = coordinates(chains, trip.schools)
    first, nodes = tracing.route_nodes(
        routes.leaves, routes.enters, routes.begin, routes.end, routes.ways, trip.school_of,
        pupil_chain, pupil_at, school_chain, school_at, chains.first, chains.nodes,
    )  # fmt: skip
    return first, nodes
