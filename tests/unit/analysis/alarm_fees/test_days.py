"""Windows, anniversaries and business days, by hand and against plain walks over the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.alarm_fees.days import (
    BusinessDays,
    Holiday,
    anniversary_begins,
    day_date,
    day_number,
    rolling_months_begin,
    year_begins,
    years_of,
)

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def numbers(*days: date) -> np.ndarray:
    return np.array([day_number(day) for day in days], dtype=np.int64)


@pytest.mark.parametrize(
    ("day", "months", "begins"),
    [
        ("2025-03-10", 12, "2024-03-11"),
        ("2025-02-28", 12, "2024-02-29"),
        ("2024-02-29", 12, "2023-03-01"),
        ("2025-03-01", 12, "2024-03-02"),
        ("2024-05-31", 3, "2024-03-01"),
        ("2024-01-31", 1, "2024-01-01"),
        ("2024-03-30", 1, "2024-03-01"),
        ("2024-12-31", 6, "2024-07-01"),
    ],
)
def test_a_period_of_months_ends_with_the_day(day: str, months: int, begins: str) -> None:
    found = rolling_months_begin(numbers(date.fromisoformat(day)), months)
    assert day_date(int(found[0])) == date.fromisoformat(begins)


@given(first=DAYS, second=DAYS, months=st.integers(1, 40))
def test_a_later_day_never_has_an_earlier_period(first: date, second: date, months: int) -> None:
    early, late = rolling_months_begin(numbers(min(first, second), max(first, second)), months)
    assert early <= late


@pytest.mark.parametrize(
    ("anchor", "day", "begins"),
    [
        ("2023-09-01", "2024-08-31", "2023-09-01"),
        ("2023-09-01", "2024-09-01", "2024-09-01"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-02-29", "2025-02-28", "2024-02-29"),
        ("2024-02-29", "2025-03-01", "2025-03-01"),
        ("2024-02-29", "2028-02-28", "2027-03-01"),
        ("2024-02-29", "2028-02-29", "2028-02-29"),
        ("2023-01-31", "2024-01-30", "2023-01-31"),
    ],
)
def test_a_permit_year_begins_on_the_anniversary(anchor: str, day: str, begins: str) -> None:
    found = anniversary_begins(numbers(date.fromisoformat(day)), numbers(date.fromisoformat(anchor)))
    assert day_date(int(found[0])) == date.fromisoformat(begins)


@given(anchor=DAYS, after=st.integers(0, 20_000))
def test_permit_years_follow_each_other_without_gap(anchor: date, after: int) -> None:
    day = anchor + timedelta(days=after)
    today, tomorrow = anniversary_begins(numbers(day, day + timedelta(days=1)), numbers(anchor, anchor))
    assert today in (tomorrow, tomorrow - 365, tomorrow - 366)
    assert tomorrow == today or day_date(int(tomorrow)) == day + timedelta(days=1)
    assert today <= day_number(day) < today + 366


@given(day=DAYS)
def test_years_are_those_of_the_calendar(day: date) -> None:
    assert int(years_of(numbers(day))[0]) == day.year
    assert day_date(int(year_begins(numbers(day))[0])) == date(day.year, 1, 1)


@pytest.mark.parametrize(
    ("holiday", "year", "kept"),
    [
        (Holiday(7, day_of_month=4), 2021, "2021-07-05"),
        (Holiday(7, day_of_month=4), 2020, "2020-07-03"),
        (Holiday(7, day_of_month=4, observed=False), 2021, "2021-07-04"),
        (Holiday(1, weekday=0, nth=3), 2024, "2024-01-15"),
        (Holiday(5, weekday=0, nth=-1), 2024, "2024-05-27"),
        (Holiday(12, weekday=1, nth=-1), 2024, "2024-12-31"),
        (Holiday(11, weekday=3, nth=4, shift=1), 2024, "2024-11-29"),
        (Holiday(1, day_of_month=1), 2022, "2021-12-31"),
    ],
)
def test_a_holiday_is_kept(holiday: Holiday, year: int, kept: str) -> None:
    assert holiday.in_year(year) == date.fromisoformat(kept)


HOLIDAYS = BusinessDays(
    (Holiday(1, day_of_month=1), Holiday(7, day_of_month=4), Holiday(11, weekday=3, nth=4)),
    (date(2024, 5, 6),),
)


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        ("2024-05-03", 1, "2024-05-07"),  # Friday; Monday is a holiday of that year
        ("2024-05-04", 1, "2024-05-07"),  # Saturday
        ("2024-05-06", 1, "2024-05-07"),  # the holiday itself
        ("2021-12-30", 1, "2022-01-03"),  # New Year 2022 is kept in the year before
    ],
)
def test_business_days_are_counted_from_the_day_after(day: str, count: int, found: str) -> None:
    after = HOLIDAYS.after(numbers(date.fromisoformat(day)), count)
    assert day_date(int(after[0])) == date.fromisoformat(found)


@given(day=DAYS, count=st.integers(1, 60))
def test_business_days_are_those_of_a_walk(day: date, count: int) -> None:
    closed = {holiday.in_year(year) for holiday in HOLIDAYS.holidays for year in range(1949, 2155)}
    closed |= set(HOLIDAYS.dates)
    walk, left = day, count
    while left:
        walk += timedelta(days=1)
        left -= walk.weekday() < 5 and walk not in closed
    assert day_date(int(HOLIDAYS.after(numbers(day), count)[0])) == walk
    while day.weekday() >= 5 or day in closed:
        day += timedelta(days=1)
        assert day_date(int(HOLIDAYS.not_before(numbers(day))[0])) >= day
