"""Counts of students are given for windows from which no smaller count can be had by subtraction."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from schoolward.platform.access.models import Account
from schoolward.platform.measures import registry
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import Reading, read
from schoolward.platform.measures.registry import Rows, measure

pytestmark = pytest.mark.django_db
JULY = date(2011, 7, 1)
SMALLEST = 11


def _joined(period: Period) -> object:
    rows = Account.objects.filter(created_at__date__lte=min(period.end or period.as_of, period.as_of))
    return rows.filter(created_at__date__gte=period.start) if period.start else rows


@pytest.fixture(autouse=True)
def _measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts stand for students: all who joined, and of them the share with an odd number."""
    monkeypatch.setattr(registry, "_measures", dict(registry._measures))
    common: dict[str, Any] = {
        "owner": "test",
        "record_class": "education",
        "definition": "…",
        "numerator": "…",
    }
    common |= {"unit": "students", "denominator": "…", "minimum_count": SMALLEST}

    @measure(key="test.joined", title="Joined", **common)
    def _all(period: Period, scope: Scope) -> Rows:
        return Rows(_joined(period))  # type: ignore[arg-type]

    @measure(key="test.odd", title="Odd", **common)
    def _odd(period: Period, scope: Scope) -> Rows:
        rows = _joined(period)
        return Rows(rows.filter(is_staff=True), rows, factor=100)  # type: ignore[attr-defined, arg-type]


def _join(count: int, on: date, *, odd: int = 0) -> None:
    at = datetime(on.year, on.month, on.day, 19, tzinfo=UTC)
    first = Account.objects.count()
    Account.objects.bulk_create(
        Account(email=f"{first + n}@example.org", created_at=at, is_staff=n < odd) for n in range(count)
    )


def _read(
    end: date, *, start: date | None = JULY, key: str = "test.joined", as_of: date | None = None
) -> Reading:
    return read(key, Period(start, end, as_of or end))


def test_a_month_that_is_not_over_is_not_counted() -> None:
    _join(20, date(2011, 8, 10))
    _join(15, date(2011, 9, 3))
    august = _read(date(2011, 9, 29))
    assert (august.value, august.period.end) == (20, date(2011, 8, 31))
    assert "Counted to August 31, 2011" in august.note
    september = _read(date(2011, 9, 30))
    assert (september.value, september.note) == (35, "")


def test_a_month_that_adds_too_few_waits_for_the_next() -> None:
    _join(20, date(2011, 8, 10))
    _join(10, date(2011, 9, 3))
    assert _read(date(2011, 9, 30)).value == 20
    _join(1, date(2011, 10, 3))
    assert _read(date(2011, 9, 30)).value == 20, "what was given once stays what is given"
    assert _read(date(2011, 10, 31)).value == 31


def test_too_few_since_nothing_is_withheld_and_not_nought() -> None:
    _join(10, date(2011, 8, 10))
    found = _read(date(2011, 8, 31))
    assert (found.value, found.suppressed, found.records) == (None, True, 0)
    assert _read(date(2011, 7, 31)).value == 0


@pytest.mark.parametrize("start", [date(2011, 7, 2), date(2011, 8, 1), date(2012, 1, 2)])
def test_no_other_first_day_is_answered(start: date) -> None:
    _join(40, date(2012, 1, 10))
    found = _read(date(2012, 1, 31), start=start)
    assert (found.value, found.suppressed) == (None, True)
    assert "from July 1" in found.note


def test_the_second_half_is_answered_where_the_first_may_be_known() -> None:
    _join(20, date(2011, 8, 10))
    _join(12, date(2012, 2, 10))
    second = date(2012, 1, 1)
    assert _read(date(2012, 6, 30), start=second).value == 12
    assert _read(date(2012, 1, 31), start=second).value == 0
    _join(5, date(2011, 12, 10))
    assert _read(date(2012, 6, 30)).value == 37
    assert _read(date(2012, 6, 30), start=second).suppressed, (
        "the five of December would be had by subtraction"
    )


def test_no_first_day_means_the_school_year() -> None:
    """All that ever was, less the year before it, would be this one with what was learned since."""
    _join(40, date(2010, 1, 10))
    _join(30, date(2012, 8, 10))
    found = _read(date(2012, 9, 6), start=None)
    assert (found.value, found.period.start, found.period.end) == (30, date(2012, 7, 1), date(2012, 8, 31))
    assert "Counted from July 1, 2012" in found.note


@pytest.mark.parametrize(
    ("start", "end"), [(date(2010, 7, 1), date(2011, 12, 31)), (date(2011, 1, 1), date(2011, 7, 31))]
)
def test_no_window_leads_into_another_school_year(start: date, end: date) -> None:
    """34 of the second half of 2011 less 39 since July 2010 said five of the year before."""
    _join(5, date(2011, 2, 10))
    _join(34, date(2011, 7, 10))
    found = _read(end, start=start)
    assert (found.value, found.suppressed) == (None, True)


def test_those_who_are_not_counted_are_protected_as_well() -> None:
    _join(40, date(2011, 8, 10), odd=20)
    _join(12, date(2011, 9, 10), odd=12)
    _join(12, date(2011, 10, 10), odd=11)
    whole, nearly = (_read(date(2011, *day), key="test.odd") for day in ((9, 30), (10, 31)))
    assert (whole.numerator, whole.denominator) == (32, 52)
    assert (nearly.numerator, nearly.denominator) == (32, 52), "one of twelve would be had by subtraction"


def test_a_later_state_is_given_where_enough_has_changed() -> None:
    _join(20, date(2011, 8, 10))
    assert _read(date(2011, 8, 31), as_of=date(2014, 1, 15)).value == 20


@pytest.mark.parametrize("seed", range(6))
def test_no_two_windows_differ_by_a_few(seed: int) -> None:
    """Every day of two years is asked for, from each first day that is answered."""
    chance = random.Random(seed)
    for _ in range(chance.randrange(20, 60)):
        _join(chance.randrange(1, 9), JULY + timedelta(days=chance.randrange(730)), odd=chance.randrange(3))
    days = {JULY + timedelta(days=chance.randrange(730)) for _ in range(20)}
    days |= {date(2011 + month // 12, month % 12 + 1, 28) for month in range(6, 30)}
    for key in ("test.joined", "test.odd"):
        half = _parts(_read(date(2011, 12, 31), key=key))
        # What is known of a year, with what follows from its halves; and of the year after it.
        for starts in ({JULY: (0, 0), date(2012, 1, 1): half}, {date(2012, 7, 1): (0, 0)}):
            shown = {
                tuple(one + before for one, before in zip(_parts(reading), starts[start], strict=True))
                for start in starts
                for reading in (_read(day, start=start, key=key) for day in sorted(days) if day >= start)
                if not reading.suppressed
            }
            for known in shown:
                for other in shown:
                    changes = [abs(one - two) for one, two in zip(known, other, strict=True)]
                    assert all(one == 0 or one >= SMALLEST for one in changes), (key, starts, changes)


def _parts(reading: Reading) -> tuple[float, float]:
    return reading.numerator or 0, reading.denominator or 0
