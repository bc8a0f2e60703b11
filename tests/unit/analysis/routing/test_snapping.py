"""From an address to the nearest point of the nearest street."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.routing.ground import edge_lengths_m
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.snapping import CELL_M, Snapper, snap

#: Metres of a degree at 38.5° north by the usual series: 111,412.84 cos 38.5° - 93.5 cos 115.5°
#: + 0.118 cos 192.5°, and 111,132.92 - 559.82 cos 77° + 1.175 cos 154°.
EAST_M, NORTH_M = 87_232.8, 111_005.9
WEST, SOUTH = -121.5, 38.5


def streets(points: list[tuple[float, float]], ends: list[tuple[int, int]]) -> Network:
    """A network of points given in metres east and north of one place in Sacramento."""
    east, north = np.array(points, dtype=float).reshape(-1, 2).T
    longitude, latitude = WEST + east / EAST_M, SOUTH + north / NORTH_M
    pairs = np.array(ends, dtype=np.int32).reshape(-1, 2)
    return Network(
        node_ids=np.arange(len(east)),
        longitude=longitude,
        latitude=latitude,
        ends=pairs,
        length_m=edge_lengths_m(longitude, latitude, pairs),
        factor=np.ones(len(pairs)),
        crossing_m=np.zeros(len(pairs)),
        way_ids=np.arange(len(pairs)),
    )


def place(east: float, north: float) -> tuple[list[float], list[float]]:
    return [WEST + east / EAST_M], [SOUTH + north / NORTH_M]


BLOCK = streets([(0, 0), (200, 0), (200, 100), (0, 100)], [(0, 1), (1, 2), (2, 3), (3, 0)])


@pytest.mark.parametrize(
    ("east", "north", "edge", "fraction", "distance_m"),
    [
        (50, 10, 0, 0.25, 10),  # a house in the middle of a block, not at its corner
        (50, 95, 2, 0.75, 5),  # along an edge that runs the other way
        (-30, -40, 0, 0.0, 50),  # beyond a corner; of two edges as near the first
        (0, 0, 0, 0.0, 0),
        (300, 50, 1, 0.5, 100),  # far: seen only by looking farther around
    ],
)
def test_an_address_meets_the_nearest_point_of_the_nearest_street(
    east: float, north: float, edge: int, fraction: float, distance_m: float
) -> None:
    met = snap(BLOCK, *place(east, north))
    assert met.edge[0] == edge
    assert met.fraction[0] == pytest.approx(fraction, abs=1e-4)
    assert met.distance_m[0] == pytest.approx(distance_m, abs=0.01)


def test_the_middle_of_a_long_street_is_near_though_both_its_ends_are_far() -> None:
    road = streets([(0, 0), (5_000, 3_000)], [(0, 1)])
    met = snap(road, *place(2_500, 1_510))
    assert (met.edge[0], met.fraction[0]) == (0, pytest.approx(0.5, abs=0.001))
    assert met.distance_m[0] == pytest.approx(8.57, abs=0.05)


def test_what_is_nearer_than_the_first_found_is_looked_for_beyond_the_nine_cells() -> None:
    assert CELL_M == 30
    network = streets([(0, 500), (0, 520), (25, 0), (25, 20), (119, 0), (119, 20)], [(0, 1), (2, 3), (4, 5)])
    met = snap(network, *place(61, 15))
    assert (met.edge[0], met.distance_m[0]) == (1, pytest.approx(36, abs=0.05))


@pytest.mark.parametrize("farthest_m", [10, 99, 1_000])
def test_what_is_farther_than_the_farthest_meets_nothing(farthest_m: float) -> None:
    met = snap(BLOCK, *place(300, 50), farthest_m=farthest_m)
    if farthest_m >= 100:
        assert met.edge[0] == 1
    else:
        assert (met.edge[0], met.distance_m[0]) == (-1, np.inf)
        assert np.isnan(met.fraction[0])


def test_no_position_meets_nothing_and_leaves_the_others_alone() -> None:
    (longitude,), (latitude,) = place(50, 10)
    met = snap(BLOCK, [np.nan, longitude, longitude, np.inf], [latitude, latitude, np.nan, latitude])
    assert met.edge.tolist() == [-1, 0, -1, -1]


def test_a_network_without_streets_meets_nobody() -> None:
    assert snap(streets([], []), *place(0, 0)).edge.tolist() == [-1]
    assert snap(BLOCK, [], []).edge.tolist() == []


def test_lists_of_two_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="two lists of one length"):
        snap(BLOCK, [1.0, 2.0], [1.0])


metres = st.floats(-400, 400, allow_nan=False)
points = st.lists(st.tuples(metres, metres), min_size=2, max_size=12)


@given(points, st.lists(st.tuples(metres, metres), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_nothing_is_nearer_than_what_is_met(
    nodes: list[tuple[float, float]], addresses: list[tuple[float, float]], random: object
) -> None:
    ends = [
        (a, b)
        for a in range(len(nodes))
        for b in range(a)
        if random.random() < 0.4  # type: ignore[attr-defined]
    ] or [(0, 1)]
    network = streets(nodes, ends)
    at = np.array([place(*address) for address in addresses]).reshape(-1, 2)
    met = Snapper(network).snap(at[:, 0], at[:, 1], farthest_m=2_000)
    every = np.linspace(0, 1, 101)
    a, b = network.ends[:, 0], network.ends[:, 1]
    for k, (longitude, latitude) in enumerate(at):
        along_x = network.longitude[a][:, None] * (1 - every) + network.longitude[b][:, None] * every
        along_y = network.latitude[a][:, None] * (1 - every) + network.latitude[b][:, None] * every
        distances = np.hypot((along_x - longitude) * EAST_M, (along_y - latitude) * NORTH_M)
        nearest = distances.min()
        # The sampling may miss half a hundredth of the longest edge (1,132 m), the scale a thousandth.
        assert met.distance_m[k] <= nearest * 1.001 + 1e-6
        assert met.distance_m[k] >= nearest * 0.999 - 5.7
        edge, fraction = met.edge[k], met.fraction[k]
        x = network.longitude[a[edge]] * (1 - fraction) + network.longitude[b[edge]] * fraction
        y = network.latitude[a[edge]] * (1 - fraction) + network.latitude[b[edge]] * fraction
        there = np.hypot((x - longitude) * EAST_M, (y - latitude) * NORTH_M)
        assert there == pytest.approx(met.distance_m[k], rel=1e-3, abs=1e-6)
