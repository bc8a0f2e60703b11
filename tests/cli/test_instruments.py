"""Instruments from the command line: in, listed, and out again as they came."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Ended

from domain.assessments.conftest import small
from schoolward.cli.outcome import ExitCode
from schoolward.domains.assessments.models import InstrumentVersion

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., Ended]


def test_in_listed_and_out_again(schoolward: Run, tmp_path: Path) -> None:
    file, out = tmp_path / "small.yaml", tmp_path / "out.yaml"
    file.write_bytes(small())
    would = schoolward("forms", "import", file, "--dry-run", "--json")
    assert (would.code, would.json["is_new"], would.json["dry_run"]) == (0, True, True), would
    assert not InstrumentVersion.objects.exists()
    assert "brought in" in schoolward("forms", "import", file).out
    assert "here already" in schoolward("forms", "import", file).out
    (row,) = schoolward("forms", "list", "--json").json
    assert (row["key"], row["version"], row["items"], row["valid_to"]) == ("small", "1", 4, None)
    assert "small 1  4 items" in schoolward("forms", "list").out
    for identifier in (row["id"], "small"):
        assert schoolward("forms", "export", identifier, "--out", out).code == 0
        assert out.read_bytes() == small()


def test_a_bad_file_is_refused_by_its_place(schoolward: Run, tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_bytes(small().replace(b"trade: locks", b"trade: magic"))
    ended = schoolward("forms", "import", file)
    assert ended.code == ExitCode.REFUSED
    assert "small.yaml" in ended.err
    assert "magic" in ended.err
    assert "line" in ended.err


def test_what_is_not_there(schoolward: Run) -> None:
    assert "forms load" in schoolward("forms", "list").out
    for identifier in ("nothing", "7", "9" * 30):
        assert schoolward("forms", "export", identifier).code == ExitCode.NOT_FOUND


def test_the_shipped_ones(schoolward: Run) -> None:
    first = schoolward("forms", "load", "--json").json
    assert len(first) >= 3
    assert {one["is_new"] for one in first} == {True}
    assert {one["is_new"] for one in schoolward("forms", "load", "--json").json} == {False}
