"""The files of a sheet: PDF/UA-1, CSV and JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from schoolward.platform.files.queries import open_file
from schoolward.reports.content import long_date
from schoolward.reports.printing import BrokenPicture, is_picture, pdf
from schoolward.reports.sheets.shape import Part, Sheet, Value
from schoolward.reports.sheets.tables import full_url, json_bytes, sheet_csv

PAGE = Path(__file__).parent / "page.typ"
MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
_PRINTED = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


def file_of(sheet: Sheet, kind: str) -> tuple[str, bytes]:
    """The name and content of one file. Raises ``KeyError`` for another kind, and ``CannotPrint``."""
    makers: dict[str, Callable[[Sheet], bytes]] = {
        "pdf": sheet_pdf,
        "csv": sheet_csv,
        "json": json_bytes,
    }
    return f"{sheet.stem}.{kind}", makers[kind](sheet)


def sheet_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF/UA-1. In the place of a picture that is damaged it says so. Raises ``CannotPrint``."""
    pictures: dict[str, bytes] = {}
    data = _data(sheet, pictures, broken=frozenset())
    try:
        return pdf(PAGE, data, pictures, dated=sheet.as_of)
    except BrokenPicture:
        broken = frozenset(name for name, content in pictures.items() if not is_picture(name, content))
    whole: dict[str, bytes] = {}
    data = _data(sheet, whole, broken=broken)
    return pdf(PAGE, data, whole, dated=sheet.as_of)


def _data(sheet: Sheet, pictures: dict[str, bytes], *, broken: frozenset[str]) -> dict[str, Any]:
    """What ``page.typ`` prints; the pictures that it needs are put into ``pictures``."""
    return {
        "meta": {
            "title": sheet.title,
            "subject": sheet.subject,
            "district": sheet.district,
            "copy": sheet.copy_name,
            "notice": sheet.notice,
            "as_of": _("Figures as of %(day)s") % {"day": long_date(sheet.as_of)},
            "standfirst": sheet.standfirst,
            "invented": _("Demonstration data: much of this is invented.") if sheet.invented else "",
            "footer": _footer(sheet),
            "date": dict(zip(("year", "month", "day"), sheet.as_of.timetuple()[:3], strict=True)),
        },
        "parts": [_part(part, pictures, broken) for part in sheet.parts],
    }


def _footer(sheet: Sheet) -> str:
    said = [words for words in (sheet.copy_name or sheet.title, sheet.notice) if words]
    said.append(_("As of %(day)s") % {"day": long_date(sheet.as_of)})
    if sheet.invented:
        said.append(_("Demonstration data"))
    return " · ".join(said)


def _part(part: Part, pictures: dict[str, bytes], broken: frozenset[str]) -> dict[str, Any]:
    return {
        "title": part.title,
        "layout": part.layout,
        "missing": part.missing,
        "note": part.note,
        "columns": [
            {"key": column.key, "title": column.title, "align": column.align, "width": column.width}
            for column in part.columns
        ],
        "rows": [[_value(row[column.key], pictures, broken) for column in part.columns] for row in part.rows],
    }


def _value(value: Value, pictures: dict[str, bytes], broken: frozenset[str]) -> dict[str, Any]:
    printed = {
        "text": value.shown,
        "url": full_url(value.url),
        "file": "",
        "alt": "",
        "pieces": [{"text": piece.shown, "url": full_url(piece.url)} for piece in value.pieces],
    }
    picture = value.picture
    if picture is None:
        return printed
    if picture.svg:
        drawn = picture.svg.encode()
        name = f"pictures/{hashlib.sha256(drawn).hexdigest()}.svg"
        pictures[name] = drawn
        return printed | {"file": name, "alt": picture.alt}
    name = f"pictures/{picture.stored.sha256}.{_PRINTED.get(picture.stored.media_type, '')}"
    if name not in pictures and name not in broken and not name.endswith("."):
        try:
            with open_file(picture.stored) as file:
                pictures[name] = file.read()
        except FileNotFoundError:
            pass  # the folder has lost it; the paper says so
    if name not in pictures:
        return printed | {"text": _("This picture cannot be printed. %(alt)s") % {"alt": picture.alt}}
    return printed | {"file": name, "alt": picture.alt}
