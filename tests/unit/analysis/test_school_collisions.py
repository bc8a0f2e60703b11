"""Collisions near schools: within the radius and on its days only, and trends that say how sure they are."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.geodesy import haversine_m
from schoolward.analysis.school_collisions import (
    QUARTER_MILE_M,
    Spans,
    change,
    days_since_1970,
    five_years_before,
    near,
    rolling,
    window,
)

METRE = 1 / 111_195.0  # of latitude, degrees


def spans(*rows: tuple[int, float, float, str, str]) -> Spans:
    campus, longitude, latitude, first, last = zip(*rows, strict=True)
    days = [days_since_1970([date.fromisoformat(day) for day in part]) for part in (first, last)]
    return Spans(np.array(campus), np.array(longitude), np.array(latitude), *days)


def found(points: list[tuple[float, float, str]], known: Spans) -> list[tuple[int, int]]:
    longitude, latitude, day = zip(*points, strict=True)
    days = days_since_1970([date.fromisoformat(one) for one in day])
    pairs = near(np.array(longitude), np.array(latitude), days, known)
    return list(zip(pairs.collision.tolist(), pairs.campus.tolist(), strict=True))


OAK = (7, -121.5, 38.5, "2000-01-01", "2012-06-30")
ELM = (9, -121.5, 38.5 + 600 * METRE, "2000-01-01", "2020-12-31")


@pytest.mark.parametrize(
    ("north_m", "day", "campuses"),
    [
        (0, "2012-01-01", [7]),
        (401, "2012-01-01", [7, 9]),
        (300, "2012-01-01", [7, 9]),  # between two schools it counts for both
        (404, "2012-01-01", [9]),
        (300, "2012-07-01", [9]),  # one of them had closed
        (1003, "2012-01-01", []),
        (0, "1999-12-31", []),
        (float("nan"), "2012-01-01", []),
    ],
)
def test_which_schools_are_near(north_m: float, day: str, campuses: list[int]) -> None:
    assert found([(-121.5, 38.5 + north_m * METRE, day)], spans(OAK, ELM)) == [(0, one) for one in campuses]


def test_a_campus_with_two_schools_counts_once() -> None:
    assert found([(-121.5, 38.5, "2012-01-01")], spans(OAK, OAK)) == [(0, 7)]


@given(st.lists(st.tuples(st.floats(-0.01, 0.01), st.floats(-0.01, 0.01)), min_size=1, max_size=20))
def test_the_tree_finds_what_all_distances_find(offsets: list[tuple[float, float]]) -> None:
    longitude = np.array([-121.5 + x for x, _ in offsets])
    latitude = np.array([38.5 + y for _, y in offsets])
    pairs = near(longitude, latitude, days_since_1970([date(2012, 1, 1)] * len(offsets)), spans(OAK, ELM))
    expected = {
        (index, campus)
        for campus, x, y, *_ in (OAK, ELM)
        for index in np.flatnonzero(haversine_m(longitude, latitude, x, y) <= QUARTER_MILE_M).tolist()
    }
    assert set(zip(pairs.collision.tolist(), pairs.campus.tolist(), strict=True)) == expected
    assert (pairs.distance_m <= QUARTER_MILE_M).all()


def test_windows_of_whole_known_years() -> None:
    by_year = {2006: 1, 2007: 0, 2008: 2, 2009: 1, 2010: 0, 2011: 3, 2013: 1}
    assert [(one.first_year, one.last_year, one.count) for one in rolling(by_year)] == [
        (2006, 2010, 4),
        (2007, 2011, 6),
    ]


def test_the_interval_of_a_count_is_garwoods() -> None:
    # Garwood's table: 0 events 0 to 3.69, 10 events 4.80 to 18.39.
    assert window(0, 2012).interval == pytest.approx((0.0, 3.689), abs=1e-3)
    assert window(10, 2012).interval == pytest.approx((4.795, 18.390), abs=1e-3)


@pytest.mark.parametrize(
    ("earlier", "later", "ratio", "shown"),
    [(10, 10, 1.0, False), (4, 2, 0.5, False), (40, 10, 0.25, True), (0, 3, None, False), (0, 9, None, True)],
)
def test_a_change_says_whether_it_shows(earlier: int, later: int, ratio: float | None, shown: bool) -> None:
    told = change(earlier, later)
    assert told is not None
    assert (told.ratio, told.shown) == (ratio, shown)
    assert told.ratio is None or told.interval.low <= told.ratio <= told.interval.high


def test_no_collision_is_no_change() -> None:
    assert change(0, 0) is None


@pytest.mark.parametrize(
    ("day", "first"),
    [("2012-09-06", "2007-09-07"), ("2012-12-31", "2008-01-01"), ("2012-02-29", "2007-03-01")],
)
def test_five_years_end_with_their_day(day: str, first: str) -> None:
    assert five_years_before(date.fromisoformat(day)) == date.fromisoformat(first)
