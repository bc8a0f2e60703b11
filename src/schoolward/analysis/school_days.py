"""Days as a school counts them: the school year, and terms in school days or in days of the calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

IsSchoolDay = Callable[[date], bool]
"""Whether school is taught on a day."""

LONGEST_BREAK: Final = 400
"""Calendar days without a school day after which a calendar is taken to end there."""

YEAR_TURNS: Final = (7, 1)
"""The school year begins on the first day of July (Education Code 37200)."""

_DAY: Final = timedelta(days=1)
_MONDAY, _THURSDAY, _FRIDAY = 0, 3, 4

_FIXED_HOLIDAYS: Final = {(1, 1), (7, 4), (11, 11), (12, 25)}
"""Month and day: New Year, Independence, Veterans and Christmas."""

_MOVING_HOLIDAYS: Final = {(1, _MONDAY, 3), (2, _MONDAY, 3), (9, _MONDAY, 1), (11, _THURSDAY, 4)}
"""Month, weekday and its number in the month: King, Washington, Labor and Thanksgiving."""


class DayKind(StrEnum):
    """How a term is counted."""

    SCHOOL = "school"
    CALENDAR = "calendar"


class NoSchoolDay(LookupError):
    """The calendar has no school day for more than a year from here."""


def weekdays(day: date) -> bool:
    """School from Monday to Friday, where no better calendar is known."""
    return day.weekday() < 5


def school_year(day: date) -> tuple[date, date]:
    """The first and the last day of the school year that the day lies in.

    >>> school_year(date(2012, 9, 6))
    (datetime.date(2012, 7, 1), datetime.date(2013, 6, 30))
    """
    begins = date(day.year, *YEAR_TURNS)
    if day < begins:
        begins = date(day.year - 1, *YEAR_TURNS)
    return begins, date(begins.year + 1, *YEAR_TURNS) - _DAY


def is_holiday(day: date) -> bool:
    """Whether schools are closed for a holiday of the nation and of California's law (Education Code 37220).

    One that falls on a Sunday is kept on the Monday after, one on a Saturday on the Friday before. Lincoln
    Day, which each district sets, is left out.

    >>> is_holiday(date(2012, 9, 3)), is_holiday(date(2012, 11, 12)), is_holiday(date(2012, 9, 4))
    (True, True, False)
    """
    kept = [day]
    if day.weekday() == _MONDAY:
        kept.append(day - _DAY)
    elif day.weekday() == _FRIDAY:
        kept.append(day + _DAY)
    fixed = any((one.month, one.day) in _FIXED_HOLIDAYS for one in kept)
    week = (day.day - 1) // 7 + 1
    last = (day + timedelta(days=7)).month != day.month
    return (
        fixed
        or (day.month, day.weekday(), week) in _MOVING_HOLIDAYS
        or (
            (day.month, day.weekday()) == (5, _MONDAY) and last  # Memorial Day
        )
    )


def is_usually_closed(day: date) -> bool:
    """Whether schools are closed on a day as a rule: weekends, holidays and July. For where no calendar is
    known: a school that is taught all year has one of its own."""
    return not weekdays(day) or day.month == 7 or is_holiday(day)


def months_after(day: date, months: int) -> date:
    """The same day so many months later (earlier, below 0), or that month's last day.

    >>> months_after(date(2012, 1, 31), 1), months_after(date(2012, 3, 31), -1)
    (datetime.date(2012, 2, 29), datetime.date(2012, 2, 29))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_after(
    day: date, days: int, kind: DayKind = DayKind.CALENDAR, is_school_day: IsSchoolDay = weekdays
) -> date:
    """The day on which a term of so many days, begun on ``day``, ends; ``day`` itself is not counted.

    A term of 0 days ends on ``day``, whatever day that is. Raises ``ValueError`` for fewer than 0 days and
    :class:`NoSchoolDay` where the calendar ends before the term.

    >>> days_after(date(2012, 9, 6), 3, DayKind.SCHOOL)
    datetime.date(2012, 9, 11)
    """
    if days < 0:
        raise ValueError(f"a term of {days} days does not end")
    if kind is DayKind.CALENDAR:
        return day + timedelta(days=days)
    counted = waited = 0
    while counted < days:
        day += _DAY
        waited += 1
        if is_school_day(day):
            counted, waited = counted + 1, 0
        elif waited > LONGEST_BREAK:
            raise NoSchoolDay(f"the calendar has no school day in the {LONGEST_BREAK} days up to {day}")
    return day
