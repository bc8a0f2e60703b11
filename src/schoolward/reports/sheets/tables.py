"""A sheet as CSV and JSON."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings

from schoolward.platform.exchange.writers import write_csv
from schoolward.reports.sheets.shape import Part, Sheet, Value

COLUMNS = ("part", "row", "field", "title", "value", "shown", "records")


def full_url(path: str) -> str:
    """A path of this site as an address that opens from outside of it."""
    return f"{settings.SITE_URL}{path}" if path else ""


def sheet_csv(sheet: Sheet) -> bytes:
    """The sheet as CSV: UTF-8, CRLF line ends (RFC 4180), guarded against formulas.

    Every field of every part, one a row; or a plain table, where the sheet says of which parts.
    """
    if sheet.csv_parts:
        return _plain_table([part for part in sheet.parts if part.key in sheet.csv_parts])
    head: list[list[object]] = [
        ["sheet", 1, name, "", value, value, ""]
        for name, value in (
            ("report", sheet.report),
            ("copy", sheet.copy_name),
            ("notice", sheet.notice),
            ("as_of", sheet.as_of.isoformat()),
            ("invented", sheet.invented),
        )
        if value != ""
    ]
    rows = [row for part in sheet.parts for row in _rows(part)]
    return b"".join(write_csv(COLUMNS, [*head, *rows]))


def _rows(part: Part) -> list[list[object]]:
    if not part.rows:
        return [[part.key, "", "", part.title, "", part.missing, ""]]
    return [
        [part.key, number, column.key, column.title, _plain(value), value.shown, full_url(value.url)]
        for number, row in enumerate(part.rows, start=1)
        for column in part.columns
        for value in [row[column.key]]
    ]


def _plain_table(parts: list[Part]) -> bytes:
    """Rows of parts with the same columns, each with the part that it stands in. Money is in cents."""
    columns = ["part", *(column.key for column in parts[0].columns)]
    rows = [
        [part.key, *(_plain(row[column.key]) for column in part.columns)]
        for part in parts
        for row in part.rows
    ]
    return b"".join(write_csv(columns, rows))


def _plain(value: Value) -> Any:
    picture = value.picture
    return picture.stored.sha256 if picture is not None and picture.stored is not None else value.raw


def sheet_json(sheet: Sheet) -> dict[str, Any]:
    """The same as one value that goes into JSON."""
    return {
        "report": sheet.report,
        "title": sheet.title,
        "subject": sheet.subject,
        "copy": sheet.copy,
        "copy_name": sheet.copy_name,
        "notice": sheet.notice,
        "as_of": sheet.as_of.isoformat(),
        "district": sheet.district,
        "invented": sheet.invented,
        **sheet.about,
        "parts": [_part(part) for part in sheet.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    rows = [{column.key: _field(row[column.key]) for column in part.columns} for row in part.rows]
    return {
        "key": part.key,
        "title": part.title,
        "collected": part.is_collected,
        "missing": part.missing if not part.rows else "",
        "note": part.note,
        "rows": rows,
    }


def _field(value: Value) -> dict[str, Any]:
    found: dict[str, Any] = {"value": _plain(value), "shown": value.shown}
    return found | {"records": full_url(value.url)} if value.url else found


def json_bytes(sheet: Sheet) -> bytes:
    """The JSON file."""
    return (json.dumps(sheet_json(sheet), ensure_ascii=False, indent=1) + "\n").encode()
