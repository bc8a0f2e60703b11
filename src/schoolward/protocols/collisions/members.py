"""The tables of a set, out of one file: a table alone, or a ZIP archive with the others; and what of it is
kept."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from schoolward.protocols.collisions.layouts import detect
from schoolward.protocols.delimited import FileProblem, open_table

_MOST_TABLES = 3
_ENDINGS = {".csv", ".txt"}
_CHUNK = 20_000

Named = tuple[str, BinaryIO]


def unpacked(stream: BinaryIO, name: str) -> list[Named]:
    """The tables that a file holds: itself, or of a ZIP archive its CSV and text files. Raises FileProblem.

    `stream` must be seekable. The archive's folders are not looked at.
    """
    start = stream.read(4)
    stream.seek(0)
    if start != b"PK\x03\x04":
        return [(PurePosixPath(name).name or "file", stream)]
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError):
        raise FileProblem("The ZIP archive is cut off or damaged. Make it anew.") from None
    paths = [(PurePosixPath(info.filename.replace("\\", "/")), info) for info in archive.infolist()]
    # What a Macintosh adds are files of the same name with a dot before it.
    found = [
        (path.name, info)
        for path, info in paths
        if path.suffix.lower() in _ENDINGS and not path.name.startswith(".") and not info.is_dir()
    ]
    if not found or len(found) > _MOST_TABLES:
        raise FileProblem(
            f"The ZIP archive holds {len(found)} CSV or text files. Pack the tables of one set: "
            "collisions (or crashes), parties and victims (or injured); only the first must be there."
        )
    if any(info.flag_bits & 1 for _, info in found):
        raise FileProblem("The archive has a password. Send it without one, over a safe connection.")
    try:
        return [(path, cast(BinaryIO, archive.open(info))) for path, info in found]
    except (zipfile.BadZipFile, NotImplementedError, OSError) as problem:
        raise FileProblem(f"The ZIP archive cannot be unpacked ({problem}). Make it anew.") from None


def wanted_only(files: Sequence[Named]) -> BinaryIO:
    """The same tables as a ZIP archive, with every cell that is not read left blank; rows keep their numbers.

    So ages, sex, race and officers' numbers lie on no disk while a file waits to be applied. Raises
    FileProblem.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, stream) in enumerate(files):
            try:
                with archive.open(
                    f"{number}-{PurePosixPath(name).stem}.csv", "w", force_zip64=True
                ) as target:
                    _copy(stream, cast(BinaryIO, target))
            except FileProblem as problem:
                raise FileProblem(f"{name}: {problem}") from problem
    made.seek(0)
    return made


def _copy(stream: BinaryIO, target: BinaryIO) -> None:
    table = open_table(stream)
    layout, kind, has_header = detect(table.header)
    columns = layout.tables[kind]
    places = frozenset((columns.bind(table.header if has_header else columns.order)).values())
    text = io.TextIOWrapper(target, "utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    text.write("\n" * (table.header_row - 1))
    writer.writerow(table.header if has_header else _blanked(table.header, places))
    for _, chunk in table.chunks(_CHUNK):
        for row in chunk:
            if row:
                writer.writerow(_blanked(row, places))
            else:
                text.write("\n")
    text.flush()
    text.detach()


def _blanked(row: Sequence[str], places: frozenset[int]) -> list[str]:
    return [cell if index in places else "" for index, cell in enumerate(row)]
