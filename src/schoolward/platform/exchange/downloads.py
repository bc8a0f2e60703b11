"""Tables that leave the house over HTTP: judged, put on record and written as a stream."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import StreamingHttpResponse

from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.exchange.registry import Exchange
from schoolward.platform.exchange.writers import write_csv, write_xlsx

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WRITERS = {"csv": write_csv, "xlsx": write_xlsx}


def take_out(exchange: Exchange, form: str, *, by: Viewer) -> StreamingHttpResponse:
    """The whole table, as far as the viewer may see it, with the columns of the import.

    ``form`` is csv or xlsx. Raises ``AccessDenied``.
    """
    check(by, exchange.export_permission, f"exchange:{exchange.key}")
    record("exchange.exported", by=by, at=by.at, subject=f"exchange:{exchange.key}", detail={"format": form})
    return download(WRITERS[form](exchange.column_names, exchange.export_rows(by)), exchange.key, form)


def download(content: Iterable[bytes], name: str, form: str) -> StreamingHttpResponse:
    """A file to be kept, of a content that no cache may keep."""
    answer = StreamingHttpResponse(content, content_type=CONTENT_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
