"""Attendance files: stated columns and codes, dirty spreadsheets, and nobody but who is wanted."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date

import pytest

from schoolward.protocols.attendance import (
    Attendance,
    BadLayout,
    Day,
    Layout,
    Mark,
    read,
    stated,
    student_key,
)
from schoolward.protocols.delimited import FileProblem

HEADER = "student_number,date,mark,minutes_absent,excused,enrolled"
KIM, KAI = "0012345", "777"
DAY = date(2012, 9, 6)


def taken(
    *rows: str, header: str = HEADER, students: Iterable[str] = (KIM, KAI), layout: Layout | None = None
) -> tuple[list[Day], Attendance]:
    content = "\n".join([header, *rows, ""]).encode()
    file = read(io.BytesIO(content), list(students), layout)
    return list(file.days()), file


def told(file: Attendance) -> list[tuple[int, str, str, str]]:
    return [(problem.row, problem.column, problem.value, problem.error) for problem in file.problems]


def test_a_day_says_how_a_student_was() -> None:
    days, file = taken(f"{KIM},2012-09-06,absent,375,no,yes", f"{KAI},2012-09-06,tardy,10,,no")
    assert days == [
        Day(2, KIM, DAY, Mark.ABSENT, 375, False, True),
        Day(3, KAI, DAY, Mark.TARDY, 10, None, False),
    ]
    assert (file.read, file.left_out, file.repeated, file.problems) == (2, 0, 0, [])


@pytest.mark.parametrize(
    ("cells", "mark", "excused"),
    [
        ("u,,", Mark.ABSENT, False),
        ("E,,", Mark.ABSENT, True),
        ("a,,Y", Mark.ABSENT, True),
        ("u,,yes", Mark.ABSENT, True),
        (",0,", Mark.PRESENT, None),
        (",45,", Mark.PARTLY, None),
        ("Present,,", Mark.PRESENT, None),
    ],
)
def test_marks_and_minutes(cells: str, mark: Mark, excused: bool | None) -> None:
    ((day,), _file) = taken(f"{KIM},2012-09-06,{cells},")
    assert (day.mark, day.excused, day.enrolled) == (mark, excused, True)


@pytest.mark.parametrize(
    "text", ["2012-09-06", "9/6/2012", "9/6/12", "20120906", "41158", "41158.0", "2012-09-06 00:00:00"]
)
def test_dates_as_files_have_them(text: str) -> None:
    ((day,), _file) = taken(f"{KIM},{text},p,,,")
    assert day.on == DAY


@pytest.mark.parametrize("text", ["0012345", "12345", "12345.0", " 0012345 ", "00-12345"])
def test_a_number_that_lost_its_zeros_is_still_the_students(text: str) -> None:
    ((day,), _file) = taken(f"{text},2012-09-06,p,,,")
    assert day.number == KIM
    assert student_key("0000") == "0"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (f"{KIM},2012-09-31,p,,,", (2, "date", "2012-09-31", "is not a date")),
        (f"{KIM},,p,,,", (2, "date", "", "is blank")),
        (f"{KIM},2012-09-06,xyz,,,", (2, "mark", "xyz", "is no mark that is known")),
        (f"{KIM},2012-09-06,,,,", (2, "mark", "", "is blank, and so are the minutes")),
        (f"{KIM},2012-09-06,a,1441,,", (2, "minutes_absent", "1441", "is not a number of minutes")),
        (f"{KIM},2012-09-06,a,,maybe,", (2, "excused", "maybe", "is neither yes nor no")),
        (f"{KIM},2012-09-06,a,,,7", (2, "enrolled", "7", "is neither yes nor no")),
        (",2012-09-06,a,,,", (2, "student_number", "", "is blank")),
        ("1.23E+05,2012-09-06,a,,,", (2, "student_number", "", "is a number that a spreadsheet has rounded")),
        (f"{KIM},2012-09-06,a", (2, "", "", "has 3 cells where the header has 6")),
    ],
)
def test_each_fault_is_named_without_the_student(row: str, fault: tuple[int, str, str, str]) -> None:
    days, file = taken(row)
    assert days == []
    assert told(file) == [fault]
    assert file.problems[0].mend
    assert KIM not in repr(file.problems)


def test_nobody_else_leaves_a_trace() -> None:
    days, file = taken("STRANGER-1,2012-09-31,xyz,,,", "STRANGER-2,2012-09-06,a,,,", f"{KIM},2012-09-06,a,,,")
    assert [day.number for day in days] == [KIM]
    assert (file.left_out, file.problems) == (2, [])
    assert "STRANGER" not in repr(vars(file))


def test_a_row_twice_counts_once_and_two_words_on_a_day_are_a_fault() -> None:
    days, file = taken(f"{KIM},2012-09-06,a,,,", "12345,9/6/2012,A,,,", f"{KIM},2012-09-06,p,,,")
    assert [day.row for day in days] == [2]
    assert file.repeated == 1
    assert told(file) == [(4, "date", "2012-09-06", "tells otherwise of the student's day than row 2")]


def test_columns_and_codes_are_stated() -> None:
    layout = stated(
        {"student_number": "Perm", "mark": "Code"}, ["UNV=absent:unexcused", "MED=partly:excused"]
    )
    days, _file = taken("777,9/6/2012,unv", "12345,9/6/2012,MED", header="Perm,Att Date,Code", layout=layout)
    assert [(day.number, day.mark, day.excused) for day in days] == [
        (KAI, Mark.ABSENT, False),
        (KIM, Mark.PARTLY, True),
    ]


@pytest.mark.parametrize(
    ("columns", "marks", "words"),
    [
        ({"pupil": "x"}, [], "no field pupil"),
        ({}, ["UNV"], "states no mark"),
        ({}, ["UNV=gone"], "states no mark"),
        ({}, ["UNV=absent:maybe"], "states no mark"),
    ],
)
def test_what_is_stated_wrongly_is_refused(columns: dict[str, str], marks: list[str], words: str) -> None:
    with pytest.raises(BadLayout, match=words):
        stated(columns, marks)


@pytest.mark.parametrize(
    ("header", "layout", "words"),
    [
        ("number,date,mark", Layout(), "is student_number"),
        ("student_id,date", Layout(), "neither a mark nor minutes"),
        (HEADER, stated({"mark": "Code"}), "no column “Code”, which is stated for mark"),
    ],
)
def test_a_file_without_the_columns_is_refused(header: str, layout: Layout, words: str) -> None:
    with pytest.raises(BadLayout, match=words):
        taken("1,2,3", header=header, layout=layout)
    with pytest.raises(FileProblem, match="empty"):
        read(io.BytesIO(b""), [KIM])


@pytest.mark.parametrize(
    "dirty",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace(",", " ; "),
        lambda text: "\n\n" + text.replace("\n", "\n\n"),
        lambda text: text.replace("\n", ",,\n"),
    ],
    ids=["byte-order mark", "CR alone", "padded semicolons", "blank lines", "blank cells at the right"],
)
def test_dirty_files_say_the_same(dirty: object) -> None:
    assert callable(dirty)
    text = dirty(f"{HEADER}\n{KIM},2012-09-06,a,10,no,yes\n{KAI},2012-09-06,p,,,\n")
    days = list(read(io.BytesIO(text.encode()), [KIM, KAI]).days())
    assert [(day.number, day.mark, day.minutes_absent) for day in days] == [
        (KIM, Mark.ABSENT, 10),
        (KAI, Mark.PRESENT, None),
    ]
