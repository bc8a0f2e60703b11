"""CSV files of alarms, permits, appeals and payments: rows of text, and what is wrong with one."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO, Final, TypeVar

_Value = TypeVar("_Value")

_DELIMITERS = ",;\t|"
_SHOWN = 80
_MOMENTS: Final = ("%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p")


class TableProblem(ValueError):
    """The file as a whole cannot be read. The message says what is wrong and how to mend it."""


class CellProblem(ValueError):
    """One cell cannot be read: an error and its mend."""

    def __init__(self, error: str, mend: str) -> None:
        super().__init__(error)
        self.error = error
        self.mend = mend


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row was refused. `row` counts as a spreadsheet does: the header is row 1."""

    row: int
    column: str
    value: str
    error: str
    mend: str


@dataclass(frozen=True)
class Column:
    """One column of a file: its name, what it holds, and whether the header has to name it.

    `also` is what our own exports call it; where a header has both names, `name` is read.
    """

    name: str
    help: str
    required: bool = False
    also: str = ""


@dataclass
class Read:
    """What became of a file's rows: how many there were, those refused, and what is doubtful in good ones."""

    rows: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)

    def refuse(self, row: int, column: str, value: str, error: str, mend: str) -> None:
        """Note a refused row."""
        self.problems.append(RowProblem(row, column, value[:_SHOWN], error, mend))


class Cells:
    """The cells of one row, by the names of their columns; a column that the file lacks is empty."""

    __slots__ = ("_header", "_places", "column", "row", "values")

    def __init__(
        self, row: int, values: Sequence[str], places: dict[str, int], header: Sequence[str]
    ) -> None:
        self.row = row
        self.values = values
        self._places = places
        self._header = header
        self.column = ""

    def called(self, name: str) -> str:
        """Return what the file itself calls a column."""
        place = self._places.get(name)
        return name if place is None else self._header[place]

    def text(self, name: str) -> str:
        """Return a cell without the blanks around it, and note that it is being read."""
        self.column = name
        place = self._places.get(name)
        return "" if place is None else self.values[place].strip()

    def needed(self, name: str) -> str:
        """Return a cell that must not be empty. Raises CellProblem."""
        found = self.text(name)
        if not found:
            raise CellProblem("is empty", "Every row needs it.")
        return found

    def day(self, name: str) -> date | None:
        """Return a day, None for an empty cell. Raises CellProblem."""
        found = self.text(name)
        return read_day(found) if found else None

    def needed_day(self, name: str) -> date:
        """Return a day that must be there. Raises CellProblem."""
        return read_day(self.needed(name))

    def not_before(self, name: str, day: date | None, than: date | None, other: str) -> None:
        """Raise CellProblem if a day lies before another one that it follows."""
        if day is not None and than is not None and day < than:
            self.text(name)
            raise CellProblem(
                f"lies before {self.called(other)}, {than}", "Mend the one of the two that is wrong."
            )


def open_table(stream: BinaryIO, columns: Sequence[Column], read: Read) -> Iterator[Cells]:
    """Walk the rows under the header. Rows of the wrong width are refused; blank ones are passed over.

    Reads UTF-8 with or without a byte-order mark, line ends LF, CRLF or CR, and comma, semicolon, tab or
    pipe between cells. Raises TableProblem, also while the rows are walked.
    """
    last = 1
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline=None)
    try:
        first = lines.readline(65_536)
        if not first.strip():
            raise TableProblem("The file is empty. Its first row names the columns: " + _listed(columns))
        delimiter = max(_DELIMITERS, key=first.count)
        header = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter))]
        places = _places(header, columns)
        for number, values in enumerate(csv.reader(lines, delimiter=delimiter), 2):
            last = number
            if not any(map(str.strip, values)):
                continue
            read.rows += 1
            if len(values) == len(header):
                yield Cells(number, values, places, header)
            else:
                error = f"has {len(values)} cells where the header names {len(header)}"
                mend = (
                    "Give the row one cell for each column; put text that holds a comma in quotation marks."
                )
                read.refuse(number, "", delimiter.join(values), error, mend)
    except csv.Error as error:
        raise TableProblem(
            f"Near row {last + 1} the file stops being a table ({error}). "
            "A quotation mark is probably not closed."
        ) from None
    finally:
        lines.detach()


def parsed(
    stream: BinaryIO, columns: Sequence[Column], read: Read, parse: Callable[[Cells], _Value]
) -> Iterator[tuple[int, _Value]]:
    """Parse each row with `parse`, which may raise CellProblem; yield (row number, value) of good ones."""
    for cells in open_table(stream, columns, read):
        try:
            yield cells.row, parse(cells)
        except CellProblem as problem:
            value = cells.text(cells.column)
            read.refuse(cells.row, cells.called(cells.column), value, problem.error, problem.mend)


def read_day(text: str) -> date:
    """Read 2012-09-06 or 9/6/2012. Raises CellProblem."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise CellProblem("is not a day that we can read", "Write it as 2012-09-06.") from None


def read_moment(text: str) -> datetime:
    """Read a time with or without an offset: 2012-09-06 08:15, 2012-09-06T15:15Z, 9/6/2012 8:15 AM.

    Raises CellProblem.
    """
    mend = "Write the city's time as 2012-09-06 08:15, or add an offset: 2012-09-06T08:15-07:00."
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        for form in _MOMENTS:
            try:
                return datetime.strptime(text, form)  # noqa: DTZ007 - the wall clock of the city
            except ValueError:
                continue
        raise CellProblem("is not a date and time that we can read", mend) from None
    if len(text) <= len("2012-09-06"):
        raise CellProblem("holds no time of day", mend)
    return found


def one_of(text: str, known: Sequence[str], others: dict[str, str] | None = None) -> str:
    """Return the known word that a text is, or stands for. Raises CellProblem."""
    word = text.lower().replace("-", "_").replace(" ", "_")
    word = (others or {}).get(word, word)
    if word not in known:
        raise CellProblem("is not known", f"Write one of: {', '.join(known)}.")
    return word


def _places(header: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    for name in header:
        if name and header.count(name) > 1:
            raise TableProblem(f"The header names the column {name} twice. Take one of them out.")
    found = {
        column.name: header.index(name)
        for column in columns
        for name in reversed((column.name, column.also))
        if name and name in header
    }
    missing = [column for column in columns if column.required and column.name not in found]
    if missing:
        raise TableProblem(
            f"The header lacks {_listed(missing)}; it names "
            f"{', '.join(name for name in header if name)[:200] or 'nothing'}."
        )
    return found


def _listed(columns: Sequence[Column]) -> str:
    return ", ".join(f"{one.name} (or {one.also})" if one.also else one.name for one in columns)
