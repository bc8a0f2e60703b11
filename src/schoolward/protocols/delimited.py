"""From a byte stream to rows of text: compression, encoding, line ends and delimiter are found out."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

DELIMITERS = ",|\t;"
_HEADER_LIMIT = 65_536
_CELL_LIMIT = 8 << 20
"""A longer cell is what an unclosed quotation mark swallowed. A shorter one is a fault of its row alone."""
_LINE_LIMIT = 64 << 20
_BUFFER = 1 << 17
DEFAULT_LIMIT = 2 << 30
"""The bytes of a table after decompression; the import's other reader holds the same."""


class FileProblem(ValueError):
    """The file as a whole cannot be read. The message says what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one row was refused. `row` counts as a spreadsheet does: the header mostly is row 1."""

    row: int
    column: str
    value: str
    error: str
    mend: str


@dataclass(slots=True)
class Table:
    """A header and the rows under it, read as they are asked for. Blank lines above it are rows, too."""

    header: list[str]
    rows: Iterator[list[str]]
    header_row: int = 1

    def chunks(self, size: int) -> Iterator[tuple[int, list[list[str]]]]:
        """Yield (row number of the first row, rows) in chunks of up to `size`, as a spreadsheet counts."""
        first = self.header_row + 1
        while chunk := self._next(size, first):
            yield first, chunk
            first += len(chunk)

    def _next(self, size: int, first: int) -> list[list[str]]:
        taken: list[list[str]] = []
        try:
            taken.extend(islice(self.rows, size))
        except csv.Error as error:
            message = (
                f"Near row {first + len(taken)} the file stops being a table ({error}). "
                "A quotation mark is probably not closed: mend that row and import the file again."
            )
            raise FileProblem(message) from error
        except (EOFError, OSError, zlib.error) as error:
            message = (
                f"The file is cut off or damaged near row {first + len(taken)}: {error}. Fetch it again."
            )
            raise FileProblem(message) from error
        return taken


def open_table(stream: BinaryIO, *, limit: int = DEFAULT_LIMIT, delimiters: str = DELIMITERS) -> Table:
    """Read the header of a delimited file and return it with an iterator over the rows.

    Understands gzip, UTF-8 with or without a byte-order mark, UTF-16 with one, line ends LF, CRLF and CR
    alone (old Macintosh exports), and comma, pipe, tab or semicolon between fields, or whichever of
    `delimiters` the header holds most of. Bytes that are not in the encoding become U+FFFD, so that the row
    that holds them can be named. `limit` bounds the bytes after decompression. Raises FileProblem, also
    while the rows are walked.
    """
    csv.field_size_limit(_CELL_LIMIT)
    source: io.BufferedReader = io.BufferedReader(_Borrowed(stream))
    if _peek(source).startswith(b"\x1f\x8b"):
        source = io.BufferedReader(_Bounded(gzip.GzipFile(fileobj=source, mode="rb"), limit), _BUFFER)
    else:
        source = io.BufferedReader(_Bounded(source, limit), _BUFFER)
    start = _peek(source)
    if start.startswith(b"PK\x03\x04"):
        raise FileProblem("This is a spreadsheet or a zip archive. Save it as CSV UTF-8 and import that.")
    encoding = "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    lines = io.TextIOWrapper(source, encoding=encoding, errors="replace", newline=None)
    header_row, first_line = _first_line(lines)
    if len(first_line) > _HEADER_LIMIT:
        raise FileProblem(
            "The first line is too long to be a header. Is this a text file with one record a line?"
        )
    header_line = first_line.replace("\0", "")
    if not header_line.strip():
        raise FileProblem(
            "The file is empty. It needs a header row that names the columns, and rows under it."
        )
    delimiter = max(delimiters, key=header_line.count)
    header = [name.strip() for name in next(csv.reader([header_line], delimiter=delimiter))]
    return Table(header, csv.reader(lines, delimiter=delimiter), header_row)


class _Borrowed(io.RawIOBase):
    """The caller's stream: to close this one leaves it open."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Say yes, which the buffer asks."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read into a buffer and return how many bytes."""
        view = memoryview(buffer).cast("B")
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)


class _Bounded(io.RawIOBase):
    """Reads so many bytes and no more, so that a small compressed file cannot fill the memory or the day."""

    def __init__(self, source: io.BufferedReader | gzip.GzipFile, limit: int) -> None:
        self._source = source
        self._limit = limit
        self._left = limit
        self._line = 0

    def readable(self) -> bool:
        """Say yes, which the buffer asks."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read into a buffer and return how many bytes. Raises FileProblem beyond the bounds."""
        view = memoryview(buffer).cast("B")
        data = self._source.read(len(view))
        self._left -= len(data)
        if self._left < 0:
            raise FileProblem(
                f"The file holds more than {self._limit >> 20:,} MB once it is unpacked. "
                "Unpack it, split it into several files, each with the header, and import them in turn."
            )
        end = max(data.rfind(b"\n"), data.rfind(b"\r"))
        self._line = len(data) - end - 1 + (self._line if end < 0 else 0)
        if self._line > _LINE_LIMIT:
            raise FileProblem(
                f"A line of the file is longer than {_LINE_LIMIT >> 20} MB, so it is no table. "
                "Fetch it again, or save it as CSV UTF-8 with one record a line."
            )
        view[: len(data)] = data
        return len(data)


def _first_line(lines: io.TextIOWrapper) -> tuple[int, str]:
    """Return the first line that is not blank, with its number; "" for none, of a long one the beginning."""
    number = 0
    try:
        while line := lines.readline(_HEADER_LIMIT + 1):
            number += 1
            if line.strip():
                return number, line
    except (EOFError, OSError, zlib.error) as error:
        raise FileProblem(f"The file is cut off or damaged: {error}. Fetch it again.") from error
    return number, ""


def _peek(stream: io.BufferedReader) -> bytes:
    try:
        return stream.peek(4)[:4]
    except (EOFError, OSError, zlib.error) as error:
        raise FileProblem(f"The file cannot be read: {error}. Fetch it again.") from error
