"""CSV files of people: columns of text, and what is wrong with a row.

A problem names the row, the column and the mend. The value is shown only where it is no name, no address and
no telephone: what stands in those may not come into a message.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from schoolward.analysis.linkage import values
from schoolward.analysis.linkage.columns import NAMES, TableProblem, places_in

_DELIMITERS: Final = ",;\t|"
_SHOWN: Final = 40
_LONGEST: Final = 200  # a longer cell is a quotation mark that is not closed
_SEEN: Final = 100_000  # distinct days and words that are remembered as read


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row. `row` counts as a spreadsheet does: the header is row 1."""

    row: int
    column: str
    value: str
    error: str
    mend: str


@dataclass
class Table:
    """People as columns of text, one entry a record, and what was found wrong while they were read.

    `columns` has an entry for each column that the file gives; all are as long as `records`.
    """

    records: list[str]
    columns: dict[str, list[str]]
    problems: list[RowProblem] = field(default_factory=list)
    rows: int = 0


def read_table(
    stream: BinaryIO, mapped: Mapping[str, str] | None = None, *, impossible_days: bool = False
) -> Table:
    """Read people from CSV. Rows with a problem are left out and told. Raises TableProblem.

    Reads UTF-8 with or without a byte-order mark, line ends LF, CRLF or CR, and comma, semicolon, tab or
    pipe between cells. `mapped` says which header a column has. With `impossible_days` a birth date that the
    calendar does not have (1955-11-92) is compared as it is typed; without, its row is refused.
    """
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline=None)
    try:
        return _read(lines, mapped or {}, impossible_days)
    finally:
        lines.detach()


def _read(lines: io.TextIOWrapper, mapped: Mapping[str, str], impossible_days: bool) -> Table:
    first = lines.readline(65_536)
    if not first.strip():
        raise TableProblem("The file is empty. Its first row names the columns: " + ", ".join(NAMES))
    delimiter = max(_DELIMITERS, key=first.count)
    header = next(csv.reader([first], delimiter=delimiter))
    places = places_in(header, mapped)
    table = Table([], {name: [] for name in places if name != "record"})
    checks = _Checks(header, places, impossible_days)
    named: dict[str, int] = {}
    for number, cells in _rows(lines, delimiter):
        if not any(map(str.strip, cells)):
            continue
        table.rows += 1
        if len(cells) != len(header):
            error = f"has {len(cells)} cells where the header names {len(header)}"
            mend = "Give the row one cell for each column; put text that holds a comma in quotation marks."
            table.problems.append(RowProblem(number, "", "", error, mend))
            continue
        problem = checks.problem(number, cells)
        record = cells[places["record"]].strip() if "record" in places else str(number)
        if problem is None and record in named:
            problem = RowProblem(
                number,
                header[places["record"]].strip(),
                record[:_SHOWN],
                f"is the id of row {named[record]} as well",
                "Give each record an id of its own.",
            )
        if problem is not None:
            table.problems.append(problem)
            continue
        named[record] = number
        table.records.append(record)
        for name, column in table.columns.items():
            column.append(cells[places[name]])
    return table


def _rows(lines: io.TextIOWrapper, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    number = 1
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), 2):
            yield number, cells
    except csv.Error as error:
        raise TableProblem(
            f"Near row {number + 1} the file stops being a table ({error}). "
            "A quotation mark is probably not closed."
        ) from None


class _Checks:
    """Says what is wrong with a row; values that were found good are remembered."""

    def __init__(self, header: Sequence[str], places: Mapping[str, int], impossible_days: bool) -> None:
        self._header = [name.strip() for name in header]
        self._places = places
        self._impossible_days = impossible_days
        self._good: set[str] = set()
        self._checked = [name for name in ("birth_date", "sex", "suffix") if name in places]
        self._whoever = [name for name in ("given", "surname", "birth_date", "student_id") if name in places]

    def problem(self, row: int, cells: Sequence[str]) -> RowProblem | None:
        """Return the first problem of a row."""
        for name in self._checked:
            text = cells[self._places[name]]
            if name + text in self._good:
                continue
            wrong = getattr(self, f"_{name}")(text.strip())
            if wrong:
                return RowProblem(row, self._called(name), text.strip()[:_SHOWN], *wrong)
            if len(self._good) < _SEEN:
                self._good.add(name + text)
        if "record" in self._places and not cells[self._places["record"]].strip():
            return RowProblem(row, self._called("record"), "", "is empty", "Every row needs an id.")
        if not any(cells[self._places[name]].strip() for name in self._whoever):
            where = self._called(self._whoever[0])
            return RowProblem(
                row, where, "", "is empty, and so is all else that could tell who it is", "Give a name."
            )
        for name, place in self._places.items():
            if len(cells[place]) > _LONGEST:
                error, mend = f"has {len(cells[place]):,} letters", f"Write at most {_LONGEST}."
                return RowProblem(row, self._called(name), "", error, mend)
        return None

    def _called(self, name: str) -> str:
        return self._header[self._places[name]]

    def _birth_date(self, text: str) -> tuple[str, str] | None:
        if not text:
            return None
        digits = values.day(text)
        if digits is None:
            return "is not a day that we can read", "Write it as 2012-09-06, or leave it empty."
        if not self._impossible_days and not values.is_day(digits):
            return (
                "is no day of the calendar",
                "Mend it, leave it empty, or add --impossible-days to compare such dates as they are typed.",
            )
        return None

    def _sex(self, text: str) -> tuple[str, str] | None:
        return ("is not known", "Write f, m or x, or leave it empty.") if values.sex(text) is None else None

    def _suffix(self, text: str) -> tuple[str, str] | None:
        if values.suffix(text) is None:
            return "is no suffix that we know", "Write Jr, Sr, II, III or IV, or leave it empty."
        return None
