"""``schoolward roster``, and a roster as a folder on the way in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Ended
from tests.rosters import PEOPLE_12, roster, texts, whole

from schoolward.cli.outcome import ExitCode

Run = Callable[..., Ended]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in texts(whole()).items():
        (tmp_path / f"{name}.csv").write_text(text)
    return tmp_path


def test_a_set_without_a_fault(schoolward: Run, folder: Path) -> None:
    ended = schoolward("roster", folder)
    assert ended.code == ExitCode.DONE
    assert "users.csv: 5 rows, bulk" in ended.out
    assert "3 organizations, 2 staff; 3 others were passed over" in ended.out
    assert "Pretend" not in ended.out


def test_a_faulty_set_names_each_place(schoolward: Run, tmp_path: Path) -> None:
    users = [row | {"enabledUser": "perhaps"} for row in PEOPLE_12[:1]] + PEOPLE_12[1:]
    path = tmp_path / "export.zip"
    path.write_bytes(roster(users=users).read())
    ended = schoolward("roster", path, "--json")
    assert ended.code == ExitCode.FOUND_FAULTS
    fault = ended.json["faults"][0]
    assert (fault["file"], fault["row"], fault["column"], fault["value"]) == (
        "users.csv",
        2,
        "enabledUser",
        "perhaps",
    )
    assert ended.json["rows"]["users"] == 5
    shown = schoolward("roster", path)
    assert (
        "users.csv, row 2, enabledUser: “perhaps” is neither true nor false → Write true or false."
        in shown.out
    )


def test_what_is_no_set_is_refused(schoolward: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_text("hello")
    ended = schoolward("roster", path)
    assert ended.code == ExitCode.REFUSED
    assert "no ZIP archive" in ended.err


@pytest.mark.django_db
def test_a_folder_comes_in_where_a_set_is_meant(schoolward: Run, folder: Path) -> None:
    ended = schoolward("import", "roster-schools", folder, "--dry-run", "--json")
    assert (ended.code, ended.json["read"]) == (ExitCode.ROWS_REJECTED, 2)
    refused = schoolward("import", "schools", folder)
    assert refused.code == ExitCode.USAGE
    assert "is a folder, and schools is one file" in refused.err


SINC = "SINC^R^^3467439^0000001^2012-2013^1234567890^77^Kim^Pretend^20010203^F^i1^20120906^N^^\n"


def test_incident_files_of_the_state_are_counted_without_a_name(schoolward: Run, tmp_path: Path) -> None:
    sinc = tmp_path / "sinc.txt"
    sinc.write_text(SINC)
    ended = schoolward("calpads", sinc)
    assert (ended.code, ended.out) == (0, "34674390000001 2012-13, all: 1 incidents, 1 students\n")
    sirs = tmp_path / "sirs.txt"
    sirs.write_text(SINC)
    faulty = schoolward("calpads", sinc, sirs, "--json")
    assert faulty.code == ExitCode.FOUND_FAULTS
    assert [fault["error"] for fault in faulty.json["faults"]] == ["is not SIRS", "has no result in SIRS"]
    assert "Pretend" not in faulty.out
    sirs.write_text("")
    assert schoolward("calpads", sinc, sirs).code == ExitCode.REFUSED


@pytest.mark.django_db
def test_a_set_beside_the_records_of_who_is_referred(schoolward: Run, folder: Path) -> None:
    """Where nobody is referred nobody is looked at; the tests of the import say what is found."""
    ended = schoolward("roster", folder, "--students", "--json")
    assert (ended.code, ended.json["read"], ended.json["rejected"]) == (ExitCode.DONE, 0, [])
    assert "live referral" in ended.json["warnings"][0]
    assert "0 rows read" in schoolward("roster", folder, "--students").out


@pytest.mark.django_db
def test_incidents_are_stored_in_the_place_of_those_of_the_same_years(
    schoolward: Run, tmp_path: Path
) -> None:
    from schoolward.domains.cases.models import DisciplineIncident
    from schoolward.domains.places.models import School

    School.objects.create(cds_code="34674390000001", name="Alder High", kind="high")
    head = "^A^^3467439^0000001^2011-2012^1234567890^^^^^^i1^"
    own = {"SINC": "20120314^N^^", "SIRS": "100^^2^"}
    files = [tmp_path / f"{name}.txt" for name in own]
    for path, (name, cells) in zip(files, own.items(), strict=True):
        path.write_text(f"{name}{head}{cells}")
    preview = schoolward("calpads", *files, "--apply", "--dry-run", "--json")
    assert (preview.code, preview.json["created"]) == (ExitCode.DONE, 1)
    assert not DisciplineIncident.objects.exists()
    assert "1 created" in schoolward("calpads", *files, "--apply").out
    assert "0 created, 0 updated, 1 unchanged" in schoolward("calpads", *files, "--apply").out
    assert [str(one) for one in DisciplineIncident.objects.all()] == ["i1"]
    assert "i1,2012-03-01,no,,,100:1" in schoolward("export", "calpads-incidents").out
    files[1].write_text(f"SIRS{head}100^^two^")
    faulty = schoolward("calpads", *files, "--apply")
    assert faulty.code == ExitCode.ROWS_REJECTED
    assert "19.16 Incident Result Duration Days: “two”" in faulty.out
    assert schoolward("calpads", *files, "--dry-run").code == ExitCode.USAGE
    files[0].write_text("hello")
    assert schoolward("calpads", *files, "--apply").code == ExitCode.ROWS_REJECTED
