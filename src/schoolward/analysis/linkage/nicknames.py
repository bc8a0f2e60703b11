"""Which names stand for which: a file that a district keeps; its families know, and no list of ours."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from schoolward.analysis.linkage import values
from schoolward.analysis.linkage.columns import TableProblem


def read_nicknames(stream: BinaryIO) -> dict[str, set[str]]:
    """Read CSV rows of two names or more that stand for each other. Raises TableProblem.

    >>> read_nicknames(io.BytesIO(b"Elizabeth,Liz\\n"))
    {'elizabeth': {'liz'}}
    """
    found: dict[str, set[str]] = {}
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline=None)
    try:
        for number, cells in enumerate(csv.reader(lines), 1):
            names = [values.name(cell).replace(" ", "") for cell in cells if cell.strip()]
            if not names:
                continue
            if len(names) < 2 or not all(names):
                raise TableProblem(
                    f"Row {number} of the nicknames does not hold two names; write a name and its short "
                    "forms, divided by commas."
                )
            found.setdefault(names[0], set()).update(names[1:])
    except csv.Error as error:
        raise TableProblem(f"The nicknames are no table ({error}).") from None
    finally:
        lines.detach()
    return found
