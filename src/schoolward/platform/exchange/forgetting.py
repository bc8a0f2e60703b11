"""Emptying imports about young people: the file goes, and what the report repeats of its rows.

An upload stands outside the second wall, and whose rows it holds cannot be told. So it goes when nobody needs
it any more, after four hours at most, and all of them go at once where a record is sealed or disposed of
(docs/decisions/0091).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from schoolward.platform.access.copies import copies
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import deletion
from schoolward.platform.audit.actions import record
from schoolward.platform.exchange.models import ImportRun, ImportState
from schoolward.platform.exchange.registry import UnknownExchange, all_exchanges, get
from schoolward.platform.exchange.report import Report
from schoolward.platform.files.discarding import discard

KEPT_FOR = timedelta(hours=4)
_UNDECIDED = frozenset({ImportState.READING, ImportState.PREVIEWED, ImportState.APPLYING})


@copies
def forget(*, by: Viewer, at: datetime, before: datetime | None = None) -> int:
    """Empty the imports about young people, all or those that came in before a moment; returns how many.

    The counts stay. What was not applied never will be.
    """
    keys = [exchange.key for exchange in all_exchanges() if exchange.about_young_people]
    with transaction.atomic():
        deletion.overwrite(connection)
        rows = ImportRun.objects.filter(exchange__in=keys, forgotten_at__isnull=True)
        if before is not None:
            rows = rows.filter(started_at__lt=before)
        found = list(rows.select_for_update().order_by("pk"))
        files = {brought.file_id for brought in found if brought.file_id is not None}
        for brought in found:
            _empty(brought, at)
        discard(files, by=by, at=at)
        if found:
            detail = {"imports": len(found)}
            record("exchange.forgotten", by=by, at=at, subject="exchange:about-young-people", detail=detail)
    return len(found)


def let_go(brought: ImportRun, *, by: Viewer, at: datetime) -> None:
    """Empty an import about young people that nobody needs any more: discarded, or applied with no row left
    to mend. In the caller's transaction."""
    if get(brought.exchange).about_young_people and brought.file_id is not None:
        deletion.overwrite(connection)
        files = {brought.file_id}
        _empty(brought, at)
        discard(files, by=by, at=at)


def shows_rows(brought: ImportRun, viewer: Viewer) -> bool:
    """Whether the viewer may see what the rows of an import say: of young people, whoever brought it in, for
    four hours."""
    try:
        exchange = get(brought.exchange)
    except UnknownExchange:
        return False
    if not exchange.about_young_people:
        return True
    mine = viewer.account_id is not None and brought.account_id == viewer.account_id
    return mine and brought.forgotten_at is None and viewer.at < brought.started_at + KEPT_FOR


def _empty(brought: ImportRun, at: datetime) -> None:
    brought.file = None
    brought.file_name = get(brought.exchange).name_kept(brought.file_name)
    brought.forgotten_at = at
    if brought.report:
        brought.report = Report.from_json(brought.report).counts().as_json()
    if brought.state in _UNDECIDED:
        brought.state = ImportState.DISCARDED
    brought.save(update_fields=["file", "file_name", "forgotten_at", "report", "state"])
