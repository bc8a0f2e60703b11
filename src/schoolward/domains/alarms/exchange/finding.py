"""What the tables of alarms share: sites and systems by name, and the counting of rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.alarms import queries
from schoolward.domains.alarms.actions import CREATED, UPDATED, AlarmRefused
from schoolward.domains.places.queries import campus_for_cds, campuses
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import (
    CellError,
    Column,
    text_up_to,
)
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row

MAIN_LINE = "main"
_CDS_DIGITS = 14
CAMPUS = Column(
    "campus",
    gettext_lazy("The site's short name in its address, or the CDS code of a school that is on it."),
    required=True,
    example="34674396034136",
)
LINE = Column(
    "line",
    gettext_lazy("By which line it reports; “main” if blank."),
    parse=text_up_to(40),
    example=MAIN_LINE,
)
ACCOUNT = Column(
    "account",
    gettext_lazy("The account that the panel sends: 3 to 16 hexadecimal digits, leading zeros count."),
    required=True,
    parse=text_up_to(16),
    example="0012",
)


def clock(cell: str) -> time:
    """Read a time of day: 07:30 or 7:30 PM."""
    for form in ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p"):
        try:
            return datetime.strptime(cell, form).time()  # noqa: DTZ007 - a time of day has no zone
        except ValueError:
            continue
    raise CellError(_("is not a time"), _("Write it as 07:30 (hours and minutes)."))


def by_rule(rule: Callable[[str], object], length: int) -> Callable[[str], str]:
    """Read a cell that a rule of the desk must allow, so that every fault of a row is told at once."""
    short = text_up_to(length)

    def read(cell: str) -> str:
        try:
            rule(short(cell))
        except AlarmRefused as refusal:
            raise CellError(str(refusal)) from None
        return cell

    return read


class Places:
    """Finds campuses by slug or CDS code, each asked for once."""

    def __init__(self) -> None:
        self._by_name = {campus.slug: campus.pk for campus in campuses()}

    def find(self, row: Row, context: ImportContext) -> int | None:
        """The campus of the row, or ``None`` after the row was rejected."""
        wanted = row.values["campus"]
        if wanted not in self._by_name and len(wanted) == _CDS_DIGITS and wanted.isdigit():
            found = campus_for_cds(wanted)
            if found is not None:
                self._by_name[wanted] = found.pk
        if wanted in self._by_name:
            return self._by_name[wanted]
        example = next(iter(self._by_name), "oak-ridge-elementary")
        context.reject(
            row,
            "campus",
            _("is not a known site"),
            _("Write the site's short name, such as %(example)s, or the 14 digits of a school's CDS code.")
            % {"example": example},
        )
        return None


class AtASite(Exchange):
    """A table each of whose rows names a site."""

    def check_further(self, row: Row, context: ImportContext) -> None:
        """A row with another fault may name no site either."""
        if row.values.get("campus"):
            if "places" not in context.memory:
                context.memory["places"] = Places()
            context.memory["places"].find(row, context)


def apply_row(row: Row, context: ImportContext, column: str, keep: Callable[[], str]) -> None:
    """Do one row and count it, or reject it with the refusal's own words."""
    try:
        with transaction.atomic():
            outcome = keep()
    except AlarmRefused as refusal:
        context.reject(row, refusal.field if refusal.field in row.cells else column, str(refusal))
    except AccessDenied:
        context.reject(
            row, column, _("is not yours to keep"), _("Leave the row out, or ask the safe-schools lead.")
        )
    else:
        count(context, outcome)


def count(context: ImportContext, outcome: str) -> None:
    if outcome == CREATED:
        context.report.created += 1
    elif outcome == UPDATED:
        context.report.updated += 1
    else:
        context.report.unchanged += 1


class Systems:
    """Finds the systems that the importer may see, by line and account."""

    def __init__(self, viewer: Viewer) -> None:
        self._by_account = {
            (system.line.name, system.account): system.pk for system in queries.systems(viewer)
        }

    def find(self, row: Row, context: ImportContext) -> int | None:
        """The system of the row, or ``None`` after the row was rejected."""
        line, account = row.values.get("line") or MAIN_LINE, row.values["account"].upper()
        found = self._by_account.get((line, account))
        if found is None:
            context.reject(
                row,
                "account",
                _("is not a known account on the line %(line)s") % {"line": line},
                _("Import the account first (alarm-accounts), or correct account or line."),
            )
        return found
