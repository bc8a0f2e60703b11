"""A plan: for every pupil the shortest walk and the safest route that is not much longer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.bounded import find_bounded_routes
from schoolward.analysis.routing.chains import Chains, Floats, Ints, Places, Weights, fold, weigh
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.routes import Trip, route_nodes

__all__ = ["Laid", "Part", "Plan", "join", "parts_of", "places_from", "plan_routes"]


@dataclass(frozen=True)
class Plan:
    """The routes of k pupils, to be written down."""

    shortest_m: Floats  # k, infinity where no way is
    route_m: Floats  # k
    stress: Floats  # k, metres of a quiet path
    gap: Floats  # k, by what share the stress may lie above the least; 0 where it is exact
    first: NDArray[np.int64]  # k + 1, where each pupil's nodes begin; all 0 where no nodes were asked for
    nodes: Ints  # nodes of the network from the pupil to the school

    @property
    def reachable(self) -> NDArray[np.bool_]:
        """Who has a route."""
        return np.isfinite(self.shortest_m)


@dataclass(frozen=True)
class Laid:
    """A network made ready for routes, for plan after plan."""

    network: Network
    chains: Chains
    stress: Weights
    length: Weights

    @classmethod
    def of(cls, network: Network) -> Laid:
        """Fold a network and lay its stress and lengths along the chains."""
        chains = fold(network)
        return cls(network, chains, weigh(chains, network.stress), weigh(chains, network.length_m))


@dataclass(frozen=True)
class Part:
    """The pupils of some schools, who can be planned for by themselves."""

    trip: Trip
    pupils: NDArray[np.int64]  # which of the whole's pupils these are


def plan_routes(laid: Laid, trip: Trip, *, detour: float, nodes: bool) -> Plan:
    """Plan every pupil's route: least stress, at most `detour` times the shortest walk."""
    found = find_bounded_routes(laid.chains, laid.stress, laid.length, trip, detour=detour)
    if nodes:
        first, walked = route_nodes(laid.chains, trip, found.routes)
    else:
        first, walked = np.zeros(len(trip.pupils) + 1, np.int64), np.zeros(0, np.int32)
    return Plan(found.shortest_m, found.route_m, found.routes.cost, found.gap, first, walked)


def parts_of(trip: Trip, *, pupils: int) -> Iterator[Part]:
    """Cut a trip into parts of whole schools, each with about so many pupils."""
    order = np.argsort(trip.school_of, kind="stable")
    counts = np.bincount(trip.school_of, minlength=len(trip.schools))
    part = np.cumsum(counts) - counts
    for number in np.unique(part // pupils):
        schools = np.flatnonzero((part // pupils == number) & (counts > 0))
        if not len(schools):
            continue
        begin, end = part[schools[0]], part[schools[-1]] + counts[schools[-1]]
        which = order[begin:end]
        yield Part(
            Trip(
                trip.schools.take(schools),
                trip.pupils.take(which),
                np.searchsorted(schools, trip.school_of[which]).astype(np.int32),
            ),
            which,
        )


def join(parts: list[tuple[NDArray[np.int64], Plan]], count: int) -> Plan:
    """The plan of all `count` pupils from those of its parts. Pupils in no part have no route."""
    shortest_m, route_m, stress = (np.full(count, np.inf) for _ in range(3))
    gap = np.zeros(count)
    size = np.zeros(count, np.int64)
    for pupils, plan in parts:
        shortest_m[pupils], route_m[pupils] = plan.shortest_m, plan.route_m
        stress[pupils], gap[pupils] = plan.stress, plan.gap
        size[pupils] = np.diff(plan.first)
    first = np.concatenate(([0], np.cumsum(size)))
    nodes = np.empty(first[-1], np.int32)
    for pupils, plan in parts:
        # Where each of the part's nodes goes: its pupil's beginning, and how far along it is.
        begins = np.repeat(first[pupils] - plan.first[:-1], size[pupils])
        nodes[begins + np.arange(len(plan.nodes))] = plan.nodes
    return Plan(shortest_m, route_m, stress, gap, first, nodes)


def places_from(edge: NDArray[np.int32], fraction: Floats) -> tuple[Places, NDArray[np.int64]]:
    """Places that were met (an edge of 0 or more), and which of all they are."""
    met = np.flatnonzero(edge >= 0)
    return Places(edge[met], fraction[met]), met
