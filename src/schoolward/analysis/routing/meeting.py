"""Where pupils of one school could join a walking bus: the corners nearest to them, and the walks between.

Pupils meet at the junction at which their safest way leaves their own piece of street, so that a stop is a
corner and no door.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schoolward.analysis.routing.chains import Floats, Ints, coordinates
from schoolward.analysis.routing.loops import labelling
from schoolward.analysis.routing.loops.reaching import offsets
from schoolward.analysis.routing.planning import Laid
from schoolward.analysis.routing.routes import HEAD, TAIL, Routes, Trip
from schoolward.analysis.routing.searching import Search

__all__ = ["Meetings", "meet_at_corners"]


@dataclass(frozen=True)
class Meetings:
    """The n corners where pupils meet, and the safest ways between them and the school.

    Point 0 of both matrices is the school, corner i is point i + 1; both are (n + 1) x (n + 1).
    """

    nodes: Ints  # n, nodes of the network
    pupils: Ints  # n, how many meet there
    length_m: Floats  # of the safest way from one point to another, metres
    danger: Floats  # its stress, as metres of a quiet path
    left_out: int  # pupils who live too far away, or next to the school, or without a way


def meet_at_corners(laid: Laid, trip: Trip, routes: Routes, *, farthest_m: float, most: int) -> Meetings:
    """Let the pupils of a trip to one school meet at corners.

    Args:
        laid: the network.
        trip: pupils of one school.
        routes: their ways of least stress.
        farthest_m: who walks farther from the corner to the school is left out.
        most: no more corners than this.

    Raises:
        ValueError: the trip is to more schools than one, or there are more corners than `most`.
    """
    if len(trip.schools) != 1:
        raise ValueError("A walking bus leads to one school.")
    chains = laid.chains
    pupil_chain, _at = coordinates(chains, trip.pupils)
    corner = np.full(len(trip.pupils), -1, np.int64)
    corner[routes.leaves == TAIL] = chains.tail[pupil_chain[routes.leaves == TAIL]]
    corner[routes.leaves == HEAD] = chains.head[pupil_chain[routes.leaves == HEAD]]
    junctions, counts = np.unique(corner[corner >= 0], return_counts=True)
    school_chain, school_at = coordinates(chains, trip.schools)
    ends = np.array((chains.tail[school_chain[0]], chains.head[school_chain[0]]))
    to_school_m, to_school = (
        np.array(offsets(chains.first, weights.along, school_chain, school_at))[:, 0]
        for weights in (laid.length, laid.stress)
    )
    search, room = Search.over(chains, laid.stress), np.empty(chains.size, np.int32)
    walked, start = np.empty(chains.size), np.zeros(1)

    def from_corner(junction: int) -> tuple[Floats, Floats]:
        search.run(np.array((junction,)), start)
        labelling.carry(
            search.reached[: search.count], search.arrived, chains.arc_tail, laid.length.arc, start, walked,
            room,
        )  # fmt: skip
        by = int(np.argmin(search.cost[ends] + to_school))
        stress = np.concatenate(([search.cost[ends[by]] + to_school[by]], search.cost[junctions]))
        length = np.concatenate(([walked[ends[by]] + to_school_m[by]], walked[junctions]))
        return np.where(np.isfinite(stress), length, np.inf), stress

    if len(junctions) > most:
        raise ValueError(f"Pupils meet at {len(junctions)} corners; at most {most} are planned for.")
    rows = [from_corner(int(junction)) for junction in junctions]
    near = np.array([length[0] <= farthest_m for length, _stress in rows], dtype=bool)
    kept = np.concatenate(([True], near))
    length_m, danger = np.zeros((2, int(kept.sum()), int(kept.sum())))
    for place, row in enumerate(np.flatnonzero(near).tolist(), 1):
        length_m[place], danger[place] = rows[row][0][kept], rows[row][1][kept]
    length_m[0], danger[0] = length_m[:, 0], danger[:, 0]
    return Meetings(
        chains.junctions[junctions[near]],
        counts[near].astype(np.int32),
        length_m,
        danger,
        len(trip.pupils) - int(counts[near].sum()),
    )
