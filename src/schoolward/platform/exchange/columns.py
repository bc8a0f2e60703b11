"""A table's columns: what each is called, what it means, and how its cells are read and written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from schoolward.platform.access.identifiers import explain

Parse = Callable[[str], Any]


class CellError(ValueError):
    """A cell cannot be read. ``error`` says what is wrong with it, ``mend`` what to write instead."""

    def __init__(self, error: str, mend: str = "") -> None:
        super().__init__(error)
        self.error = error
        self.mend = mend


def text(cell: str) -> str:
    """Read a cell as it stands."""
    return cell


@dataclass(frozen=True)
class Column:
    """One column, the same on the way in and out.

    ``parse`` turns a cell's text (never blank, spaces stripped) into a value or raises :class:`CellError`.
    A blank cell is ``None``, or rejects its row when the column is ``required``. ``aliases`` are other
    headers under which real files carry the column.
    """

    name: str
    help: str | Promise
    required: bool = False
    parse: Parse = text
    aliases: tuple[str, ...] = ()
    example: str = ""


def header_key(header: str) -> str:
    """Return a header without case, spaces and punctuation, so that "CDS Code" finds ``cds_code``."""
    return re.sub(r"[^a-z0-9]", "", header.lower())


def text_up_to(length: int) -> Parse:
    """Read text of at most ``length`` characters."""

    def parse(cell: str) -> str:
        if len(cell) > length:
            raise CellError(
                _("is %(found)d characters long") % {"found": len(cell)},
                _("Shorten it to %(length)d characters.") % {"length": length},
            )
        return cell

    return parse


def own_words(length: int) -> Parse:
    """Read text about people or programs: as :func:`text_up_to`, without numbers of files and licenses."""
    short = text_up_to(length)

    def parse(cell: str) -> Any:
        if why := explain(cell):
            raise CellError(why, _("Leave the number out."))
        return short(cell)

    return parse


def whole_number(least: int | None = None, most: int | None = None) -> Parse:
    """Read a whole number within bounds; thousands may be set apart by commas."""

    def parse(cell: str) -> int:
        if not re.fullmatch(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.0+)?", cell):
            raise CellError(_("is not a whole number"), _("Write digits only, such as 420."))
        number = int(cell.replace(",", "").partition(".")[0])
        _check_bounds(number, least, most)
        return number

    return parse


def number(least: float | None = None, most: float | None = None, *, decimals: int | None = None) -> Parse:
    """Read a decimal number within bounds, with at most ``decimals`` places behind the point."""

    def parse(cell: str) -> Decimal:
        found = _decimal(cell)
        if found is None:
            raise CellError(_("is not a number"), _("Write a number such as 38.5301."))
        _check_bounds(found, least, most)
        _check_decimals(found, decimals)
        return found

    return parse


def money(most_dollars: int) -> Parse:
    """Read an amount of dollars as whole cents: 1200.5, $1,200.50 or USD 1,200."""

    def parse(cell: str) -> int:
        found = _decimal(re.sub(r"^(\$|USD)\s*|\s*USD$", "", cell, flags=re.IGNORECASE))
        if found is None:
            raise CellError(
                _("is not an amount of money"), _("Write an amount such as 1200.50 or $1,200.50.")
            )
        _check_bounds(found, 0, most_dollars)
        _check_decimals(found, 2)
        return int(found * 100)

    return parse


def _decimal(cell: str) -> Decimal | None:
    """The finite number that stands in a cell, whose thousands may be set apart by commas.

    A comma anywhere else may be meant as a decimal point: 12,50 is not read as 1250.
    """
    if "," in cell and not re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", cell):
        return None
    try:
        found = Decimal(cell.replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _check_decimals(found: Decimal, most: int | None) -> None:
    # 1.50 and 1.5000 are the same amount: only places that say something count.
    if most is not None and found != round(found, most):
        raise CellError(
            _("has more than %(most)d decimal places") % {"most": most},
            _("Round it to %(most)d decimal places.") % {"most": most},
        )


def _check_bounds(found: Any, least: Any, most: Any) -> None:
    if least is not None and found < least:
        raise CellError(
            _("is below %(least)s") % {"least": least}, _("Write %(least)s or more.") % {"least": least}
        )
    if most is not None and found > most:
        raise CellError(
            _("is above %(most)s") % {"most": most}, _("Write %(most)s or less.") % {"most": most}
        )


_DAY_FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")


def day(cell: str) -> date:
    """Read a date: 2012-09-06 (preferred) or 9/6/2012 as Americans write it."""
    if len(cell) == 10 and cell[4] == cell[7] == "-":
        # By far the most frequent form, and much quicker than strptime.
        with suppress(ValueError):
            return date.fromisoformat(cell)
    for form in _DAY_FORMATS:
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007 - a calendar day has no time zone
        except ValueError:
            continue
    raise CellError(_("is not a date"), _("Write it as 2012-09-06 (year-month-day)."))


def yes_no(cell: str) -> bool:
    """Read Y, yes, true, 1 and their opposites."""
    answer = cell.lower()
    if answer in ("y", "yes", "true", "t", "1"):
        return True
    if answer in ("n", "no", "false", "f", "0"):
        return False
    raise CellError(_("is neither yes nor no"), _("Write yes or no."))


def one_of(choices: Iterable[tuple[str, Any]], **spellings: str) -> Parse:
    """Read one of Django's ``choices``, by value or label, whatever the case; ``spellings`` map others to
    values."""
    listed = [(value, str(label)) for value, label in choices]
    known = {header_key(label): value for value, label in listed} | {header_key(v): v for v, _label in listed}
    known |= {header_key(spelling): value for spelling, value in spellings.items()}

    def parse(cell: str) -> str:
        try:
            return known[header_key(cell)]
        except KeyError:
            raise CellError(
                _("is not one of the known values"),
                _("Write one of: %(values)s.") % {"values": ", ".join(value for value, _label in listed)},
            ) from None

    return parse
