"""The part of the three files that may lie on a disk: students are numbers of this copy alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import BinaryIO

from schoolward.protocols.calpads.layouts import DELIMITER, FILES
from schoolward.protocols.delimited import FileProblem, open_table

MOST_BYTES = 256 << 20
"""So much is read of a file or an archive; a district's year of incidents has a few megabytes."""
_SSID, _SSID_DIGITS = 6, 10
_ROWS_AT_ONCE = 1_000


def split(stream: BinaryIO) -> dict[str, BinaryIO]:
    """The three files by name: of a ZIP archive, or of one file in which they stand one below the other.

    Which file is which its rows say, not its name. Of one file, rows of others are blank lines, so that each
    row keeps its number. Raises :class:`FileProblem`.
    """
    stream.seek(0)
    head = stream.read(4)
    stream.seek(0)
    if head != b"PK\x03\x04":
        return _parted(stream.read(MOST_BYTES + 1))
    found: dict[str, BinaryIO] = {}
    try:
        with zipfile.ZipFile(stream) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
                raise FileProblem("The archive is too large for files of incidents.")
            for member in archive.infolist():
                content = archive.read(member)
                name = _name_of(content)
                if name in found:
                    raise FileProblem(f"The archive holds {name} twice. Leave one of them out.")
                if name:
                    found[name] = io.BytesIO(content)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as problem:
        raise FileProblem(f"The ZIP archive cannot be read: {problem}") from None
    if not found:
        raise FileProblem("The archive holds none of the files SINC, SIRS and SOFF.")
    return found


def without_students(files: Mapping[str, BinaryIO]) -> BinaryIO:
    """The files as a ZIP archive in which no student can be known: names, birth dates and numbers are out.

    In the place of a student's number stands one of this copy, the same in all three files. Of a row that
    does not fit the layout only its length stays. Raises :class:`FileProblem`.
    """
    made, numbers = io.BytesIO(), dict[str, str]()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in FILES:
            if name in files:
                lines = _bare(name, files[name], numbers)
                archive.writestr(f"{name}.txt", "\r\n".join(lines).encode())
    made.seek(0)
    return made


def _name_of(content: bytes) -> str:
    first = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:5].decode("ascii", "replace")
    return next((name for name in FILES if first == f"{name}{DELIMITER}"), "")


def _parted(content: bytes) -> dict[str, BinaryIO]:
    if len(content) > MOST_BYTES:
        raise FileProblem("The file is too large for files of incidents.")
    lines = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    names = [_name_of(line) for line in lines]
    there = {name for name in names if name}
    if not there:
        raise FileProblem("No row of the file begins with SINC^, SIRS^ or SOFF^.")
    if len(there) == 1:
        return {there.pop(): io.BytesIO(content)}
    return {
        file: io.BytesIO(
            b"\n".join(
                # What begins like none of them is a fault of the first file, and of no other.
                line if name == file or (not name and file == min(there, key=list(FILES).index)) else b""
                for name, line in zip(names, lines, strict=True)
            )
        )
        for file in there
    }


def _bare(name: str, stream: BinaryIO, numbers: dict[str, str]) -> list[str]:
    """The lines of a file, each in its place, without what is of a student."""
    fields, lines = FILES[name], list[str]()
    personal = {place for place, one in enumerate(fields) if one.personal}
    table = open_table(stream, delimiters=DELIMITER)
    rows = [(table.header_row, table.header)]
    for first, chunk in table.chunks(_ROWS_AT_ONCE):
        rows.extend(enumerate(chunk, start=first))
    for row, told in rows:
        cells = [cell.strip() for cell in told]
        if not any(cells):
            continue
        lines.extend("" for _blank in range(row - 1 - len(lines)))
        if len(cells) > len(fields) and not any(cells[len(fields) :]):
            cells = cells[: len(fields)]
        if len(cells) != len(fields) or cells[0] != name:
            cells = [name if cells[0] == name else "?", *[""] * (len(cells) - 1)]
        else:
            ssid = cells[_SSID]
            cells = ["" if place in personal else cell for place, cell in enumerate(cells)]
            cells[_SSID] = _instead(ssid, numbers)
        lines.append(DELIMITER.join(cells))
    return lines


def _instead(ssid: str, numbers: dict[str, str]) -> str:
    """The number of this copy for a student's; of one that is no such number only that it is not blank."""
    if not (ssid.isascii() and ssid.isdigit() and len(ssid) == _SSID_DIGITS):
        return "?" if ssid else ""
    return numbers.setdefault(ssid, f"{len(numbers) + 1:0{_SSID_DIGITS}}")
