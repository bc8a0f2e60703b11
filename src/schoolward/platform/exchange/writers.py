"""Tables out: CSV (RFC 4180) and XLSX, guarded against cells that a spreadsheet would run as formulas.

A text that a spreadsheet could take for a formula gets an apostrophe in front (OWASP, "CSV injection"). The
guard is injective: :func:`unguard` gives every text back exactly, also one that began with an apostrophe
itself.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

__all__ = ["cell_text", "guard", "unguard", "write_csv", "write_xlsx"]

_MIGHT_RUN = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001 - full-width signs run as well
_GUARDED = re.compile(r"'+\s*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_FLUSH_BYTES = 1 << 16


def guard(cell: str) -> str:
    """Return the text as it may stand in a cell: with an apostrophe in front if it could run as a formula."""
    if _MIGHT_RUN.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def unguard(cell: str) -> str:
    """Take off the apostrophe that :func:`guard` put on."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


def cell_text(value: object) -> str:
    """Return a value as text that our own importers read back: ISO dates, yes and no, plain numbers."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return guard(value)
        case datetime() | date() | time():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case _:
            return str(value) if isinstance(value, int | float) else guard(str(value))


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Give a table as CSV in UTF-8, in pieces of about 64 KB, so that any number of rows streams in little
    memory."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([guard(str(column)) for column in columns])
    for row in rows:
        writer.writerow([cell_text(value) for value in row])
        if buffer.tell() > _FLUSH_BYTES:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def write_xlsx(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "Data"
) -> Iterator[bytes]:
    """Give a table as an XLSX workbook with typed cells, a bold header that stays in view, and a filter on
    it."""
    from openpyxl import Workbook  # heavy, and most pages never need it
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    workbook = Workbook(write_only=True)
    sheet: Any = workbook.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    for index, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = max(12, min(40, len(str(column)) + 4))
    header = [WriteOnlyCell(sheet, value=guard(str(column))) for column in columns]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    count = 1
    for row in rows:
        sheet.append([_xlsx_value(value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(columns)))}{count}"
    buffer = io.BytesIO()
    workbook.save(buffer)
    yield buffer.getvalue()


def _xlsx_value(value: object) -> object:
    """Keep numbers, days and truth values typed; a moment with a time zone, which XLSX has not, becomes
    text."""
    if isinstance(value, bool):
        return cell_text(value)
    if isinstance(value, int | float | Decimal) or (
        isinstance(value, date) and not isinstance(value, datetime)
    ):
        # Beyond 15 digits a spreadsheet rounds: such numbers are codes, and stay text.
        return str(value) if isinstance(value, int) and abs(value) >= 10**15 else value
    return _NOT_IN_XML.sub(" ", cell_text(value))
