"""Collisions near schools: which lie within a quarter of a mile, and how their number moves over the years.

The quarter mile (402 m) is the radius within which the Safe Routes to School map viewer of the
Transportation Injury Mapping System counts. Counts are taken as Poisson: each has the exact interval of
Garwood (Biometrika 28, 1936); two windows are compared by the conditional test of Przyborowski and Wilenski
(Homogeneity of results in testing samples from Poisson series, Biometrika 31, 1940), whose interval is that
of a binomial share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.false_alarms.intervals import Interval, clopper_pearson, garwood
from schoolward.analysis.geodesy import chord_length, haversine_m, unit_vectors

QUARTER_MILE_M = 402.0
ROLLING_YEARS = 5


@dataclass(frozen=True)
class Spans:
    """Spans of days in which a campus held a school: its number, its point in degrees, and the first and
    the last day since 1970-01-01. One row a span, all of one length; a campus may have several."""

    campus: NDArray[np.int64]
    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]
    first_day: NDArray[np.int64]
    last_day: NDArray[np.int64]


@dataclass(frozen=True)
class Pairs:
    """Collisions (by their index) with the campuses near them, and how far apart they are in metres."""

    collision: NDArray[np.int64]
    campus: NDArray[np.int64]
    distance_m: NDArray[np.float64]


def near(
    longitude: NDArray[np.float64],
    latitude: NDArray[np.float64],
    day: NDArray[np.int64],
    spans: Spans,
    *,
    within_m: float = QUARTER_MILE_M,
) -> Pairs:
    """Each collision with every campus near it that held a school on its day, sorted by collision and campus.

    `longitude` and `latitude` are degrees, NaN where there is no position, which is near nothing; `day`
    counts from 1970-01-01. All have one length.
    """
    from scipy.spatial import cKDTree

    placed = np.flatnonzero(np.isfinite(longitude) & np.isfinite(latitude))
    known = np.flatnonzero(np.isfinite(spans.longitude) & np.isfinite(spans.latitude))
    empty = np.zeros(0, dtype=np.int64)
    if not len(placed) or not len(known):
        return Pairs(empty, empty, np.zeros(0))
    tree = cKDTree(unit_vectors(longitude[placed], latitude[placed]))
    # A hair more than the radius, so that the exact distance decides.
    around = tree.query_ball_point(
        unit_vectors(spans.longitude[known], spans.latitude[known]), float(chord_length(within_m * 1.001))
    )
    span = np.repeat(known, [len(found) for found in around])
    collision = placed[np.concatenate([np.asarray(found, dtype=np.int64) for found in around])]
    distance = haversine_m(
        longitude[collision], latitude[collision], spans.longitude[span], spans.latitude[span]
    )
    stands = (
        (distance <= within_m)
        & (day[collision] >= spans.first_day[span])
        & (day[collision] <= spans.last_day[span])
    )
    pairs = np.stack([collision[stands], spans.campus[span[stands]]])
    unique, first = np.unique(pairs, axis=1, return_index=True)
    return Pairs(unique[0], unique[1], distance[stands][first])


@dataclass(frozen=True, slots=True)
class Window:
    """A count over some years that end with a year, and the ends of its 95 percent interval."""

    last_year: int
    years: int
    count: int
    interval: Interval

    @property
    def first_year(self) -> int:
        """The first year of the window."""
        return self.last_year - self.years + 1


def window(count: int, last_year: int, years: int = ROLLING_YEARS) -> Window:
    """A count with its interval."""
    return Window(last_year, years, count, garwood(count, 1.0))


def rolling(by_year: dict[int, int], years: int = ROLLING_YEARS) -> list[Window]:
    """The windows of so many whole years, of each year that ends one.

    `by_year` holds a count for every year of which records are known, 0 too; a window with a year that is not
    there is left out, since nobody knows its count.
    """
    found = []
    for last in sorted(by_year):
        span = range(last - years + 1, last + 1)
        if all(year in by_year for year in span):
            found.append(window(sum(by_year[year] for year in span), last, years))
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """How a later window's count compares to an earlier one's: their ratio with its 95 percent interval.

    `high` is infinite where the earlier window has none. An interval that holds 1 shows no change.
    """

    ratio: float | None
    interval: Interval

    @property
    def shown(self) -> bool:
        """Whether the interval leaves out that nothing has changed."""
        return not self.interval.low <= 1 <= self.interval.high


def change(earlier: int, later: int) -> Change | None:
    """The change between two windows of the same length; None where neither has a collision."""
    total = earlier + later
    if not total:
        return None
    low, high = clopper_pearson(later, total)
    ends = Interval(low / (1 - low), float("inf") if high >= 1 else high / (1 - high))
    return Change(later / earlier if earlier else None, ends)


def five_years_before(day: date, years: int = ROLLING_YEARS) -> date:
    """The first day of the years that end with a day: 7 September 2007 for 6 September 2012."""
    try:
        before = day.replace(year=day.year - years)
    except ValueError:  # 29 February
        before = day.replace(year=day.year - years, day=28)
    return date.fromordinal(before.toordinal() + 1)


def days_since_1970(days: Sequence[date]) -> NDArray[np.int64]:
    """Days as whole numbers from 1970-01-01."""
    return np.array([day.toordinal() for day in days], dtype=np.int64) - date(1970, 1, 1).toordinal()
