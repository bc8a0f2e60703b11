"""A sheet as plain text, to copy and to go on writing."""

from __future__ import annotations

from textwrap import wrap

from django.utils.translation import gettext as _

from schoolward.reports.content import long_date
from schoolward.reports.sheets.shape import Part, Sheet

WIDTH = 78
_WIDEST = 30
"""Characters of a column of words in a table; longer ones go on in the next line."""


def sheet_text(sheet: Sheet) -> str:
    """The sheet as text: paragraphs of at most 78 characters a line, tables in columns."""
    head = [sheet.title.upper(), sheet.subject, sheet.district, sheet.notice]
    head.append(_("Figures as of %(day)s") % {"day": long_date(sheet.as_of)})
    if sheet.invented:
        head.append(_("Demonstration data: much of this is invented."))
    said = [line for words in head if words for line in _lines(words)]
    if sheet.standfirst:
        said += ["", *_lines(sheet.standfirst)]
    for part in sheet.parts:
        said += ["", "", part.title, "-" * len(part.title), *_part(part)]
    return "\n".join(line.rstrip() for line in said) + "\n"


def _lines(words: str, width: int = WIDTH) -> list[str]:
    return wrap(words, width, break_on_hyphens=False) or [""]


def _part(part: Part) -> list[str]:
    if not part.rows:
        return _lines(part.missing)
    if part.layout == "prose":
        said: list[str] = []
        for row in part.rows:
            said += ["", *_lines("".join(value.shown for value in row.values()))]
        return said[1:]
    if part.layout == "facts":
        row = part.rows[0]
        return [
            line for column in part.columns for line in _lines(f"{column.title}: {row[column.key].shown}")
        ]
    return [*_lines(part.note), *_table(part)] if part.note else _table(part)


def _table(part: Part) -> list[str]:
    cells = [[column.title for column in part.columns]]
    cells += [[row[column.key].shown for column in part.columns] for row in part.rows]
    wrapped = [[_lines(cell, _WIDEST) for cell in row] for row in cells]
    widths = [max(len(line) for row in wrapped for line in row[at]) for at in range(len(part.columns))]
    said: list[str] = []
    for number, row in enumerate(wrapped):
        for line in range(max(len(cell) for cell in row)):
            shown = [
                (cell[line] if line < len(cell) else "").rjust(width)
                if column.align == "right"
                else (cell[line] if line < len(cell) else "").ljust(width)
                for cell, column, width in zip(row, part.columns, widths, strict=True)
            ]
            said.append("  ".join(shown))
        if number == 0:
            said.append("  ".join("-" * width for width in widths))
    return said
