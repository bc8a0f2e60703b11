"""What a composed report is made of: plain values that page, PDF, CSV and JSON are rendered from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from schoolward.platform.measures.lineage import Lineage
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import Reading

Run = dict[str, Any]
"""``{"text"}``, ``{"strong"}``, ``{"cell", "text"}`` (with ``"bold"``) or ``{"source"}``: JSON, frozen as it
is printed."""

Block = dict[str, Any]
"""``{"kind": "paragraph"|"bullets"|"heading"|"table"|"chart"|"figures"|"note", …}``."""


@dataclass(frozen=True)
class Cell:
    """One number of a report: where it stands, what is printed, and the reading with its records."""

    position: int
    section: str
    token: str
    shown: str
    reading: Reading
    lineage: Lineage
    in_chart: bool = False

    @property
    def is_collected(self) -> bool:
        """Whether there is anything to count yet."""
        return self.reading.collected


@dataclass(frozen=True)
class Composition:
    """A whole report, composed: sections' blocks, the cells they print, sources and charts."""

    sections: dict[str, list[Block]]
    annex: list[dict[str, Any]]
    cells: tuple[Cell, ...]
    sources: tuple[dict[str, str], ...]
    charts: dict[str, str]


def long_date(day: date) -> str:
    """A date as the district's papers write it: September 6, 2012."""
    return f"{day:%B} {day.day}, {day.year}"


def span_of(period: Period) -> str:
    """A period in words."""
    if period.start and period.end:
        return f"{short_date(period.start)} to {short_date(period.end)}"
    if period.start:
        return f"from {short_date(period.start)}"
    if period.end:
        return f"up to {short_date(period.end)}"
    return f"as of {short_date(period.as_of)}"


def short_date(day: date) -> str:
    """A date in a table: Sep 6, 2012."""
    return f"{day:%b} {day.day}, {day.year}"


def school_year_name(first: date) -> str:
    """A school year by the day that it begins on: 2011/12."""
    return f"{first.year}/{(first.year + 1) % 100:02d}"


def column(title: str, width: float | str = "auto", *, align: str = "left") -> dict[str, str]:
    """A table's column; ``width`` is a share of the line or ``auto``, ``align`` is left or right."""
    return {"title": str(title), "width": str(width), "align": align}
