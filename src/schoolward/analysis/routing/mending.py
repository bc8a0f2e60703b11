"""What could be mended: places to cross without a signal, streets without a pavement; what each would change.

Each mend is a few edges with the factor and the crossing that they would have, so that routes can be found
again with it. Whether it is worth its money is for others to say.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.analysis.routing.making import StreetNetwork
from schoolward.analysis.routing.street_tags import Crossing, Pavement, Street
from schoolward.analysis.routing.stress import crossing_at_nodes, stress
from schoolward.analysis.routing.stress_model import StressModel

Floats = NDArray[np.float64]
ONE_PLACE_M = 30.0
"""Nodes of a crossing so near to each other are one place: one signal serves both carriageways."""


@dataclass(frozen=True)
class Mend:
    """One thing that could be done, and the edges that it would change."""

    what: str  # signal, island, marking or pavement
    street: Street  # the road that is crossed, or that lacks a pavement
    where: str  # names of the streets that meet there; empty where they have none
    longitude: float
    latitude: float
    edges: NDArray[np.int32]  # e
    factor: Floats  # e, as it would be
    crossing_m: Floats  # e, as it would be


def crossing_mends(
    made: StreetNetwork,
    model: StressModel,
    *,
    help_by: Crossing = Crossing.SIGNAL,
    least: Street = Street.TERTIARY,
) -> list[Mend]:
    """Places where walkers cross a road of `least` or more that help would make easier, the worst first."""
    network, streets = made.network, made.streets
    met = np.zeros(len(streets.crossed), dtype=np.bool_)
    met[network.ends[streets.crosses]] = True
    before = crossing_at_nodes(streets, model)
    after = crossing_at_nodes(
        dataclasses.replace(streets, crossing=streets.crossing | np.uint8(help_by)), model
    )
    nodes = np.flatnonzero(met & (streets.crossed >= least) & (after < before - 1e-9))
    if not len(nodes):
        return []
    place = same_places(network.longitude[nodes], network.latitude[nodes])
    place_of = np.full(len(before), -1, dtype=np.int64)
    place_of[nodes] = place
    # Of each edge at each end what would be saved there, by place.
    of_end = np.where(streets.crosses, place_of[network.ends], -1)
    saved = np.where(of_end >= 0, (before - after)[network.ends] / 2, 0.0)
    edge, end = np.nonzero(of_end >= 0)
    order = np.lexsort((edge, of_end[edge, end]))
    edge, end = edge[order], end[order]
    bounds = np.searchsorted(of_end[edge, end], np.arange(place.max() + 2))
    # Of each place the node that would gain most stands for it.
    by_gain = np.lexsort((nodes, -(before - after)[nodes], place))
    worst = nodes[by_gain[np.searchsorted(place[by_gain], np.arange(place.max() + 1))]]
    names = [" and ".join(met) for met in names_at(made, worst, np.arange(len(worst)))]
    mends = []
    for number, node in enumerate(worst):
        part = slice(bounds[number], bounds[number + 1])
        edges, which = np.unique(edge[part], return_inverse=True)
        less = np.bincount(which, weights=saved[edge[part], end[part]])
        mends.append(
            Mend(
                what=_WORDS[help_by],
                street=Street(int(streets.crossed[node])),
                where=names[number],
                longitude=float(network.longitude[node]),
                latitude=float(network.latitude[node]),
                edges=edges.astype(np.int32),
                factor=np.array(network.factor[edges]),
                crossing_m=np.maximum(network.crossing_m[edges] - less, 0.0),
            )
        )
    gain = (before - after)[worst]
    return [mends[number] for number in np.lexsort((worst, -gain))]


def pavement_mends(
    made: StreetNetwork, model: StressModel, *, least: Street = Street.RESIDENTIAL
) -> list[Mend]:
    """Ways of a road of `least` or more without a pavement, and what one on both sides would change."""
    network, streets = made.network, made.streets
    paved = dataclasses.replace(
        streets, pavement=np.full(len(streets.pavement), Pavement.BOTH, dtype=np.uint8)
    )
    less = stress(network, streets, model).factor - stress(network, paved, model).factor
    # A pavement drawn as a way of its own is there already; the carriageway needs none.
    wanted = (streets.street >= least) & (streets.pavement != Pavement.SEPARATE) & (less > 1e-9)
    edges = np.flatnonzero(wanted)
    if not len(edges):
        return []
    order = edges[np.argsort(network.way_ids[edges], kind="stable")]
    starts = np.flatnonzero(np.diff(network.way_ids[order], prepend=-1) != 0)
    mends = []
    for part in np.split(order, starts[1:]):
        a, b = network.ends[part[len(part) // 2]]
        mends.append(
            Mend(
                what="pavement",
                street=Street(int(streets.street[part[0]])),
                where=made.names[made.name[part[0]]],
                longitude=float((network.longitude[a] + network.longitude[b]) / 2),
                latitude=float((network.latitude[a] + network.latitude[b]) / 2),
                edges=part.astype(np.int32),
                factor=np.maximum(network.factor[part] - less[part], 1.0),
                crossing_m=np.array(network.crossing_m[part]),
            )
        )
    saves = [float((less[mend.edges] * network.length_m[mend.edges]).sum()) for mend in mends]
    return [mends[number] for number in np.argsort(-np.array(saves), kind="stable")]


_WORDS = {Crossing.SIGNAL: "signal", Crossing.ISLAND: "island", Crossing.MARKED: "marking"}


def same_places(longitude: Floats, latitude: Floats) -> NDArray[np.int32]:
    """Numbers of places: nodes within thirty metres of each other, one by one, are the same."""
    east_m, north_m = metres_a_degree(latitude.mean())
    pairs = cKDTree(np.column_stack((longitude * east_m, latitude * north_m))).query_pairs(
        ONE_PLACE_M, output_type="ndarray"
    )
    near = coo_array(
        (np.ones(len(pairs), dtype=np.int8), (pairs[:, 0], pairs[:, 1])), shape=(len(longitude),) * 2
    )
    return np.asarray(connected_components(near, directed=False)[1])


def names_at(
    made: StreetNetwork, nodes: NDArray[np.int64], place: NDArray[np.signedinteger]
) -> list[tuple[str, ...]]:
    """Names of the streets at each place, the largest street first; `place` is the number of each node's."""
    ends = made.network.ends
    which = np.full(len(made.network.node_ids), -1, dtype=np.int64)
    which[nodes] = place
    edge, end = np.nonzero(which[ends] >= 0)
    at = which[ends[edge, end]]
    order = np.lexsort((edge, -made.streets.street[edge].astype(np.int64), at))
    met: list[dict[str, None]] = [{} for _ in range(int(place.max(initial=-1)) + 1)]
    for number, name in zip(at[order].tolist(), made.name[edge[order]].tolist(), strict=True):
        if made.names[name]:
            met[number][made.names[name]] = None
    return [tuple(names) for names in met]
