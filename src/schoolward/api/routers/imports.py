"""Imports over HTTP: the same preview and the same report as on the page and the command line."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.http import HttpRequest
from ninja import File, Form, Query, Router, Schema
from ninja.errors import HttpError
from ninja.files import UploadedFile

from schoolward.api.shapes import ImportOut, TableOut
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.exchange.registry import UnknownExchange, all_exchanges
from schoolward.platform.exchange.running import UnknownOption, run

router = Router()


@router.get("", url_name="imports", response=list[TableOut])
def imports(request: HttpRequest) -> list[dict[str, Any]]:
    """The tables that the caller may import, with their columns."""
    viewer = viewer_of(request)
    return [exchange.as_json() for exchange in all_exchanges() if may(viewer, exchange.permission)]


class Wanted(Schema):
    """How the file is read, as query parameters or as form fields beside it."""

    dry_run: bool = False
    format: str | None = None
    option: list[str] = []
    """What the table asks besides, each as ``name=value``."""


def _named(option: str) -> tuple[str, str]:
    """An option as its name and value."""
    name, equals, value = option.partition("=")
    if not equals:
        raise HttpError(422, f"option “{option}” is not name=value")
    return name, value


@router.post("/{key}", url_name="import", response=ImportOut)
def import_file(
    request: HttpRequest, key: str, file: File[UploadedFile], asked: Query[Wanted], sent: Form[Wanted]
) -> dict[str, Any]:
    """Import a file (multipart field ``file``), or with ``dry_run`` report what importing it would do.

    Good rows are applied, all together; each bad one is in ``rejected`` with row, column, value, error
    and mend. To import the same file again changes nothing.
    """
    viewer = viewer_of(request)
    layout = asked.format or sent.format
    options = dict(_named(one) for one in (*asked.option, *sent.option))
    try:
        report = run(
            key,
            cast("BinaryIO", file.file),
            by=viewer,
            at=now(viewer.at),
            dry_run=asked.dry_run or sent.dry_run,
            options={**options, **({"format": layout} if layout else {})},
            file_name=file.name or "",
        )
    except UnknownExchange as error:
        raise HttpError(404, str(error.args[0])) from error
    except UnknownOption as error:
        raise HttpError(422, str(error)) from error
    return report.as_json()
