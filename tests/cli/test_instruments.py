"""Instruments from the command line: in, listed, and out again as they came."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Ended

from domain.assessments.conftest import small
from domain.assessments.test_crosswalks import CROSSWALK
from domain.assessments.test_instruments import CHOICES, SETTINGS, SURVEY, sheets
from schoolward.cli.installation import today
from schoolward.cli.outcome import ExitCode
from schoolward.domains.assessments.models import CrosswalkFile, InstrumentVersion

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


def test_out_in_another_format_and_in_again(schoolward: Run, tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_bytes(small())
    assert schoolward("forms", "import", file).code == 0
    for wanted, name in (("xlsform", "walk.xlsx"), ("xform", "walk.xml"), ("json", "walk.json")):
        out = tmp_path / name
        assert schoolward("forms", "export", "small", "--as", wanted, "--out", out).code == 0
        # The same version with another file is refused: so it was read, and is of the same version.
        ended = schoolward("forms", "import", out)
        assert ended.code == ExitCode.REFUSED
        assert "version 1 of small is there" in ended.err
    assert schoolward("forms", "export", "small", "--as", "doc").code == 2


def test_a_crosswalk_and_filled_forms(schoolward: Run, tmp_path: Path) -> None:
    for version, day in (("1", "2010-07-01"), ("2", "2012-09-01")):
        file = tmp_path / "small.yaml"
        file.write_bytes(small(version, day))
        assert schoolward("forms", "import", file).code == 0
    cross = tmp_path / "cross.yaml"
    cross.write_text(CROSSWALK.replace("to: F1", "to: G1"))
    would = schoolward("forms", "crosswalk", cross, "--dry-run", "--json")
    assert (would.json["links"], would.json["is_new"], would.json["dry_run"]) == (4, True, True)
    assert not CrosswalkFile.objects.exists()
    assert "is brought in" in schoolward("forms", "crosswalk", cross).out
    assert "already, unchanged" in schoolward("forms", "crosswalk", cross).out
    cross.write_text(CROSSWALK)
    refused = schoolward("forms", "crosswalk", cross)
    assert (refused.code, "line 9" in refused.err) == (ExitCode.REFUSED, True)
    out = tmp_path / "filled.csv"
    assert schoolward("forms", "fillings", "small", "--out", out).code == 0
    assert out.read_text().startswith("assessment,site,walk,form,received_at,way,repeat,position")
    assert schoolward("forms", "fillings", "nothing").code == ExitCode.NOT_FOUND


def test_a_form_without_a_first_day_holds_from_the_day_of_the_pages(
    schoolward: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the demonstration that is its one day; by the true clock no walk there could ever use it."""
    monkeypatch.setenv("SCHOOLWARD_DEMO", "1")
    settings = (SETTINGS[0][:4], SETTINGS[1][:4])
    file = tmp_path / "walk.xlsx"
    file.write_bytes(sheets(survey=SURVEY, choices=CHOICES, settings=settings))
    assert schoolward("forms", "import", file).code == 0
    assert InstrumentVersion.objects.get().valid_from == today()


def test_a_file_that_cannot_be_written_is_told(schoolward: Run, tmp_path: Path) -> None:
    file, out = tmp_path / "small.yaml", tmp_path / "none" / "out.yaml"
    file.write_bytes(small())
    assert schoolward("forms", "import", file).code == 0
    ended = schoolward("forms", "export", "small", "--out", out)
    assert ended.code == ExitCode.USAGE
    assert "cannot be written: No such file or directory" in ended.err
