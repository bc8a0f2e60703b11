"""A single route as the pieces of edges that are walked, in order, from where it begins to the school."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.chains import Chains, coordinates
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.routes import DIRECT, NOWHERE, TAIL, Routes, Trip

__all__ = ["Piece", "line_of", "pieces_of"]


class Piece(NamedTuple):
    """What is walked of one edge: from a fraction of it to another, 0 being its first node."""

    edge: int
    begin: float
    end: float

    @property
    def is_forward(self) -> bool:
        """Whether it is walked from the edge's first node towards its second."""
        return self.end >= self.begin

    def node_reached(self, network: Network) -> int | None:
        """The node that the piece ends at; None where it ends on the edge."""
        if self.end not in (0.0, 1.0):
            return None
        return int(network.ends[self.edge, int(self.end)])


def pieces_of(chains: Chains, trip: Trip, routes: Routes, pupil: int = 0) -> list[Piece]:
    """The pieces of one pupil's route, from the pupil to the school; none where there is no route."""
    if routes.leaves[pupil] == NOWHERE:
        return []
    school = int(trip.school_of[pupil])
    (here_chain,), (here,) = coordinates(chains, trip.pupils.take(slice(pupil, pupil + 1)))
    (there_chain,), (there,) = coordinates(chains, trip.schools.take(slice(school, school + 1)))
    if routes.leaves[pupil] == DIRECT:
        return list(_along(chains, int(here_chain), float(here), float(there)))
    found = list(_along(chains, int(here_chain), float(here), _end(chains, here_chain, routes.leaves[pupil])))
    for way in routes.ways[routes.begin[pupil] : routes.end[pupil]].tolist():
        size = float(chains.first[(way >> 1) + 1] - chains.first[way >> 1])
        found += _along(chains, way >> 1, size if way & 1 else 0.0, 0.0 if way & 1 else size)
    begin = _end(chains, there_chain, routes.enters[pupil])
    return [*found, *_along(chains, int(there_chain), begin, float(there))]


def line_of(network: Network, pieces: list[Piece]) -> NDArray[np.float64]:
    """The line that is walked: degrees, shape (points, 2), longitude first; empty for no pieces."""
    if not pieces:
        return np.empty((0, 2))
    ends = network.ends[[piece.edge for piece in pieces]]
    place = np.stack((network.longitude[ends], network.latitude[ends]), axis=-1)  # pieces x 2 ends x 2
    at = np.array([(piece.begin, piece.end) for piece in pieces])[..., None]
    points = place[:, None, 0] * (1 - at) + place[:, None, 1] * at
    return np.concatenate((points[:1, 0], points[:, 1]))


def _end(chains: Chains, chain: int, side: int) -> float:
    """Where a chain's tail or head is, in edges along it."""
    return 0.0 if side == TAIL else float(chains.first[chain + 1] - chains.first[chain])


def _along(chains: Chains, chain: int, begin: float, end: float) -> Iterator[Piece]:
    """The pieces from one place of a chain to another; places count edges along it."""
    low, high = min(begin, end), max(begin, end)
    steps = range(floor(low), ceil(high))
    for step in steps if begin <= end else reversed(steps):
        first, last = max(low - step, 0.0), min(high - step, 1.0)
        if last <= first:
            continue
        edge = int(chains.edges[chains.first[chain] + step])
        if not chains.forward[edge]:
            first, last = 1.0 - first, 1.0 - last
        yield Piece(edge, first, last) if begin <= end else Piece(edge, last, first)
