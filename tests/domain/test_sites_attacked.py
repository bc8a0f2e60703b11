"""Whoever asks for every window, of all and of each site, and reckons with all answers finds no child.

The attack is that of ``test_windows_attacked``, played on sites: where one is withheld, the whole may
yield as well, and what lies at no site is the rest of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from domain import test_windows_attacked as programs
from domain.test_windows_attacked import JULY, MONTHS, PARTS, PROGRAMS, SMALLEST
from schoolward.platform.access.models import Account
from schoolward.platform.measures import protection, registry
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import Reading, read
from schoolward.platform.measures.registry import Rows, measure
from schoolward.platform.measures.together import together

pytestmark = pytest.mark.django_db
SITES = dict(enumerate(PROGRAMS, 1))
"""A site for each name that the invented children of the attack on programs have."""


@pytest.fixture(autouse=True)
def _measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts stand for students, as in the attack on programs: their name is the site."""
    monkeypatch.setattr(registry, "_measures", dict(registry._measures))
    monkeypatch.setattr(protection, "_programs", [])
    monkeypatch.setattr(protection, "_sites", [lambda _on: SITES])
    common: dict[str, Any] = {"owner": "test", "record_class": "education", "definition": "…"}
    common |= {"numerator": "…", "denominator": "…", "minimum_count": SMALLEST}

    def joined(period: Period, scope: Scope) -> Any:
        last = min(period.end or period.as_of, period.as_of)
        rows = Account.objects.filter(created_at__date__lte=last)
        rows = rows.filter(created_at__date__gte=period.start) if period.start else rows
        return rows.filter(name=SITES[scope.campus_id]) if scope.campus_id else rows

    @measure(key="test.odd", title="Odd", unit="percent", **common)
    def _odd(period: Period, scope: Scope) -> Rows:
        rows = joined(period, scope)
        return programs._share(rows.filter(is_staff=True), rows)

    @measure(key="test.done", title="Done", unit="percent", **common)
    def _done(period: Period, scope: Scope) -> Rows:
        rows = joined(period, scope)
        return programs._share(rows.filter(last_login__date__lte=period.as_of), rows)

    @measure(key="test.all", title="All", unit="children", **common)
    def _all(period: Period, scope: Scope) -> Rows:
        return Rows(joined(period, scope))


def _asked(key: str) -> Iterator[Reading]:
    """Every end of a month, from many first days and from none, of all together and of each site."""
    starts = (None, JULY, date(2010, 7, 1), date(2012, 1, 1), date(2012, 7, 1), date(2012, 2, 1))
    for first in MONTHS:
        end = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        for start in starts:
            if start is not None and start > end:
                continue
            for as_of in (end, end + timedelta(days=95)):
                for site in (*SITES, None):
                    found = read(key, Period(start, end, as_of), Scope(site))
                    if not found.suppressed and found.collected:
                        yield found


def _row(sites: tuple[str, ...], first: int, last: int) -> np.ndarray[Any, Any]:
    found = np.zeros((len(PARTS), len(MONTHS)))
    found[[PARTS.index(site) for site in sites], first:last] = 1
    return found.ravel()


def _numbers(reading: Reading) -> tuple[int, ...]:
    """Who is counted, and of a share who is held against and who of these is not counted."""
    return (int(reading.numerator or 0),) if reading.denominator is None else programs._numbers(reading)


@pytest.mark.parametrize(
    ("seed", "key", "places"),
    [
        *((seed, "test.odd", PROGRAMS) for seed in range(4)),
        *((seed, "test.odd", PARTS) for seed in range(2)),
        (6, "test.all", PROGRAMS),
        (7, "test.all", PARTS),
    ],
)
def test_no_few_are_had_from_everything_that_is_given(seed: int, key: str, places: tuple[str, ...]) -> None:
    """What can be reckoned is what lies in the span of all answers: a number by site and month each.

    Where everybody is at a site, all together less the others is the one that is withheld.
    """
    programs._children(random.Random(seed), places)
    with together():
        _no_few_in(list(_asked(key)))


@pytest.mark.parametrize(
    "sites",
    [
        {"one": (15, 5), "two": (20, 20), "three": (20, 20)},  # few of one are not counted
        {"one": (15, 5), "two": (14, 30), "three": (14, 6)},
        {"one": (5, 15), "two": (20, 20), "three": (20, 20)},
        {"one": (12, 0), "two": (20, 20), "three": (4, 0)},
    ],
)
def test_what_a_measure_withholds_of_a_site_is_not_what_the_others_leave(
    sites: dict[str, tuple[int, int]],
) -> None:
    """Of each site so many are counted and so many not, in one July: the whole less the others is the one."""
    at = datetime(2011, 7, 20, 19, tzinfo=UTC)
    told = [(site, odd) for site, (odd, even) in sites.items() for odd in [True] * odd + [False] * even]
    Account.objects.bulk_create(
        Account(email=f"{number}@example.org", name=site, created_at=at, is_staff=odd)
        for number, (site, odd) in enumerate(told)
    )
    end = date(2011, 7, 31)
    readings = [read("test.odd", Period(JULY, end, end), Scope(site)) for site in (*SITES, None)]
    shown = [one for one in readings if not one.suppressed and one.collected]
    assert shown
    _no_few_in(shown)


def _no_few_in(readings: list[Reading]) -> None:
    assert any(reading.scope.campus_id for reading in readings)
    known = {
        (SITES.get(one.scope.campus_id or 0, ""), *programs._months(one)): _numbers(one) for one in readings
    }
    matrix = np.array([_row((site,) if site else PARTS, first, last) for site, first, last in known])
    values = np.array(list(known.values()), dtype=float)
    solver = np.linalg.pinv(matrix.T)
    edges = sorted({edge for _site, *months in known for edge in months})
    for first, last in combinations(edges, 2):
        for size in range(1, len(PARTS) + 1):
            for sites in combinations(PARTS, size):
                wanted = _row(sites, first, last)
                by = solver @ wanted
                if np.abs(matrix.T @ by - wanted).max() < 1e-6:
                    for number in np.rint(by @ values):
                        assert number == 0 or abs(number) >= SMALLEST, (sites, first, last, number)
