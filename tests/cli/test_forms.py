"""`schoolward forms`: sessions replayed and forms checked, without a database."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode

Run = Callable[..., Ended]
FORMS = Path(__file__).resolve().parents[1] / "golden/forms"
WALK = FORMS / "walk.md"


@pytest.fixture
def session(tmp_path: Path) -> Callable[[Any], Path]:
    """Write steps to a file."""

    def write(steps: Any) -> Path:
        file = tmp_path / "answers.json"
        file.write_text(steps if isinstance(steps, str) else json.dumps(steps))
        return file

    return write


@pytest.mark.parametrize("name", ["walk.filled", "doors.removed"])
def test_every_value_is_printed_as_json(schoolward: Run, session: Callable[[Any], Path], name: str) -> None:
    kept = json.loads((FORMS / f"{name}.json").read_text("utf-8"))
    steps = session(kept["steps"])
    ended = schoolward(
        "forms", "eval", FORMS / kept["form"], "--session", steps, "--json", "--now", kept["now"]
    )
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    told = ended.json["nodes"]
    assert told.pop("/data/meta/instanceID")["value"].startswith("uuid:")
    assert told == {path: state for path, state in kept["nodes"].items() if "/meta/" not in path}


def test_a_table_for_a_person(schoolward: Run, session: Callable[[Any], Path]) -> None:
    ended = schoolward(
        "forms", "eval", WALK, "--session", session([{"set": "/data/grounds/sight", "value": 3}])
    )
    lines = {line.split()[0]: line.split()[1:] for line in ended.out.splitlines()}
    assert lines["/data/said"] == ["Agree"]
    assert lines["/data/who/assessor"] == ["not", "valid"]
    assert lines["/data/grounds/seen"] == ["not", "relevant"]


def test_chance_repeats_with_a_seed_and_language_is_chosen(
    schoolward: Run, session: Callable[[Any], Path]
) -> None:
    steps = session([{"set": "/data/grounds/sight", "value": "3"}])
    options = ("--session", steps, "--json", "--seed", 7, "--language", "Español (es)")
    first = schoolward("forms", "eval", WALK, *options)
    assert first.json["nodes"]["/data/said"]["value"] == "De acuerdo"
    assert schoolward("forms", "eval", WALK, *options).out == first.out
    ended = schoolward("forms", "eval", WALK, *options[:-1], "Deutsch")
    assert ended.code == ExitCode.USAGE
    assert "English (en), Español (es)" in ended.err


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([{"set": "/data/gate", "value": 1}], "answers.json: Step 1: There is no /data/gate"),
        ([{"add": "/data/who"}], "is no repeat"),
        ("{", "answers.json is no JSON"),
        ("[" * 100_000, "answers.json is no JSON"),
        ("{}", "is no list of steps"),
    ],
)
def test_a_session_that_cannot_be_replayed_ends_with_5(
    schoolward: Run, session: Callable[[Any], Path], steps: Any, says: str
) -> None:
    ended = schoolward("forms", "eval", WALK, "--session", session(steps), "--json")
    assert (ended.code, ended.out) == (ExitCode.REFUSED, "")
    told = json.loads(ended.err.splitlines()[-1])
    assert says in told["error"]
    assert told["name"] == "REFUSED"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((FORMS / "none.xml", "--session", WALK), "none.xml"),
        ((WALK,), "Missing option '--session'"),
        ((WALK, "--session", "-", "--now", "tomorrow"), "tomorrow is no time"),
        (("-", "--session", "-"), "cannot both be read from standard input"),
    ],
)
def test_a_wrong_command_line_ends_with_2(
    schoolward: Run, monkeypatch: pytest.MonkeyPatch, options: tuple[Any, ...], says: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"[]")))
    ended = schoolward("forms", "eval", *options)
    assert ended.code == ExitCode.USAGE
    assert says in ended.err


def test_a_session_from_standard_input(schoolward: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"[]")))
    ended = schoolward("forms", "eval", WALK, "--session", "-", "--json")
    assert ended.json["nodes"]["/data/who/band"] == {"value": "high", "relevant": True, "valid": True}


def test_a_form_that_can_be_used_is_checked_with_0(schoolward: Run) -> None:
    ended = schoolward("forms", "check", FORMS / "expressions.xml", "--json")
    told = ended.json
    assert (ended.code, told["id"], told["version"], told["kind"], told["problems"]) == (
        *(ExitCode.DONE, "expressions", "7", "xform"),
        [],
    )
    assert told["counts"]["repeats"] == 1
    assert {warning["code"] for warning in told["warnings"]} >= {"node-set-as-boolean", "many-nodes", "axis"}
    assert "can be used" in schoolward("forms", "check", WALK).out


def test_what_is_counted_is_what_the_writer_wrote(schoolward: Run, tmp_path: Path) -> None:
    file = tmp_path / "one.md"
    file.write_text("| survey | | | |\n| | type | name | label |\n| | text | x | X |\n")
    told = schoolward("forms", "check", file).out
    assert "1 question, 0 groups, 0 repeats" in told


def test_a_form_that_cannot_be_used_is_checked_with_7(schoolward: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.md"
    file.write_text("| survey | | | |\n| | type | name | label |\n| | txet | x | X |\n")
    ended = schoolward("forms", "check", file, "--json")
    assert ended.code == ExitCode.FOUND_FAULTS
    (problem,) = ended.json["problems"]
    assert problem["where"] == "survey, row 2, column type"
    ended = schoolward("forms", "check", file)
    assert ended.code == ExitCode.FOUND_FAULTS
    assert "survey, row 2, column type: Unknown question type 'txet'. Did you mean text?" in ended.out
    ended = schoolward("forms", "eval", file, "--session", WALK)
    assert ended.code == ExitCode.REFUSED


def test_files_beside_the_form_are_read(
    schoolward: Run, session: Callable[[Any], Path], tmp_path: Path
) -> None:
    (tmp_path / "rooms.csv").write_text("name,label\nb,Room B\n")
    form = tmp_path / "rooms.md"
    form.write_text(
        "| survey | | | | |\n| | type | name | label | calculation |\n"
        "| | csv-external | rooms | | |\n| | text | x | X | |\n"
        "| | calculate | found | | pulldata('rooms', 'label', 'name', ${x}) |\n"
    )
    steps = session([{"set": "/data/x", "value": "b"}])
    found = schoolward("forms", "eval", form, "--session", steps, "--json").json["nodes"]["/data/found"]
    assert found["value"] == "Room B"
