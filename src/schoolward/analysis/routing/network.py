"""The pedestrian street network as arrays: what the reader of an extract makes and every path is found on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Network:
    """A pedestrian network of n nodes and m undirected edges; a walker may take each edge both ways.

    Every node of the extract's ways is a node here, bends too: what is drawn and what is walked is the same.
    `ends` names each edge's two nodes by their index (0 to n - 1); loops are left out, and of edges between
    the same two nodes each is kept. A node at which a barrier parts the way has an index for each edge there.
    """

    node_ids: NDArray[np.int64]  # n, the extract's own ids
    longitude: NDArray[np.float64]  # n, degrees east
    latitude: NDArray[np.float64]  # n, degrees north
    ends: NDArray[np.int32]  # m x 2
    length_m: NDArray[np.float64]  # m, metres on the ground, above 0
    factor: NDArray[
        np.float64
    ]  # m, stress of a metre: 1 is a quiet path with nothing against it, never below 1
    crossing_m: NDArray[
        np.float64
    ]  # m, stress of crossing a road at this edge, as metres; 0 where none is crossed
    way_ids: NDArray[np.int64]  # m, the extract's way that the edge is a part of

    @property
    def stress(self) -> NDArray[np.float64]:
        """What the edge costs a walker, as metres of a quiet path: length times factor, and the crossing."""
        return self.length_m * self.factor + self.crossing_m
