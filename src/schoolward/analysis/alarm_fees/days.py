"""Days as fee rules count them: windows, anniversaries and business days, over whole arrays at once.

A day is a whole number, days since 1970-01-01, of the city's own calendar. NO_DAY stands for "none".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

NO_DAY: Final = -(2**40)
"""Where a day is not known, or there is none."""

NEVER: Final = 2**30
"""A day after every other: the end of what has no end."""

_EPOCH = date(1970, 1, 1)
_SATURDAY = 5


def day_number(day: date) -> int:
    """Return days since 1970-01-01."""
    return (day - _EPOCH).days


def day_date(number: int) -> date:
    """Return the date of a day number."""
    return _EPOCH + timedelta(days=number)


def _dates(days: Integers) -> NDArray[np.datetime64]:
    return days.astype("datetime64[D]")


def years_of(days: Integers) -> Integers:
    """Return the calendar year of each day."""
    return _dates(days).astype("datetime64[Y]").astype(np.int64) + 1970


def year_begins(days: Integers) -> Integers:
    """Return 1 January of the year of each day."""
    return _dates(days).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)


def months_later(days: Integers, months: Integers | int) -> Integers:
    """Return the day of the same number so many months later.

    A month that is too short passes the day on to the month after: a year from 29 February 2024 is 1 March
    2025, because the year is full at the end of 28 February.
    """
    first = _dates(days).astype("datetime64[M]")
    into = days - first.astype("datetime64[D]").astype(np.int64)
    target = (first.astype(np.int64) + months).astype("datetime64[M]")
    following = (first.astype(np.int64) + months + 1).astype("datetime64[M]")
    found = target.astype("datetime64[D]").astype(np.int64) + into
    return np.minimum(found, following.astype("datetime64[D]").astype(np.int64))


def rolling_months_begin(days: Integers, months: int) -> Integers:
    """Return the first day of the period of so many months that ends with each day.

    Twelve months that end on 10 March 2025 begin on 11 March 2024: the same date of two years lies in two
    periods. Those that end on 28 February 2025 begin on 29 February 2024.
    """
    first = _dates(days).astype("datetime64[M]")
    into = days - first.astype("datetime64[D]").astype(np.int64)
    target = (first.astype(np.int64) - months).astype("datetime64[M]")
    begins = target.astype("datetime64[D]").astype(np.int64)
    following = (target + 1).astype("datetime64[D]").astype(np.int64)
    return np.minimum(begins + into, following - 1) + 1


def anniversary_begins(days: Integers, anchors: Integers) -> Integers:
    """Return the latest anniversary of each anchor that is not after the day beside it (day >= anchor)."""
    months = _dates(days).astype("datetime64[M]").astype(np.int64)
    months = months - _dates(anchors).astype("datetime64[M]").astype(np.int64)
    years = months // 12
    found = months_later(anchors, 12 * years)
    return np.where(found > days, months_later(anchors, 12 * (years - 1)), found)


@dataclass(frozen=True)
class Holiday:
    """A holiday of every year.

    Either `month` and `day_of_month`, or `month`, `weekday` (0 is Monday) and `nth` (1 is the first, -1 the
    last), moved by `shift` days. One of a fixed date is observed on Friday if it falls on Saturday, and on
    Monday if on Sunday, where `observed` says so.
    """

    month: int
    day_of_month: int = 0
    weekday: int = 0
    nth: int = 0
    shift: int = 0
    observed: bool = True

    def in_year(self, year: int) -> date:
        """Return the day on which it is kept in a year."""
        if self.nth == 0:
            found = date(year, self.month, self.day_of_month)
            if self.observed and found.weekday() >= _SATURDAY:
                found += timedelta(days=-1 if found.weekday() == _SATURDAY else 1)
        elif self.nth > 0:
            first = date(year, self.month, 1)
            found = first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))
        else:
            following = date(year + self.month // 12, self.month % 12 + 1, 1)
            last = following - timedelta(days=1)
            found = last - timedelta(days=(last.weekday() - self.weekday) % 7 + 7 * (-self.nth - 1))
        return found + timedelta(days=self.shift)


@dataclass(frozen=True)
class BusinessDays:
    """Monday to Friday without holidays: those of every year, and single dates."""

    holidays: tuple[Holiday, ...] = ()
    dates: tuple[date, ...] = ()

    def after(self, days: Integers, count: int) -> Integers:
        """Return the day `count` business days after each day; the day itself is not counted."""
        return self._offset(days, count, "backward")

    def not_before(self, days: Integers) -> Integers:
        """Return each day, or the next business day where it is none."""
        return self._offset(days, 0, "forward")

    def _offset(self, days: Integers, count: int, roll: str) -> Integers:
        if not len(days):
            return days
        unlike, where = np.unique(days, return_inverse=True)  # few days, many alarms
        # Two years more than the count can need, so that no holiday is missed at the far end.
        first, last = day_date(int(unlike[0])).year - 1, day_date(int(unlike[-1])).year + 2 + count // 200
        kept = sorted({*self.dates, *self._of_years(range(first, last + 1))})
        found = np.busday_offset(
            _dates(unlike),
            count,
            roll=roll,  # type: ignore[call-overload]
            holidays=np.array(kept, dtype="datetime64[D]"),
        )
        moved: Integers = found.astype(np.int64)[where]
        return moved

    def _of_years(self, years: Iterable[int]) -> Iterable[date]:
        for year in years:
            for holiday in self.holidays:
                yield holiday.in_year(year)
