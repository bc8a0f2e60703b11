"""The files of a plan's papers: PDF, plain text to go on writing, and JSON."""

from __future__ import annotations

from collections.abc import Mapping

from schoolward.reports.sheets.files import file_of
from schoolward.reports.sheets.plain import sheet_text
from schoolward.reports.sheets.shape import Sheet

MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}


def plan_file(sheet: Sheet, kind: str) -> tuple[str, bytes]:
    """The name and content of one file. Raises ``KeyError`` for another kind, and ``CannotPrint``."""
    if kind not in MEDIA_TYPES:
        raise KeyError(kind)
    if kind == "txt":
        return f"{sheet.stem}.txt", sheet_text(sheet).encode()
    return file_of(sheet, kind)
