"""Years of keeping, as pure functions of days."""

from __future__ import annotations

from datetime import date

COMING_OF_AGE = 18
"""Years: where the young person's 18th birthday counts, a table declares the date of birth."""


def due_on(day: date, years: int) -> date:
    """The first day on which what is kept so many years after ``day`` is due. From February 29, March 1."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def last_due(today: date, years: int) -> date:
    """The last day whose :func:`due_on` has come today."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return date(today.year - years, 2, 28)
