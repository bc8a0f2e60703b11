"""One file of a set: its header held against the columns, and its rows as values one after the other."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Any

from schoolward.protocols.delimited import FileProblem, open_table
from schoolward.protocols.faults import Fault, Faults
from schoolward.protocols.oneroster.cells import BadCell, read_cell
from schoolward.protocols.oneroster.layouts import COLUMNS, Column, Kind
from schoolward.protocols.oneroster.members import Members
from schoolward.protocols.oneroster.values import Mode, SetProblem

ROWS_AT_ONCE = 1_000
FURTHER = "metadata."
"""How the columns begin that the specification leaves to whoever writes the file."""
_IN_DELTA = ("status", "dateLastModified")
_IN_ORDER = (("beginDate", "endDate"), ("startDate", "endDate"))

Values = dict[str, Any]


class SetTable:
    """One file of a set. Its faults go to ``faults``."""

    def __init__(self, name: str, members: Members, version: str, mode: Mode, faults: Faults) -> None:
        self.name = name
        self.file = f"{name}.csv"
        self._members = members
        self.columns = COLUMNS[version][name]
        self._version = version
        self._mode = mode
        self._faults = faults
        self._further: dict[str, int] = {}
        self.header_row = 1
        self.read = 0

    def rows(self) -> Iterator[tuple[int, Values]]:
        """Each good row as its number and its filled cells; each bad one is a fault, or several.

        Raises :class:`SetProblem` where the file is no table.
        """
        places: dict[str, int] | None = None
        for row, cells, header in self.raw():
            if places is None:
                places = self._places(header)
            if places.keys() >= {column.name for column in self.columns if column.required}:
                self.read += 1
                values = self._parse(row, cells, len(header), places)
                if values is not None:
                    yield row, values
        if places is None:
            self.fault(
                1, "", "", "has no row under its header", "Leave the file out and write absent for it."
            )

    def shows(self, column: str) -> bool:
        """Whether the values of a column may be shown: they cannot be of a child or a family."""
        return not any(one.personal for one in self.columns if one.name == column)

    def fault(self, row: int, column: str, value: str, error: str, mend: str, *, kept: bool = False) -> None:
        """Note a fault of this file."""
        self._faults.add(Fault(row, column, value[:80], error, mend, self.file, kept))

    def raw(self) -> Iterator[tuple[int, list[str], list[str]]]:
        """Each row that is not blank, with its number as a spreadsheet counts, and the header."""
        try:
            with self._members.open(self.name) as stream:
                table = open_table(stream)
                header = [name.strip() for name in table.header]
                self.header_row = table.header_row
                for first, rows in table.chunks(ROWS_AT_ONCE):
                    for row, cells in enumerate(rows, start=first):
                        if any(cell.strip() for cell in cells):
                            yield row, _trimmed(cells, len(header)), header
        except FileProblem as problem:
            raise SetProblem(f"{self.file}: {problem}") from None

    def _places(self, header: Sequence[str]) -> dict[str, int]:
        """The position of each column. What is wrong with the header is told as faults of row 1."""
        known = {column.name.lower(): column.name for column in self.columns}
        found: dict[str, int] = {}
        for position, title in enumerate(header):
            name = known.get(title.lower())
            if name is None:
                if not title.startswith(FURTHER):
                    self._unknown(title)
                elif self.name == "orgs":
                    self._further[title] = position
            elif name in found:
                raise SetProblem(f"The header of {self.file} names {name} twice. Leave one of them out.")
            else:
                found[name] = position
                if title != name:
                    self.fault(1, title, "", "is not spelled as it should be", f"Write {name}.", kept=True)
        for column in self.columns:
            if column.name not in found:
                what = "is missing: the file is not read" if column.required else "is missing"
                mend = "Add the column, blank where nothing is known. Names and order are fixed."
                self.fault(1, column.name, "", what, mend, kept=not column.required)
        return found

    def _unknown(self, title: str) -> None:
        near = difflib.get_close_matches(title, [column.name for column in self.columns], n=1)
        mend = f"Did you mean {near[0]}?" if near else f"Call columns of your own {FURTHER}…, at the right."
        self.fault(1, title, "", "is no column of this file", mend, kept=True)

    def _parse(self, row: int, cells: list[str], width: int, places: dict[str, int]) -> Values | None:
        if len(cells) != width:
            error = f"has {len(cells)} cells where the header has {width}"
            self.fault(row, "", "", error, "Look for a comma or a quotation mark that is not quoted.")
            return None
        values: Values = {}
        is_good = True
        for column in self.columns:
            place = places.get(column.name)
            text = cells[place].strip() if place is not None and column.kind is not Kind.UNREAD else ""
            if text:
                try:
                    values[column.name] = read_cell(column, text, version=self._version)
                    continue
                except BadCell as bad:
                    shown = "" if column.personal else text
                    self.fault(row, column.name, shown, bad.error, bad.mend)
                    is_good = False
            elif column.required or self._is_needed_in_delta(column):
                self.fault(row, column.name, "", "is blank", "Fill it in.")
                is_good = False
        values.update({title: text for title, at in self._further.items() if (text := cells[at].strip())})
        return values if self._dates_in_order(row, values) and is_good else None

    def _is_needed_in_delta(self, column: Column) -> bool:
        return self._mode is Mode.DELTA and column.name in _IN_DELTA

    def _dates_in_order(self, row: int, values: Values) -> bool:
        for first, last in _IN_ORDER:
            if first in values and last in values and values[first] > values[last]:
                error = f"lies before {first}"
                self.fault(row, last, values[last].isoformat(), error, "Exchange or correct the dates.")
                return False
        return True


def _trimmed(cells: list[str], width: int) -> list[str]:
    """The cells without blank ones beyond the header, which spreadsheets leave."""
    return cells[:width] if not any(cell.strip() for cell in cells[width:]) else cells
