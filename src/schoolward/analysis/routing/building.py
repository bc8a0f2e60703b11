"""From an extract to the network: what is walked, in one piece, and what was left out and why."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from schoolward.analysis.routing.extract import Extract, ExtractProblem, read_extract
from schoolward.analysis.routing.ground import edge_lengths_m
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.walking import Walk, stops, walk


@dataclass(frozen=True)
class Component:
    """A piece of the network that hangs together in itself."""

    nodes: int
    edges: int
    length_m: float


@dataclass(frozen=True)
class Built:
    """A network with what was found while it was built."""

    network: Network
    edge_way: NDArray[np.int64]  # m, which way of the extract each edge is a part of
    node_ref: NDArray[np.int64]  # n, of each node the place of one reference to it in the extract
    components: tuple[Component, ...]  # the largest first; the network is the first
    ways: dict[Walk, int]  # ways of the extract by whether they may be walked
    stopped_at: int  # nodes at which a barrier parts a way


def read_network(path: str | os.PathLike[str]) -> Network:
    """The pedestrian network of an OpenStreetMap extract: its largest piece that hangs together.

    Raises :class:`ExtractProblem` where the file cannot be read or nothing in it may be walked.
    """
    return build(read_extract(path)).network


def build(extract: Extract) -> Built:
    """Make the network of an extract's walkable ways, with every factor 1 and every crossing 0.

    A node at which a barrier stops walkers is in the network once for each edge that ends there: the way up
    to a locked gate can be walked from either side, and not through.
    """
    verdicts = [walk(tags) for tags in extract.kinds]
    ways = Counter(verdicts[kind] for kind in extract.way_kind)
    walked = np.array([verdict is Walk.OPEN for verdict in verdicts])[extract.way_kind]
    starts, edge_way = edges_of(extract, walked)
    if not len(starts) and walked.any() and np.isnan(extract.longitude).all():
        raise ExtractProblem(
            f"{extract.path}: its ways name nodes that come after them or are not in the file; sort it "
            "(`osmium sort`), or fetch an extract with its nodes."
        )
    if not len(starts):
        raise ExtractProblem(
            f"{extract.path}: none of its {len(extract.way_ids):,} ways may be walked "
            f"({'; '.join(f'{verdict}: {count:,}' for verdict, count in ways.items())})."
        )
    both = np.stack((starts, starts + 1), axis=1)
    node_ids, place, at = np.unique(extract.refs[both], return_index=True, return_inverse=True)
    node_ref = both.ravel()[place]

    shut_kinds = np.array([stops(tags) for tags in extract.node_kinds], dtype=bool)
    shut = np.isin(node_ids, extract.node_ids[shut_kinds[extract.node_kind]])
    ends, node_ref = _part(at.ravel(), node_ref, shut)

    longitude, latitude = extract.longitude[node_ref], extract.latitude[node_ref]
    length_m = edge_lengths_m(longitude, latitude, ends)
    several, labels = connected_components(
        coo_array((np.ones(len(ends), dtype=np.int8), (ends[:, 0], ends[:, 1])), shape=(len(node_ref),) * 2),
        directed=False,
    )
    components, largest = _components(several, labels, ends, length_m)
    kept_nodes = labels == largest
    kept = kept_nodes[ends[:, 0]]
    ends = (np.cumsum(kept_nodes, dtype=np.int32) - np.int32(1))[ends[kept]]
    node_ref, edge_way = node_ref[kept_nodes], edge_way[kept]
    network = Network(
        node_ids=extract.refs[node_ref],
        longitude=longitude[kept_nodes],
        latitude=latitude[kept_nodes],
        ends=ends,
        length_m=length_m[kept],
        factor=np.ones(len(ends)),
        crossing_m=np.zeros(len(ends)),
        way_ids=extract.way_ids[edge_way],
    )
    return Built(network, edge_way, node_ref, components, dict(ways), int(shut.sum()))


def edges_of(extract: Extract, chosen: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The edges of the chosen ways (one flag a way): places of their first references, and their ways.

    Each edge goes from a reference to the next. Loops, and edges to a node that the extract lacks, are left
    out.
    """
    way = np.repeat(np.arange(len(extract.way_ids)), np.diff(extract.first))
    inside = (way[1:] == way[:-1]) & (extract.refs[1:] != extract.refs[:-1]) & chosen[way[:-1]]
    there = ~np.isnan(extract.longitude)
    starts = np.flatnonzero(inside & there[1:] & there[:-1])
    return starts, way[starts]


def _part(
    flat: NDArray[np.int64], node_ref: NDArray[np.int64], shut: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Give each edge its own copy of a shut node; the node itself stays as the first edge's."""
    flat = flat.copy()
    at = np.flatnonzero(shut[flat])
    _, first_of_node = np.unique(flat[at], return_index=True)
    again = np.delete(at, first_of_node)
    copies = node_ref[flat[again]]
    flat[again] = len(node_ref) + np.arange(len(again))
    return flat.reshape(-1, 2).astype(np.int32), np.concatenate((node_ref, copies))


def _components(
    several: int, labels: NDArray[np.int32], ends: NDArray[np.int32], length_m: NDArray[np.float64]
) -> tuple[tuple[Component, ...], int]:
    nodes = np.bincount(labels, minlength=several)
    of_edge = labels[ends[:, 0]]
    edges = np.bincount(of_edge, minlength=several)
    metres = np.bincount(of_edge, weights=length_m, minlength=several)
    order = np.lexsort((-metres, -nodes))
    return tuple(Component(int(nodes[i]), int(edges[i]), float(metres[i])) for i in order), int(order[0])
