"""``schoolward routes guards`` and ``bus``: JSON in, JSON out, and every way in which there is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode

Run = Callable[..., Ended]

GUARDS: dict[str, Any] = {
    "crossings": ["Oak at Elm", "Main at 5th"],
    "paths": [{"crossings": ["Oak at Elm"], "pupils": 40}, {"crossings": ["Main at 5th"], "pupils": 9}],
    "guards": 1,
}
BUS: dict[str, Any] = {
    "stops": [{"id": "Oak"}, {"id": "Elm", "pupils": 2}],
    "length_m": [[0, 100, 200], [100, 0, 100], [200, 100, 0]],
    "danger": [[0, 1, 3], [1, 0, 1], [3, 1, 0]],
    "detour": 1.3,
}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[object], Path]:
    def write(told: object) -> Path:
        path = tmp_path / "instance.json"
        path.write_text(told if isinstance(told, str) else json.dumps(told))
        return path

    return write


def test_guards_are_placed(schoolward: Run, written: Callable[[object], Path]) -> None:
    ended = schoolward("routes", "guards", written(GUARDS))
    told = json.loads(ended.out)
    assert ended.code == ExitCode.DONE
    assert (told["protected"], told["bound"], told["proved"], told["pupils"]) == (40, 40, True, 49)
    assert told["chosen"] == [{"crossing": "Oak at Elm", "already_guarded": False, "lost_without": 40}]


def test_a_bus_is_planned(schoolward: Run, written: Callable[[object], Path]) -> None:
    ended = schoolward("routes", "bus", written(BUS), "--seconds", "0.5")
    told = json.loads(ended.out)
    assert ended.code == ExitCode.DONE
    assert (told["leaders"], told["danger"], told["bounds"]["leaders"]) == (1, 2.0, 1)
    assert told["lines"] == [{"begins": "Elm", "by": ["Oak", "school"], "walk_m": 200.0}]
    assert [stop["next"] for stop in told["stops"]] == ["school", "Oak"]


@pytest.mark.parametrize(
    ("command", "told", "said"),
    [
        ("guards", "{", "is not JSON"),
        ("guards", GUARDS | {"guards": 7}, "guards: is 7"),
        ("bus", "[" * 100_000, "nested too deeply"),
        ("bus", BUS | {"detour": 0.5}, "detour: is 0.5"),
        ("bus", BUS | {"danger": [[0]]}, "danger: holds 1 rows"),
    ],
)
def test_a_file_that_cannot_be_used(
    schoolward: Run, written: Callable[[object], Path], command: str, told: object, said: str
) -> None:
    ended = schoolward("routes", command, written(told))
    assert (ended.code, ended.out) == (ExitCode.REFUSED, "")
    assert said in ended.err


def test_a_file_that_is_not_there(schoolward: Run) -> None:
    assert schoolward("routes", "bus", "no-such.json").code == ExitCode.USAGE
