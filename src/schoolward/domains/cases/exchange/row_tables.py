"""What tables of program work share: a row is one action; one that is refused leaves nothing of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _t

from schoolward.domains.cases.actions.recording import NotTheirs
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.exchange.columns import CellError, day
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row

OURS = "no-"
CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"


class NotThere(Exception):
    """A row names something that is not there for whoever brings it in. ``column`` is where."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


def our_number(cell: str) -> int:
    """Read the number of a record as it went out: no-123."""
    found = re.fullmatch(r"(?:no-)?(\d{1,18})", cell.strip())
    if found is None:
        raise CellError(_t("is no number of a record"), _t("Write it as it went out, such as no-123."))
    return int(found[1])


def a_month(cell: str) -> date:
    """Read a month: 2012-08, or any day of it."""
    if re.fullmatch(r"\d{4}-\d{2}", cell):
        cell = f"{cell}-01"
    found: date = day(cell)
    return found.replace(day=1)


class RowTable(Exchange):
    """A table whose rows are written one by one; a row that is refused leaves nothing of itself."""

    #: What the actions call a field, and what the table calls it.
    called: dict[str, str] = {}

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        """Write each row. What stands already is unchanged."""
        for row in rows:
            try:
                with transaction.atomic():
                    outcome = self.take(row.values, context)
            except Refusal as refusal:
                column = self.called.get(refusal.field, refusal.field) or self.columns[0].name
                context.reject(row, column, _t("cannot be taken"), str(refusal))
            except NotThere as missing:
                context.reject(
                    row,
                    missing.column,
                    _t("is not there for you"),
                    _t("Write what stands on its page, of your own caseload; or state the purpose first."),
                )
            except (NotTheirs, AccessDenied):
                context.reject(
                    row,
                    self.columns[0].name,
                    _t("is not yours"),
                    _t("Leave the row to whoever stands by them."),
                )
            else:
                setattr(context.report, outcome, getattr(context.report, outcome) + 1)

    def take(self, values: Any, context: ImportContext) -> str:
        """Write a row: created, updated or unchanged."""
        raise NotImplementedError
