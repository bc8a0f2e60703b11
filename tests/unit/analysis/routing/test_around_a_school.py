"""The network around a school: cut out of a larger one, and where the safest ways run together."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from schoolward.analysis.routing.chains import Places, fold, weigh
from schoolward.analysis.routing.corridors import corridors
from schoolward.analysis.routing.cropping import crop, crop_around
from schoolward.analysis.routing.making import StreetNetwork, make
from schoolward.analysis.routing.plan_tables import Area
from schoolward.analysis.routing.street_tags import Street
from unit.analysis.routing.drawn import Map, position, small_town
from unit.analysis.routing.streets import network


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> StreetNetwork:
    return make(small_town().write(tmp_path_factory.mktemp("town") / "town.osm"))


def test_what_is_cut_out_is_as_it_was(town: StreetNetwork) -> None:
    (west, south), (east, north) = position(-10, -10), position(210, 110)
    cut = crop(town, Area(west, south, east, north))
    # Three by two junctions, and the streets that lead on to the next ones.
    assert len(cut.edges) == 4 + 3 + 2 + 3
    assert 0 < len(cut.nodes) < len(town.network.node_ids)
    for whole, part in ((town.network, cut.made.network), (town.streets, cut.made.streets)):
        for field in fields(whole):
            if field.name == "ends":
                continue
            values = getattr(whole, field.name)
            which = cut.nodes if len(values) == len(town.network.node_ids) else cut.edges
            assert np.array_equal(getattr(part, field.name), values[which])
    assert np.array_equal(cut.nodes[cut.made.network.ends], town.network.ends[cut.edges])
    assert np.array_equal(cut.made.name, town.name[cut.edges])


def test_a_rectangle_of_metres_around_points(town: StreetNetwork) -> None:
    lon, lat = (np.array([one]) for one in position(300, 300))
    near = crop_around(town, lon, lat, 110.0)
    assert len(near.edges) == 12 + 12  # inside nine junctions, and on to the next ones
    assert len(crop_around(town, lon, lat, 5_000.0).edges) == len(town.network.ends)


def test_ways_run_together_like_streams() -> None:
    # 0 is the school; 1 joins what comes from 2, 3 and 4; 5 is far from everything and short.
    streets = network([(0, 1), (1, 2), (1, 3), (3, 4), (0, 5)], [100, 200, 200, 200, 10])
    chains = fold(streets)
    stress = weigh(chains, streets.stress)
    at_school = Places(np.array([0], np.int32), np.array([0.0]))
    kind = np.full(5, Street.RESIDENTIAL, np.uint8)
    everywhere = np.ones(5, np.bool_)

    def kept(share: float, zone: np.ndarray = everywhere) -> list[int]:
        found = corridors(streets, chains, stress, at_school, street=kind, zone=zone, least_share=share)
        return np.flatnonzero(found).tolist()

    assert kept(0.5) == [0]
    assert kept(0.25) == [0, 2]
    assert kept(0.001) == [0, 1, 2, 3, 4]
    assert kept(0.5, np.zeros(5, np.bool_)) == []


def test_of_two_streets_between_the_same_corners_the_quiet_one_is_suggested(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (200, 0), highway="primary", sidewalk="no", maxspeed="45 mph")
    drawn.way((0, 0), (100, 30), (200, 0), highway="footway")
    drawn.way((200, 0), (500, 0), highway="residential", name="Oak Street")
    made = make(drawn.write(tmp_path / "town.osm"))
    chains = fold(made.network)
    ends = made.network.ends
    west = int(np.argmin(made.network.longitude))
    edge = int(np.flatnonzero((ends == west).any(axis=1))[0])
    places = Places(np.array([edge], np.int32), np.array([float(ends[edge, 1] == west)]))
    found = corridors(
        made.network,
        chains,
        weigh(chains, made.network.stress),
        places,
        street=made.streets.street,
        zone=np.ones(len(ends), np.bool_),
    )
    walked = set(made.streets.street[found].tolist())
    assert Street.PATH in walked
    assert Street.RESIDENTIAL in walked
