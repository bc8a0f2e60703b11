"""What a school's map shows of the network around it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from schoolward.analysis.routing.making import StreetNetwork, make
from schoolward.analysis.routing.sheds import METRES_A_SECOND
from schoolward.analysis.routing.street_tags import Crossing, Pavement, Street
from schoolward.analysis.school_map.content import Avoided, Entrance
from schoolward.analysis.school_map.gathering import NoStreetNear, around, counts_in_miles
from schoolward.analysis.school_map.words import MapWords, advise, zone_said
from unit.analysis.routing.drawn import Map, position
from unit.analysis.school_map.sheets import AT_SCHOOL, DAY, content_of, make_town


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> StreetNetwork:
    return make_town(tmp_path_factory.mktemp("town"))


def test_streets_are_what_the_map_says(town: StreetNetwork) -> None:
    content = content_of(town)
    by_name = {street.name: street for street in content.streets}
    main = by_name["Main Street"]
    assert (main.street, main.pavement) == (Street.SECONDARY, Pavement.BOTH)
    assert main.speed_kmh == pytest.approx(35 * 1.609344, rel=1e-5)
    assert main.factor > 1
    assert by_name["A Avenue"].pavement is Pavement.NONE
    assert by_name["1st Street"].pavement is Pavement.UNKNOWN
    assert {Street.PATH, Street.STEPS} <= {street.street for street in content.streets}
    assert content.attribution == "© OpenStreetMap contributors, ODbL"
    assert (content.miles, content.day, content.zone.minutes) == (True, DAY, 10)
    assert {position for street in content.streets for position in street.line} == set(
        zip(town.network.longitude.tolist(), town.network.latitude.tolist(), strict=True)
    )


def test_crossings_have_their_help_and_their_corner(town: StreetNetwork) -> None:
    found = {crossing.where: crossing for crossing in content_of(town).crossings}
    assert set(found) == {"Main Street and 4th Street", "Main Street and 2nd Street"}
    assert found["Main Street and 4th Street"].help & Crossing.SIGNAL
    assert found["Main Street and 2nd Street"].help == Crossing.MARKED
    assert {crossing.across for crossing in found.values()} == {Street.SECONDARY}


def test_suggested_ways_hang_together_and_lead_to_the_school(town: StreetNetwork) -> None:
    content = content_of(town)
    assert content.suggested
    ends = {street.line[-1] for street in content.suggested}
    begins = {street.line[0] for street in content.suggested}
    # Every way but the last goes on where another begins.
    assert len(ends - begins) <= 2
    away = [
        abs(street.line[0][1] - AT_SCHOOL[1]) - abs(street.line[-1][1] - AT_SCHOOL[1])
        for street in content.suggested
    ]
    assert max(away) > 0


def test_streets_that_many_walk_are_suggested_where_they_hang_on(town: StreetNetwork) -> None:
    names = {town.names[name]: name for name in set(town.name.tolist())}
    first, last = (town.name == names[name] for name in ("1st Street", "7th Street"))
    alone = {street.name for street in content_of(town).suggested}
    walked = content_of(town, suggested=first | last)
    # What is walked and touches nothing that leads to the school is left out.
    touching = {street.name for street in walked.suggested}
    assert alone <= touching
    nothing = content_of(town, suggested=np.zeros(len(town.name), bool))
    assert nothing.suggested == content_of(town).suggested


def test_a_busy_road_without_a_sidewalk_is_to_be_kept_away_from(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("road")
    for beside, wanted in ((False, {"Fast Road"}), (True, set())):
        drawn = Map()
        drawn.way((0, 0), (600, 0), highway="primary", name="Fast Road", sidewalk="no", maxspeed="45 mph")
        drawn.way((0, 0), (0, 200), (600, 200), (600, 0), highway="residential", name="Quiet Street")
        if beside:
            drawn.way((0, 0), (0, 8), (600, 8), (600, 0), highway="footway")
        made = make(drawn.write(folder / f"{beside}.osm"))
        content = around(made, [Entrance(position(0, 195))], school="S", day=DAY)
        assert {one.where for one in content.avoided} == wanted
        assert {one.why for one in content.avoided} == ({"fast traffic and no sidewalk"} if wanted else set())


def test_a_sidewalk_drawn_beside_its_road_is_the_roads(tmp_path_factory: pytest.TempPathFactory) -> None:
    drawn = Map()
    drawn.way((0, 0), (300, 0), highway="residential", name="Oak Street")
    drawn.way((0, 0), (0, 6), (300, 6), (300, 0), highway="footway", footway="sidewalk")
    made = make(drawn.write(tmp_path_factory.mktemp("oak") / "oak.osm"))
    content = around(made, [Entrance(position(0, 0))], school="S", day=DAY)
    assert {one.pavement for one in content.streets if one.name == "Oak Street"} == {Pavement.SEPARATE}
    assert any(one.is_sidewalk for one in content.streets)


def test_places_that_are_named_come_first(town: StreetNetwork) -> None:
    place = Avoided((position(100, 100),), "The culvert", "floods")
    content = content_of(town, avoided=[place])
    assert content.avoided[0] == place


def test_a_school_far_from_any_street(town: StreetNetwork) -> None:
    with pytest.raises(NoStreetNear, match="farther than a kilometre"):
        around(town, [Entrance(position(9_000, 0))], school="Far School", day=DAY)


def test_units_go_by_the_limits_of_the_map(town: StreetNetwork) -> None:
    assert counts_in_miles(town)
    speeds = np.where(town.streets.speed_kmh > 0, 50, 0).astype(np.float32)
    metric = dataclasses.replace(town, streets=dataclasses.replace(town.streets, speed_kmh=speeds))
    assert not counts_in_miles(metric)
    silent = dataclasses.replace(town, streets=dataclasses.replace(town.streets, speed_kmh=speeds * 0))
    assert counts_in_miles(silent)


def test_a_place_of_which_nobody_says_where_it_is_lies_near_a_street(town: StreetNetwork) -> None:
    near, named = Avoided((position(100, 302),), "", "floods"), Avoided((position(9, 9),), "A culvert", "x")
    content = content_of(town, avoided=[near, named])
    assert [one.where for one in content.avoided[:2]] == ["Near 2nd Street", "A culvert"]
    assert "Near 2nd St: floods" in advise(content, MapWords()).keep_away


def test_a_place_that_a_suggested_way_passes_says_so(town: StreetNetwork) -> None:
    way = content_of(town).suggested[0].line
    passed, other = (
        Avoided((way[0],), "Here", "floods"),
        Avoided((position(9_000, 9_000),), "There", "floods"),
    )
    content = content_of(town, avoided=[passed, other])
    assert [one.why for one in content.avoided[:2]] == [
        "floods; the suggested way passes here, take care",
        "floods",
    ]


def test_a_zone_may_be_stated_as_a_distance(town: StreetNetwork) -> None:
    content = content_of(town, zone_m=300.0)
    assert content.zone.stated_m == 300
    assert content.zone.minutes == pytest.approx(300 / METRES_A_SECOND / 60)
    assert len(content.zone.lines) < len(content_of(town, zone_m=600.0).zone.lines)
    assert zone_said(content, MapWords()) == "Walk zone: 0.19 mi or less on foot"
    metric = dataclasses.replace(content, miles=False)
    assert zone_said(metric, MapWords()) == "Walk zone: 0.3 km or less on foot"
    assert zone_said(content_of(town), MapWords()).startswith("Within 10 minutes")
