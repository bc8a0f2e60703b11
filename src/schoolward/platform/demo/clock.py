"""The day that pages call "today".

An installation's day is the clock's. The demonstration stands still at the day of the board meeting
that its paper is for, so that what is overnight, due and expiring there stays worth reading.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

from schoolward.platform.demo.actions import DEMONSTRATION_DAY

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
