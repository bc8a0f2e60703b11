"""Tables whose rows are found, compared and written one by one, each by the one action for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext as _

from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row

Values = Mapping[str, Any]
Cells = dict[str, Any]


class NotThere(Exception):
    """A row names something that is not there. ``column`` is where it is named."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


class RecordTable(Exchange):
    """A table of records.

    ``rows`` gives the records to write out, ``cells`` the values of one by column, ``find`` the record that a
    row is about, ``write`` brings a row in by an action. ``written_out`` names columns that are not read in.
    """

    refused: ClassVar[type[Exception]]
    """What the domain's actions raise for a row that cannot be; it may name a ``field``."""
    written_out: ClassVar[frozenset[str]] = frozenset()
    columns_of: ClassVar[Mapping[str, str]] = {}
    """What an action's field is called here, where that differs."""

    def rows(self, viewer: Viewer) -> Iterable[Any]:
        """The records that the viewer may see."""
        raise NotImplementedError

    def cells(self, record: Any) -> Cells:
        """The values of a record by column."""
        raise NotImplementedError

    def find(self, values: Values, context: ImportContext) -> Model | None:
        """The record that a row is about. Raises :class:`NotThere`."""
        raise NotImplementedError

    def is_same(self, column: str, stands: Any, value: Any) -> bool:
        """Whether a cell says what the record says already. A blank cell is an empty text."""
        return bool(_plain(stands) == _plain(value))

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        """Bring one row in."""
        raise NotImplementedError

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        for row in rows:
            try:
                self._apply(row, context)
            except NotThere as missing:
                context.reject(row, missing.column, _("is not known"), _("Bring it in first."))
            except self.refused as refusal:
                field = getattr(refusal, "field", "")
                column = self.columns_of.get(field, field)
                first = self.columns[0].name
                context.reject(row, column if column in self.column_names else first, str(refusal))
            except AccessDenied:
                context.reject(row, self.columns[0].name, _("is not yours to write"), _("Leave the row out."))

    def _apply(self, row: Row, context: ImportContext) -> None:
        values = {name: value for name, value in row.values.items() if name not in self.written_out}
        there = self.find(values, context)
        if there is not None:
            stands = self.cells(there)
            if all(self.is_same(name, stands[name], value) for name, value in values.items()):
                context.report.unchanged += 1
                return
        self.write(values, there, context)
        if there is None:
            context.report.created += 1
        else:
            context.report.updated += 1

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        for record in self.rows(viewer):
            yield self.row_of(record)

    def row_of(self, record: Any) -> list[object]:
        """The values of one record in the order of the columns."""
        cells = self.cells(record)
        return [_out(cells[column.name]) for column in self.columns]


def _plain(value: Any) -> Any:
    """A value as it is compared: a blank cell is an empty text."""
    return "" if value is None else value


def _out(value: Any) -> object:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def acting(context: ImportContext) -> dict[str, Any]:
    """Who brings it in, and when."""
    return {"by": context.by, "at": context.at}


def filled(values: Values, *names: str, **otherwise: Any) -> dict[str, Any]:
    """The values of these columns; those that are blank as ``otherwise`` says, or left out where it does
    not."""
    found = {name: values.get(name) for name in names}
    return {
        name: otherwise.get(name, value) if value is None else value
        for name, value in found.items()
        if value is not None or name in otherwise
    }
