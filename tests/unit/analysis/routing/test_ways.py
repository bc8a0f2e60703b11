"""The way from one place: pieces that hang together, steps that say what helps across, corners by name."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from schoolward.analysis.routing.bounded import find_bounded_routes
from schoolward.analysis.routing.chains import fold, weigh
from schoolward.analysis.routing.corners import CornerProblem, Corners, plain_name
from schoolward.analysis.routing.direction_words import distance, sentence
from schoolward.analysis.routing.directions import Along, Cross, Guard, Guide, Turn
from schoolward.analysis.routing.ground import from_line_m, metres_a_degree
from schoolward.analysis.routing.making import StreetNetwork, make
from schoolward.analysis.routing.planning import Laid
from schoolward.analysis.routing.routes import read_along
from schoolward.analysis.routing.snapping import Snapper
from schoolward.analysis.routing.street_tags import Crossing
from schoolward.analysis.routing.walked import line_of, pieces_of
from schoolward.analysis.routing.way_answers import answer
from schoolward.analysis.routing.ways import Choice, NoWay, WayProblem, ways_from
from unit.analysis.routing.drawn import Map, position
from unit.analysis.routing.streets import Case, cases


@pytest.fixture
def town(tmp_path: Path) -> StreetNetwork:
    """Oak Street goes east over Main Street, a busy one; Elm Street does so 60 m farther north, at a signal.

    An island lies off, which no way leads to.
    """
    drawn = Map()
    for north, name in ((0, "Oak Street"), (60, "Elm Street")):
        drawn.way((0, north), (200, north), (400, north), highway="residential", name=name, sidewalk="both")
    drawn.way((0, 0), (0, 60), highway="residential", name="West Avenue", sidewalk="no")
    drawn.way((400, 0), (400, 60), highway="residential", name="East Avenue", sidewalk="both")
    drawn.way(
        (200, -300), (200, 0), (200, 60), (200, 400),
        highway="primary", name="Main Street", maxspeed="40 mph", lanes="4", sidewalk="both",
    )  # fmt: skip
    drawn.node(200, 60, highway="crossing", crossing="traffic_signals", crossing__island="yes")
    return make(drawn.write(tmp_path / "town.osm"))


def choose(
    town: StreetNetwork, begin: tuple[float, float], end: tuple[float, float], detour: float = 1.3
) -> Choice:
    return ways_from(
        Laid.of(town.network), Snapper(town.network), position(*begin), position(*end), detour=detour
    )


@settings(deadline=None)
@given(cases(pupils=3))
def test_pieces_hang_together_and_are_as_long_as_the_route(case: Case) -> None:
    chains = fold(case.network)
    stress, length = weigh(chains, case.network.stress), weigh(chains, case.network.length_m)
    routes = find_bounded_routes(chains, stress, length, case.trip, detour=1.3).routes
    expected = read_along(chains, length, case.trip, routes)
    for pupil in range(len(case.trip.pupils)):
        pieces = pieces_of(chains, case.trip, routes, pupil)
        walked = sum(abs(piece.end - piece.begin) * case.network.length_m[piece.edge] for piece in pieces)
        assert walked == pytest.approx(expected[pupil] if math.isfinite(expected[pupil]) else 0)
        for one, then in itertools.pairwise(pieces):
            left = one.node_reached(case.network)
            assert left is not None
            assert left == case.network.ends[then.edge, int(then.begin)]


def test_the_safest_way_goes_round_by_the_signal_and_no_farther_than_allowed(town: StreetNetwork) -> None:
    found = choose(town, (2, -3), (396, -3), detour=2)
    assert found.shortest.length_m == pytest.approx(394, abs=1)
    assert found.safest.length_m == pytest.approx(526, abs=1)
    assert found.safest.stress < found.shortest.stress
    near = choose(town, (2, -3), (396, -3))
    assert near.safest.length_m <= 1.3 * 394
    assert [offer.detour for offer in found.offers] == [1.0, 1.1, 1.2, 1.3, 1.4, 1.5]
    assert [offer.stress for offer in found.offers] == sorted(
        (offer.stress for offer in found.offers), reverse=True
    )
    assert found.from_street_m == pytest.approx(3, abs=0.1)


def test_steps_name_the_streets_the_turns_and_what_helps_across(town: StreetNetwork) -> None:
    found = choose(town, (2, -3), (396, -3), detour=2)
    guard = Guard(*position(205, 65), "7:30 to 8:15 a.m.")
    steps = Guide(town).steps(found.safest.pieces, [guard])
    told = [(step.street, step.turn if isinstance(step, Along) else step.help) for step in steps]
    assert told == [
        ("West Avenue", Turn.START),
        ("Elm Street", Turn.RIGHT),
        ("Main Street", Crossing.SIGNAL | Crossing.ISLAND | Crossing.MARKED),
        ("Elm Street", Turn.ON),
        ("East Avenue", Turn.RIGHT),
    ]
    assert [round(step.metres) for step in steps if isinstance(step, Along)] == [62, 200, 200, 64]
    assert steps[0].without_pavement_m == pytest.approx(60, abs=0.5)  # type: ignore[union-attr]
    words = [sentence(step) for step in steps]
    assert words[0] == ("Walk along West Avenue for 200 ft (60 m). There is no sidewalk for 200 ft (60 m).")
    assert words[2] == (
        "Cross Main Street at the signal; there is an island in the middle. "
        "A crossing guard stands here (7:30 to 8:15 a.m.)."
    )


def test_a_road_without_any_help_is_named_and_a_turn_into_it_is_no_crossing(town: StreetNetwork) -> None:
    straight = Guide(town).steps(choose(town, (20, 0), (380, 0)).shortest.pieces)
    (crossing,) = [step for step in straight if isinstance(step, Cross)]
    assert (
        sentence(crossing) == "Cross Main Street with care: no signal and no marked crosswalk is known here."
    )
    turning = Guide(town).steps(choose(town, (20, 0), (200, -280)).shortest.pieces)
    assert [(step.street, getattr(step, "turn", None)) for step in turning] == [
        ("Oak Street", Turn.START),
        ("Main Street", Turn.RIGHT),
    ]


def test_a_pavement_drawn_apart_bears_the_name_of_its_road(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (300, 0), highway="secondary", name="Broadway")
    drawn.way((0, 0), (0, 8), (150, 8), (300, 8), highway="footway", footway="sidewalk")
    drawn.way((300, 0), (300, 8), highway="footway")
    made = make(drawn.write(tmp_path / "town.osm"))
    (step,) = Guide(made).steps(choose(made, (10, 9), (290, 9)).shortest.pieces)
    assert step.street == "Broadway"


@pytest.mark.parametrize(
    ("place", "school", "why"),
    [
        ((90_000.0, 0.0), (380.0, 0.0), NoWay.OUTSIDE),
        ((-1_500.0, 0.0), (380.0, 0.0), NoWay.FAR),
        ((20.0, 0.0), (1_900.0, 0.0), NoWay.SCHOOL),
    ],
)
def test_there_is_a_reason_where_there_is_no_way(
    town: StreetNetwork, place: tuple[float, float], school: tuple[float, float], why: NoWay
) -> None:
    with pytest.raises(WayProblem) as found:
        choose(town, place, school)
    assert found.value.reason is why
    assert "121" not in str(found.value)


def test_a_closed_street_cuts_a_place_off(town: StreetNetwork) -> None:
    laid = Laid.of(town.network)
    shut = np.where(
        np.isin(town.name, [town.names.index("Oak Street"), town.names.index("Elm Street")]), np.inf, 1.0
    )
    length = weigh(laid.chains, town.network.length_m * shut)
    with pytest.raises(WayProblem) as found:
        ways_from(
            Laid(town.network, laid.chains, length, length),
            Snapper(town.network),
            position(0, 30),
            position(400, 30),
        )
    assert found.value.reason is NoWay.CUT_OFF


def test_who_stands_at_the_school_has_a_way_of_nothing(town: StreetNetwork) -> None:
    told = answer(choose(town, (380, 0), (380, 0)), Guide(town))
    assert told["safest"]["length_m"] == 0
    assert (told["safest"]["steps"], told["safest"]["line"], told["safest"]["minutes"]) == ([], None, 1)


def test_the_line_begins_beside_the_place_and_ends_at_the_school(town: StreetNetwork) -> None:
    found = choose(town, (20, -3), (380, 3))
    line = line_of(town.network, found.shortest.pieces)
    assert line[0] == pytest.approx(position(20, 0), abs=1e-6)
    assert line[-1] == pytest.approx(position(380, 0), abs=1e-6)


@pytest.mark.parametrize(
    "typed",
    ["Oak Street & Main Street", "oak st/main st", "Main St. and Oak", "main street at OAK ST", "Oak@Main"],
)
def test_a_corner_is_found_however_it_is_written(town: StreetNetwork, typed: str) -> None:
    corner = Corners(town).find(typed, near=position(0, 0))
    assert (corner.longitude, corner.latitude) == pytest.approx(position(200, 0), abs=1e-6)
    assert set(corner.names) == {"Oak Street", "Main Street"}


@pytest.mark.parametrize(
    ("typed", "street", "near", "is_pair"),
    [
        ("Oak Street", "", (), False),
        ("& Oak Street", "", (), False),
        ("West Ave & East Ave", "", (), True),
        ("Oka Street & Main Street", "Oka Street", ("Oak Street", "West Avenue"), True),
        ("Oak Street & 99999 Nowhere", "99999 Nowhere", (), True),
    ],
)
def test_what_is_no_corner_is_said_with_the_mend(
    town: StreetNetwork, typed: str, street: str, near: tuple[str, ...], is_pair: bool
) -> None:
    with pytest.raises(CornerProblem) as found:
        Corners(town).find(typed, near=position(0, 0))
    assert (found.value.street, found.value.is_pair) == (street, is_pair)
    assert found.value.near[:1] == near[:1]


def test_names_are_compared_without_accents_and_with_their_short_forms_written_out() -> None:
    assert plain_name("N. Peña Blvd") == plain_name("north pena boulevard")
    assert plain_name("SW 4th Ave") == plain_name("Southwest 4th Avenue")


def test_how_far_a_place_lies_from_a_line() -> None:
    line = [(-121.5, 38.5), (-121.499, 38.5), (-121.499, 38.501)]
    east_m, north_m = (float(metres) for metres in metres_a_degree(38.5))
    assert from_line_m(line, (-121.4995, 38.5001)) == pytest.approx(0.0001 * north_m, rel=1e-3)
    assert from_line_m(line, (-121.5005, 38.5)) == pytest.approx(0.0005 * east_m, rel=1e-3)
    assert from_line_m(line[:1], (-121.5, 38.5)) == 0
    assert from_line_m([], (-121.5, 38.5)) == float("inf")


@pytest.mark.parametrize(
    ("metres", "told"),
    [
        (0.1, "1 ft (1 m)"),
        (2, "7 ft (2 m)"),
        (10, "30 ft (10 m)"),
        (240, "790 ft (240 m)"),
        (402, "1,320 ft (400 m)"),
        (800, "0.5 mi (800 m)"),
        (1_300, "0.8 mi (1.3 km)"),
    ],
)
def test_lengths_are_told_in_both_measures(metres: float, told: str) -> None:
    assert distance(metres) == told
