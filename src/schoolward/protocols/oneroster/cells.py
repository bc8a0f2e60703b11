"""One cell as what its column says that it is, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from schoolward.protocols.oneroster.layouts import Column, Kind

LONGEST_ID = 255
_EXTENSION = "ext:"
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_SERIAL = re.compile(r"[1-9]\d{4}(\.0+)?")
_AMERICAN = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")


class BadCell(ValueError):
    """A cell cannot be read: what is wrong, and how it is mended."""

    def __init__(self, error: str, mend: str) -> None:
        super().__init__(error)
        self.error = error
        self.mend = mend


def read_cell(column: Column, text: str, *, version: str) -> Any:
    """The value of a filled cell. Raises :class:`BadCell`."""
    if "\ufffd" in text:
        raise BadCell("is not UTF-8 text", "Save the file as CSV UTF-8.")
    if column.kind is Kind.WORD:
        return _word(column, text, version)
    reader = _READERS.get(column.kind)
    return reader(text) if reader else text


def parts(text: str) -> tuple[str, ...]:
    """A list in a cell: parted by commas, whatever blanks stand around them."""
    return tuple(part for piece in text.split(",") if (part := piece.strip()))


def _guid(text: str) -> str:
    if len(text) > LONGEST_ID:
        raise BadCell(f"is longer than {LONGEST_ID} characters", "Export the set again.")
    if any(character.isspace() or not character.isprintable() for character in text):
        raise BadCell("holds a blank or a sign that cannot be seen", "Take it out, wherever the id stands.")
    if re.fullmatch(r"\d(\.\d+)?E\+\d+", text, re.IGNORECASE):
        raise BadCell(
            "is a number that a spreadsheet has rounded",
            "Export the set again, and do not save it from a spreadsheet.",
        )
    if text.lower() in ("null", "none", "n/a"):
        raise BadCell("is no id", "Give the id, or leave the cell blank where it may be.")
    return text


def _guids(text: str) -> tuple[str, ...]:
    return tuple(_guid(part) for part in parts(text))


def _word(column: Column, text: str, version: str) -> str:
    if text in column.of:
        return text
    if version != "1.1" and column.name != "status" and text.startswith(_EXTENSION):
        return text  # words of one's own, which 1.2 allows
    near = next((word for word in column.of if word.lower() == text.lower()), "")
    if near:
        return near  # a spreadsheet's or an exporter's capitals
    raise BadCell("is not one of the known words", f"Write one of: {', '.join(column.of)}.")


def _boolean(text: str) -> bool:
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    raise BadCell("is neither true nor false", "Write true or false.")


def _date(text: str) -> date:
    try:
        if len(text) == len("2012-09-06"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    mend = "Write it as 2012-09-06 (year-month-day)."
    if _SERIAL.fullmatch(text):
        raise BadCell("is the number that a spreadsheet keeps for a date", mend)
    if _AMERICAN.fullmatch(text):
        raise BadCell("is a date as a spreadsheet shows it", mend)
    raise BadCell("is not a date", mend)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise BadCell("is not a moment of time", "Write it as 2012-09-06T08:15:00.000Z.") from None


def _year(text: str) -> int:
    if re.fullmatch(r"(19|20)\d\d", text):
        return int(text)
    raise BadCell("is not a year", "Write the year in which the school year ends, such as 2013.")


def _email(text: str) -> str:
    if _EMAIL.fullmatch(text):
        return text
    raise BadCell("is not an e-mail address", "Write one address such as ana@example.org, or leave it blank.")


_READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.GUID: _guid,
    Kind.GUIDS: _guids,
    Kind.LIST: parts,
    Kind.BOOLEAN: _boolean,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.YEAR: _year,
    Kind.EMAIL: _email,
}
