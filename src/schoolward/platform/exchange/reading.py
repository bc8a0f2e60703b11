"""Tables in: CSV, TSV, pipe- or semicolon-separated text and XLSX, plain or gzipped, told apart by their
bytes.

Real files are dirty, so names and extensions are not believed. Met so far: CR-only line ends, byte-order
marks, UTF-16 from Excel's "Unicode text", XLSX called ``.xls``, cells padded with spaces, rows cut off in
the middle.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _

from schoolward.platform.exchange.writers import unguard

__all__ = ["Table", "UnreadableFile", "open_table", "undecodable"]

_DELIMITERS = {",": "csv", "\t": "tsv", "|": "pipe", ";": "semicolon"}
_XLSX_MEMBER = "xl/workbook.xml"
_NO_PART_OF_A_DATE = re.compile(r'"[^"]*"|\[\$[^\]]*\]|\\.')  # text, languages and single letters
DEFAULT_LIMIT = 2 << 30


class UnreadableFile(Exception):
    """The file as a whole cannot be read, so nothing of it is applied."""

    def __init__(self, error: str, mend: str, *, row: int = 1, column: str = "", value: str = "") -> None:
        super().__init__(f"{error} {mend}".strip())
        self.error = error
        self.mend = mend
        self.row = row
        self.column = column
        self.value = value


@dataclass(frozen=True)
class Table:
    """A header and the rows under it, each with its number as a spreadsheet counts (blank rows too).

    Cells are text without surrounding spaces and without the formula guard. Rows that are blank throughout
    are left out. ``rows`` can be walked once. ``ragged`` tells whether short rows are usual (spreadsheets
    drop blank tails).
    """

    format: str
    header: list[str]
    rows: Iterator[tuple[int, list[str]]]
    ragged: bool = False
    header_row: int = 1


def open_table(stream: BinaryIO, *, limit: int = DEFAULT_LIMIT) -> Table:
    """Read the header of a table and make its rows ready to walk. ``stream`` must be seekable.

    ``limit`` bounds the bytes after decompression. Raises :class:`UnreadableFile`, also while rows are
    walked.
    """
    head = stream.read(4)
    stream.seek(0)
    if head[:2] == b"\x1f\x8b":
        return _text_table(cast(BinaryIO, _Bounded(gzip.GzipFile(fileobj=stream), limit)))
    if head == b"PK\x03\x04":
        return _xlsx_table(stream, limit)
    if head == b"\xd0\xcf\x11\xe0":
        raise UnreadableFile(
            _("This is a workbook of an Excel before 2007."), _("Save it as XLSX or as CSV UTF-8.")
        )
    if head == b"%PDF":
        raise UnreadableFile(_("This is a PDF."), _("Ask for the table as CSV or XLSX."))
    return _text_table(cast(BinaryIO, _Bounded(stream, limit)))


def undecodable(cells: list[str]) -> int | None:
    """Return the index of the first cell with bytes that are not UTF-8, or ``None``."""
    for index, cell in enumerate(cells):
        if not cell.isascii() and any("\udc80" <= c <= "\udcff" for c in cell):
            return index
    return None


class _Bounded(io.RawIOBase):
    """Reads at most so many bytes, so that a small compressed file cannot fill the memory."""

    def __init__(self, source: BinaryIO | gzip.GzipFile, limit: int) -> None:
        self._source = source
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            chunk = self._source.read(len(buffer))
        except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
            raise UnreadableFile(
                _("The compressed file is damaged or cut off."), _("Fetch it again.")
            ) from problem
        self._left -= len(chunk)
        if self._left < 0:
            raise UnreadableFile(_("The file is too large."), _("Split it into several files."))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _text_table(source: BinaryIO) -> Table:
    buffered = io.BufferedReader(cast(io.RawIOBase, source), 1 << 18)
    start = buffered.peek(4)[:4]
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    # Bytes that are no UTF-8 survive as lone surrogates, so that only their rows are rejected.
    errors = "strict" if encoding == "utf-16" else "surrogateescape"
    lines = io.TextIOWrapper(buffered, encoding=encoding, errors=errors, newline="")
    header_row, first = _first_line(lines)
    delimiter = max(_DELIMITERS, key=lambda mark: _outside_quotes(first).count(mark))
    reader = csv.reader(_chain(first, lines), delimiter=delimiter, strict=True)
    header = [unguard(cell.strip()) for cell in next(reader)]
    return Table(_DELIMITERS[delimiter], header, _text_rows(reader, header_row), header_row=header_row)


def _first_line(lines: io.TextIOWrapper) -> tuple[int, str]:
    """The first line that is not blank, with its number."""
    try:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                return number, line
    except UnicodeError as problem:
        raise UnreadableFile(_("The file is not text."), _("Save it as CSV UTF-8.")) from problem
    raise UnreadableFile(_("The file is empty."), _("Choose a file with a header and at least one row."))


def _chain(first: str, lines: io.TextIOWrapper) -> Iterator[str]:
    yield first
    yield from lines


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _text_rows(reader: Any, row: int) -> Iterator[tuple[int, list[str]]]:
    """The rows under the header, which stands in this row."""
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            if "expected after" in str(problem):
                # A quotation mark inside a cell spoils its own row only: no cells, so the row is rejected.
                yield row, []
                continue
            raise UnreadableFile(
                _("Row %(row)d cannot be read: %(problem)s.") % {"row": row, "problem": problem},
                _("Look for a quotation mark that is opened and not closed."),
                row=row,
            ) from problem
        except UnicodeError as problem:
            raise UnreadableFile(_("The text breaks off."), _("Fetch the file again."), row=row) from problem
        cells = [cell.strip() for cell in cells]
        if any(cells):
            yield row, [unguard(cell) for cell in cells]


def _xlsx_table(stream: BinaryIO, limit: int) -> Table:
    from openpyxl import load_workbook  # heavy, and most imports never need it

    try:
        with zipfile.ZipFile(stream) as archive:
            members = {member.filename: member.file_size for member in archive.infolist()}
    except zipfile.BadZipFile as problem:
        raise UnreadableFile(_("The workbook is damaged or cut off."), _("Fetch it again.")) from problem
    if _XLSX_MEMBER not in members:
        raise UnreadableFile(_("This archive is no workbook."), _("Unpack it and choose the table inside."))
    if sum(members.values()) > limit:
        raise UnreadableFile(_("The file is too large."), _("Split it into several files."))
    stream.seek(0)
    try:
        sheet = load_workbook(stream, read_only=True, data_only=True).worksheets[0]
        rows = enumerate(sheet.iter_rows(), start=1)
        for number, cells in rows:
            header_row, header = number, [_from_xlsx(cell) for cell in cells]
            if any(header):
                break
        else:
            raise UnreadableFile(
                _("The first sheet is empty."), _("Put the table on the first sheet of the workbook.")
            )
    except (KeyError, ValueError, IndexError) as problem:
        raise UnreadableFile(_("The workbook cannot be read."), _("Save it as CSV UTF-8.")) from problem
    while header and not header[-1]:
        header.pop()
    return Table("xlsx", header, _xlsx_rows(rows, len(header)), ragged=True, header_row=header_row)


def _xlsx_rows(rows: Iterator[tuple[int, tuple[Any, ...]]], width: int) -> Iterator[tuple[int, list[str]]]:
    for row, found in rows:
        cells = [_from_xlsx(cell) for cell in found]
        while len(cells) > width and not cells[-1]:
            cells.pop()
        if any(cells):
            yield row, cells + [""] * (width - len(cells))


def _from_xlsx(cell: Any) -> str:
    """Return a typed cell as the text that a CSV of it would hold; 14-digit codes keep every digit."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time() and not _shows_time(cell.number_format):
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case str():
            return unguard(value.strip())
        case _:
            return str(value)


@cache
def _shows_time(number_format: str) -> bool:
    """Whether a cell of this format shows a time of day: a workbook keeps a day as its midnight."""
    return "h" in _NO_PART_OF_A_DATE.sub("", number_format).lower()
