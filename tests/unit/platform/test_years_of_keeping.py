"""Years of keeping: the day on which something is due, and the two ways of asking for it agree."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.platform.access.retention.years import due_on, last_due


@pytest.mark.parametrize(
    ("day", "years", "due"),
    [
        (date(2007, 9, 6), 5, date(2012, 9, 6)),
        (date(2008, 2, 29), 4, date(2012, 2, 29)),
        (date(2008, 2, 29), 5, date(2013, 3, 1)),
        (date(2012, 9, 6), 0, date(2012, 9, 6)),
    ],
)
def test_the_day_on_which_it_is_due(day: date, years: int, due: date) -> None:
    assert due_on(day, years) == due


@given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)), years=st.integers(0, 100), after=st.integers(-3, 3))
def test_a_day_is_due_exactly_when_the_last_due_day_has_reached_it(day: date, years: int, after: int) -> None:
    today = due_on(day, years) + timedelta(days=after)
    assert (day <= last_due(today, years)) == (after >= 0)
