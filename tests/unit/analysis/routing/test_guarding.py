"""Which larger roads a way crosses, and where pupils of one school meet for a walking bus."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from schoolward.analysis.routing.guarding import crossing_places, crossings_by_way
from schoolward.analysis.routing.making import StreetNetwork, make
from schoolward.analysis.routing.meeting import meet_at_corners
from schoolward.analysis.routing.planning import Laid, places_from
from schoolward.analysis.routing.routes import Trip, find_routes
from schoolward.analysis.routing.snapping import snap
from unit.analysis.routing.drawn import Map, position

MAIN = {"highway": "secondary", "maxspeed": "35 mph", "lanes": "2", "oneway": "yes", "name": "Main Street"}
SIDE = {"highway": "residential", "sidewalk": "both"}


def town(tmp_path: Path) -> StreetNetwork:
    """A school north of two carriageways and of a further main road; side streets lead across."""
    drawn = Map()
    drawn.way((-200, 0), (0, 0), (300, 0), (500, 0), **MAIN)
    drawn.way((500, 15), (300, 15), (0, 15), (-200, 15), **MAIN)
    drawn.way((-200, 200), (0, 200), (300, 200), (500, 200), highway="primary", name="Far Avenue", lanes="4")
    drawn.way((0, -100), (0, 0), (0, 15), (0, 100), (0, 200), (0, 300), name="First Lane", **SIDE)
    drawn.way((300, -100), (300, 0), (300, 15), (300, 100), (300, 200), (300, 300), name="Last Lane", **SIDE)
    drawn.way((0, 100), (300, 100), name="Middle Lane", **SIDE)
    drawn.way((0, 300), (300, 300), name="North Lane", **SIDE)
    drawn.way((0, -100), (300, -100), name="South Lane", **SIDE)
    return make(drawn.write(tmp_path / "town.osm"))


def trip(made: StreetNetwork, school: tuple[float, float], *homes: tuple[float, float]) -> Trip:
    where = [position(*point) for point in (school, *homes)]
    met = snap(made.network, [one[0] for one in where], [one[1] for one in where])
    places, _all = places_from(met.edge, met.fraction)
    return Trip(places.take(slice(0, 1)), places.take(slice(1, None)), np.zeros(len(homes), np.int32))


def test_two_carriageways_are_one_crossing_and_each_way_has_its_set(tmp_path: Path) -> None:
    made = town(tmp_path)
    places = crossing_places(made)
    assert sorted(places.where) == [
        "Far Avenue and First Lane",
        "Far Avenue and Last Lane",
        "Main Street and First Lane",
        "Main Street and Last Lane",
    ]
    number = {where: place for place, where in enumerate(places.where)}
    laid = Laid.of(made.network)
    # The school stands on Middle Lane, between the main roads.
    walks = trip(
        made, (20, 100),
        (0, -60),  # up First Lane, across Main Street
        (0, -60),
        (0, 260),  # down First Lane, across Far Avenue
        (300, 260),  # Last Lane, across Far Avenue
        (100, 100),  # on Middle Lane: crosses nothing
        (0, 60),  # First Lane between the two
    )  # fmt: skip
    found = crossings_by_way(laid.chains, places, walks, find_routes(laid.chains, laid.stress, walks))
    main, far = number["Main Street and First Lane"], number["Far Avenue and First Lane"]
    assert found == {
        frozenset({main}): 2,
        frozenset({far}): 1,
        frozenset({number["Far Avenue and Last Lane"]}): 1,
        frozenset(): 2,
    }


def test_a_walk_along_a_main_road_crosses_it_nowhere(tmp_path: Path) -> None:
    made = town(tmp_path)
    places = crossing_places(made)
    laid = Laid.of(made.network)
    walks = trip(made, (-150, 0), (-50, 0))
    found = crossings_by_way(laid.chains, places, walks, find_routes(laid.chains, laid.stress, walks))
    assert found == {frozenset(): 1}


def test_who_has_no_way_takes_no_part(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (100, 0), **SIDE)
    drawn.way((0, 900), (100, 900), **SIDE)
    made = make(drawn.write(tmp_path / "apart.osm"))
    places = crossing_places(made)
    assert len(places) == 0
    laid = Laid.of(made.network)
    walks = trip(made, (0, 0), (50, 0), (50, 0))
    found = crossings_by_way(laid.chains, places, walks, find_routes(laid.chains, laid.stress, walks))
    assert found == {frozenset(): 2}


def test_pupils_meet_at_the_corner_by_which_their_way_leaves_their_street(tmp_path: Path) -> None:
    made = town(tmp_path)
    laid = Laid.of(made.network)
    walks = trip(made, (0, 300), (0, -60), (0, -40), (300, -60), (10, 300))
    routes = find_routes(laid.chains, laid.stress, walks)
    met = meet_at_corners(laid, walks, routes, farthest_m=2_000, most=10)
    corners = sorted(zip(met.pupils.tolist(), np.round(met.length_m[1:, 0]).tolist(), strict=True))
    # Two pupils of First Lane meet at Main Street, 300 m from the school; the third at Last Lane, 300 m more
    # to walk. Who lives next to the school on its own street meets nobody.
    assert [count for count, _metres in corners] == [1, 2]
    assert corners[1][1] == pytest.approx(300, abs=2)
    assert met.left_out == 1
    assert met.length_m.shape == met.danger.shape == (3, 3)
    assert (met.danger >= met.length_m - 1e-6).all()
    np.testing.assert_allclose(met.danger, met.danger.T, rtol=1e-9)
    # A point leads to the school by no more stress than over any other point.
    for one in (1, 2):
        for other in (1, 2):
            assert met.danger[one, 0] <= met.danger[one, other] + met.danger[other, 0] + 1e-9


def test_who_lives_far_is_left_out_and_too_many_corners_are_refused(tmp_path: Path) -> None:
    made = town(tmp_path)
    laid = Laid.of(made.network)
    walks = trip(made, (0, 300), (0, -60), (300, -60))
    routes = find_routes(laid.chains, laid.stress, walks)
    near = meet_at_corners(laid, walks, routes, farthest_m=350, most=10)
    assert (len(near.pupils), near.left_out) == (1, 1)
    with pytest.raises(ValueError, match="Pupils meet at 2 corners; at most 1"):
        meet_at_corners(laid, walks, routes, farthest_m=350, most=1)
    two = Trip(walks.schools.take(np.array([0, 0])), walks.pupils, walks.school_of)
    with pytest.raises(ValueError, match="one school"):
        meet_at_corners(laid, two, routes, farthest_m=350, most=10)
