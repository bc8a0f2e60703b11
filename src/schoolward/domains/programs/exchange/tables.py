"""What the tables of programs have in common: a row is found, compared, and written by the one action for
it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.places.queries import campus_by_slug
from schoolward.domains.programs import queries
from schoolward.domains.programs.actions import WEEKDAYS, ProgramRefused
from schoolward.domains.programs.models import Offering, Program
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import CellError, Column, own_words, whole_number
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row

Values = Mapping[str, Any]
Cells = dict[str, Any]
MANY = whole_number(0, 100_000)


class NotThere(Exception):
    """A row names something that is not there. ``column`` is where it is named."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


def short_name(cell: str) -> str:
    """Read a key: small letters, digits and hyphens, at most 60."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cell) or len(cell) > 60:
        raise CellError(
            _("is not a short name"), _("Write small letters, digits and hyphens, such as study-hall.")
        )
    return cell


def weekdays(cell: str) -> str:
    """Read days of the week: MO,WE."""
    found = [part.strip().upper() for part in cell.split(",") if part.strip()]
    if not found or not set(found) <= set(WEEKDAYS):
        raise CellError(_("is not a list of days"), _("Write days as MO,WE."))
    return ",".join(dict.fromkeys(found))


def language_codes(cell: str) -> str:
    """Read codes of languages with commas between: en,es."""
    found = [part.strip().lower() for part in cell.split(",") if part.strip()]
    if not found or not all(re.fullmatch(r"[a-z]{2,3}", part) for part in found):
        raise CellError(_("is not a list of languages"), _("Write codes of two or three letters: en,es."))
    return ",".join(dict.fromkeys(found))


def program_column() -> Column:
    """The program that a row is about."""
    return Column(
        "program",
        gettext_lazy("Short name of the program."),
        required=True,
        parse=short_name,
        example="study-hall",
    )


def offering_column() -> Column:
    """The number of the offering that a row is about."""
    return Column(
        "offering",
        gettext_lazy("Number of the offering within the program."),
        required=True,
        parse=whole_number(1, 1_000_000),
        example="1",
    )


def words(name: str, help_text: Any, most: int, *, required: bool = False, example: str = "") -> Column:
    """A column of text."""
    return Column(name, help_text, required=required, parse=own_words(most), example=example)


class ProgramTable(Exchange):
    """A table of programs.

    ``rows`` gives the records to write out, ``cells`` the values of one by column, ``find`` the record that a
    row is about, ``write`` brings a row in by an action. ``written_out`` names columns that are not read in.
    """

    permission = "programs.import"
    export_permission = "programs.view"
    written_out: ClassVar[frozenset[str]] = frozenset()
    columns_of: ClassVar[Mapping[str, str]] = {}
    """What an action's field is called here, where that differs."""

    def rows(self, viewer: Viewer) -> QuerySet[Any]:
        """The records that the viewer may see."""
        raise NotImplementedError

    def cells(self, record: Any) -> Cells:
        """The values of a record by column."""
        raise NotImplementedError

    def find(self, values: Values, context: ImportContext) -> Model | None:
        """The record that a row is about. Raises :class:`NotThere`."""
        raise NotImplementedError

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        """Bring one row in."""
        raise NotImplementedError

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        for row in rows:
            try:
                self._apply(row, context)
            except NotThere as missing:
                context.reject(row, missing.column, _("is not known"), _("Bring it in first."))
            except ProgramRefused as refusal:
                column = self.columns_of.get(refusal.field, refusal.field)
                first = self.columns[0].name
                context.reject(row, column if column in self.column_names else first, str(refusal))
            except AccessDenied:
                context.reject(row, self.columns[0].name, _("is not yours to write"), _("Leave the row out."))

    def _apply(self, row: Row, context: ImportContext) -> None:
        values = {name: value for name, value in row.values.items() if name not in self.written_out}
        there = self.find(values, context)
        if there is not None:
            stands = self.cells(there)
            if all(_plain(stands[name]) == _plain(value) for name, value in values.items()):
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


def program_of(values: Values, context: ImportContext) -> Program:
    """The program that a row names. Raises :class:`NotThere`."""
    found = queries.programs(context.by).filter(key=values["program"]).first()
    if found is None:
        raise NotThere("program")
    return found


def offering_of(values: Values, context: ImportContext) -> Offering:
    """The offering that a row names. Raises :class:`NotThere`."""
    program = program_of(values, context)
    found = queries.offerings(context.by).filter(program=program, number=values["offering"]).first()
    if found is None:
        raise NotThere("offering")
    return found


def site_of(values: Values) -> int | None:
    """The site that a row names by its short name. Raises :class:`NotThere`."""
    slug = values.get("site")
    if not slug:
        return None
    campus = campus_by_slug(slug)
    if campus is None:
        raise NotThere("site")
    return campus.pk


def filled(values: Values, *names: str, **otherwise: Any) -> dict[str, Any]:
    """The values of these columns; those that are blank as ``otherwise`` says, or left out where it does
    not."""
    found = {name: values.get(name) for name in names}
    return {
        name: otherwise.get(name, value) if value is None else value
        for name, value in found.items()
        if value is not None or name in otherwise
    }
