"""The months that the paper's charts run over."""

from __future__ import annotations

from datetime import date


def months_before(day: date, count: int) -> list[date]:
    """The first days of the last ``count`` whole months before the day's month, oldest first."""
    months = []
    year, month = day.year, day.month
    for _step in range(count):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        months.append(date(year, month, 1))
    return months[::-1]


def month_name(first: date) -> str:
    """A month in words: March 2012."""
    return f"{first:%B %Y}"
