"""The CSV files: what is read, and what is said of a row that cannot be."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest

from schoolward.analysis.alarm_fees import (
    Appeal,
    Event,
    Events,
    Outcome,
    Permit,
    Read,
    TableProblem,
    read_appeals,
    read_events,
    read_payments,
    read_permits,
)

ZONE = "America/Los_Angeles"
HEADER = "event,time,system,type,disposition"


def events(*rows: str, header: str = HEADER) -> tuple[Events, Read]:
    return read_events(io.BytesIO("\n".join([header, *rows]).encode()), ZONE)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2012-09-06 08:15", "2012-09-06 15:15"),
        ("2012-09-06T08:15:30", "2012-09-06 15:15:30"),
        ("2012-09-06T15:15Z", "2012-09-06 15:15"),
        ("2012-09-06T10:15-05:00", "2012-09-06 15:15"),
        ("9/6/2012 8:15", "2012-09-06 15:15"),
        ("9/6/2012 8:15 PM", "2012-09-07 03:15"),
        ("2012-12-06 08:15", "2012-12-06 16:15"),
        ("2012-11-04 01:30", "2012-11-04 08:30"),  # shown twice: the first pass
        ("2012-03-11 02:30", "2012-03-11 10:30"),  # not shown at all
    ],
)
def test_a_time_is_read(text: str, time: str) -> None:
    found, report = events(f"e1,{text},s,fire,false")
    assert [row.time for row in found.rows()] == [utc(time)]
    assert not report.problems
    assert bool(report.cautions) is (text[5:10] in ("11-04", "03-11"))


def test_every_column_is_read() -> None:
    header = HEADER + ",dispatched,cancelled,weather,cause,reset_at,notified_on"
    first = "e1,2012-09-06 08:15, school 1 ,Hold-Up,Unfounded,no,before arrival,Violent,HVAC"
    rows = f"{first},2012-09-06 09:00,9/8/2012"
    found, report = events(rows, header=header)
    assert list(found.rows()) == [
        Event(
            "e1",
            utc("2012-09-06 15:15"),
            "school 1",
            "robbery",
            "false",
            False,
            "before_arrival",
            "violent",
            "hvac",
            utc("2012-09-06 16:00"),
            date(2012, 9, 8),
        )
    ]
    assert report == Read(rows=1)


def test_what_is_left_out_is_as_the_help_says() -> None:
    (found,) = events("e1,2012-09-06 08:15,s,fire,")[0].rows()
    assert found == Event("e1", utc("2012-09-06 15:15"), "s", "fire", "unknown")


@pytest.mark.parametrize(
    ("row", "column", "value", "error"),
    [
        (",2012-09-06 08:15,s,fire,false", "event", "", "is empty"),
        ("e1,,s,fire,false", "time", "", "is empty"),
        ("e1,2012-09-06 08:15,,fire,false", "system", "", "is empty"),
        ("e1,2012-09-06,s,fire,false", "time", "2012-09-06", "holds no time of day"),
        ("e1,yesterday,s,fire,false", "time", "yesterday", "is not a date and time that we can read"),
        ("e1,2012-02-30 08:15,s,fire,false", "time", "2012-02-30 08:15", "is not a date and time"),
        ("e1,9999-12-31T23:59-08:00,s,fire,false", "time", "9999-12-31T23:59-08:00", "lies outside 1900"),
        ("e1,2012-09-06 08:15,s,laser,false", "type", "laser", "is not known"),
        ("e1,2012-09-06 08:15,s,fire,maybe", "disposition", "maybe", "is not known"),
        (
            "e1,2012-09-06 08:15,s,fire",
            "",
            "e1,2012-09-06 08:15,s,fire",
            "has 4 cells where the header names 5",
        ),
    ],
)
def test_a_bad_row_is_named_and_good_ones_go_on(row: str, column: str, value: str, error: str) -> None:
    found, report = events("g1,2012-09-06 08:15,s,fire,false", row, "g2,2012-09-06 08:15,s,fire,false")
    assert sorted(found.event) == ["g1", "g2"]
    (problem,) = report.problems
    assert (problem.row, problem.column, problem.value) == (3, column, value)
    assert problem.error.startswith(error)
    assert problem.mend
    assert report.rows == 3


@pytest.mark.parametrize(
    ("header", "cells", "column", "value", "error"),
    [
        ("dispatched", "perhaps", "dispatched", "perhaps", "is neither yes nor no"),
        ("cancelled", "yes", "cancelled", "yes", "is not known"),
        ("reset_at", "2012-09-06 08:14", "reset_at", "2012-09-06 08:14", "lies before the alarm"),
        ("notified_on", "2012-09-05", "notified_on", "2012-09-05", "lies before the alarm's day"),
        ("notified_on", "soon", "notified_on", "soon", "is not a day that we can read"),
    ],
)
def test_a_bad_cell_of_a_further_column(header: str, cells: str, column: str, value: str, error: str) -> None:
    found, report = events(f"e1,2012-09-06 08:15,s,fire,false,{cells}", header=f"{HEADER},{header}")
    assert not len(found)
    (problem,) = report.problems
    assert (problem.row, problem.column, problem.value, problem.error) == (2, column, value, error)


def test_the_same_alarm_twice_is_one_and_two_of_one_number_are_none() -> None:
    same = "e1,2012-09-06 08:15,s,fire,false"
    found, report = events(same, same, "e2,2012-09-06 08:15,s,fire,false", "e2,2012-09-06 08:16,s,fire,false")
    assert found.event == ["e1"]
    assert [(problem.row, problem.error) for problem in report.problems] == [
        (4, "stands in row 5 as well, and the rows differ"),
        (5, "stands in row 4 as well, and the rows differ"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_line_ends_and_delimiters(end: str, delimiter: str) -> None:
    lines = [HEADER, "", "e1,2012-09-06 08:15,s,fire,false", ",,,,", "e2,2012-09-07 08:15,s,fire,odd"]
    content = "\ufeff" + end.join(lines).replace(",", delimiter) + end
    found, report = read_events(io.BytesIO(content.encode()), ZONE)
    assert found.event == ["e1"]
    assert [problem.row for problem in report.problems] == [5]


def test_unknown_columns_are_passed_over() -> None:
    found, report = events("x,e1,2012-09-06 08:15,s,fire,false", header=f"remark,{HEADER.upper()}")
    assert found.event == ["e1"]
    assert not report.problems


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty. Its first row names the columns: event, time, system"),
        (b"\n\n", "The file is empty"),
        (b"event,time\n", "The header lacks system, type, disposition; it names event, time"),
        (b"event,event,time,system,type,disposition\n", "names the column event twice"),
        (HEADER.encode() + b'\n"' + b"x" * 10_000_000, "stops being a table"),
    ],
)
def test_a_file_that_is_no_table(content: bytes, message: str) -> None:
    with pytest.raises(TableProblem, match=message):
        read_events(io.BytesIO(content), ZONE)


def test_bytes_that_are_no_text_do_no_harm() -> None:
    found, _ = read_events(io.BytesIO(HEADER.encode() + b"\ne\xff1,2012-09-06 08:15,s,fire,false\n"), ZONE)
    assert found.event == ["e\ufffd1"]


def test_permits_are_read() -> None:
    content = (
        b"system,permit,kind,starts_on,issued_on,ends_on,cancelled_on,reinstated_on,installed_on\n"
        b"s,P1,Residential,2012-02-29,2012-03-01,2013-02-28,2012-06-01,2012-07-01,2012-02-01\n"
        b"s,P2,,2012-02-29,,,,,\n"
        b"s,P3,,2012-02-29,,2012-02-28,,,\n"
        b"s,P4,,2012-02-29,,,2012-06-02,2012-06-01,\n"
        b"s,P5,,,,,,,\n"
    )
    permits, report = read_permits(io.BytesIO(content))
    assert permits == [
        Permit(
            "s",
            "P1",
            date(2012, 2, 29),
            "residential",
            date(2012, 3, 1),
            date(2013, 2, 28),
            date(2012, 6, 1),
            date(2012, 7, 1),
            date(2012, 2, 1),
        ),
        Permit("s", "P2", date(2012, 2, 29)),
    ]
    assert [(problem.row, problem.column, problem.error) for problem in report.problems] == [
        (4, "ends_on", "lies before starts_on, 2012-02-29"),
        (5, "reinstated_on", "lies before cancelled_on, 2012-06-02"),
        (6, "starts_on", "is empty"),
    ]


def test_appeals_are_read() -> None:
    content = (
        b"event,filed_on,decided_on,outcome\n"
        b"e1,2012-03-01,2012-03-02,Granted\n"
        b"e2,2012-03-01,,\n"
        b"e3,2012-03-01,2012-03-02,\n"
        b"e4,2012-03-01,,denied\n"
        b"e5,2012-03-03,2012-03-02,denied\n"
        b"e6,2012-03-01,2012-03-02,perhaps\n"
    )
    appeals, report = read_appeals(io.BytesIO(content))
    assert appeals == [
        Appeal("e1", date(2012, 3, 1), date(2012, 3, 2), Outcome.GRANTED),
        Appeal("e2", date(2012, 3, 1)),
    ]
    assert [(problem.row, problem.column) for problem in report.problems] == [
        (4, "outcome"),
        (5, "decided_on"),
        (6, "decided_on"),
        (7, "outcome"),
    ]


def test_payments_are_read_and_the_first_of_two_counts() -> None:
    content = b"event,paid_on\ne1,2012-03-05\ne1,2012-03-01\ne2,\n"
    payments, report = read_payments(io.BytesIO(content))
    assert payments == {"e1": date(2012, 3, 1)}
    assert [(problem.row, problem.column) for problem in report.problems] == [(4, "paid_on")]
