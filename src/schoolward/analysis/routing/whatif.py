"""What becomes of everybody's route when some streets change: a crossing is closed, a signal is built.

Only the pupils of a school whose routes may change are routed again, and that is proven, not guessed. A
street that becomes dearer touches those whose route goes through it. A street that becomes cheaper may touch
a school if one comes from it to the school, by the new costs, for no more than the dearest route to that
school costs; one search from these streets outwards tells. The answer is the same as from routing everybody
anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.chains import Chains, Floats, Weights, coordinates, relaid
from schoolward.analysis.routing.loops.reaching import offsets
from schoolward.analysis.routing.routes import Routes, Trip, find_routes
from schoolward.analysis.routing.searching import Search, components

__all__ = ["Change", "WhatIf", "changed_weights", "what_if"]

_ROUNDING = 1e-9  # the same route added up in another order


@dataclass(frozen=True)
class Change:
    """New costs of some edges; infinity closes an edge."""

    edges: NDArray[np.int32]
    costs: Floats

    def __post_init__(self) -> None:
        if self.edges.shape != self.costs.shape or self.edges.ndim != 1:
            raise ValueError("A change needs one cost for each of its edges.")
        if len(np.unique(self.edges)) != len(self.edges):
            raise ValueError("A change names an edge twice.")
        if len(self.costs) and not np.min(self.costs) > 0:
            raise ValueError("Every edge must cost something: a cost is not above zero.")


@dataclass(frozen=True)
class WhatIf:
    """Routes of k pupils after a change, and whom it touches."""

    routes: Routes
    searched: NDArray[np.int64]  # schools whose pupils were routed again
    change: (
        Floats  # k, cost after less cost before; infinity where the route is lost, -infinity where one is won
    )
    affected: NDArray[np.bool_]  # k, whether the cost changes or a route is won or lost


def changed_weights(chains: Chains, weights: Weights, change: Change) -> Weights:
    """The weights after a change."""
    along = weights.along.copy()
    along[_where(chains, change)] = change.costs
    return relaid(chains, along)


def what_if(chains: Chains, weights: Weights, trip: Trip, before: Routes, change: Change) -> WhatIf:
    """Route again whoever may walk another way after a change.

    Args:
        chains: the network.
        weights: the costs before the change.
        trip: who walks where.
        before: `find_routes` of these three.
        change: what changes.
    """
    after = changed_weights(chains, weights, change)
    schools = _touched(chains, weights, after, trip, before, change)
    routes = _replaced(before, find_routes(chains, after, trip, schools=schools), trip, schools)
    both = before.reached & routes.reached
    won, lost = routes.reached & ~before.reached, before.reached & ~routes.reached
    difference = np.zeros(len(trip.pupils))
    difference[both] = routes.cost[both] - before.cost[both]
    affected = won | lost | (np.abs(difference) > _ROUNDING * np.where(both, before.cost, 1.0))
    difference[~affected] = 0.0
    difference[won], difference[lost] = -np.inf, np.inf
    return WhatIf(routes, schools, difference, affected)


def _where(chains: Chains, change: Change) -> NDArray[np.int32]:
    """Where a change's edges are in the order of the chains."""
    found: NDArray[np.int32] = chains.first[chains.chain_of[change.edges]] + chains.order_of[change.edges]
    return found


def _touched(
    chains: Chains, weights: Weights, after: Weights, trip: Trip, before: Routes, change: Change
) -> NDArray[np.int64]:
    """Schools of which some pupil's route may change."""
    at = _where(chains, change)
    dearer = np.unique(chains.chain_of[change.edges[change.costs > weights.along[at]]])
    cheaper = np.unique(chains.chain_of[change.edges[change.costs < weights.along[at]]])
    touched = np.zeros(len(trip.schools), bool)
    reached = before.reached
    changed = np.zeros(len(chains.tail), bool)
    changed[dearer] = changed[cheaper] = True
    school_chain, school_at = coordinates(chains, trip.schools)
    pupil_chain = chains.chain_of[trip.pupils.edge]
    touched |= changed[school_chain]
    touched[trip.school_of[changed[pupil_chain]]] = True
    if len(dearer):
        touched[trip.school_of[_walkers(before, dearer, len(chains.tail))]] = True
    if len(cheaper):
        dearest = np.full(len(trip.schools), -1.0)
        np.maximum.at(dearest, trip.school_of[reached], before.cost[reached])
        starts = np.unique(np.concatenate((chains.tail[cheaper], chains.head[cheaper])))
        search = Search.over(chains, after)
        search.run(starts, np.zeros(len(starts)), limit=float(dearest.max()) * (1 + _ROUNDING))
        to_tail, to_head = offsets(chains.first, after.along, school_chain, school_at)
        nearest = np.minimum(
            search.cost[chains.tail[school_chain]] + to_tail, search.cost[chains.head[school_chain]] + to_head
        )
        touched |= nearest <= dearest * (1 + _ROUNDING)
    # Who had no route may have one now, if a piece of the network has been joined to another.
    without = np.flatnonzero(~reached)
    if len(without) and len(cheaper):
        label = components(chains, after)
        schools = school_chain[trip.school_of[without]]
        joined = np.zeros(len(without), bool)
        for one in (chains.tail, chains.head):
            for other in (chains.tail, chains.head):
                joined |= label[one[pupil_chain[without]]] == label[other[schools]]
        touched[trip.school_of[without[joined]]] = True
    return np.flatnonzero(touched)


def _walkers(routes: Routes, walked: NDArray[np.int32], count: int) -> NDArray[np.int64]:
    """Pupils whose route goes through one of some chains, of `count`."""
    looked_for = np.zeros(count, bool)
    looked_for[walked] = True
    hits = np.flatnonzero(looked_for[routes.ways >> 1])
    # Of pupils whose routes begin at the same place all but the last walk no whole chain.
    order = np.lexsort((routes.end, routes.begin))
    pupils = order[np.searchsorted(routes.begin[order], hits, side="right") - 1]
    # Routes that others have replaced leave their chains behind.
    return np.unique(pupils[hits < routes.end[pupils]])


def _replaced(before: Routes, again: Routes, trip: Trip, schools: NDArray[np.int64]) -> Routes:
    """The routes before, with those of some schools' pupils from another run."""
    if not len(schools):
        return before
    searched = np.zeros(len(trip.schools), bool)
    searched[schools] = True
    new = searched[trip.school_of]
    shift = len(before.ways)
    return Routes(
        cost=np.where(new, again.cost, before.cost),
        leaves=np.where(new, again.leaves, before.leaves),
        enters=np.where(new, again.enters, before.enters),
        begin=np.where(new, again.begin + shift, before.begin),
        end=np.where(new, again.end + shift, before.end),
        ways=np.concatenate((before.ways, again.ways)),
    )
