"""Invented street networks for tests, and a slow search over them that cannot be wrong: every edge, no
chains.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from schoolward.analysis.routing.chains import Places
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.routes import Trip

Graph = list[list[tuple[int, tuple[float, ...]]]]


def network(
    ends: Sequence[tuple[int, int]],
    length_m: Sequence[float] | None = None,
    factor: Sequence[float] | None = None,
    crossing_m: Sequence[float] | None = None,
) -> Network:
    """A network of these edges. Its nodes lie on a line, a hundredth of a degree apart, which no search looks
    at.
    """
    size = len(ends)
    count = max(itertools.chain.from_iterable(ends)) + 1
    return Network(
        node_ids=np.arange(count, dtype=np.int64) + 1000,
        longitude=np.arange(count) / 100.0,
        latitude=np.zeros(count),
        ends=np.array(ends, dtype=np.int32),
        length_m=np.array(length_m if length_m is not None else [1.0] * size, float),
        factor=np.array(factor if factor is not None else [1.0] * size, float),
        crossing_m=np.array(crossing_m if crossing_m is not None else [0.0] * size, float),
        way_ids=np.arange(size, dtype=np.int64),
    )


def grid(side: int, *, seed: int = 1, kept: float = 0.85, bends: int = 2, step: float = 0.001) -> Network:
    """Streets of a square city of side x side crossings, some streets missing, each with so many bends."""
    chance = np.random.default_rng(seed)
    place = np.arange(side * side).reshape(side, side)
    pairs = np.concatenate(
        (
            np.stack((place[:, :-1].ravel(), place[:, 1:].ravel()), 1),
            np.stack((place[:-1].ravel(), place[1:].ravel()), 1),
        )
    )
    pairs = pairs[chance.random(len(pairs)) < kept]
    streets = len(pairs)
    extra = side * side + np.arange(streets * bends).reshape(streets, bends)
    along = np.concatenate((pairs[:, :1], extra, pairs[:, 1:]), 1)
    ends = np.stack((along[:, :-1].ravel(), along[:, 1:].ravel()), 1)
    x, y = (place.ravel() % side).astype(float), (place.ravel() // side).astype(float)
    share = (np.arange(bends) + 1) / (bends + 1)
    x, y = (
        np.concatenate((part, (part[pairs[:, :1]] * (1 - share) + part[pairs[:, 1:]] * share).ravel()))
        for part in (x, y)
    )
    used, ends = np.unique(ends, return_inverse=True)
    ends = ends.reshape(-1, 2)
    size = len(ends)
    quiet = np.repeat(1 + 3 * chance.random(streets), bends + 1)
    return Network(
        node_ids=used.astype(np.int64) + 1,
        longitude=-121.0 + x[used] * step,
        latitude=38.0 + y[used] * step,
        ends=ends.astype(np.int32),
        length_m=(20 + 20 * chance.random(size)),
        factor=quiet,
        crossing_m=np.where(chance.random(size) < 0.05, 30.0, 0.0),
        way_ids=np.repeat(np.arange(streets, dtype=np.int64), bends + 1),
    )


@dataclass(frozen=True)
class Case:
    """A network with a trip over it."""

    network: Network
    trip: Trip


@st.composite
def cases(draw: st.DrawFn, *, pupils: int = 6, schools: int = 3, closed: bool = False) -> Case:
    """Small networks with parallel streets, dead ends, rings, pieces apart, and places at nodes or between
    them.
    """
    count = draw(st.integers(2, 6))
    pair = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(
        lambda two: two[0] != two[1]
    )
    streets = draw(st.lists(pair, min_size=1, max_size=9))
    ends: list[tuple[int, int]] = []
    for begin, end in streets:
        # A street of several edges; three bends that come back to where they began are a ring.
        bends = draw(st.integers(0, 3))
        back = bends >= 2 and draw(st.booleans())
        along = [begin, *range(count, count + bends), begin if back else end]
        count += bends
        ends += itertools.pairwise(along)
    # Nodes without an edge are not in a network.
    used = sorted(set(itertools.chain.from_iterable(ends)))
    ends = [(used.index(a), used.index(b)) for a, b in ends]
    if draw(st.booleans()):  # a ring that nothing joins
        here = len(used)
        ends += [(here, here + 1), (here + 1, here + 2), (here + 2, here)]
    size = len(ends)
    some = st.lists(st.integers(1, 12), min_size=size, max_size=size)
    length, factor = draw(some), draw(some)
    shut = draw(st.sets(st.integers(0, size - 1), max_size=2)) if closed else set()
    made = network(
        ends,
        [float(metres) for metres in length],
        [math.inf if edge in shut else 1 + number / 4 for edge, number in enumerate(factor)],
    )
    fraction = st.sampled_from([0.0, 1.0, 0.5, 0.25, 0.9])
    place = st.tuples(st.integers(0, size - 1), fraction)
    at_schools = draw(st.lists(place, min_size=1, max_size=schools))
    at_pupils = draw(st.lists(place, min_size=0, max_size=pupils))
    school_of = [draw(st.integers(0, len(at_schools) - 1)) for _ in at_pupils]
    return Case(made, Trip(places(at_schools), places(at_pupils), np.array(school_of, np.int32)))


def places(at: Sequence[tuple[int, float]]) -> Places:
    """Places from pairs of edge and fraction."""
    return Places(np.array([edge for edge, _ in at], np.int32), np.array([part for _, part in at], float))


def split(network: Network, weights: Sequence[np.ndarray], *at: tuple[int, float]) -> Graph:
    """The network as lists of neighbours, with each place a node of its own after the network's nodes.

    Each neighbour comes with the weights of the piece of edge that leads to it.
    """
    count = len(network.node_ids)
    graph: Graph = [[] for _ in range(count + len(at))]
    on: dict[int, list[tuple[float, int]]] = {}
    for number, (edge, fraction) in enumerate(at):
        on.setdefault(edge, []).append((fraction, count + number))
    for edge, (begin, end) in enumerate(network.ends.tolist()):
        stops = [(0.0, begin), *sorted(on.get(edge, [])), (1.0, end)]
        for (low, one), (high, other) in itertools.pairwise(stops):
            cost = tuple(0.0 if high == low else float(weight[edge]) * (high - low) for weight in weights)
            graph[one].append((other, cost))
            graph[other].append((one, cost))
    return graph


def slow_cost(graph: Graph, begin: int, end: int) -> float:
    """The least first weight between two nodes, by Dijkstra over everything."""
    best = {begin: 0.0}
    waiting = [(0.0, begin)]
    while waiting:
        cost, here = heapq.heappop(waiting)
        if here == end:
            return cost
        if cost > best[here]:
            continue
        for there, weights in graph[here]:
            if cost + weights[0] < best.get(there, math.inf):
                best[there] = cost + weights[0]
                heapq.heappush(waiting, (best[there], there))
    return math.inf
