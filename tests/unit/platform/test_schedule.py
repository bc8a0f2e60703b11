"""The period that a schedule is in, by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.platform.jobs.schedule import Every, period_key

SACRAMENTO = ZoneInfo("America/Los_Angeles")
FIVE_O_CLOCK = timedelta(hours=5)


@pytest.mark.parametrize(
    ("every", "after", "local", "key"),
    [
        (Every.DAY, FIVE_O_CLOCK, "2012-09-06T05:00", "2012-09-06"),
        (Every.DAY, FIVE_O_CLOCK, "2012-09-06T04:59", "2012-09-05"),
        (Every.DAY, timedelta(), "2012-09-06T00:00", "2012-09-06"),
        (Every.WEEK, timedelta(), "2012-09-03T00:00", "2012-W36"),  # weeks begin on Monday
        (Every.WEEK, timedelta(), "2012-09-02T23:59", "2012-W35"),
        (Every.WEEK, timedelta(), "2012-01-01T12:00", "2011-W52"),
        (Every.MONTH, timedelta(days=1), "2012-09-01T23:00", "2012-08"),
        (Every.MONTH, timedelta(days=1), "2012-09-02T00:00", "2012-09"),
        (Every.YEAR, timedelta(), "2012-12-31T23:59", "2012"),
        (Every.HOUR, timedelta(), "2012-09-06T05:30", "2012-09-06T12Z"),
    ],
)
def test_period_of_a_local_time(every: Every, after: timedelta, local: str, key: str) -> None:
    at = datetime.fromisoformat(local).replace(tzinfo=SACRAMENTO)
    assert period_key(every, after, at, SACRAMENTO) == key


@pytest.mark.parametrize("day", ["2012-03-11", "2012-11-04"])
def test_five_o_clock_stays_five_o_clock_when_daylight_saving_changes(day: str) -> None:
    def key(local: str) -> str:
        return period_key(
            Every.DAY, FIVE_O_CLOCK, datetime.fromisoformat(local).replace(tzinfo=SACRAMENTO), SACRAMENTO
        )

    assert key(f"{day}T04:59") != key(f"{day}T05:00") == day


def test_the_hour_that_comes_twice_in_autumn_is_two_periods() -> None:
    first = datetime(2012, 11, 4, 8, 30, tzinfo=UTC)  # 01:30 daylight time
    again = datetime(2012, 11, 4, 9, 30, tzinfo=UTC)  # 01:30 standard time
    assert first.astimezone(SACRAMENTO).hour == again.astimezone(SACRAMENTO).hour
    assert period_key(Every.HOUR, timedelta(), first, SACRAMENTO) != period_key(
        Every.HOUR, timedelta(), again, SACRAMENTO
    )


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(list(Every)),
    st.timedeltas(timedelta(), timedelta(hours=23)),
)
def test_later_never_means_an_earlier_period(at: datetime, every: Every, after: timedelta) -> None:
    # A year and an hour ahead the period differs, and its key sorts after: nothing is run twice or skipped.
    soon = period_key(
        every, after, at + timedelta(minutes=61 if every is Every.HOUR else 60 * 49), SACRAMENTO
    )
    much_later = period_key(every, after, at + timedelta(days=370), SACRAMENTO)
    assert period_key(every, after, at, SACRAMENTO) <= soon < much_later
