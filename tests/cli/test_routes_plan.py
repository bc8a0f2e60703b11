"""``schoolward routes plan``: what it writes, and every way in which it writes nothing."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from unit.analysis.routing.drawn import Map, position

Run = Callable[..., Ended]
DIRECT_M, AROUND_M = 200.0, 2 * math.hypot(100, 40)


def at(east: float, north: float) -> str:
    """A point of the town as a file has it."""
    longitude, latitude = position(east, north)
    return f"{longitude:.7f},{latitude:.7f}"


@pytest.fixture
def town(schoolward: Run, tmp_path: Path) -> Path:
    """A busy road without a pavement from (0, 0) to (200, 0), and a footway that goes around it."""
    drawn = Map()
    drawn.way((0, 0), (200, 0), highway="primary", maxspeed="40 mph", lanes="4", sidewalk="no")
    drawn.way((0, 0), (100, 40), (200, 0), highway="footway")
    drawn.way((200, 0), (260, 0), highway="footway")
    graph = tmp_path / "graph"
    made = schoolward("routes", "build", drawn.write(tmp_path / "town.osm"), "--out", graph)
    assert made.code == ExitCode.DONE
    (tmp_path / "schools.csv").write_text(f"id,lon,lat\nA,{at(260, 0)}\nB,{at(-3, 0)}\n", encoding="utf-8")
    (tmp_path / "pupils.csv").write_text(
        f"id,school,lon,lat\n1,A,{at(0, -3)}\n2,B,{at(230, 2)}\n3,A,{at(9_000, 0)}\n", encoding="utf-8"
    )
    return graph


@pytest.fixture
def plan(schoolward: Run, town: Path, tmp_path: Path) -> Run:
    def run(*more: object, **changed: Path | str) -> Ended:
        given = {
            "graph": town,
            "schools": tmp_path / "schools.csv",
            "pupils": tmp_path / "pupils.csv",
            "out": tmp_path / "plan.csv",
        } | changed
        options = [part for name, value in given.items() for part in (f"--{name}", value)]
        return schoolward("routes", "plan", *options, *more)

    return run


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_the_quiet_way_around_is_taken_where_it_is_not_too_long(plan: Run, tmp_path: Path) -> None:
    ended = plan("--json")
    assert ended.code == ExitCode.DONE
    one, two, away = rows(tmp_path / "plan.csv")
    assert float(one["shortest_m"]) == pytest.approx(DIRECT_M + 60, rel=2e-3)
    assert float(one["route_m"]) == pytest.approx(AROUND_M + 60, rel=2e-3)
    assert float(one["stress"]) >= float(one["route_m"])
    assert float(two["route_m"]) == pytest.approx(AROUND_M + 30, rel=2e-3)
    assert away == {"id": "3", "shortest_m": "", "route_m": "", "stress": "", "reachable": "false"}
    told = ended.json
    assert (told["schools"], told["pupils"], told["reachable"]) == (2, 3, 2)
    assert (told["unreachable"], told["off_network"], told["inexact"]) == (1, 1, 0)
    assert told["files"] == [str(tmp_path / "plan.csv")]


def test_a_detour_that_is_not_allowed_leads_along_the_road(plan: Run, tmp_path: Path) -> None:
    assert plan("--detour", "1.0").code == ExitCode.DONE
    one = rows(tmp_path / "plan.csv")[0]
    assert one["route_m"] == one["shortest_m"]


def test_paths_stand_beside_the_plan(plan: Run, tmp_path: Path) -> None:
    ended = plan("--paths")
    assert ended.code == ExitCode.DONE
    assert "2 of 3 pupils of 2 schools with a route" in ended.out
    assert "1 pupil farther than a kilometre from any street" in ended.out
    nodes = {row["id"]: row["nodes"] for row in pq.read_table(tmp_path / "plan.nodes.parquet").to_pylist()}
    # The map's nodes are numbered as they were drawn: the road's ends, the footway's bend, the school's
    # corner.
    assert nodes == {"1": [100, 102, 101, 103], "2": [101, 102, 100], "3": None}
    lines = json.loads((tmp_path / "plan.lines.geojson").read_text(encoding="utf-8"))
    assert [len(one["geometry"]["coordinates"]) for one in lines["features"][:2]] == [4, 3]
    assert lines["features"][2]["geometry"] is None


def test_pupils_from_standard_input(plan: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (tmp_path / "pupils.csv").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert plan(pupils="-").code == ExitCode.DONE
    assert len(rows(tmp_path / "plan.csv")) == 3


@pytest.mark.parametrize(
    ("pupils", "says"),
    [
        ("", "is empty; it needs the header id,school,lon,lat"),
        ("id,school,lon,lat\nSECRET,C,-121.5,38.5\n", "row 2, school: no school has this id"),
        ("id,school,lon,lat\nSECRET,A,38.5001,-121.4999\n", "longitude and latitude look swapped"),
        (
            "id,school,lon,lat\nSECRET,A,-121.4999,38.5001\nSECRET,A,-121.4999,38.5001\n",
            "stands in row 2 already",
        ),
        ("id,school,lon,lat\nSECRET,A,west,38.5\n", "row 2, lon: is no number of degrees"),
    ],
)
def test_bad_pupils_are_named_and_nothing_is_written(
    plan: Run, tmp_path: Path, pupils: str, says: str
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(pupils, encoding="utf-8")
    (tmp_path / "plan.csv").write_text("kept", encoding="utf-8")
    ended = plan(pupils=bad)
    assert ended.code == ExitCode.REFUSED
    assert says in ended.err
    assert "nothing is written" in ended.err
    # No value of a pupil's row is shown.
    assert not [value for value in ("“", "SECRET", "west", "-121.4999", "38.50") if value in ended.err]
    assert (tmp_path / "plan.csv").read_text(encoding="utf-8") == "kept"


def test_errors_as_json_have_a_code(plan: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("id,school,lon,lat\n1,A,x,y\n", encoding="utf-8")
    ended = plan("--json", pupils=bad)
    assert json.loads(ended.err)["name"] == "REFUSED"
    assert ended.out == ""


def test_a_school_far_from_any_street(plan: Run, tmp_path: Path) -> None:
    far = tmp_path / "far.csv"
    for metres, says in ((9_000, "is outside the network's area"), (1_500, "from any street: A.")):
        far.write_text(f"id,lon,lat\nA,{at(metres, 0)}\nB,{at(0, 0)}\n", encoding="utf-8")
        ended = plan(schools=far)
        assert ended.code == ExitCode.REFUSED
        assert says in ended.err


def test_what_is_read_is_not_written_over(plan: Run, tmp_path: Path) -> None:
    pupils = (tmp_path / "pupils.csv").read_bytes()
    ended = plan(out=tmp_path / "." / "pupils.csv")
    assert ended.code == ExitCode.REFUSED
    assert "give --out another name" in ended.err
    assert (tmp_path / "pupils.csv").read_bytes() == pupils


def test_folders_and_schedulers_that_are_not_there(
    plan: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no such folder" in plan(out=tmp_path / "none" / "plan.csv").err
    empty = tmp_path / "empty"
    empty.mkdir()
    ended = plan(graph=empty)
    assert ended.code == ExitCode.REFUSED
    assert "holds no network" in ended.err
    assert plan("--detour", "0.5").code == ExitCode.USAGE
    pytest.importorskip("distributed")
    monkeypatch.setattr("schoolward.cli.routes_dask._CONNECTING", "1s")
    nobody = plan("--dask", "tcp://127.0.0.1:9")
    assert nobody.code == ExitCode.NOT_READY
    assert "no Dask scheduler answers there" in nobody.err
    assert not (tmp_path / "plan.csv").exists()


def test_workers_find_what_this_machine_finds(
    plan: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    from schoolward.cli import routes_dask

    # Each school is a task of its own.
    monkeypatch.setattr(routes_dask, "PUPILS_A_TASK", 1)
    assert plan("--paths").code == ExitCode.DONE
    here = {path.name: path.read_bytes() for path in tmp_path.glob("plan.*")}
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp://", dashboard_address=None
    ) as cluster:
        ended = plan("--paths", "--dask", cluster.scheduler_address)
    assert ended.code == ExitCode.DONE, ended.err
    assert {path.name: path.read_bytes() for path in tmp_path.glob("plan.*")} == here
