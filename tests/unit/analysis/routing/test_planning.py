"""Plans: parts of whole schools join to what one run finds, and what is written is what was found."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from schoolward.analysis.routing.chains import places_at_nodes
from schoolward.analysis.routing.plan_files import HEADER, lines_file, nodes_file, write_plan
from schoolward.analysis.routing.planning import Laid, Plan, join, parts_of, places_from, plan_routes
from schoolward.analysis.routing.routes import Trip
from unit.analysis.routing.streets import grid, network, places


def city_trip(schools: int = 5, pupils: int = 37) -> tuple[Laid, Trip]:
    """A grid, some schools of which one has no pupils, and pupils of the others in no order."""
    city = grid(8)
    chance = np.random.default_rng(7)
    everywhere = np.arange(len(city.node_ids))
    school_of = chance.choice([place for place in range(schools) if place != 2], pupils).astype(np.int32)
    trip = Trip(
        places_at_nodes(city, chance.choice(everywhere, schools)),
        places_at_nodes(city, chance.choice(everywhere, pupils)),
        school_of,
    )
    return Laid.of(city), trip


@pytest.mark.parametrize("size", [1, 10, 1000])
def test_parts_join_to_the_whole(size: int) -> None:
    laid, trip = city_trip()
    whole = plan_routes(laid, trip, detour=1.3, nodes=True)
    parts = list(parts_of(trip, pupils=size))
    assert sorted(np.concatenate([part.pupils for part in parts]).tolist()) == list(range(37))
    done = [(part.pupils, plan_routes(laid, part.trip, detour=1.3, nodes=True)) for part in reversed(parts)]
    joined = join(done, 37)
    for name in Plan.__dataclass_fields__:
        assert getattr(joined, name).tolist() == getattr(whole, name).tolist(), name


def test_pupils_who_met_no_street_have_no_route() -> None:
    laid, trip = city_trip()
    whole = plan_routes(laid, trip, detour=1.3, nodes=True)
    found = join([(np.arange(37) + 2, whole)], 40)
    assert found.reachable.tolist() == [False, False, *whole.reachable.tolist(), False]
    met, which = places_from(np.array([-1, 4], np.int32), np.array([np.nan, 0.5]))
    assert (met.edge.tolist(), which.tolist()) == ([4], [1])


def test_what_is_written_is_what_was_found(tmp_path: Path) -> None:
    # A line of four nodes; the last pupil stands in a piece that nothing joins.
    made = network([(0, 1), (1, 2), (2, 3), (4, 5)], [100.0, 50.0, 25.0, 10.0], [2.0, 1.0, 1.0, 1.0])
    trip = Trip(places([(2, 1.0)]), places([(0, 0.5), (2, 0.2), (3, 0.5)]), np.zeros(3, np.int32))
    found = plan_routes(Laid.of(made), trip, detour=1.3, nodes=True)
    out = tmp_path / "plan.csv"
    ids = ['Ann "1", north', "2", "3"]
    files = write_plan(out, made, ids, ["A"] * 3, found, paths=True)
    assert files == [out, nodes_file(out), lines_file(out)]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "plan.csv",
        "plan.lines.geojson",
        "plan.nodes.parquet",
    ]
    with out.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.reader(stream))
    assert tuple(rows[0]) == HEADER
    assert rows[1:] == [
        [ids[0], "125.0000", "125.0000", "175.0000", "true"],
        ["2", "20.0000", "20.0000", "20.0000", "true"],
        ["3", "", "", "", "false"],
    ]
    table = pq.read_table(nodes_file(out)).to_pylist()
    assert table == [
        {"id": ids[0], "nodes": [1001, 1002, 1003]},
        {"id": "2", "nodes": [1003]},
        {"id": "3", "nodes": None},
    ]
    features = json.loads(lines_file(out).read_text(encoding="utf-8"))["features"]
    assert features[0]["geometry"]["coordinates"] == [[0.01, 0.0], [0.02, 0.0], [0.03, 0.0]]
    assert features[0]["properties"] == {
        "id": ids[0], "school": "A", "shortest_m": 125.0, "route_m": 125.0, "stress": 175.0,
    }  # fmt: skip
    assert [feature["geometry"] for feature in features[1:]] == [None, None]
    assert stat.S_IMODE(nodes_file(out).stat().st_mode) == 0o600
    assert stat.S_IMODE(lines_file(out).stat().st_mode) == 0o600


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid, trip = city_trip()
    found = plan_routes(laid, trip, detour=1.3, nodes=True)
    out = tmp_path / "plan.csv"
    out.write_text("before", encoding="utf-8")

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("schoolward.analysis.routing.plan_files.write_geojson", full)
    with pytest.raises(OSError, match="No space"):
        write_plan(out, laid.network, ["x"] * 37, ["A"] * 37, found, paths=True)
    assert out.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.csv"]
