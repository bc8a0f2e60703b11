"""The safest route that is not too long: least stress with at most `detour` times the shortest walk.

Two searches from each school, by stress and by length, give most pupils their answer: the route of least
stress is short enough. For the others labels (stress so far, length so far) are drawn on from the pupil, best
first by stress so far and the least that is still to come; a label is dropped where its junction has been
left with less of both, or where even the shortest rest is too long. This is the order of search of bi-
objective A* (Hernandez Ulloa, Yeoh, Baier, Zhang, Suazo, Koenig: A simple and fast bi-objective search
algorithm, ICAPS 2020), with two ends of its own: where the rest of least stress is short enough, the label
that is up is the answer; and the shortest rest gives an answer at any time. The answer is exact. A detour of
little more than nothing may need more labels than there is room for; then `proven` says what no route can
beat.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schoolward.analysis.routing.chains import Chains, Floats, Weights, relaid
from schoolward.analysis.routing.loops import labelling
from schoolward.analysis.routing.routes import Ground, Routes, Trip, find_routes, read_along
from schoolward.analysis.routing.searching import Search

__all__ = ["MOST_LABELS", "BoundedRoutes", "find_bounded_routes"]

MOST_LABELS = 1 << 18
"""Labels that one pupil's search may draw."""

_ROUNDING = 1e-9  # sums of the same lengths in another order differ in their last digits


@dataclass(frozen=True)
class BoundedRoutes:
    """Routes of k pupils that are no longer than allowed."""

    routes: Routes  # cost is stress
    shortest_m: Floats  # k, the length of the shortest walk
    route_m: Floats  # k, the length of the route
    freely: Floats  # k, the stress of the route that may be as long as it likes
    proven: Floats  # k, no allowed route has less stress than this; the cost itself where the answer is exact

    @property
    def gap(self) -> Floats:
        """By what share each route's stress may lie above the least; 0 where the answer is exact."""
        open_ended = self.proven < self.routes.cost
        found = np.zeros(len(self.proven))
        found[open_ended] = self.routes.cost[open_ended] / self.proven[open_ended] - 1
        return found


def find_bounded_routes(
    chains: Chains,
    stress: Weights,
    length: Weights,
    trip: Trip,
    *,
    detour: float,
    most_labels: int = MOST_LABELS,
) -> BoundedRoutes:
    """Find the route of least stress that is at most `detour` (1 or more) times the shortest walk.

    Raises:
        ValueError: the detour is below 1, or there is no room for labels.
    """
    if not detour >= 1:
        raise ValueError(f"A detour of {detour}: no route is shorter than the shortest; give 1 or more.")
    if most_labels < 8:
        raise ValueError(f"Room for {most_labels} labels: give 8 or more.")
    # A street that is closed to one is closed to the other.
    length = relaid(chains, np.where(np.isfinite(stress.along), length.along, np.inf))
    free, short = find_routes(chains, stress, trip), find_routes(chains, length, trip)
    free_m, upper = read_along(chains, length, trip, free), read_along(chains, stress, trip, short)
    most = short.cost * (detour * (1 + _ROUNDING))
    bound = np.flatnonzero(free.reached & (free_m > most))
    if not len(bound):
        return BoundedRoutes(free, short.cost, free_m, free.cost, free.cost)
    proven, cost = free.cost.copy(), free.cost.copy()
    leaves, enters, begin, end = free.leaves.copy(), free.enters.copy(), free.begin.copy(), free.end.copy()
    ways, used = free.ways, len(free.ways)
    by_stress, by_length = Ground.of(chains, stress, trip), Ground.of(chains, length, trip)
    least, shortest = Search.over(chains, stress), Search.over(chains, length)
    stress_length, length_stress = np.empty(chains.size), np.empty(chains.size)
    path = np.empty(chains.size, np.int32)
    left_with = np.full(chains.size, np.inf)
    keys, waiting = np.empty(most_labels), np.empty(2 * most_labels, np.int32)
    label_stress, label_length = np.empty(most_labels), np.empty(most_labels)
    label_at, label_from, label_way = (np.empty(most_labels, np.int32) for _ in range(3))
    order = bound[np.argsort(trip.school_of[bound], kind="stable")]
    for pupils in np.split(order, np.flatnonzero(np.diff(trip.school_of[order])) + 1):
        school = int(trip.school_of[pupils[0]])
        starts, stress_costs = by_stress.starts(chains, school)
        length_costs = by_length.starts(chains, school)[1]
        least.run(starts, stress_costs, limit=float(upper[pupils].max()))
        shortest.run(starts, length_costs, limit=float(most[pupils].max()))
        for search, costs, arc, carried in (
            (least, length_costs, length.arc, stress_length),
            (shortest, stress_costs, stress.arc, length_stress),
        ):
            labelling.carry(
                search.reached[: search.count], search.arrived, chains.arc_tail, arc, costs, carried, path
            )
        ways, used = labelling.bounded(
            pupils, most[pupils], by_stress.pupil_chain, by_stress.pupil_at,
            by_stress.pupil_tail, by_stress.pupil_head, by_length.pupil_tail, by_length.pupil_head,
            int(by_stress.school_chain[school]), float(by_stress.school_at[school]), stress_costs,
            length_costs, chains.first, chains.tail, chains.head, stress.along, length.along,
            chains.arc_first, chains.arc_head, chains.arc_tail, chains.arc_way, stress.arc, length.arc,
            least.cost, least.arrived, least.radius, stress_length, shortest.cost, shortest.arrived,
            shortest.radius, length_stress, most_labels, left_with, keys, waiting, label_stress, label_length,
            label_at, label_from, label_way, cost, proven, leaves, enters, begin, end, ways, used,
        )  # fmt: skip
    routes = Routes(cost, leaves, enters, begin, end, ways[:used])
    return BoundedRoutes(routes, short.cost, read_along(chains, length, trip, routes), free.cost, proven)
