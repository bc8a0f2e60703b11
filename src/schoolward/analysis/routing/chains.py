"""A street network made short for searching: nodes between two neighbours are folded into chains.

Six nodes out of seven of a street network are bends: one way in, one way out. A walker who enters such a
chain goes through it, stops on it or turns back, and a best path never turns back. So a search needs the
junctions and, for each chain, what walking through it costs. Nothing is lost: a chain keeps its edges and
nodes in order, and a place on an edge is a place on a chain. What the edges cost may change without the
chains being made anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.loops import folding
from schoolward.analysis.routing.network import Network

__all__ = ["Chains", "Places", "Weights", "fold", "places_at_nodes", "weigh"]

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Chains:
    """Junctions and chains of a network of n nodes and m edges: j junctions, c chains, at most 2c arcs.

    The nodes of chain i are `nodes[first[i] + i : first[i + 1] + i + 1]`, its edges, one fewer,
    `edges[first[i] : first[i + 1]]`. A chain that comes back to its own junction has no arc: no path leads
    through it. An arc to a junction from which no other arc leads is a dead end, and its head is written as
    its bitwise complement (below zero).
    """

    first: Ints  # c + 1, where each chain's edges begin
    nodes: Ints  # m + c, nodes of the network along each chain
    edges: Ints  # m, edges of the network along each chain
    tail: Ints  # c, the junction that a chain begins at
    head: Ints  # c, the junction that it ends at
    junctions: Ints  # j, the network's node that each junction is
    chain_of: Ints  # m, the chain that an edge is in
    order_of: Ints  # m, how many edges of its chain come before it
    forward: NDArray[np.bool_]  # m, whether an edge's first node is nearer the chain's tail
    arc_first: Ints  # j + 1, where each junction's arcs begin
    arc_head: Ints  # where an arc leads, complemented for a dead end
    arc_tail: Ints  # where an arc comes from
    arc_way: Ints  # twice its chain, plus 1 if it goes from the chain's head to its tail
    arc_chain: Ints  # its chain

    @property
    def size(self) -> int:
        """How many junctions there are."""
        return len(self.junctions)


@dataclass(frozen=True)
class Weights:
    """What walking costs, laid out along the chains. Infinity closes an edge."""

    along: Floats  # m, of each edge in the order of the chains
    total: Floats  # c, of each chain
    arc: Floats  # of each arc


@dataclass(frozen=True)
class Places:
    """Points on the network: k of them, each on an edge, some fraction (0 to 1) from its first node."""

    edge: Ints
    fraction: Floats

    def __post_init__(self) -> None:
        if self.edge.shape != self.fraction.shape or self.edge.ndim != 1:
            raise ValueError("Places need one edge and one fraction each.")
        if len(self.edge) and not (np.min(self.fraction) >= 0 and np.max(self.fraction) <= 1):
            raise ValueError("A fraction along an edge is from 0 to 1.")

    def __len__(self) -> int:
        return len(self.edge)

    def take(self, which: NDArray[np.intp] | NDArray[np.bool_] | slice) -> Places:
        """Some of the places, by index or mask."""
        return Places(self.edge[which], self.fraction[which])


def fold(network: Network) -> Chains:
    """Fold a network's nodes of two neighbours into chains.

    Raises:
        ValueError: an edge names a node that is not there, or is a loop.
    """
    ends = np.ascontiguousarray(network.ends, dtype=np.int32)
    count = len(network.node_ids)
    if len(ends) and (ends.min() < 0 or ends.max() >= count):
        raise ValueError(f"An edge names a node outside 0 to {count - 1}.")
    if np.any(ends[:, 0] == ends[:, 1]):
        raise ValueError("An edge that comes back to its own node leads nowhere: leave loops out.")
    known, first_at, touching = folding.find_junctions(ends, count)
    known = known[np.argsort(_along_ground(network, known), kind="stable")]
    first, nodes, edges, chain_of, order_of, forward, number, junctions = folding.walk_chains(
        ends, count, known, first_at, touching
    )
    starts = np.arange(len(first) - 1, dtype=np.int32)
    tail = number[nodes[first[:-1] + starts]]
    head = number[nodes[first[1:] + starts]]
    arc_first, arc_head, arc_tail, arc_way = folding.arcs(tail, head, len(junctions))
    return Chains(
        first, nodes, edges, tail, head, junctions, chain_of, order_of, forward,
        arc_first, arc_head, arc_tail, arc_way, arc_way >> 1,
    )  # fmt: skip


def _along_ground(network: Network, nodes: Ints) -> NDArray[np.uint16]:
    """The order in which nodes that are near to each other stand together: a search then finds what it needs
    next in what it has just read.
    """
    cells = []
    for degrees in (network.longitude, network.latitude):
        low, high = (degrees.min(), degrees.max()) if len(degrees) else (0.0, 0.0)
        cells.append(
            ((degrees[nodes] - low) * (255.0 / (high - low if high > low else 1.0))).astype(np.uint8)
        )
    place: NDArray[np.uint16] = folding.hilbert(*cells)
    return place


def weigh(chains: Chains, weights: Floats) -> Weights:
    """Lay the cost of each edge (m, above zero, infinity where closed) along the chains.

    Raises:
        ValueError: a cost is not above zero.
    """
    if len(weights) != len(chains.edges):
        raise ValueError(f"{len(weights)} costs for {len(chains.edges)} edges.")
    if len(weights) and not np.min(weights) > 0:
        raise ValueError("Every edge must cost something: a cost is not above zero.")
    return relaid(chains, np.asarray(weights, dtype=np.float64)[chains.edges])


def relaid(chains: Chains, along: Floats) -> Weights:
    """Weights from what each edge costs in the order of the chains (m)."""
    total = np.add.reduceat(along, chains.first[:-1]) if len(along) else along
    return Weights(along, total, total[chains.arc_chain])


def coordinates(chains: Chains, places: Places) -> tuple[Ints, Floats]:
    """The chain of each place, and how many edges along it the place is (2.5: halfway along the third)."""
    edge = places.edge
    along = np.where(chains.forward[edge], places.fraction, 1.0 - places.fraction)
    at: Floats = np.asarray(chains.order_of[edge] + along, dtype=np.float64)
    return chains.chain_of[edge], at


def places_at_nodes(network: Network, nodes: Ints | NDArray[np.int64]) -> Places:
    """Places that are nodes of the network, each written as an end of one of its edges.

    Raises:
        ValueError: no edge touches a node.
    """
    touching = np.full(len(network.node_ids), -1, dtype=np.int32)
    numbers = np.arange(len(network.ends), dtype=np.int32)
    touching[network.ends[:, 0]] = numbers
    touching[network.ends[:, 1]] = numbers
    edge = touching[nodes]
    if np.any(edge < 0):
        raise ValueError("No edge touches a node: nobody can stand there.")
    return Places(edge, (network.ends[edge, 1] == nodes).astype(np.float64))
