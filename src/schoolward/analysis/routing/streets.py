"""What the extract says of each edge and each junction of a network: what stress is computed from.

Companion arrays of a :class:`Network`; they keep what was said, and 0 where nothing was.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.building import Built, edges_of
from schoolward.analysis.routing.extract import Extract
from schoolward.analysis.routing.ground import edge_lengths_m
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.snapping import Snapper
from schoolward.analysis.routing.street_tags import (
    FIRST_ROAD,
    Crossing,
    Street,
    StreetTags,
    read_crossing,
    read_street,
)

#: A pavement drawn as a way of its own belongs to the road that is nearest, within this distance.
BESIDE_M = 20.0
#: A signal or a marking so far along the road from a junction serves the junction.
JUNCTION_M = 30.0


@dataclass(frozen=True)
class Streets:
    """Of m edges and n nodes: kinds of street, what helps across, and what is said about them."""

    street: NDArray[np.uint8]  # m, Street
    beside: NDArray[np.uint8]  # m, Street of the road whose pavement the edge is; 0 where it is none
    speed_kmh: NDArray[np.float32]  # m, of the street, or of the road beside
    lanes: NDArray[np.float32]  # m, likewise
    pavement: NDArray[np.uint8]  # m, Pavement
    lit: NDArray[np.uint8]  # m, Lit
    tunnel: NDArray[np.bool_]  # m
    crosses: NDArray[np.bool_]  # m x 2, whether who walks the edge to this end crosses the road there
    alone: NDArray[np.float32]  # m, share of a crossing drawn apart from any road; 0 where the edge is none
    alone_crossing: NDArray[np.uint8]  # m, Crossing of that
    crossed: NDArray[np.uint8]  # n, Street of the largest road at the node; 0 where none passes through
    crossed_speed_kmh: NDArray[np.float32]  # n
    crossed_lanes: NDArray[np.float32]  # n
    crossing: NDArray[np.uint8]  # n, Crossing


@dataclass(frozen=True)
class Read:
    """Streets, the names of them, and what in their tags could not be read."""

    streets: Streets
    name: NDArray[np.int32]  # m, which of `names`
    names: tuple[str, ...]  # the first is empty
    unreadable: dict[str, int]  # `key=value` and on how many ways
    conditional: int  # ways whose rules for walkers depend on the hour; they count as if they did not


def read_streets(extract: Extract, built: Built) -> Read:
    """Read what an extract says of the edges and nodes of the network built from it."""
    kinds = [read_street(tags) for tags in extract.kinds]
    of_edge = extract.way_kind[built.edge_way]

    def by_edge(field: str, dtype: Any) -> NDArray[Any]:
        return np.asarray(np.array([getattr(kind, field) for kind in kinds], dtype=dtype)[of_edge])

    street, crossing_way = by_edge("street", np.uint8), by_edge("is_crossing", np.bool_)
    speed, lanes = by_edge("speed_kmh", np.float32), by_edge("lanes", np.float32)
    roads = _roads(extract, kinds, built)
    crossed, arms, crossed_speed, crossed_lanes = _through(roads, len(built.network.node_ids))
    ends = built.network.ends
    largest, many = crossed[ends], arms[ends]
    own = street[:, None]
    # A path or a smaller street meets a road that goes through; or the roads of one kind make a crossroads.
    crosses = (largest >= FIRST_ROAD) & (
        ((own < largest) & (many >= 2)) | ((own == largest) & (many >= 4) & (largest >= Street.RESIDENTIAL))
    )
    crossing = _crossing_at_nodes(extract, built.network)
    way_crossing = by_edge("crossing", np.uint8)
    for end in (0, 1):
        met = crossing_way & crosses[:, end]
        np.bitwise_or.at(crossing, ends[met, end], way_crossing[met])
    crossing = _towards_junctions(crossing, crossed, roads)
    beside, beside_speed, beside_lanes = _beside(
        built, street, by_edge("is_sidewalk", np.bool_), speed, lanes
    )
    streets = Streets(
        street=street,
        beside=beside,
        speed_kmh=np.where(beside > 0, beside_speed, speed),
        lanes=np.where(beside > 0, beside_lanes, lanes),
        pavement=by_edge("pavement", np.uint8),
        lit=by_edge("lit", np.uint8),
        tunnel=by_edge("tunnel", np.bool_),
        crosses=crosses,
        alone=_alone(built, crossing_way, crosses),
        alone_crossing=np.where(crossing_way, way_crossing, 0).astype(np.uint8),
        crossed=np.where(arms >= 2, crossed, 0).astype(np.uint8),
        crossed_speed_kmh=crossed_speed,
        crossed_lanes=crossed_lanes,
        crossing=crossing,
    )
    walked = np.unique(built.edge_way)
    ways_of_kind = Counter(extract.way_kind[walked].tolist())
    unreadable: Counter[str] = Counter()
    for kind, count in ways_of_kind.items():
        unreadable.update(dict.fromkeys(kinds[kind].unreadable, count))
    conditional = sum(
        count for kind, count in ways_of_kind.items() if "foot:conditional" in extract.kinds[kind]
    )
    return Read(streets, extract.way_name[built.edge_way], extract.names, dict(unreadable), conditional)


@dataclass(frozen=True)
class _Roads:
    """Edges of every road of the extract, walked or not; -1 for ends that are no nodes of the network."""

    ends: NDArray[np.int64]
    street: NDArray[np.uint8]
    speed_kmh: NDArray[np.float32]
    lanes: NDArray[np.float32]
    length_m: NDArray[np.float64]


def _roads(extract: Extract, kinds: list[StreetTags], built: Built) -> _Roads:
    of_kind = np.array([kind.street for kind in kinds], dtype=np.uint8)
    starts, way = edges_of(extract, (of_kind >= FIRST_ROAD)[extract.way_kind])
    places = _indices(built.network, extract.refs)
    ends = np.stack((places[starts], places[starts + 1]), axis=1)
    kept = (ends >= 0).any(axis=1)
    starts, way, ends = starts[kept], way[kept], ends[kept]
    kind = extract.way_kind[way]
    pairs = np.stack((starts, starts + 1), axis=1)
    return _Roads(
        ends=ends,
        street=of_kind[kind],
        speed_kmh=np.array([each.speed_kmh for each in kinds], dtype=np.float32)[kind],
        lanes=np.array([each.lanes for each in kinds], dtype=np.float32)[kind],
        length_m=edge_lengths_m(extract.longitude, extract.latitude, pairs),  # type: ignore[arg-type]
    )


def _indices(network: Network, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """The network's index of each node id; -1 where it has none."""
    order = np.argsort(network.node_ids, kind="stable")
    sorted_ids = network.node_ids[order]
    place = np.minimum(np.searchsorted(sorted_ids, ids), len(order) - 1)
    return np.where(sorted_ids[place] == ids, order[place], -1)


def _through(
    roads: _Roads, nodes: int
) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """Of each node the largest road there, how many of its edges end there, and their speed and lanes."""
    largest = np.zeros(nodes, dtype=np.uint8)
    speed, lanes = np.zeros(nodes, dtype=np.float32), np.zeros(nodes, dtype=np.float32)
    at = roads.ends.T.ravel()
    street = np.tile(roads.street, 2)
    here = at >= 0
    at, street = at[here], street[here]
    np.maximum.at(largest, at, street)
    top = street == largest[at]
    arms = np.bincount(at[top], minlength=nodes)
    np.maximum.at(speed, at[top], np.tile(roads.speed_kmh, 2)[here][top])
    np.maximum.at(lanes, at[top], np.tile(roads.lanes, 2)[here][top])
    return largest, arms, speed, lanes


def _crossing_at_nodes(extract: Extract, network: Network) -> NDArray[np.uint8]:
    told = np.array([read_crossing(tags) for tags in extract.node_kinds], dtype=np.uint8)
    crossing = np.zeros(len(network.node_ids), dtype=np.uint8)
    if len(extract.node_ids):
        at = _indices(network, extract.node_ids)
        crossing[at[at >= 0]] = told[extract.node_kind[at >= 0]]
    return crossing


def _towards_junctions(
    crossing: NDArray[np.uint8], crossed: NDArray[np.uint8], roads: _Roads
) -> NDArray[np.uint8]:
    """Give each junction what stands a few metres along its largest road.

    Stop lines, zebras and signals are drawn where they are, some metres before the junction; who walks along
    the middle of the side street meets the main road at the junction itself.
    """
    near = _near(crossing > 0, roads)
    ends, length, street = roads.ends[near], roads.length_m[near], roads.street[near]
    result = crossing.copy()
    for flag in (Crossing.SIGNAL, Crossing.MARKED, Crossing.ISLAND):
        distance = np.where(crossing & flag, 0.0, np.inf)
        for _ in range(_BENDS):
            reached = distance.copy()
            for a, b in ((0, 1), (1, 0)):
                to, new = ends[:, b], distance[ends[:, a]] + length
                # A signal holds every arm of a junction; a zebra helps only across the road that it is on.
                good = (new <= JUNCTION_M) & ((street == crossed[to]) | (flag == Crossing.SIGNAL))
                np.minimum.at(reached, to[good], new[good])
            if np.array_equal(reached, distance):
                break
            distance = reached
        result[distance <= JUNCTION_M] |= np.uint8(flag)
    return result


_BENDS = 8  # that many within thirty metres


def _near(nodes: NDArray[np.bool_], roads: _Roads) -> NDArray[np.int64]:
    """Edges that may lie within thirty metres along the roads of any of these nodes."""
    short = np.flatnonzero((roads.ends >= 0).all(axis=1) & (roads.length_m <= JUNCTION_M))
    a, b = roads.ends[short].T
    reached = nodes.copy()
    for _ in range(_BENDS):
        found = reached[a] | reached[b]
        reached[a[found]] = reached[b[found]] = True
    return short[found]


def _alone(built: Built, crossing_way: NDArray[np.bool_], crosses: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Shares of crossings drawn as ways that meet no road: each edge's part of its way's length."""
    alone = np.zeros(len(crossing_way), dtype=np.float32)
    edges = np.flatnonzero(crossing_way)
    if not len(edges):
        return alone
    _, way = np.unique(built.edge_way[edges], return_inverse=True)
    met = np.bincount(way, weights=crosses[edges].any(axis=1)) > 0
    length = built.network.length_m[edges]
    whole = np.bincount(way, weights=length)
    alone[edges] = np.where(met[way], 0.0, length / whole[way])
    return alone


def _beside(
    built: Built,
    street: NDArray[np.uint8],
    sidewalk: NDArray[np.bool_],
    speed: NDArray[np.float32],
    lanes: NDArray[np.float32],
) -> tuple[NDArray[np.uint8], NDArray[np.float32], NDArray[np.float32]]:
    """The road beside which each separately drawn pavement runs: the nearest to the edge's middle."""
    network = built.network
    beside = np.zeros(len(street), dtype=np.uint8)
    beside_speed, beside_lanes = np.zeros_like(speed), np.zeros_like(lanes)
    paths = np.flatnonzero(sidewalk & (street < FIRST_ROAD))
    middle = (
        network.longitude[network.ends[paths]].mean(axis=1),
        network.latitude[network.ends[paths]].mean(axis=1),
    )
    roads = _around(network, np.flatnonzero(street >= FIRST_ROAD), *middle)
    if not len(roads):
        return beside, beside_speed, beside_lanes
    met = Snapper(network, edges=roads).snap(*middle, farthest_m=BESIDE_M)
    found = met.edge >= 0
    road = met.edge[found]
    beside[paths[found]] = street[road]
    beside_speed[paths[found]], beside_lanes[paths[found]] = speed[road], lanes[road]
    return beside, beside_speed, beside_lanes


def _around(
    network: Network, edges: NDArray[np.int64], longitude: NDArray[np.float64], latitude: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Those of the edges that may pass within twenty metres of a point: long ones, and ones near to any.

    Most towns have few pavements drawn apart; it is not worth while to look through every street for them.
    """
    cell = 0.003  # degrees: more than 100 m between the polar circles, in either direction
    width = 1 << 20

    def cells(east: NDArray[np.float64], north: NDArray[np.float64]) -> NDArray[np.int64]:
        numbers = np.floor(north / cell) * width + np.floor(east / cell)
        return np.asarray(numbers, dtype=np.int64)

    steps = np.array([row * width + column for row in (-1, 0, 1) for column in (-1, 0, 1)])
    wanted = np.unique(np.unique(cells(longitude, latitude))[:, None] + steps)
    first = network.ends[edges, 0]
    near = np.isin(cells(network.longitude[first], network.latitude[first]), wanted)
    return edges[near | (network.length_m[edges] > 80)]
