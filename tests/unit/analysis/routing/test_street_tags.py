"""Tags of streets and crossings in numbers: each rule a case."""

from __future__ import annotations

import pytest

from schoolward.analysis.routing.street_tags import (
    Crossing,
    Lit,
    Pavement,
    Street,
    read_crossing,
    read_street,
)


@pytest.mark.parametrize(
    ("maxspeed", "kmh"),
    [
        ("25 mph", 40.2336),
        ("25mph", 40.2336),
        ("50", 50),
        ("30 km/h", 30),
        ("PT:urban", 50),
        ("DE:zone:30", 0),  # no number that one may trust
        ("none", 0),
        ("signals", 0),
        ("walk", 7),
        ("30 mph;25 mph", 48.28),
        ("fast", 0),
        ("900", 0),
    ],
)
def test_speed_limits(maxspeed: str, kmh: float) -> None:
    read = read_street({"highway": "residential", "maxspeed": maxspeed})
    assert read.speed_kmh == pytest.approx(kmh, abs=0.01)
    unread = (f"maxspeed={maxspeed}",) if maxspeed in {"fast", "900", "DE:zone:30"} else ()
    assert read.unreadable == unread


@pytest.mark.parametrize(
    ("lanes", "count", "unread"),
    [
        ("2", 2, False),
        ("4;3", 4, False),
        ("1.5", 1.5, False),
        ("0", 0, True),
        ("many", 0, True),
        ("-2", 0, True),
        ("99", 0, True),
    ],
)
def test_lanes(lanes: str, count: float, unread: bool) -> None:
    read = read_street({"highway": "secondary", "lanes": lanes})
    assert (read.lanes, bool(read.unreadable)) == (count, unread)


@pytest.mark.parametrize(
    ("tags", "pavement"),
    [
        ("", Pavement.UNKNOWN),
        ("sidewalk=both", Pavement.BOTH),
        ("sidewalk=left", Pavement.ONE),
        ("sidewalk=no", Pavement.NONE),
        ("sidewalk=none", Pavement.NONE),
        ("sidewalk=separate", Pavement.SEPARATE),
        ("sidewalk:both=yes", Pavement.BOTH),
        ("sidewalk:both=no", Pavement.NONE),
        ("sidewalk:both=separate", Pavement.SEPARATE),
        ("sidewalk:left=yes sidewalk:right=no", Pavement.ONE),
        ("sidewalk:left=yes sidewalk:right=yes", Pavement.BOTH),
        ("sidewalk:left=separate sidewalk:right=no", Pavement.SEPARATE),
        ("sidewalk:right=yes", Pavement.ONE),
    ],
)
def test_pavements_on_both_kerbs(tags: str, pavement: Pavement) -> None:
    read = dict(tag.split("=") for tag in tags.split())
    assert read_street({"highway": "tertiary", **read}).pavement == pavement


@pytest.mark.parametrize(
    ("tags", "crossing"),
    [
        ("highway=crossing", Crossing.TAGGED),
        ("highway=traffic_signals", Crossing.SIGNAL),
        ("highway=crossing crossing=unmarked", Crossing.TAGGED | Crossing.UNMARKED),
        ("highway=crossing crossing=marked", Crossing.TAGGED | Crossing.MARKED),
        ("highway=crossing crossing=zebra", Crossing.TAGGED | Crossing.MARKED),
        ("crossing=uncontrolled", Crossing.TAGGED | Crossing.MARKED),
        ("crossing=traffic_signals", Crossing.TAGGED | Crossing.SIGNAL | Crossing.MARKED),
        ("highway=crossing crossing=island", Crossing.TAGGED | Crossing.ISLAND),
        (
            "highway=crossing crossing:markings=zebra crossing:island=yes crossing:signals=no",
            Crossing.TAGGED | Crossing.MARKED | Crossing.ISLAND,
        ),
        ("highway=crossing crossing:markings=no", Crossing.TAGGED | Crossing.UNMARKED),
        ("highway=crossing crossing:signals=yes", Crossing.TAGGED | Crossing.SIGNAL),
        ("crossing=no", Crossing(0)),
        ("barrier=gate", Crossing(0)),
    ],
)
def test_crossings(tags: str, crossing: Crossing) -> None:
    assert read_crossing(dict(tag.split("=") for tag in tags.split())) == crossing


def test_a_way_that_crosses_and_a_way_beside_a_road_are_told_apart() -> None:
    crossing = read_street({"highway": "footway", "footway": "crossing"})
    assert (crossing.is_crossing, crossing.is_sidewalk, crossing.crossing) == (True, False, Crossing.TAGGED)
    sidewalk = read_street({"highway": "footway", "footway": "sidewalk"})
    assert (sidewalk.is_crossing, sidewalk.is_sidewalk, sidewalk.crossing) == (False, True, 0)
    # On a road the tag tells of a crossing of that road somewhere along it, not of a way across another.
    road = read_street({"highway": "secondary", "crossing": "zebra"})
    assert (road.is_crossing, road.crossing) == (False, 0)
    assert not read_street({"highway": "footway", "crossing": "no"}).is_crossing


def test_lamps_tunnels_and_kinds() -> None:
    read = read_street({"highway": "steps", "lit": "no", "tunnel": "yes"})
    assert (read.street, read.lit, read.tunnel) == (Street.STEPS, Lit.NO, True)
    assert read_street({"highway": "footway", "lit": "24/7"}).lit == Lit.YES
    assert read_street({"highway": "footway", "tunnel": "building_passage"}).tunnel is False
    assert read_street({"man_made": "pier"}).street == Street.PATH
    assert read_street({"highway": "proposed"}).street == 0
