"""Attendance after first visits (M29) as a measure: the page's number, withheld where few stand behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from schoolward.domains.cases.centre_examples import build_series
from schoolward.domains.cases.queries.results import gain_of_visits
from schoolward.platform.measures.display import certainty, shown
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import open_part, read
from schoolward.platform.measures.walls import counting

KEY = "centre.attendance_gain"
YEAR = Period(date(2011, 7, 1), date(2012, 6, 30), date(2012, 9, 6))


def _students(*, came: int, never: int, after: int = 36) -> dict[str, Any]:
    whole = {"before": "27", "after": str(after)}
    return build_series(
        [
            {"student": "Came", "times": str(came), "came": "2012-02-15", **whole},
            {"student": "Never", "times": str(never), "came": "", "before": "27", "after": "31"},
        ]
    )


@pytest.mark.django_db
def test_the_number_is_that_of_the_query_and_says_what_it_shows() -> None:
    _students(came=12, never=11)
    reading = read(KEY, YEAR)
    found = gain_of_visits(date(2011, 7, 1), date(2012, 6, 30), date(2012, 9, 6))
    assert reading.value == pytest.approx(100 * 5 / 45) == pytest.approx(found.compared.value)
    assert reading.interval == (found.compared.low, found.compared.high)
    assert (reading.denominator, reading.records) == (12, 12)
    assert "which shows a rise" in certainty(reading)
    opened = open_part(KEY, YEAR)
    with counting(opened.behind):
        assert sum(row.points for row in opened.behind) == reading.numerator


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came", "never", "said"),
    [
        pytest.param(10, 12, "withheld: too few students", id="ten-came"),
        pytest.param(12, 10, "not collected", id="ten-to-compare-with"),
        pytest.param(0, 12, "not collected", id="nobody-came"),
    ],
)
def test_few_on_either_side_are_told_by_no_value(came: int, never: int, said: str) -> None:
    _students(came=came, never=never)
    reading = read(KEY, YEAR)
    assert (reading.value, reading.numerator, reading.denominator, reading.records) == (None, None, None, 0)
    assert shown(reading) == said
    assert open_part(KEY, YEAR).keys() == []


@pytest.mark.django_db
def test_no_change_of_twelve_is_a_number_and_not_a_small_count() -> None:
    _students(came=12, never=12, after=31)
    reading = read(KEY, YEAR)
    assert (reading.value, reading.suppressed) == (0.0, False)
    assert "no change shown" in certainty(reading)


@pytest.mark.django_db
def test_days_after_the_day_that_is_asked_about_are_not_looked_at() -> None:
    _students(came=12, never=12)
    early = Period(date(2011, 7, 1), date(2012, 3, 1), date(2012, 3, 1))
    assert not read(KEY, early).collected
    assert not read(KEY, YEAR, Scope(1)).collected


def test_the_page_opens_the_number(client_of: Callable[..., Client]) -> None:
    page = client_of("trustee").get("/centre/results/").content.decode()
    assert "/trace/centre.attendance_gain/" in page or "/trace/centre.attendance_gain?" in page
