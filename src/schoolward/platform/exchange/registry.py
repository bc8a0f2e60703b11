"""The registry of exchanges. Each is one class in a domain's ``exchange.py``.

::

    @register
    class Enrolment(Exchange):
        key = "enrolment"
        title = _("Enrolment")
        columns = (Column("cds_code", _("..."), required=True, parse=cds_code), ...)
        permission = "places.edit"

        def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None: ...
        def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]: ...
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO, ClassVar, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from schoolward.platform.access.identifiers import explain
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import CellError, Column, header_key
from schoolward.platform.exchange.reading import Table, UnreadableFile, open_table, undecodable
from schoolward.platform.exchange.report import Report

Text = str | Promise
Told = Callable[[int, int | None, str], None]
_ENDINGS = frozenset({".csv", ".tsv", ".txt", ".gz", ".xlsx", ".xls", ".json", ".zip"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number as a spreadsheet counts, its values by column name, and its text as it
    stood."""

    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """A question that an import may be asked, such as which layout a file has. The first value is the
    default; without any value the answer is free text, and blank by default."""

    name: str
    title: Text
    values: tuple[tuple[str, Text], ...] = ()

    @property
    def default(self) -> str:
        """The value that stands when none is given."""
        return self.values[0][0] if self.values else ""

    @property
    def option(self) -> str:
        """What the command line calls it."""
        return f"--{self.name.replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One set of columns in which a table may come, to be described: its key is a value of ``format``."""

    key: str
    title: Text
    columns: Sequence[Column]


def _tell_nobody(_done: int, _total: int | None, _message: str) -> None:
    """Progress that nobody asked for."""


@dataclass
class ImportContext:
    """What an exchange is given beside the rows: who, when, whether it counts, and where to report."""

    by: Viewer
    at: datetime
    dry_run: bool = False
    options: Mapping[str, str] = field(default_factory=dict)
    file_name: str = ""
    sha256: str = ""
    size: int = 0
    report: Report = field(default_factory=Report)
    progress: Told = _tell_nobody
    memory: dict[str, Any] = field(default_factory=dict)
    """What an exchange has looked up for one row and may use for the next."""

    def reject(self, row: Row, column: str, error: Text, mend: Text = "") -> None:
        """Report one row as rejected for the cell in ``column``."""
        self.report.reject(row.number, column, row.cells.get(column, ""), error, mend)


class UnknownExchange(LookupError):
    """No exchange has this key. The message names the nearest one."""

    def __init__(self, key: str) -> None:
        near = difflib.get_close_matches(key, _exchanges, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        super().__init__(f"there is no import {key!r}{hint}")
        self.key = key


class Exchange:
    """A table that goes in and out with the same columns.

    Override :meth:`apply_rows`, or :meth:`run_stream` where a file needs its own reader. Either works
    inside one transaction that is rolled back for a preview: do the real work and do not ask whether it
    counts. Both report into ``context.report``: count each row once, and reject a bad one instead of
    raising.
    """

    key: ClassVar[str]
    title: ClassVar[Text]
    description: ClassVar[Text] = ""
    columns: ClassVar[tuple[Column, ...]] = ()
    permission: ClassVar[str]
    export_permission: ClassVar[str] = "exchange.view"
    choices: ClassVar[tuple[Choice, ...]] = ()
    ignores: ClassVar[frozenset[str]] = frozenset()
    """Headers that real files carry and this table knowingly leaves out, as :func:`header_key` gives them."""
    blanks: ClassVar[frozenset[str]] = frozenset()
    """Texts that stand for a blank cell in real files, such as "No Data"."""
    can_export: ClassVar[bool] = True
    about_young_people: ClassVar[bool] = False
    """Whether its rows are about young people: then file and rows are kept for four hours at most
    (``forgetting``)."""
    members: ClassVar[tuple[str, ...]] = ()
    """The files, by their names without ending, that a ZIP archive or a folder of this import holds and that
    are opened. Nothing else of a folder is read."""

    @property
    def column_names(self) -> list[str]:
        """The headers that are written, in order."""
        return [column.name for column in self.columns]

    def as_json(self) -> dict[str, Any]:
        """The table with its columns, in the shape that scripts rely on."""
        return {
            "key": self.key,
            "title": str(self.title),
            "columns": [
                {"name": column.name, "help": str(column.help), "required": column.required}
                for column in self.columns
            ],
        }

    def layouts(self) -> Sequence[TableLayout]:
        """The sets of columns that the import reads: one, unless it knows files of several kinds."""
        return [TableLayout("", self.title, self.columns)]

    def run_stream(self, stream: BinaryIO, context: ImportContext) -> None:
        """Read a whole file and apply it. Raises :class:`UnreadableFile` when it is no such table."""
        table = open_table(stream)
        context.report.format = table.format
        self.apply_rows(self.read_rows(table, context), context)

    def kept(self, stream: BinaryIO, *, by: Viewer, options: Mapping[str, str]) -> BinaryIO:
        """The part of an uploaded file that may be kept until it is applied: all of it, unless the file says
        more than this import is about. Raises :class:`UnreadableFile`."""
        return stream

    def name_kept(self, name: str) -> str:
        """What a file is called in the history: as it is, or by its table where the name may be a young
        person's or holds a number that is not kept."""
        if self.about_young_people or explain(name.replace("_", " ")):
            ending = PurePath(name).suffix.lower()
            return self.key + (ending if ending in _ENDINGS else "")
        return name

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        """Write the good rows, counting each as created, updated or unchanged."""
        raise NotImplementedError

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """Give the rows that the viewer may see, with values in the order of :attr:`columns`."""
        raise NotImplementedError

    def read_rows(self, table: Table, context: ImportContext) -> Iterator[Row]:
        """Give the table's good rows with their cells parsed; report the others as rejected."""
        places = self._places(table.header, context.report)
        known = [(column, places[column.name]) for column in self.columns if column.name in places]
        width = len(table.header)
        for number, cells in table.rows:
            context.report.read += 1
            if context.report.read % 500 == 0:
                context.progress(context.report.read, None, "")
            if self.blanks:
                cells = ["" if cell in self.blanks else cell for cell in cells]
            row, is_good = _parse_row(number, cells, known, width, context.report)
            if is_good and row is not None:
                yield row
            elif row is not None:
                self.check_further(row, context)

    def check_further(self, row: Row, context: ImportContext) -> None:
        """Reject what else is wrong with a row some of whose cells were rejected already, so that its faults
        show all at once. Those cells are not among the row's values."""

    def _places(self, header: list[str], report: Report) -> dict[str, int]:
        """Return the position of each column that the header has. Raises :class:`UnreadableFile`."""
        found: dict[str, int] = {}
        by_key = {
            header_key(name): column.name
            for column in self.columns
            for name in (*column.aliases, column.name)
        }
        unused = []
        for position, title in enumerate(header):
            name = by_key.get(header_key(title))
            if name is None:
                if title and header_key(title) not in self.ignores:
                    unused.append(title)
            elif name in found:
                raise UnreadableFile(
                    _("The column “%(name)s” comes twice.") % {"name": name}, _("Leave one out."), column=name
                )
            else:
                found[name] = position
        if unused:
            report.warn(_("Columns that are not used: %(titles)s.") % {"titles": ", ".join(unused)})
        for column in self.columns:
            if column.required and column.name not in found:
                raise UnreadableFile(
                    _("The column “%(name)s” is missing.") % {"name": column.name},
                    _("Add it, or start from the template. Columns found: %(found)s.")
                    % {"found": ", ".join(title for title in header if title) or _("none")},
                    column=column.name,
                )
        return found


def _parse_row(
    number: int, cells: list[str], known: Sequence[tuple[Column, int]], width: int, report: Report
) -> tuple[Row | None, bool]:
    """Parse one row, or report each cell for which it cannot be. Whether it is good stands beside it."""
    if len(cells) != width:
        report.reject(
            number,
            "",
            "",
            _("the row has %(found)d cells and the header %(wanted)d")
            % {"found": len(cells), "wanted": width},
            _("Look for a missing separator, a stray quotation mark or a line cut off."),
        )
        return None, False
    broken = undecodable(cells)
    if broken is not None:
        name = next((column.name for column, position in known if position == broken), "")
        shown = cells[broken].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        report.reject(number, name, shown, _("is not UTF-8 text"), _("Save the file as CSV UTF-8."))
        return None, False
    values: dict[str, Any] = {}
    texts = {column.name: cells[position] for column, position in known}
    is_good = True
    for column, position in known:
        cell = cells[position]
        if not cell and column.required:
            report.reject(number, column.name, "", _("is blank"), _("Fill it in."))
            is_good = False
            continue
        if not cell:
            values[column.name] = None
            continue
        try:
            values[column.name] = column.parse(cell)
        except CellError as problem:
            report.reject(number, column.name, cell, problem.error, problem.mend)
            is_good = False
    return Row(number, values, texts), is_good


_exchanges: dict[str, Exchange] = {}
ExchangeClass = TypeVar("ExchangeClass", bound=type[Exchange])


def register(made: ExchangeClass) -> ExchangeClass:
    """Add an exchange to the registry. Raises ``ValueError`` when its key is taken."""
    if made.key in _exchanges:
        raise ValueError(f"exchange {made.key} is declared twice")
    _exchanges[made.key] = made()
    return made


def get(key: str) -> Exchange:
    """The exchange of this key. Raises :class:`UnknownExchange`."""
    try:
        return _exchanges[key]
    except KeyError:
        raise UnknownExchange(key) from None


def all_exchanges() -> list[Exchange]:
    """Every exchange, by key."""
    return [_exchanges[key] for key in sorted(_exchanges)]
