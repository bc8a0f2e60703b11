"""Tables out over HTTP, with the columns that an import reads."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponseBase
from ninja import Router
from ninja.errors import HttpError

from schoolward.api.shapes import TableOut
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import viewer_of
from schoolward.platform.exchange.downloads import take_out
from schoolward.platform.exchange.registry import UnknownExchange, all_exchanges, get

router = Router()


@router.get("", url_name="exports", response=list[TableOut])
def exports(request: HttpRequest) -> list[dict[str, Any]]:
    """The tables that the caller may take out, with their columns."""
    viewer = viewer_of(request)
    return [
        exchange.as_json()
        for exchange in all_exchanges()
        if exchange.can_export and may(viewer, exchange.export_permission)
    ]


@router.get("/{key}", url_name="export")
def export(request: HttpRequest, key: str, format: Literal["csv", "xlsx"] = "csv") -> HttpResponseBase:
    """The whole table as a file, as far as the caller may see it. That it was taken out is put on record."""
    try:
        exchange = get(key)
    except UnknownExchange as error:
        raise HttpError(404, str(error.args[0])) from error
    if not exchange.can_export:
        raise HttpError(404, f"the table {key} is not exported")
    return take_out(exchange, format, by=viewer_of(request))
