"""``schoolward routes build`` and ``routes show``."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from tests.cli.conftest import Ended

from schoolward.analysis.routing import extract, making, writing
from schoolward.cli.outcome import ExitCode
from unit.analysis.routing.drawn import Map

Run = Callable[..., Ended]
SHIPPED = Path(making.__file__).with_name("data") / "stress-1.toml"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    drawn = Map()
    drawn.way((-100, 0), (0, 0), (100, 0), highway="secondary", maxspeed="fast", lanes="2")
    drawn.way((0, -50), (0, 0), (0, 50), highway="footway")
    drawn.way((0, 50), (0, 90), (0, 130), highway="footway")
    drawn.node(0, 90, barrier="gate", locked="yes")
    drawn.way((500, 0), (600, 0), highway="residential")
    drawn.way((0, 0), (-50, -50), highway="service", access="private")
    return drawn.write(tmp_path / "town.osm")


def test_a_network_is_made_and_shown(schoolward: Run, town: Path, tmp_path: Path) -> None:
    out = tmp_path / "network"
    ended = schoolward("routes", "build", town, "--out", out)
    assert ended.code == ExitCode.DONE
    assert f"{out}: the network of town.osm" in ended.out
    assert "6 nodes, 5 edges, 0.3 km; stress model 1" in ended.out
    assert "not hanging together with the rest: 2 pieces (4 nodes, 0.1 km)" in ended.out
    assert "closed to walkers (foot or access tag)  1" in " ".join(ended.out.split("   "))
    assert "maxspeed=fast on 1 way cannot be read" in ended.out
    assert "1 locked or private gates" in ended.out
    assert "© OpenStreetMap contributors, ODbL" in ended.out
    shown = schoolward("routes", "show", out)
    assert shown.code == ExitCode.DONE
    assert shown.out.splitlines()[1:] == ended.out.splitlines()[1:]


def test_a_script_gets_counts_components_seconds_and_data_quality(
    schoolward: Run, town: Path, tmp_path: Path
) -> None:
    told = schoolward("routes", "build", town, "--out", tmp_path / "network", "--json").json
    assert (told["nodes"], told["edges"]) == (6, 5)
    assert told["ways"] == {"closed": 1, "open": 4}
    assert (told["components"]["others"], told["components"]["others_nodes"]) == (2, 4)
    assert told["seconds"] >= 0
    assert told["cpu_seconds"] > 0
    assert len(told["source"]["sha256"]) == 64
    assert {"what": "speed", "street": "secondary"}.items() <= told["data_quality"]["assumed"][0].items()
    assert told["data_quality"]["unreadable"] == {"maxspeed=fast": 1}
    assert "files" not in told
    shown = schoolward("routes", "show", tmp_path / "network", "--json").json
    assert {key: told[key] for key in shown} == shown


def test_a_model_of_ones_own_is_taken(schoolward: Run, town: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(SHIPPED.read_text(encoding="utf-8").replace('version = "1"', 'version = "1-city"'))
    told = schoolward("routes", "build", town, "--out", tmp_path / "n", "--stress", own, "--json").json
    assert told["stress_model"]["version"] == "1-city"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"version = 1", "own.toml: street.path: the row is missing"),
        (b"\xff\xfe", "own.toml: is no text in UTF-8"),
    ],
)
def test_a_model_with_a_fault_is_refused(
    schoolward: Run, town: Path, tmp_path: Path, content: bytes, says: str
) -> None:
    own = tmp_path / "own.toml"
    own.write_bytes(content)
    ended = schoolward("routes", "build", town, "--out", tmp_path / "n", "--stress", own)
    assert ended.code == ExitCode.REFUSED
    assert says in ended.err
    assert not (tmp_path / "n").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "there is no such file"),
        (b"", "is empty"),
        (b"not a map", "cannot be read as an OpenStreetMap extract"),
        (b'<?xml version="1.0"?><osm version="0.6"></osm>', "no streets or paths"),
    ],
)
def test_what_is_no_extract_is_refused_and_nothing_is_left(
    schoolward: Run, tmp_path: Path, content: bytes | None, says: str
) -> None:
    extract = tmp_path / "town.osm"
    if content is not None:
        extract.write_bytes(content)
    ended = schoolward("routes", "build", extract, "--out", tmp_path / "network")
    assert ended.code == ExitCode.REFUSED
    assert says in ended.err
    assert [path.name for path in tmp_path.iterdir() if path != extract] == []


def test_where_no_folder_can_be_made_nothing_is_read(schoolward: Run, town: Path, tmp_path: Path) -> None:
    below_a_file = schoolward("routes", "build", town, "--out", town / "network")
    assert below_a_file.code == ExitCode.NOT_READY
    assert "no folder can be made there" in below_a_file.err
    taken = schoolward("routes", "build", tmp_path / "none.osm", "--out", tmp_path)
    assert taken.code == ExitCode.REFUSED
    assert "holds something else than a network" in taken.err


def test_a_folder_without_permission(
    schoolward: Run, town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is forbidden to root, as whom tests may run.
    def forbidden(*_: object, dir: Path, **__: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied", str(dir))

    monkeypatch.setattr(writing.tempfile, "mkdtemp", forbidden)
    monkeypatch.setattr(extract.tempfile, "TemporaryDirectory", lambda **_: nullcontext(tmp_path))
    ended = schoolward("routes", "build", town, "--out", tmp_path / "network")
    assert ended.code == ExitCode.NOT_READY
    assert f"{tmp_path}: no permission to read or write it." in ended.err


def test_a_damaged_network_is_not_shown(schoolward: Run, town: Path, tmp_path: Path) -> None:
    schoolward("routes", "build", town, "--out", tmp_path / "network")
    (tmp_path / "network" / "names.json").write_text("[]")
    ended = schoolward("routes", "show", tmp_path / "network")
    assert ended.code == ExitCode.REFUSED
    assert "names.json: is missing, or not what was written" in ended.err
    assert schoolward("routes", "show", tmp_path / "none").code == ExitCode.REFUSED


def test_the_stress_model_is_written_to_be_changed_and_checked(schoolward: Run, tmp_path: Path) -> None:
    shipped = schoolward("routes", "stress")
    assert shipped.code == ExitCode.DONE
    assert shipped.out == SHIPPED.read_text(encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text(shipped.out.replace('version = "1"', 'version = "ours"'), encoding="utf-8")
    told = schoolward("routes", "stress", own, "--json").json
    assert told["version"] == "ours"
    assert told["rows"]["treatment.island"] == "step: 32 % fewer crashes"
    assert schoolward("routes", "stress", own, "--markdown").out.startswith(
        "# Stress of walking, version ours"
    )
    own.write_text(shipped.out.replace("times = 0.68", "times = -1"), encoding="utf-8")
    refused = schoolward("routes", "stress", own)
    assert refused.code == ExitCode.REFUSED
    assert "own.toml: treatment.island: times must be a number of 0 or more, and is -1" in refused.err
