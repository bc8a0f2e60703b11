"""The periods of preventive work: a key for each, so that what is met twice is opened once."""

from __future__ import annotations

from datetime import date, timedelta


def period_of(every: str, day: date) -> str:
    """The key of the period that a day lies in: 2012-W36, 2012-09, 2012-Q3, 2012-H2 or 2012.

    Raises ``KeyError`` for another recurrence.
    """
    year, week, _weekday = day.isocalendar()
    keys = {
        "week": f"{year}-W{week:02d}",
        "month": f"{day:%Y-%m}",
        "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
        "half_year": f"{day.year}-H{1 if day.month <= 6 else 2}",
        "year": f"{day.year}",
    }
    return keys[every]


_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def last_day_of(every: str, day: date) -> date:
    """The last day of the period that a day lies in: by then its work is due."""
    if every == "week":
        return day + timedelta(days=6 - day.weekday())
    months = _MONTHS[every]
    following = day.year * 12 + (day.month - 1) // months * months + months
    return date(following // 12, following % 12 + 1, 1) - timedelta(days=1)
