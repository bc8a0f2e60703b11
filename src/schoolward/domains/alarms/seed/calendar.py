"""The school year of the story: which days have school, which storms came, and how much fell by when.

The breaks are those of an ordinary Californian school year; the storms and the causes' shares are invented.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

FIRST = date(2011, 9, 6)
SUMMER_FROM = date(2012, 6, 12)
SCHOOL_AGAIN = date(2012, 9, 4)
BEFORE_YEARLY, AFTER_YEARLY = 5_200, 2_100
"""Activations a year at the pace of the first day and of the last (MISSION, section 6)."""

_BREAKS: tuple[tuple[date, date], ...] = (
    (date(2011, 10, 10), date(2011, 10, 10)),
    (date(2011, 11, 11), date(2011, 11, 11)),
    (date(2011, 11, 21), date(2011, 11, 25)),
    (date(2011, 12, 19), date(2012, 1, 3)),
    (date(2012, 1, 16), date(2012, 1, 16)),
    (date(2012, 2, 13), date(2012, 2, 17)),
    (date(2012, 2, 20), date(2012, 2, 20)),
    (date(2012, 3, 16), date(2012, 3, 16)),
    (date(2012, 4, 2), date(2012, 4, 9)),
    (date(2012, 5, 25), date(2012, 5, 28)),
)
STORMS = frozenset(
    (
        date(2011, 10, 5),
        date(2011, 11, 18),
        date(2011, 12, 15),
        date(2012, 1, 20),
        date(2012, 1, 21),
        date(2012, 2, 29),
        date(2012, 3, 14),
        date(2012, 3, 17),
        date(2012, 4, 12),
    )
)


class Kind(StrEnum):
    """What a day is at the schools."""

    SCHOOL = "school"
    WEEKEND = "weekend"
    BREAK = "break"
    SUMMER = "summer"


#: Each cause's part of the activations, and how much of the fall it has: training and tidy rooms end user
#: errors and decorations, and leave storms, animals and burglars as they were. What is missing to 1 are the
#: zones of `patterns`.
SHARES: dict[str, tuple[float, float]] = {
    "user_error": (0.32, 1.3),
    "staff_on_site": (0.12, 1.2),
    "hvac": (0.15, 1.1),
    "decoration": (0.07, 1.3),
    "weather": (0.08, 0.3),
    "animal": (0.055, 0.3),
    "equipment": (0.05, 0.8),
    "contractor": (0.03, 0.6),
    "unknown": (0.04, 1.0),
    "intruder": (0.02, 0.1),
}
_BY_KIND: dict[str, dict[Kind, float]] = {
    "user_error": {Kind.SCHOOL: 1.75, Kind.WEEKEND: 0.25, Kind.BREAK: 0.3, Kind.SUMMER: 0.25},
    "staff_on_site": {Kind.SCHOOL: 0.6, Kind.WEEKEND: 1.5, Kind.BREAK: 2.6, Kind.SUMMER: 1.1},
    "hvac": {Kind.SCHOOL: 1.2, Kind.WEEKEND: 0.7, Kind.BREAK: 1.1, Kind.SUMMER: 0.7},
    "decoration": {Kind.SCHOOL: 1.1, Kind.WEEKEND: 1.0, Kind.BREAK: 1.7, Kind.SUMMER: 0.2},
    "contractor": {Kind.SCHOOL: 0.2, Kind.WEEKEND: 0.2, Kind.BREAK: 2.0, Kind.SUMMER: 3.4},
    "intruder": {Kind.SCHOOL: 0.6, Kind.WEEKEND: 1.4, Kind.BREAK: 2.2, Kind.SUMMER: 1.9},
}


def kind_of(day: date) -> Kind:
    """What the day is."""
    if SUMMER_FROM <= day < SCHOOL_AGAIN:
        return Kind.SUMMER
    if day.weekday() >= 5:
        return Kind.WEEKEND
    return Kind.BREAK if any(first <= day <= last for first, last in _BREAKS) else Kind.SCHOOL


def expected(cause: str, day: date, last: date) -> float:
    """How many activations of a cause the day is to have, on average."""
    share, fall = SHARES[cause]
    gone = (day - FIRST) / (last - FIRST)
    pace = BEFORE_YEARLY * (1 - (1 - AFTER_YEARLY / BEFORE_YEARLY) * gone) ** fall
    return pace / 366 * share * _BY_KIND.get(cause, {}).get(kind_of(day), 1.0) * _season(cause, day)


def _season(cause: str, day: date) -> float:
    if cause == "weather":
        return 16.0 if day in STORMS else 0.6
    if cause == "decoration":
        return 2.6 if date(2011, 10, 15) <= day <= date(2011, 12, 31) else 0.7
    if cause == "hvac":
        return 1.4 if day.month in (11, 12, 1, 2) else 0.9
    if cause == "animal":
        return 1.6 if day.month in (4, 5, 6) else 0.8
    if cause == "intruder" and day in (date(2011, 11, 24), date(2011, 12, 25), date(2012, 7, 4)):
        return 3.0
    return 1.0


def days(first: date, last: date) -> list[date]:
    """The days from the first to the last, both included."""
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]
