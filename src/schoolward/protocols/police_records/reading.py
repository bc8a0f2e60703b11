"""From a byte stream to rows of text: compression, encoding, line ends and delimiter are found out."""

import codecs
import contextlib
import csv
import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, BinaryIO, cast

from schoolward.protocols.police_records.records import FileProblem

_DELIMITERS = ",|\t;"
_HEADER_LIMIT = 65_536


@dataclass(slots=True)
class Table:
    """A header and the rows under it, read as they are asked for."""

    header: list[str]
    rows: Iterator[list[str]]

    def chunks(self, size: int) -> Iterator[tuple[int, list[list[str]]]]:
        """Yield (row number of the first row, rows) in chunks of up to `size`; the header is row 1."""
        first = 2
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
        except (EOFError, OSError) as error:
            message = (
                f"The file is cut off or damaged near row {first + len(taken)}: {error}. Fetch it again."
            )
            raise FileProblem(message) from error
        return taken


def open_table(stream: BinaryIO) -> Table:
    """Read the header of a delimited file and return it with an iterator over the rows.

    Understands gzip, UTF-8 with or without a byte-order mark, UTF-16 with one, line ends LF, CRLF and CR
    alone (old Macintosh exports), and comma, pipe, tab or semicolon between fields. Bytes that are not in
    the encoding become U+FFFD, so that the row that holds them can be named.
    """
    source: IO[bytes] = stream if hasattr(stream, "peek") else io.BufferedReader(cast(io.RawIOBase, stream))
    if _peek(source).startswith(b"\x1f\x8b"):
        source = cast(IO[bytes], gzip.GzipFile(fileobj=source, mode="rb"))
    start = _peek(source)
    if start.startswith(b"PK\x03\x04"):
        raise FileProblem("This is a spreadsheet or a zip archive. Save it as CSV UTF-8 and import that.")
    encoding = "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    lines = _lines(io.TextIOWrapper(source, encoding=encoding, errors="replace", newline=None))
    header_line = ""
    for line in lines:
        if line.strip():
            header_line = line
            break
    if not header_line:
        raise FileProblem(
            "The file is empty. It needs a header row that names the columns, and rows under it."
        )
    if len(header_line) > _HEADER_LIMIT:
        raise FileProblem(
            "The first line is too long to be a header. Is this a text file with one record a line?"
        )
    delimiter = max(_DELIMITERS, key=header_line.count)
    header = [name.strip() for name in next(csv.reader([header_line], delimiter=delimiter))]
    return Table(header=header, rows=csv.reader(lines, delimiter=delimiter))


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    try:
        for line in text:
            yield line.replace("\0", "")
    finally:
        with contextlib.suppress(ValueError):  # the caller has closed the stream already
            text.detach()  # the stream is the caller's to close


def _peek(stream: object) -> bytes:
    try:
        return cast(io.BufferedReader, stream).peek(4)[:4]
    except (EOFError, OSError) as error:
        raise FileProblem(f"The file cannot be read: {error}. Fetch it again.") from error
