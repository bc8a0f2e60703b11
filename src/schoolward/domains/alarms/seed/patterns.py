"""Zones that one thing sets off again and again: what there is to find and to mend. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_ALL = (0, 1, 2, 3, 4, 5, 6)
_SCHOOL_WEEK = (0, 1, 2, 3, 4)
_WEEKEND = (5, 6)
MENDED_ON = date(2012, 3, 9)
"""The day on which the verified corrective action was done."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """So many activations a week in one zone, within hours of the day, before and after it was mended."""

    place: int
    room: str
    cause: str
    hours: tuple[float, float]
    weekdays: tuple[int, ...]
    weekly: float
    mended: date | None = None
    weekly_after: float = 0.0
    role: str = ""


MENDED = Pattern(19, "Library", "hvac", (18.0, 19.0), _ALL, 2.6, MENDED_ON, 0.12)
OPEN = Pattern(42, "Multi-purpose room", "hvac", (18.25, 19.0), _SCHOOL_WEEK, 1.1)
PATTERNS = (
    MENDED,
    OPEN,
    Pattern(8, "Storage yard gate", "weather", (2.0, 4.0), _ALL, 0.55),
    Pattern(37, "Gymnasium", "staff_on_site", (9.0, 11.9), _WEEKEND, 0.75, role="coach"),
    Pattern(29, "Kitchen", "animal", (3.0, 5.0), _ALL, 0.5),
    Pattern(23, "Portable P-7", "staff_on_site", (7.0, 8.9), _WEEKEND, 0.4, role="teacher"),
    Pattern(60, "Music room", "decoration", (21.5, 23.5), _ALL, 0.45),
    Pattern(51, "Kitchen", "equipment", (18.1, 20.0), _ALL, 0.4),
)
