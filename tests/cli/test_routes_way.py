"""``schoolward routes way``: ways, steps and the trade-off, and every reason for none. No database."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from unit.analysis.routing.drawn import Map, position

Run = Callable[..., Ended]


def at(east: float, north: float) -> str:
    """A point of the town as an option has it."""
    longitude, latitude = position(east, north)
    return f"{longitude:.7f},{latitude:.7f}"


@pytest.fixture
def way(schoolward: Run, tmp_path: Path) -> Run:
    """``way(begin, end)`` in a town of two streets that meet; one path lies off."""
    drawn = Map()
    drawn.way((0, 0), (200, 0), (400, 0), highway="residential", name="Oak Street")
    drawn.way((200, 0), (200, 300), highway="residential", name="Elm Street")
    graph = tmp_path / "graph"
    made = schoolward("routes", "build", drawn.write(tmp_path / "town.osm"), "--out", graph)
    assert made.code == ExitCode.DONE

    def run(begin: str, end: str, *more: object) -> Ended:
        return schoolward("routes", "way", "--graph", graph, f"--from={begin}", f"--to={end}", *more)

    return run


def test_a_way_is_told_in_steps(way: Run) -> None:
    ended = way(at(10, 2), at(200, 290))
    assert ended.code == ExitCode.DONE
    assert "  1. Walk along Oak Street for 620 ft (190 m)." in ended.out
    assert "  2. Turn left: along Elm Street for 950 ft (290 m)." in ended.out
    assert "What a longer way buys" in ended.out
    assert "OpenStreetMap" in ended.err


def test_json_has_both_ways_with_lines_and_the_trade_off(way: Run) -> None:
    told = json.loads(way("Oak St & Elm St", at(200, 290), "--json").out)
    assert told["shortest"]["length_m"] == pytest.approx(290, abs=0.5)
    assert told["safest"]["line"]["type"] == "LineString"
    assert [step["street"] for step in told["safest"]["steps"]] == ["Elm Street"]
    assert [offer["detour"] for offer in told["offers"]] == [1.0, 1.1, 1.2, 1.3, 1.4, 1.5]
    assert told["is_shortest"] is True


@pytest.mark.parametrize(
    ("begin", "end", "code", "says"),
    [
        (at(90_000, 0), at(10, 0), ExitCode.NOT_FOUND, "--from: this place is not on the map"),
        (at(0, 1_500), at(10, 0), ExitCode.NOT_FOUND, "--from: farther than a kilometer"),
        (at(10, 0), at(0, 1_500), ExitCode.NOT_FOUND, "--to: farther than a kilometer"),
        ("500,38", at(10, 0), ExitCode.REFUSED, "--from: degrees are LON,LAT"),
        ("here", at(10, 0), ExitCode.NOT_FOUND, "--from: give LON,LAT, or a corner"),
        ("Oka Street & Elm St", at(10, 0), ExitCode.NOT_FOUND, "Did you mean Oak Street"),
    ],
)
def test_without_a_way_one_sentence_says_why_and_no_coordinate(
    way: Run, begin: str, end: str, code: ExitCode, says: str
) -> None:
    ended = way(begin, end)
    assert (ended.code, ended.out) == (code, "")
    assert says in ended.err
    assert "38.5" not in ended.err


def test_a_folder_that_holds_no_network_is_refused(schoolward: Run, tmp_path: Path) -> None:
    ended = schoolward("routes", "way", "--graph", tmp_path, "--from=1,1", "--to=1,1")
    assert ended.code == ExitCode.REFUSED
    assert "holds no network" in ended.err
