"""Whoever asks for every window, of all and of each program, and reckons with all answers finds no child."""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from schoolward.platform.access.models import Account
from schoolward.platform.measures import protection, registry
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import Reading, read
from schoolward.platform.measures.registry import Rows, measure
from schoolward.platform.measures.together import together

pytestmark = pytest.mark.django_db
JULY = date(2011, 7, 1)
SMALLEST = 11
PROGRAMS = ("one", "two", "three")
PARTS = (*PROGRAMS, "")
MONTHS = [date(2011 + month // 12, month % 12 + 1, 1) for month in range(6, 30)]


@pytest.fixture(autouse=True)
def _measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts stand for students: their name is the program, the last sign-in the day of completion."""
    monkeypatch.setattr(registry, "_measures", dict(registry._measures))
    monkeypatch.setattr(protection, "_programs", [lambda: PROGRAMS])
    monkeypatch.setattr(protection, "_sites", [])
    common: dict[str, Any] = {"owner": "test", "record_class": "education", "definition": "…"}
    common |= {"numerator": "…", "denominator": "…", "minimum_count": SMALLEST, "by_program": "name"}

    def joined(period: Period, scope: Scope) -> Any:
        last = min(period.end or period.as_of, period.as_of)
        rows = Account.objects.filter(created_at__date__lte=last)
        rows = rows.filter(created_at__date__gte=period.start) if period.start else rows
        return rows.filter(name=scope.program) if scope.program else rows

    @measure(key="test.odd", title="Odd", unit="percent", **common)
    def _odd(period: Period, scope: Scope) -> Rows:
        rows = joined(period, scope)
        return _share(rows.filter(is_staff=True), rows)

    @measure(key="test.done", title="Done", unit="percent", **common)
    def _done(period: Period, scope: Scope) -> Rows:
        rows = joined(period, scope)
        return _share(rows.filter(last_login__date__lte=period.as_of), rows)


def _share(some: Any, of: Any) -> Rows:
    """A share as those of the cases: withheld where the others of it are a few."""
    return Rows(some, of, factor=100, withheld=0 < of.count() - some.count() < SMALLEST)


def _children(chance: random.Random, parts: tuple[str, ...] = PARTS) -> None:
    made: list[Account] = []
    for _ in range(chance.randrange(30, 70)):
        day, program = JULY + timedelta(days=chance.randrange(700)), chance.choice(parts)
        at = datetime(day.year, day.month, day.day, 19, tzinfo=UTC)
        for _child in range(chance.choice((1, 3, 8, 14, 30))):
            done = at + timedelta(days=chance.randrange(400)) if chance.random() < 0.7 else None
            made.append(
                Account(
                    email=f"{len(made)}@example.org",
                    name=program,
                    created_at=at,
                    last_login=done,
                    is_staff=chance.random() < 0.5,
                )
            )
    Account.objects.bulk_create(made)


def _asked(key: str) -> Iterator[Reading]:
    """Every end of a month, from many first days and from none, of all together and of each program."""
    starts = (None, JULY, date(2010, 7, 1), date(2012, 1, 1), date(2012, 7, 1), date(2012, 2, 1))
    for first in MONTHS:
        end = first.replace(day=monthrange(first.year, first.month)[1])
        for start in starts:
            if start is not None and start > end:
                continue
            for as_of in (end, end + timedelta(days=95)):
                for program in PARTS:
                    found = read(key, Period(start, end, as_of), Scope(program=program))
                    if not found.suppressed and found.collected:
                        yield found


def _months(reading: Reading) -> tuple[int, int]:
    """The months that it counts, from one to before another."""
    start, end = reading.period.start, reading.period.end
    assert start is not None
    assert end is not None
    first, last = ((day.year - 2011) * 12 + day.month - 7 for day in (start, end))
    return first, last + 1


def _numbers(reading: Reading) -> tuple[int, int, int]:
    some, of = int(reading.numerator or 0), int(reading.denominator or 0)
    return some, of, of - some


@pytest.mark.parametrize("seed", range(4))
def test_no_few_are_had_from_everything_that_is_given(seed: int) -> None:
    """What can be reckoned is what lies in the span of all answers: a number by program and month each."""
    _children(random.Random(seed))
    with together():
        readings = list(_asked("test.odd"))
    assert any(reading.scope.program for reading in readings)
    assert any(not reading.scope.program for reading in readings)

    def row(parts: tuple[str, ...], first: int, last: int) -> np.ndarray[Any, Any]:
        found = np.zeros((len(PARTS), len(MONTHS)))
        found[[PARTS.index(part) for part in parts], first:last] = 1
        return found.ravel()

    known = {(reading.scope.program, *_months(reading)): _numbers(reading) for reading in readings}
    matrix = np.array([row((part,) if part else PARTS, first, last) for part, first, last in known])
    values = np.array(list(known.values()), dtype=float)
    solver = np.linalg.pinv(matrix.T)
    edges = sorted({edge for _part, *months in known for edge in months})
    for first, last in combinations(edges, 2):
        for size in range(1, len(PARTS) + 1):
            for parts in combinations(PARTS, size):
                wanted = row(parts, first, last)
                by = solver @ wanted
                if np.abs(matrix.T @ by - wanted).max() < 1e-6:
                    for number in np.rint(by @ values):
                        assert number == 0 or abs(number) >= SMALLEST, (parts, first, last, number)


@pytest.mark.parametrize("seed", range(4))
def test_no_few_are_had_from_states_of_other_days(seed: int) -> None:
    """Two or three windows whose months add up to some months once, each as judged at its day."""
    _children(random.Random(100 + seed))
    with together():
        readings = [one for one in _asked("test.done") if not one.scope.program]
    known = {(_months(one), one.period.as_of): _numbers(one) for one in readings}
    marks = {at: np.array([at[0][0] <= n < at[0][1] for n in range(24)], dtype=int) for at in known}
    for one, two in combinations(known, 2):
        difference = marks[one] - marks[two]
        if difference.min() < 0 < difference.max():
            continue
        changes = np.subtract(known[one], known[two])
        nested = marks[one] @ marks[two] > 0
        assert not nested or all(n == 0 or abs(n) >= SMALLEST for n in changes), (one, two, changes)
        rest = np.abs(difference)
        for three in known:
            if (marks[three] == rest).all():  # the same months, as judged at another day
                sign = 1 if difference.max() > 0 else -1
                more = sign * changes - np.array(known[three])
                assert all(n == 0 or abs(n) >= SMALLEST for n in more), (one, two, three, more)
