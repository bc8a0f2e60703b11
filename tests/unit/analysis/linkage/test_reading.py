"""Files of people: what is read, what is refused, and that no message holds a name."""

from __future__ import annotations

import io

import pytest

from schoolward.analysis.linkage import TableProblem, read_nicknames, read_table, values


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2012-09-06", 20120906),
        ("2012-09-06T00:00:00Z", 20120906),
        ("9/6/2012", 20120906),
        ("09-06-2012", 20120906),
        ("20120906", 20120906),
        ("19551192", 19551192),
        ("2012", None),
        ("06.09.2012", None),
        ("1066-10-14", None),
        ("soon", None),
    ],
)
def test_days(text: str, read: int | None) -> None:
    assert values.day(text) == read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("O'Brien", "obrien"),
        ("O\u2019Brien", "obrien"),
        ("José-Luis", "jose luis"),
        ("  MARY   ann ", "mary ann"),
        ("N/A", ""),
        ("unknown", ""),
        ("Ёлкина", "елкина"),
        ("李", "李"),
        ("", ""),
    ],
)
def test_names(text: str, name: str) -> None:
    assert values.name(text) == name


def test_the_soundex_of_the_national_archives() -> None:
    known = {
        "washington": "w252",
        "lee": "l000",
        "gutierrez": "g362",
        "pfister": "p236",
        "jackson": "j250",
        "tymczak": "t522",
        "ashcraft": "a261",
        "vandeusen": "v532",
    }
    assert {name: values.soundex(name) for name in known} == known


def test_numbers_and_telephones() -> None:
    assert [values.identifier(text) for text in ("00-1234", "A 7", "0", "")] == ["1234", "a7", "", ""]
    assert [values.phone(text) for text in ("+1 (916) 555-0100", "555-0100", "911", "0000000000")] == [
        "9165550100",
        "5550100",
        "",
        "",
    ]


def read(text: str, **mapped: str) -> object:
    return read_table(io.BytesIO(text.encode()), mapped)


@pytest.mark.parametrize(
    ("row", "column", "value", "error"),
    [
        ("1,Bela,Drun,2012-13-06,f,", "dob", "2012-13-06", "is no day of the calendar"),
        ("1,Bela,Drun,in May,f,", "dob", "in May", "is not a day that we can read"),
        ("1,Bela,Drun,2012-09-06,7,", "sex", "7", "is not known"),
        ("1,Bela,Drun,2012-09-06,f,Dr", "suffix", "Dr", "is no suffix that we know"),
        (",Bela,Drun,2012-09-06,f,", "id", "", "is empty"),
        ("1,,,,f,", "first_name", "", "is empty, and so is all else that could tell who it is"),
        ("1,Bela,Drun,2012-09-06,f", "", "", "has 5 cells where the header names 6"),
        (f"1,{'Bela' * 60},Drun,2012-09-06,f,", "first_name", "", "has 240 letters"),
    ],
)
def test_a_bad_row_is_told_with_its_place_and_the_others_are_read(
    row: str, column: str, value: str, error: str
) -> None:
    text = f"id,first_name,last_name,dob,sex,suffix\n{row}\n2,Kor,Drun,2013-01-02,m,Jr\n"
    table = read_table(io.BytesIO(text.encode()))
    (problem,) = table.problems
    assert (problem.row, problem.column, problem.value, problem.error) == (2, column, value, error)
    assert problem.mend
    assert "Bela" not in repr(problem)
    assert (table.rows, table.records, table.columns["given"]) == (2, ["2"], ["Kor"])


def test_an_id_that_stands_twice() -> None:
    text = "record,given,surname,birth_date\n7,A,B,2012-01-02\n7,C,D,2012-01-03\n"
    table = read_table(io.BytesIO(text.encode()))
    assert [(problem.row, problem.value, problem.error) for problem in table.problems] == [
        (3, "7", "is the id of row 2 as well")
    ]
    assert table.columns["given"] == ["A"]


def test_rows_without_ids_are_named_by_their_number() -> None:
    table = read_table(io.BytesIO(b"\xef\xbb\xbfgiven;surname;dob\r\n\r\nA;B;2012-01-02\r\nC;D;\r\n"))
    assert table.records == ["3", "4"]


def test_impossible_days_are_compared_where_that_is_asked_for() -> None:
    text = b"given,surname,dob\nA,B,2012-13-45\n"
    assert read_table(io.BytesIO(text)).records == []
    assert read_table(io.BytesIO(text), impossible_days=True).records == ["2"]


@pytest.mark.parametrize(
    ("header", "mapped", "told"),
    [
        ("", {}, "The file is empty"),
        ("record,birth_date", {}, "neither a first name nor a surname"),
        ("given,surname", {}, "neither a birth date nor a student number"),
        ("given,given,dob", {}, "names the column given twice"),
        ("given,dob", {"surname": "lname"}, "has no column “lname”"),
        ("given,dob", {"surnam": "given"}, "did you mean surname?"),
    ],
)
def test_a_file_that_cannot_be_used(header: str, mapped: dict[str, str], told: str) -> None:
    with pytest.raises(TableProblem) as problem:
        read(header and header + "\n", **mapped)
    assert told in str(problem.value)


def test_a_mapping_goes_before_a_name_that_fits() -> None:
    table = read_table(
        io.BytesIO(b"given,legal,surname,dob\nBo,Robert,Drun,2012-01-02\n"), {"given": "Legal"}
    )
    assert table.columns["given"] == ["Robert"]


def test_a_quotation_mark_that_is_not_closed() -> None:
    text = 'given,surname,dob\n"A,B,2012-01-02\n' + "C,D,2012-01-02\n" * 20_000
    with pytest.raises(TableProblem, match="quotation mark"):
        read(text)


def test_nicknames() -> None:
    assert read_nicknames(io.BytesIO(b"Elizabeth, Liz,Beth\n\nRobert,Bob\n")) == {
        "elizabeth": {"liz", "beth"},
        "robert": {"bob"},
    }
    with pytest.raises(TableProblem, match="Row 2"):
        read_nicknames(io.BytesIO(b"Elizabeth,Liz\nRobert\n"))
