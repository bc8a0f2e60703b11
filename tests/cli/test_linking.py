"""``schoolward link``: pairs from files, and every way in which a file is of no use."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode

Run = Callable[..., Ended]
HEADER = "record,given,surname,birth_date,address,phone\n"
TOVI = "1,Tovi,Brand,2010-03-05,1 Elm St,916-555-0100\n"
TWIN = "2,Kerr,Brand,2010-03-05,1 Elm St,916-555-0100\n"
MOVED = "3,Tovi,Brand,3/5/2010,9 Oak Ave,\n"
OTHER = "4,Malu,Stend,2011-07-21,5 Ash Dr,\n"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, name: str = "people.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_duplicates_in_one_file(schoolward: Run, file: Callable[..., Path]) -> None:
    ended = schoolward("link", file(HEADER + TOVI + TWIN + MOVED + OTHER), "--json")
    assert ended.code == ExitCode.DONE
    assert ended.json["records"] == {"a": 4, "b": None}
    decisions = {(pair["a"], pair["b"]): pair["decision"] for pair in ended.json["pairs"]}
    assert decisions["1", "3"] == "same"
    assert decisions["1", "2"] == "a person decides"
    assert ended.json["counts"]["same"] == 1
    assert ended.json["rejected"] == []


def test_a_pair_says_what_each_fact_weighs(schoolward: Run, file: Callable[..., Path]) -> None:
    ended = schoolward("link", file(HEADER + TOVI), file(HEADER + MOVED, "b.csv"), "--json")
    (pair,) = ended.json["pairs"]
    facts = {fact["field"]: fact for fact in pair["fields"]}
    assert facts["birth_date"]["agreement"] == "equal"
    assert facts["given"]["kin_points"] == 13
    own = sum(fact["weight"] for field, fact in facts.items() if field != "household")
    assert pair["weight"] == pytest.approx(ended.json["model"]["prior_weight"] + own, abs=0.1)
    assert pair["household_weight"] == facts["household"]["weight"] < 0


def test_no_name_comes_out(schoolward: Run, file: Callable[..., Path]) -> None:
    bad = "5,Osric,Brand,2010-02-30,1 Elm St,\n"
    for arguments in ((), ("--json",), ("--all",)):
        ended = schoolward("link", file(HEADER + TOVI + TWIN + MOVED + bad), *arguments)
        told = (ended.out + ended.err).lower()
        assert not any(
            name in told for name in ("tovi", "kerr", "brand", "osric", "elm", "5550100", "2010-03-05")
        )


def test_a_bad_row_is_told_and_the_others_are_linked(schoolward: Run, file: Callable[..., Path]) -> None:
    path = file(HEADER + TOVI + "9,Osric,Brand,2010-02-30,,\n" + MOVED)
    ended = schoolward("link", path, "--json")
    assert ended.code == ExitCode.ROWS_REJECTED
    (problem,) = ended.json["rejected"]
    assert (problem["row"], problem["column"], problem["value"]) == (3, "birth_date", "2010-02-30")
    assert problem["error"] == "is no day of the calendar"
    assert "--impossible-days" in problem["mend"]
    assert ended.json["counts"]["same"] == 1
    assert "row 3, birth_date: “2010-02-30” is no day of the calendar" in schoolward("link", path).out
    assert schoolward("link", path, "--impossible-days").code == ExitCode.DONE


def test_columns_by_mapping(schoolward: Run, file: Callable[..., Path]) -> None:
    first = file(HEADER + TOVI)
    second = file("no,fname,lname,born\n7,Tovi,Brand,2010-03-05\n", "b.csv")
    mapped = ["--column", "b:given=fname", "--column", "b:surname=lname", "--column", "b:birth_date=born"]
    ended = schoolward("link", first, second, *mapped, "--column", "b:record=no", "--json")
    assert [(pair["a"], pair["b"], pair["decision"]) for pair in ended.json["pairs"]] == [("1", "7", "same")]
    ended = schoolward("link", first, second)
    assert ended.code == ExitCode.REFUSED
    assert "neither a first name nor a surname" in ended.err
    assert "b.csv" in ended.err


def test_a_person_reads_a_table(schoolward: Run, file: Callable[..., Path]) -> None:
    out = schoolward("link", file(HEADER + TOVI + TWIN + MOVED + OTHER)).out
    assert out.startswith("4 records: 1 pairs are the same, 2 a person decides, ")
    assert "By more than twins or siblings share" in out
    assert "Could be twins or siblings: first name different" in out


def test_standard_input(schoolward: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO((HEADER + TOVI + MOVED).encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert schoolward("link", "-", "--json").json["counts"]["same"] == 1


def test_one_to_one(schoolward: Run, file: Callable[..., Path]) -> None:
    second = file(HEADER + TOVI + MOVED, "b.csv")
    first = file(HEADER + TOVI)
    assert schoolward("link", first, second, "--json").json["counts"]["same"] == 2
    ended = schoolward("link", first, second, "--one-to-one", "--json")
    assert ended.json["counts"] == {"same": 0, "a person decides": 2, "different": 0}
    assert "another such pair" in ended.json["pairs"][0]["why"]


def test_nicknames(schoolward: Run, file: Callable[..., Path]) -> None:
    first = file(HEADER + "1,Elizabeth,Brand,2010-03-05,,\n")
    second = file(HEADER + "1,Liz,Brand,2010-03-05,,\n", "b.csv")
    names = file("Elizabeth,Liz\n", "names.csv")
    ended = schoolward("link", first, second, "--nicknames", names, "--json")
    (pair,) = ended.json["pairs"]
    assert pair["decision"] == "a person decides"
    assert {fact["field"]: fact["agreement"] for fact in pair["fields"]}["given"] == "nickname"
    ended = schoolward("link", first, second, "--nicknames", file("Elizabeth\n", "names.csv"), "--json")
    assert ended.code == ExitCode.REFUSED
    assert "Row 1 of the nicknames" in json.loads(ended.err)["error"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--precision", 1),
        ("--precision", 0.1),
        ("--precision", 0.9, "--review", 0.95),
        ("--column", "given"),
        ("--column", "c:given=x"),
        ("--column", "b:given=x"),
        ("--one-to-one",),
        ("--limit", 0),
    ],
)
def test_a_wrong_command_line(
    schoolward: Run, file: Callable[..., Path], arguments: tuple[object, ...]
) -> None:
    ended = schoolward("link", file(HEADER + TOVI), *arguments)
    assert ended.code == ExitCode.USAGE


def test_two_files_from_standard_input(schoolward: Run) -> None:
    assert schoolward("link", "-", "-").code == ExitCode.USAGE


def test_the_help_says_that_nothing_is_stored_and_lists_the_columns(schoolward: Run) -> None:
    out = " ".join(schoolward("link", "--help").out.split())
    assert "Nothing is stored, merged or sent anywhere." in out
    for word in ("birth_date", "student_id", "first_name", "which never decide"):
        assert word in out
