"""What an edge costs by the stress model, on small maps and for any map."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from schoolward.analysis.routing.building import build
from schoolward.analysis.routing.extract import read_extract
from schoolward.analysis.routing.making import StreetNetwork, make
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.street_tags import Crossing, Pavement, Street
from schoolward.analysis.routing.streets import Streets, read_streets
from schoolward.analysis.routing.stress import Barriers, Collisions, stress
from schoolward.analysis.routing.stress_model import ModelProblem, read_model, stress_model
from unit.analysis.routing.drawn import Map, position

MODEL = stress_model()
SHIPPED = Path(make.__code__.co_filename).with_name("data") / "stress-1.toml"


def of_way(made: StreetNetwork, way: int) -> tuple[float, float]:
    """The factor of a way's first edge, and the crossing metres of them all."""
    edges = made.network.way_ids == way
    return float(made.network.factor[edges][0]), float(made.network.crossing_m[edges].sum())


@pytest.mark.parametrize(
    ("tags", "factor"),
    [
        ({"highway": "footway"}, 1.0),
        ({"highway": "steps"}, 1.5),
        ({"highway": "footway", "tunnel": "yes"}, 1.5),
        # 1 + traffic x pavement x speed, as the file states the three
        ({"highway": "residential", "maxspeed": "25 mph"}, 1 + 0.5 * 0.12 * 0.5),
        ({"highway": "residential", "sidewalk": "no", "maxspeed": "25 mph"}, 1 + 0.5 * 0.5),
        ({"highway": "secondary", "sidewalk": "both", "maxspeed": "35 mph"}, 1 + 2 * 0.12 * 1.5),
        ({"highway": "secondary", "sidewalk": "left", "maxspeed": "30 mph"}, 1 + 2 * 0.25),
        ({"highway": "primary", "sidewalk": "separate", "maxspeed": "45 mph"}, 1 + 3 * 1.8),
        ({"highway": "trunk", "foot": "yes", "maxspeed": "70 mph"}, 1 + 5 * 1.8),
        ({"highway": "living_street"}, 1 + 0.2 * 0.2),
    ],
)
def test_walking_along(tmp_path: Path, tags: dict[str, str], factor: float) -> None:
    drawn = Map()
    way = drawn.way((0, 0), (100, 0), **tags)
    assert of_way(make(drawn.write(tmp_path / "town.osm")), way) == (pytest.approx(factor), 0)


def test_in_the_dark_what_no_lamp_lights_counts_more(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (100, 0), highway="footway")
    drawn.way((100, 0), (200, 0), highway="footway", lit="yes")
    drawn.way((200, 0), (300, 0), highway="residential", maxspeed="25 mph", lit="no")
    made = make(drawn.write(tmp_path / "town.osm"))
    dark = stress(made.network, made.streets, MODEL, dark=True).factor - made.network.factor
    assert dark == pytest.approx([0.3, 0, 0.3])


#: A footpath across a secondary road of 30 mph: 70 m at two lanes, 1.0 at this speed.
ROAD = {"highway": "secondary", "maxspeed": "30 mph", "lanes": "2"}


def across(tmp_path: Path, road: dict[str, str], node: dict[str, str]) -> float:
    drawn = Map()
    drawn.way((-100, 0), (0, 0), (100, 0), **road)
    path = drawn.way((0, -50), (0, 0), (0, 50), highway="footway")
    drawn.node(0, 0, **node)
    return of_way(make(drawn.write(tmp_path / "town.osm")), path)[1]


@pytest.mark.parametrize(
    ("road", "node", "metres"),
    [
        ({}, {}, 70),
        ({}, {"highway": "crossing", "crossing": "unmarked"}, 70),
        ({}, {"highway": "crossing", "crossing": "marked"}, 70 * 0.6),
        ({}, {"highway": "crossing", "crossing": "traffic_signals"}, 70 * 0.25),
        (
            {},
            {"highway": "crossing", "crossing": "traffic_signals", "crossing__island": "yes"},
            70 * 0.25 * 0.68,
        ),
        ({}, {"highway": "crossing", "crossing__island": "yes"}, 70 * 0.68),
        ({"lanes": "4"}, {}, 140),
        (
            {"lanes": "4"},
            {"highway": "crossing", "crossing": "marked"},
            140,
        ),  # markings alone do not help here
        ({"lanes": "12"}, {}, 210),
        ({"maxspeed": "20 mph"}, {}, 35),
        ({"maxspeed": "50 mph"}, {}, 70 * 1.8),
        ({"highway": "residential", "maxspeed": "25 mph"}, {}, 4),
        (
            {"highway": "trunk", "maxspeed": "50 mph", "foot": "no"},
            {},
            140 * 1.8,
        ),  # not walked along, yet crossed
    ],
)
def test_crossing_a_road_on_a_path(
    tmp_path: Path, road: dict[str, str], node: dict[str, str], metres: float
) -> None:
    assert across(tmp_path, ROAD | road, node) == pytest.approx(metres)


def test_crossing_is_charged_once_and_not_to_who_goes_along(tmp_path: Path) -> None:
    drawn = Map()
    road = drawn.way((-100, 0), (0, 0), (100, 0), **ROAD)
    side = drawn.way((0, -50), (0, 0), (0, 50), highway="residential")
    made = make(drawn.write(tmp_path / "town.osm"))
    assert of_way(made, road)[1] == 0
    assert of_way(made, side)[1] == pytest.approx(70)
    assert made.network.crossing_m[made.network.way_ids == side] == pytest.approx([35, 35])


def test_at_a_crossroads_of_equal_streets_each_arm_bears_half(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((-100, 0), (0, 0), (100, 0), highway="residential", maxspeed="25 mph", lanes="2")
    drawn.way((0, -50), (0, 0), (0, 50), highway="residential", maxspeed="25 mph", lanes="2")
    assert make(drawn.write(tmp_path / "town.osm")).network.crossing_m == pytest.approx([2] * 4)


def test_where_a_road_ends_nobody_crosses_it(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((-100, 0), (0, 0), **ROAD)
    path = drawn.way((0, -50), (0, 0), (0, 50), highway="footway")
    made = make(drawn.write(tmp_path / "town.osm"))
    assert of_way(made, path)[1] == 0
    assert not made.streets.crosses.any()
    assert not made.streets.crossed.any()


def test_where_three_equal_streets_meet_nobody_is_charged(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((-100, 0), (0, 0), (100, 0), highway="residential")
    drawn.way((0, 0), (0, 50), highway="residential")
    assert make(drawn.write(tmp_path / "town.osm")).network.crossing_m.tolist() == [0, 0, 0]


def test_a_signal_on_an_approach_serves_the_junction_and_a_zebra_on_the_side_street_does_not(
    tmp_path: Path,
) -> None:
    def side(**node: str) -> float:
        drawn = Map()
        drawn.way((-100, 0), (-20, 0), (0, 0), (100, 0), **ROAD)
        way = drawn.way((0, -50), (0, -15), (0, 0), (0, 50), highway="residential")
        for point, tags in node.items():
            east, north = {"main": (-20, 0), "side": (0, -15), "far": (-100, 0)}[point]
            drawn.node(east, north, **dict(tag.split("=") for tag in tags.split()))
        return of_way(make(drawn.write(tmp_path / "town.osm")), way)[1]

    assert side() == pytest.approx(70)
    assert side(main="highway=traffic_signals") == pytest.approx(70 * 0.25)
    assert side(side="highway=traffic_signals") == pytest.approx(70 * 0.25)
    assert side(main="highway=crossing crossing=marked") == pytest.approx(70 * 0.6)
    assert side(side="highway=crossing crossing=marked") == pytest.approx(70)
    assert side(far="highway=traffic_signals") == pytest.approx(70)


def test_tags_of_the_crossing_way_count_as_those_of_its_node(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((-100, 0), (0, 0), (100, 0), **ROAD)
    way = drawn.way(
        (0, -5), (0, 0), (0, 5), highway="footway", footway="crossing", crossing="traffic_signals"
    )
    assert of_way(make(drawn.write(tmp_path / "town.osm")), way)[1] == pytest.approx(70 * 0.25)


def test_a_crossing_that_meets_no_road_is_taken_as_stated_and_counted(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, -100), (0, -5), highway="footway")
    way = drawn.way((0, -5), (0, 0), (0, 15), highway="footway", footway="crossing", crossing="zebra")
    made = make(drawn.write(tmp_path / "town.osm"))
    # As a residential street of 40 km/h with two lanes and a zebra, by length over both edges.
    assert of_way(made, way)[1] == pytest.approx(8 * 0.5 * 0.6)
    metres = made.network.crossing_m[made.network.way_ids == way]
    assert metres[1] == pytest.approx(3 * metres[0], rel=1e-3)
    assert made.about["data_quality"]["crossings"]["apart_from_any_road"] == 1


def test_a_pavement_drawn_apart_bears_the_traffic_beside_it(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (100, 0), highway="primary", maxspeed="40 mph", lanes="4", sidewalk="separate")
    near = drawn.way((0, 8), (100, 8), highway="footway", footway="sidewalk")
    park = drawn.way((100, 8), (100, 150), highway="footway")
    far = drawn.way((0, 60), (100, 60), highway="footway", footway="sidewalk")
    drawn.way((0, 0), (0, 8), (0, 60), highway="footway")
    # A road without a bend, whose ends are far from the pavement in its middle.
    drawn.way((-600, -50), (900, -50), highway="trunk", foot="yes", maxspeed="45 mph")
    long = drawn.way((100, -62), (200, -62), highway="footway", footway="sidewalk")
    drawn.way((100, -62), (100, 0), highway="footway")
    drawn.way((-600, -50), (0, 0), highway="footway")
    made = make(drawn.write(tmp_path / "town.osm"))
    assert of_way(made, long)[0] == pytest.approx(1 + 5 * 0.12 * 1.8)
    assert of_way(made, near)[0] == pytest.approx(1 + 3 * 0.12 * 1.5)
    assert of_way(made, park)[0] == 1
    assert of_way(made, far)[0] == 1


def test_what_is_assumed_is_told_in_metres_by_kind_of_street(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (100, 0), highway="tertiary", maxspeed="25 mph", sidewalk="both")
    drawn.way((100, 0), (400, 0), highway="tertiary", maxspeed="fast", foot__conditional="no @ (Su)")
    about = make(drawn.write(tmp_path / "town.osm")).about
    rows = {(row["what"], row["street"]): row for row in about["data_quality"]["assumed"]}
    speed = rows["speed", "tertiary"]
    assert (speed["value"], speed["known_m"], speed["assumed_m"]) == (
        "50 km/h",
        pytest.approx(100, abs=0.1),
        pytest.approx(300, abs=0.1),
    )
    assert rows["pavement", "tertiary"]["assumed_m"] == pytest.approx(300, abs=0.1)
    assert rows["lanes", "tertiary"]["known_m"] == 0
    assert about["data_quality"]["unreadable"] == {"maxspeed=fast": 1}
    assert about["data_quality"]["conditional_ways"] == 1


def two_streets(tmp_path: Path) -> StreetNetwork:
    drawn = Map()
    drawn.way((0, 0), (40, 0), highway="footway")
    drawn.way((40, 0), (400, 0), highway="footway")
    return make(drawn.write(tmp_path / "town.osm"))


def test_collisions_weigh_by_distance_and_only_so_much(tmp_path: Path) -> None:
    made = two_streets(tmp_path)

    def adds(*points: tuple[float, float, float]) -> list[float]:
        places = [position(east, north) for east, north, _ in points]
        hit = Collisions(
            np.array([place[0] for place in places]),
            np.array([place[1] for place in places]),
            np.array([weight for *_, weight in points]),
        )
        return (stress(made.network, made.streets, MODEL, collisions=hit).factor - 1).tolist()

    assert adds((20, 0, 1)) == pytest.approx([0.1, 0], abs=1e-4)
    assert adds((20, 25, 1)) == pytest.approx([0.05, 0], abs=1e-4)
    assert adds((20, 60, 1)) == [0, 0]
    assert adds((20, 0, 3), (20, 0, 1)) == pytest.approx([0.4, 0], abs=1e-4)
    assert adds((20, 0, 500)) == pytest.approx([1, 0])
    assert adds((float("nan"), 0, 1), (220, 0, 1)) == pytest.approx([0, 0.1], abs=1e-4)


@pytest.mark.parametrize(
    ("start", "until", "minute", "holds"),
    [
        (0, 0, None, True),
        (0, 0, 480, True),
        (420, 540, 480, True),
        (420, 540, 420, True),
        (420, 540, 540, False),
        (420, 540, 900, False),
        (420, 540, None, True),
        (1320, 360, 1400, True),  # past midnight
        (1320, 360, 100, True),
        (1320, 360, 720, False),
    ],
)
def test_a_reported_barrier_counts_while_it_holds(
    tmp_path: Path, start: int, until: int, minute: int | None, holds: bool
) -> None:
    made = two_streets(tmp_path)
    longitude, latitude = position(200, 10)
    far_longitude, far_latitude = position(200, 200)
    reported = Barriers(
        np.array([longitude, far_longitude]),
        np.array([latitude, far_latitude]),
        np.array([150.0, 999.0]),
        np.array([start, 0]),
        np.array([until, 0]),
    )
    found = stress(made.network, made.streets, MODEL, minute=minute, barriers=reported)
    assert found.crossing_m.tolist() == [0, 150 if holds else 0]


def any_streets(draw: st.DrawFn) -> tuple[Network, Streets]:
    nodes, edges = draw(st.integers(2, 6)), draw(st.integers(1, 8))

    def array(
        size: tuple[int, ...] | int, dtype: str, of: st.SearchStrategy[float | int | bool]
    ) -> np.ndarray:
        return draw(arrays.arrays(dtype, size, elements=of))

    street = st.sampled_from([int(kind) for kind in Street])
    number = st.floats(0, 16, width=32)
    network = Network(
        node_ids=np.arange(nodes),
        longitude=np.linspace(-121.5, -121.4, nodes),
        latitude=np.linspace(38.5, 38.6, nodes),
        ends=array((edges, 2), "int32", st.integers(0, nodes - 1)),
        length_m=array(edges, "float64", st.floats(0.01, 1e4)),
        factor=np.ones(edges),
        crossing_m=np.zeros(edges),
        way_ids=np.arange(edges),
    )
    return network, Streets(
        street=array(edges, "uint8", street),
        beside=array(edges, "uint8", st.sampled_from([0, 0, 8, 11])),
        speed_kmh=array(edges, "float32", st.floats(0, 200, width=32)),
        lanes=array(edges, "float32", number),
        pavement=array(edges, "uint8", st.sampled_from([int(each) for each in Pavement])),
        lit=array(edges, "uint8", st.integers(0, 2)),
        tunnel=array(edges, "bool", st.booleans()),
        crosses=array((edges, 2), "bool", st.booleans()),
        alone=array(edges, "float32", st.floats(0, 1, width=32)),
        alone_crossing=array(edges, "uint8", st.integers(0, 31)),
        crossed=array(nodes, "uint8", st.sampled_from([0, *(int(kind) for kind in Street)])),
        crossed_speed_kmh=array(nodes, "float32", st.floats(0, 200, width=32)),
        crossed_lanes=array(nodes, "float32", number),
        crossing=array(nodes, "uint8", st.integers(0, 31)),
    )


@given(st.composite(any_streets)(), st.booleans())
def test_no_metre_is_below_one_and_no_crossing_below_nothing(
    drawn: tuple[Network, Streets], dark: bool
) -> None:
    network, streets = drawn
    found = stress(network, streets, MODEL, dark=dark)
    assert ((found.factor >= 1) & np.isfinite(found.factor)).all()
    assert ((found.crossing_m >= 0) & np.isfinite(found.crossing_m)).all()
    told = sum(row.known_m + row.assumed_m for row in found.assumed if row.what == "lit")
    assert told == pytest.approx(network.length_m.sum(), abs=2)


@given(st.composite(any_streets)())
def test_a_signal_or_an_island_never_makes_a_crossing_worse(drawn: tuple[Network, Streets]) -> None:
    network, streets = drawn
    before = stress(network, streets, MODEL).crossing_m
    for help_ in (Crossing.SIGNAL, Crossing.ISLAND, Crossing.MARKED):
        streets.crossing[:] |= np.uint8(help_)
        after = stress(network, streets, MODEL).crossing_m
        assert (after <= before + 1e-9).all()
        before = after


def test_each_row_of_the_shipped_model_names_its_source() -> None:
    assert len(MODEL.row_sources) > 25
    assert all(MODEL.row_sources.values())
    assert all(len(source) > 40 for source in MODEL.sources.values())
    for row in MODEL.row_sources.values():
        assert "own reading" in row or any(key in row for key in MODEL.sources) or "a place to cross" in row


def test_greater_roads_are_never_easier_to_walk_along_or_to_cross() -> None:
    roads = [MODEL.street[kind] for kind in Street if kind >= Street.LIVING_STREET]
    assert [road.traffic for road in roads] == sorted(road.traffic for road in roads)
    assert [road.crossing for road in roads] == sorted(road.crossing for road in roads)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("traffic = 0.5", "traffic = -0.5", "street.residential: traffic must be a number of 0 or more"),
        ("traffic = 0.5", "", "street.residential: traffic must be a number"),
        ("[street.residential]", "[street.lane]", "street.residential: the row is missing"),
        ('pavement = "both"', 'pavement = "wide"', "'wide' is none of both, one, separate, none"),
        ("up_to_kmh = 41", "up_to_kmh = 20", "from slow to fast"),
        ('version = "1"', "", "version: is missing"),
        ('source = "step: 32 % fewer crashes"', "", "treatment.island: source is missing"),
        ("times = 0.68", "times = nan", "treatment.island: times must be a number"),
        ('version = "1"', "version = ", "is no TOML"),
    ],
)
def test_a_model_with_a_fault_is_refused_and_the_row_named(old: str, new: str, says: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(ModelProblem) as problem:
        read_model(text.replace(old, new))
    assert says in str(problem.value)


@pytest.mark.parametrize("version", ["2", "../1", ""])
def test_an_unknown_version_is_refused(version: str) -> None:
    with pytest.raises(ModelProblem, match="no stress model of version"):
        stress_model(version)


def test_reading_streets_of_a_map_without_pavements_or_crossings(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (100, 0), highway="path")
    extract = read_extract(drawn.write(tmp_path / "town.osm"))
    read = read_streets(extract, build(extract))
    assert read.streets.crossing.tolist() == [0, 0]
    assert read.names[read.name[0]] == ""
