"""What is said of a school by hand, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from schoolward.domains.places.models import School

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., Ended]
CODE = "99999999990001"


@pytest.fixture(autouse=True)
def _school(schoolward: Run, tmp_path: Path) -> None:
    """One invented school."""
    file = tmp_path / "schools.csv"
    file.write_text(
        "cds_code,school,address,city,zip,latitude,longitude,open_date,kind\n"
        f"{CODE},Invented Elementary,1 Invented Street,Sacramento,95820,38.54,-121.47,2000-07-01,Elementary\n"
    )
    ended = schoolward("import", "schools", file)
    assert ended.code == 0, ended


def test_a_former_name_is_verified(schoolward: Run) -> None:
    ended = schoolward("schools", "verify-former-name", CODE, " Older   Invented Elementary ")

    assert ended.code == 0, ended
    assert ended.out == "Invented Elementary was formerly Older Invented Elementary.\n"
    school = School.objects.get(cds_code=CODE)
    assert (school.former_name_note, school.former_name_verified) == ("Older Invented Elementary", True)


def test_a_school_that_never_had_another_name(schoolward: Run) -> None:
    ended = schoolward("schools", "verify-former-name", CODE, "", "--json")

    assert ended.json == {"cds_code": CODE, "former_name": "", "former_name_verified": True}
    assert "never had another name" in schoolward("schools", "verify-former-name", CODE, "").out


def test_a_code_that_no_school_has(schoolward: Run) -> None:
    ended = schoolward("schools", "verify-former-name", "12", "Older", "--json")

    assert ended.code == ExitCode.NOT_FOUND
    assert "a code has 14 digits" in json.loads(ended.err.splitlines()[-1])["error"]


def test_a_name_that_is_too_long_changes_nothing(schoolward: Run) -> None:
    ended = schoolward("schools", "verify-former-name", CODE, "x" * 201)

    assert ended.code == ExitCode.REFUSED
    assert "at most" in ended.err
    assert not School.objects.get(cds_code=CODE).former_name_verified
