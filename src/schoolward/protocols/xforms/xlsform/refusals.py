"""pyxform's refusals as problems: which sheet, which row, which column, and what to do."""

from __future__ import annotations

import difflib
import re
from typing import Any

from schoolward.protocols.xforms.problems import FormProblem

_ROW = re.compile(r"^\s*\[row\s*:\s*(?P<row>\d+|None)\]\s*")
_SHEET = re.compile(r"(?:[Oo]n|[Ii]n) the '(?P<sheet>\w+)' sheet,?\s*")
_COLUMN = re.compile(r"the '(?P<column>[\w: ]+)' (?:value|column|header)")
_NAMED = re.compile(r"(?:element named|name|question) '(?P<name>[^']+)'")
_OF_COLUMNS = ("uplicate column header", "different names for the same column")
_UNLISTED = ("List name not in choices sheet", "List name not in external choices sheet")
_UNKNOWN_TYPE = re.compile(r"Unknown question type '(?P<type>[^']*)'")
_KNOWN_TYPES = (
    *(
        "text",
        "integer",
        "decimal",
        "date",
        "time",
        "dateTime",
        "note",
        "calculate",
        "select_one",
        "select_multiple",
    ),
    *(
        "rank",
        "geopoint",
        "geotrace",
        "geoshape",
        "image",
        "audio",
        "video",
        "file",
        "barcode",
        "acknowledge",
    ),
    *("begin_group", "end_group", "begin_repeat", "end_repeat", "hidden", "range"),
)
_MENDS = (
    ("no label or hint", "Fill in the column label (or hint) of that row."),
    ("Missing calculation", "Fill in the column calculation, or take the row out."),
    ("No matching 'end", "Add the row that ends it."),
    ("no name", "Fill in the column name of that row."),
    ("must contain a name from", "Check the name in ${…} against the column name of the survey sheet."),
    ("not in external choices", "Add the list to the sheet external_choices, or mend its name."),
    (
        "be an external_choices sheet",
        "Add a sheet external_choices with the columns list_name, name and label.",
    ),
    ("List name not in", "Add the list to the sheet choices, or mend its name."),
    ("There should be a choices sheet", "Add a sheet choices with the columns list_name, name and label."),
    ("uplicate column header", "Rename or remove one of the columns."),
    ("different names for the same column", "Rename or remove one of the columns."),
    ("not been included", "Put the rows of the other form in instead of the include."),
)


def is_told(message: str) -> bool:
    """Whether a refusal of pyxform says by itself what is wrong, also where no sheet could be read."""
    return any(sign in message for sign in _OF_COLUMNS)


def problem_of(message: str, context: dict[str, Any], sheets: dict[str, Any]) -> FormProblem:
    """The problem that a refusal of pyxform tells of."""
    first_line = message.strip().splitlines()[0]
    what = first_line
    row = ""
    match = _ROW.match(what)
    if match:
        row = "" if match["row"] == "None" else match["row"]
        what = what[match.end() :]
    match = _SHEET.search(what)
    sheet = match["sheet"] if match else str(context.get("sheet") or "")
    column = _COLUMN.search(what)
    row = row or str(context.get("row") or "")
    if not row:
        sheet, row = _by_content(what, sheets, sheet)
    if what.startswith(_UNLISTED):
        # The list is missing; the row is that of the question which names it.
        sheet = "survey"
    if not sheet and row:
        sheet = "choices" if "choice" in what.lower() else "survey"
    told_column = column["column"] if column else str(context.get("column") or "")
    if not told_column and _UNKNOWN_TYPE.search(what):
        told_column = "type"
    where = ", ".join(
        part for part in (sheet, row and f"row {row}", told_column and f"column {told_column}") if part
    )
    if what[-1:].isalnum() or what[-1:] in "'\"":
        what += "."
    return FormProblem(what, where, _mend(first_line))


def unfiltered(sheets: dict[str, Any]) -> FormProblem | None:
    """The first ``select_one_external`` without a filter, where pyxform and Collect stop without a word."""
    for number, row in enumerate(sheets.get("survey") or [], start=2):
        kind = str(row.get("type", "")).strip().lower().replace(" ", "_")
        if kind.startswith("select_one_external") and not row.get("choice_filter"):
            return FormProblem(
                "A select_one_external needs a filter.",
                f"survey, row {number}, column choice_filter",
                "Fill it in, or write select_one and put the list on the sheet choices.",
            )
    return None


def lost_language(sheets: dict[str, Any]) -> FormProblem | None:
    """Two columns of labels that pyxform would take for the same language, of which it would keep one."""
    settings: dict[str, Any] = next(iter(sheets.get("settings") or []), {})
    default = str(settings.get("default_language") or "").strip()
    columns = {name.strip() for name in next(iter(sheets.get("survey_header") or []), {})}
    named = f"label::{default}"
    if not default or not {"label", named} <= columns:
        return None
    return FormProblem(
        f"label and {named} are the same language, the default one: one of them would be lost.",
        "survey, column label",
        "Name the language of label, such as label::English (en).",
    )


def _by_content(what: str, sheets: dict[str, Any], sheet: str) -> tuple[str, str]:
    """Where a question or type stands that a message names without its row."""
    for pattern, column in ((_UNKNOWN_TYPE, "type"), (_NAMED, "name")):
        match = pattern.search(what)
        if match is None:
            continue
        for number, row in enumerate(sheets.get("survey") or [], start=2):
            if str(row.get(column, "")).strip() == match[1]:
                return "survey", str(number)
    if "not been included" in what:
        for number, row in enumerate(sheets.get("survey") or [], start=2):
            if str(row.get("type", "")).strip().lower().startswith("include"):
                return "survey", str(number)
    return sheet, ""


def _mend(message: str) -> str:
    unknown = _UNKNOWN_TYPE.search(message)
    if unknown:
        word = unknown["type"].split(" ")[0]
        near = difflib.get_close_matches(word, _KNOWN_TYPES, 1)
        return f"Did you mean {near[0]}?" if near else "See https://xlsform.org for the types."
    return next((mend for sign, mend in _MENDS if sign in message), "")
