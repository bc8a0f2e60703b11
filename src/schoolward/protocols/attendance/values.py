"""Cells of an attendance file as values, with what spreadsheets make of them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from enum import StrEnum

MINUTES_A_DAY = 24 * 60
_FIRST_OF_SPREADSHEETS = date(1899, 12, 30)
"""The day 0 of a spreadsheet, from which dates after February 1900 are counted."""
_SERIAL = re.compile(r"([1-9]\d{4})(\.0+)?")
_FORMS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%Y%m%d", "%Y/%m/%d")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?[AP]M)?$", re.IGNORECASE)
_ROUNDED = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
YES = frozenset({"y", "yes", "true", "t", "1"})
NO = frozenset({"n", "no", "false", "f", "0"})


class Mark(StrEnum):
    """How a student was that day."""

    PRESENT = "present"
    TARDY = "tardy"
    PARTLY = "partly"
    """There for a part of the day."""
    ABSENT = "absent"


class BadCell(ValueError):
    """A cell cannot be read: what is wrong, and how it is mended."""

    def __init__(self, error: str, mend: str) -> None:
        super().__init__(error)
        self.error = error
        self.mend = mend


def student_key(number: str) -> str:
    """A student number as it is compared: without blanks, hyphens, leading zeros and a spreadsheet's “.0”."""
    plain = re.sub(r"\.0+$", "", re.sub(r"[\s\-]", "", number)).upper()
    return plain.lstrip("0") or plain[:1]


def check_number(text: str) -> None:
    """Raise :class:`BadCell` for a number that a spreadsheet has rounded."""
    if _ROUNDED.fullmatch(text):
        raise BadCell(
            "is a number that a spreadsheet has rounded",
            "Export the file again, and keep the column as text.",
        )


def read_day(text: str) -> date:
    """Read a date: 2012-09-06, 9/6/2012, 20120906, or the number that a spreadsheet keeps for it."""
    serial = _SERIAL.fullmatch(text)
    if serial:
        return _FIRST_OF_SPREADSHEETS + timedelta(days=int(serial[1]))
    plain = _TIME.sub("", text)
    for form in _FORMS:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a calendar day has no time zone
        except ValueError:
            continue
    raise BadCell("is not a date", "Write it as 2012-09-06 (year-month-day).")


def read_yes(text: str) -> bool:
    """Read yes, no and their usual spellings."""
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise BadCell("is neither yes nor no", "Write yes or no, or leave it blank where it is not known.")


def read_minutes(text: str) -> int:
    """Read minutes absent: whole, and no more than a day has."""
    if re.fullmatch(r"\d{1,4}(\.0+)?", text) and int(text.partition(".")[0]) <= MINUTES_A_DAY:
        return int(text.partition(".")[0])
    raise BadCell("is not a number of minutes", f"Write whole minutes from 0 to {MINUTES_A_DAY}.")
