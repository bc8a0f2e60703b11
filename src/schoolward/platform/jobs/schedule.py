"""When a periodic job is due, as a pure function of the time: the period's key, never a timer.

A schedule that was missed (the machine was off) runs once, late; one that the worker meets twice in the
same period runs once all the same, because the period's key is unique in the database.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Every(StrEnum):
    """How often a job is due."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_FORMATS = {
    Every.HOUR: "%Y-%m-%dT%HZ",
    Every.DAY: "%Y-%m-%d",
    Every.WEEK: "%G-W%V",
    Every.MONTH: "%Y-%m",
    Every.YEAR: "%Y",
}


def period_key(every: Every, after: timedelta, at: datetime, zone: ZoneInfo) -> str:
    """The key of the period that ``at`` lies in, e.g. ``2012-09-06``; it turns ``after`` past the boundary.

    Days and longer are told by the clock on the wall in ``zone``, so that 05:00 stays 05:00 when daylight
    saving begins or ends. Hours are told in UTC, where no hour is missing and none comes twice.
    """
    local = at.astimezone(UTC if every is Every.HOUR else zone).replace(tzinfo=None)
    return (local - after).strftime(_FORMATS[every])
