"""The part of a street network in a rectangle: what a map of one school needs, and quick to search."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.analysis.routing.making import StreetNetwork
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.plan_tables import Area
from schoolward.analysis.routing.streets import Streets

__all__ = ["Cropped", "crop", "crop_around"]

_OF_NODES = frozenset(
    {
        "node_ids", "longitude", "latitude", "crossed", "crossed_speed_kmh", "crossed_lanes", "crossing",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Cropped:
    """A smaller network with its streets, and which of the larger one's nodes and edges it has."""

    made: StreetNetwork
    nodes: NDArray[np.int64]
    edges: NDArray[np.int64]


def crop(made: StreetNetwork, area: Area) -> Cropped:
    """The edges of which an end lies in the area. The parts need not hang together."""
    network = made.network
    inside = area.holds(network.longitude, network.latitude)
    edges = np.flatnonzero(inside[network.ends[:, 0]] | inside[network.ends[:, 1]])
    touched = np.zeros(len(inside), np.bool_)
    touched[network.ends[edges]] = True
    nodes = np.flatnonzero(touched)
    number = np.empty(len(inside), np.int32)
    number[nodes] = np.arange(len(nodes), dtype=np.int32)
    return Cropped(
        StreetNetwork(
            network=Network(
                ends=number[network.ends[edges]],
                **{
                    field.name: _taken(getattr(network, field.name), field.name, nodes, edges)
                    for field in fields(Network)
                    if field.name != "ends"
                },
            ),
            streets=Streets(
                **{
                    field.name: _taken(getattr(made.streets, field.name), field.name, nodes, edges)
                    for field in fields(Streets)
                }
            ),
            name=np.asarray(made.name[edges]),
            names=made.names,
            about=made.about,
        ),
        nodes,
        edges,
    )


def crop_around(
    made: StreetNetwork, longitude: NDArray[np.float64], latitude: NDArray[np.float64], metres: float
) -> Cropped:
    """The edges within a rectangle so many metres around all of these points."""
    east_m, north_m = (float(each) for each in metres_a_degree(latitude.mean()))
    east, north = metres / east_m, metres / north_m
    area = Area(
        longitude.min() - east, latitude.min() - north, longitude.max() + east, latitude.max() + north
    )
    return crop(made, area)


def _taken(array: NDArray[Any], name: str, nodes: NDArray[Any], edges: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(array[nodes if name in _OF_NODES else edges])
