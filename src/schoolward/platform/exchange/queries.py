"""Reads about imports: the history, and the rows that were kept out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.models import ImportRun
from schoolward.platform.exchange.reading import UnreadableFile, open_table
from schoolward.platform.exchange.registry import Exchange, Text, UnknownExchange, all_exchanges, get
from schoolward.platform.exchange.report import Rejection, Report
from schoolward.platform.files.queries import open_file


def history(viewer: Viewer) -> QuerySet[ImportRun]:
    """The imports that the viewer may see, newest first."""
    return visible(ImportRun.objects.select_related("file"), viewer)


def title_of(brought: ImportRun) -> Text:
    """The title of the table that a file was brought into; of a table that is no more, its key."""
    try:
        return get(brought.exchange).title
    except UnknownExchange:
        return brought.exchange


def open_exchanges(viewer: Viewer) -> list[tuple[Exchange, bool, bool]]:
    """Each table that the viewer may bring in or take out, with which of the two."""
    judged = [
        (
            exchange,
            may(viewer, exchange.permission),
            exchange.can_export and may(viewer, exchange.export_permission),
        )
        for exchange in all_exchanges()
    ]
    return [(exchange, comes_in, goes_out) for exchange, comes_in, goes_out in judged if comes_in or goes_out]


def rejected_rows(brought: ImportRun) -> tuple[list[str], Iterator[Sequence[object]]]:
    """The rows that were kept out as they stood in the file, each with what was wrong and how to mend it.

    Returns the header and the rows. Mended there, the table can be brought in as it is: the columns that
    say why are not used by any import.
    """
    report = Report.from_json(brought.report)
    reasons: dict[int, list[Rejection]] = defaultdict(list)
    for rejection in report.rejected:
        reasons[rejection.row].append(rejection)
    assert brought.file is not None  # noqa: S101 - only imports on the page have rows to give back
    stream = open_file(brought.file)
    try:
        table = open_table(stream)
    except UnreadableFile:
        stream.close()
        # No table but a set of them, or nothing that can be read: the places, to be mended at their source.
        places = [(r.row, r.column, r.value, r.error, r.mend) for r in report.rejected]
        return [_("row"), _("column"), _("value"), _("error"), _("mend")], iter(places)

    def rows() -> Iterator[Sequence[object]]:
        with stream:
            for number, cells in table.rows:
                if number in reasons:
                    why = "; ".join(f"{r.column} {r.error}".strip() for r in reasons[number])
                    mend = " ".join(r.mend for r in reasons[number])
                    padded = [*map(_printable, cells), *[""] * (len(table.header) - len(cells))]
                    yield [*padded, number, why, mend]

    return [*table.header, _("row"), _("error"), _("mend")], rows()


def _printable(cell: str) -> str:
    """Return a cell with bytes that are no UTF-8 read as Windows-1252, so that it can be written at all."""
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
