"""The day that everything calls "today", and the moment that pages act at.

An installation's day is the clock's. The demonstration stands still at the day of the board meeting
that its paper is for, so that what is overnight, due and expiring there stays worth reading. Whether a
consent or an agreement holds is judged by the same day: what somebody writes holds for whoever reads it.
Only what is measured in hours (an emergency look, a session) goes by the real clock everywhere.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

DEMONSTRATION_DAY = date(2012, 9, 6)  # the day of the board meeting that the partnership's paper is for
MORNING = time(7, 30)


def stands_still() -> bool:
    """Whether this installation is the demonstration, whose day does not pass."""
    return bool(settings.DEMO)


def today(at: datetime) -> date:
    """The district's local day at this moment; in the demonstration always its one day."""
    return DEMONSTRATION_DAY if stands_still() else timezone.localdate(at)


def now(at: datetime) -> datetime:
    """The moment that pages reckon from (aware, district time); in the demonstration half past seven."""
    if not stands_still():
        return timezone.localtime(at)
    return datetime.combine(DEMONSTRATION_DAY, MORNING, tzinfo=timezone.get_default_timezone())
