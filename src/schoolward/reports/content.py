"""What a composed report is made of: plain values that page, PDF, CSV and JSON are rendered from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from schoolward.platform.measures.lineage import Lineage
from schoolward.platform.measures.period import Period, Scope

Run = dict[str, Any]
"""``{"text"}``, ``{"strong"}``, ``{"cell", "text"}`` or ``{"source"}``: JSON, frozen as it is printed."""

Block = dict[str, Any]
"""``{"kind": "paragraph"|"bullets"|"heading"|"table"|"chart"|"figures"|"note", …}``."""


@dataclass(frozen=True)
class Cell:
    """One number of a report, with everything that it stands on."""

    position: int
    section: str
    token: str
    key: str
    title: str
    version: int
    unit: str
    period: Period
    scope: Scope
    shown: str
    value: float | None
    numerator: float | None
    denominator: float | None
    suppressed: bool
    collected: bool
    minimum_count: int
    note: str
    lineage: Lineage
    in_chart: bool = False


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
    return f"up to {short_date(period.end or period.as_of)}"


def short_date(day: date) -> str:
    """A date in a table: Sep 6, 2012."""
    return f"{day:%b} {day.day}, {day.year}"


def column(title: str, width: float | str = "auto", *, align: str = "left") -> dict[str, str]:
    """A table's column; ``width`` is a share of the line or ``auto``, ``align`` is left or right."""
    return {"title": str(title), "width": str(width), "align": align}
