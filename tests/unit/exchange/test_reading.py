"""Every way in which a real table has arrived, and every way in which it cannot be one."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from schoolward.platform.exchange.reading import Table, UnreadableFile, open_table, undecodable

WANTED = (["cds_code", "name"], [(2, ["34674396034110", "Maple"]), (3, ["34674396034136", "Mark Twain"])])
PLAIN = "cds_code,name\r\n34674396034110,Maple\r\n34674396034136,Mark Twain\r\n"


def opened(content: bytes, **options: int) -> Table:
    return open_table(io.BytesIO(content), **options)


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "format_name"),
    [
        pytest.param(PLAIN.encode(), "csv", id="as RFC 4180 has it"),
        pytest.param(PLAIN.replace("\r\n", "\n").encode(), "csv", id="line feeds"),
        pytest.param(PLAIN.replace("\r\n", "\r").encode(), "csv", id="carriage returns only"),
        pytest.param(PLAIN.rstrip().encode(), "csv", id="no end of the last line"),
        pytest.param(b"\xef\xbb\xbf" + PLAIN.encode(), "csv", id="byte-order mark"),
        pytest.param(PLAIN.encode("utf-16"), "csv", id="UTF-16"),
        pytest.param(PLAIN.replace(",", "\t").encode(), "tsv", id="tabs"),
        pytest.param(PLAIN.replace(",", "|").encode(), "pipe", id="pipes"),
        pytest.param(PLAIN.replace(",", ";").encode(), "semicolon", id="semicolons"),
        pytest.param(PLAIN.replace(",", " , ").encode(), "csv", id="padding"),
        pytest.param(PLAIN.encode() + b"\r\n\r\n", "csv", id="blank lines below"),
        pytest.param(gzip.compress(PLAIN.encode()), "csv", id="gzipped"),
        pytest.param(
            workbook(["cds_code", "name"], ["34674396034110", "Maple"], ["34674396034136", "Mark Twain"]),
            "xlsx",
            id="workbook",
        ),
        pytest.param(
            workbook(
                ["cds_code", "name", None], [34674396034110, " Maple "], [34674396034136.0, "Mark Twain"]
            ),
            "xlsx",
            id="workbook with codes as numbers",
        ),
    ],
)
def test_one_table_in_many_shapes(content: bytes, format_name: str) -> None:
    table = opened(content)
    assert table.format == format_name
    assert (table.header, list(table.rows)) == WANTED


def test_rows_are_numbered_as_a_spreadsheet_does_across_blank_rows() -> None:
    assert [number for number, _cells in opened(b"a,b\n1,2\n,\n3,4\n").rows] == [2, 4]


@pytest.mark.parametrize(
    "content",
    [b"\n \na,b\n1,2\n", b"\r\n\r\na,b\r\n1,2\r\n", workbook([], [], ["a", "b"], [1, 2])],
    ids=["line feeds", "carriage returns", "workbook"],
)
def test_blank_rows_above_the_header_count(content: bytes) -> None:
    table = opened(content)
    assert (table.header_row, list(table.rows)) == (3, [(4, ["1", "2"])])


@pytest.mark.parametrize(
    ("number_format", "read"),
    [
        ("yyyy-mm-dd h:mm:ss", "2012-09-06T00:00:00"),
        ("[$-409]m/d/yy h:mm AM/PM;@", "2012-09-06T00:00:00"),
        ("m/d/yy", "2012-09-06"),
        ('[$-hsb-DE]dd.mm.yyyy "h"', "2012-09-06"),
    ],
)
def test_midnight_is_a_time_where_the_cell_shows_one(number_format: str, read: str) -> None:
    book = Workbook()
    book.active.append(["a"])
    book.active.append([datetime(2012, 9, 6)])  # noqa: DTZ001 - a workbook knows no zones
    book.active["A2"].number_format = number_format
    buffer = io.BytesIO()
    book.save(buffer)
    assert list(opened(buffer.getvalue()).rows) == [(2, [read])]


def test_a_quoted_separator_and_line_end_stay_in_their_cell() -> None:
    assert list(opened(b'"a,x",b\n"1,\n2",3\n').rows) == [(2, ["1,\n2", "3"])]


def test_typed_cells_of_a_workbook_read_like_their_csv() -> None:
    table = opened(workbook(["a", "b", "c", "d", "e"], [date(2012, 9, 6), 38.5, 3.0, True, None]))
    assert list(table.rows) == [(2, ["2012-09-06", "38.5", "3", "yes", ""])]


def test_a_stray_quotation_mark_spoils_only_its_row() -> None:
    assert list(opened(b'a,b\n"x" y,1\n2,3\n').rows) == [(2, []), (3, ["2", "3"])]


def test_bytes_that_are_no_utf_8_spoil_only_their_row() -> None:
    rows = [cells for _number, cells in opened("name\nPeña\n".encode() + b"Pe\xf1a\nMaple\n").rows]
    assert [undecodable(cells) for cells in rows] == [None, 0, None]


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"\n \n", "empty", id="only blank lines"),
        pytest.param(b"%PDF-1.7 ...", "PDF", id="a PDF"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "before 2007", id="an old workbook"),
        pytest.param(archive(readme=b"x"), "no workbook", id="another archive"),
        pytest.param(workbook(["a"], ["b"])[:200], "damaged", id="half a workbook"),
        pytest.param(workbook(), "empty", id="an empty workbook"),
        pytest.param(gzip.compress(PLAIN.encode() * 999)[:-40], "cut off", id="half a gzip"),
        pytest.param(b'a,b\n"1,2\n', "Row 2", id="an open quotation mark"),
    ],
)
def test_what_is_no_table_says_so(content: bytes, error: str) -> None:
    with pytest.raises(UnreadableFile, match=error) as problem:
        list(opened(content).rows)
    assert problem.value.mend


def test_a_small_archive_that_unpacks_to_much_is_refused() -> None:
    bomb = gzip.compress(b"a\n" * 1_000_000)
    assert len(bomb) < 10_000
    with pytest.raises(UnreadableFile, match="too large"):
        list(opened(bomb, limit=100_000).rows)
    with pytest.raises(UnreadableFile, match="too large"):
        opened(workbook(["a"], ["b"]), limit=100)
