"""The part of an attendance file that may lie on a disk until somebody applies it: wanted students alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from typing import BinaryIO

from schoolward.protocols.attendance.layout import Layout
from schoolward.protocols.attendance.reading import read


def wanted_only(stream: BinaryIO, students: Collection[str], layout: Layout | None = None) -> BinaryIO:
    """The file with the rows of these students, and of the columns those that are read.

    Other rows are blank lines, so that the rows keep their numbers. Raises :class:`BadLayout` and
    :class:`FileProblem`.
    """
    file = read(stream, students, layout)
    made = io.BytesIO()
    text = io.TextIOWrapper(made, "utf-8", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    written, header = file.header
    text.write("\r\n" * (written - 1))
    writer.writerow(header)
    for row, cells in file.wanted_rows():
        text.write("\r\n" * (row - written - 1))
        writer.writerow(cells)
        written = row
    text.flush()
    text.detach()
    made.seek(0)
    return made
