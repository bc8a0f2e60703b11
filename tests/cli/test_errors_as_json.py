"""What a script sees when a command cannot go on: JSON where it asked for JSON, with the same exit code."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Ended

from schoolward.cli import exchanges, main
from schoolward.cli.outcome import ExitCode, wants_json

Run = Callable[..., Ended]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("measure", "incidents.totl"), ExitCode.NOT_FOUND, "did you mean incidents.total"),
        (("import", "nonsense", "-"), ExitCode.NOT_FOUND, "known: "),
        (("import", "schools", "no-such-file.csv"), ExitCode.USAGE, "No such file"),
        (("import", "schools"), ExitCode.USAGE, "FILE"),
        (("doctor", "--nonsense"), ExitCode.USAGE, "--nonsense"),
    ],
)
def test_an_error_is_json_where_json_was_asked_for(
    schoolward: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: ExitCode, said: str
) -> None:
    plain = schoolward(*arguments)
    ended = schoolward(*arguments, "--json")
    assert (ended.code, ended.out, plain.code) == (code, "", code)
    told = json.loads(ended.err.splitlines()[-1])
    assert told.keys() == {"error", "mend", "code", "name"}
    assert (told["code"], told["name"]) == (code, code.name)
    assert said in told["error"]
    assert ("--help` lists" in told["mend"]) == (code == ExitCode.USAGE)
    assert said in plain.err
    assert not plain.err.lstrip().startswith("{")


def test_an_error_of_the_machine_is_json_too(schoolward: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_anything: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exchanges.installation, "start", full)
    ended = schoolward("import", "schools", os.devnull, "--json")
    assert ended.code == ExitCode.NOT_READY
    assert json.loads(ended.err)["error"] == "The disk is full; free some space and try again."


def test_a_command_that_is_stopped_says_so(schoolward: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(**_named: object) -> None:
        raise click.Abort

    monkeypatch.setattr(main.schoolward, "main", stopped)
    assert json.loads(schoolward("doctor", "--json").err)["error"] == "Stopped."
    assert schoolward("doctor").err == "Stopped.\n"


def test_what_stands_behind_two_hyphens_is_a_name_and_django_has_its_own_options() -> None:
    assert wants_json(["measure", "x", "--json"])
    assert not wants_json(["import", "schools", "--", "--json"])
    assert not wants_json(["manage", "dumpdata", "--json"])


@pytest.mark.parametrize("as_json", [False, True])
def test_what_is_no_file_to_import_ends_in_one_sentence(
    schoolward: Run, tmp_path: Path, as_json: bool
) -> None:
    end = ["--json"] if as_json else []
    empty = schoolward("import", "incidents", os.devnull, *end)
    assert empty.code == ExitCode.ROWS_REJECTED
    if as_json:
        assert "The file is empty." in empty.json["rejected"][0]["error"]
    else:
        assert empty.out.startswith("Nothing was imported. The file is empty. It needs a header row")
        assert empty.out.count("\n") == 1
    for wrong, said in (
        (tmp_path, "is a folder, and incidents is one"),
        (tmp_path / "none.csv", "No such file"),
    ):
        ended = schoolward("import", "incidents", wrong, *end)
        assert ended.code == ExitCode.USAGE
        assert said in ended.err
        assert ended.out == ""


def test_the_help_of_a_table_lists_its_layouts_and_columns(schoolward: Run) -> None:
    ended = schoolward("import", "incidents", "--help")
    assert ended.code == ExitCode.DONE
    for said in ("Values of --format", "auto", "spd-2006", "Columns of generic", "cdatetime", "(required)"):
        assert said in ended.out
    schools = schoolward("import", "schools", "-h").out
    assert "Columns of schools" in schools
    assert "cds_code" in schools
    assert "KEY --help" in schoolward("import", "--help").out
    assert schoolward("import", "nonsense", "--help").code == ExitCode.NOT_FOUND
