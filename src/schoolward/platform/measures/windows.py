"""Counts of students are given for windows from which no smaller count can be had by subtraction.

Two windows that differ by a day differ by a child. So such a count is asked from the first of July, when
California's school year begins, to the end of a month; and of two months the later one is given only where
what came between is nothing, or is at least the smallest count, in each part: counted, held against, and not
counted of those. Where it is less, the figure of the earlier month stands, and says so. The same holds for
the day as of which a state is judged. From the first of January a figure is the difference of two of these.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.protection import size
from schoolward.platform.measures.registry import Measure
from schoolward.platform.measures.together import shared
from schoolward.platform.measures.walls import is_protected

_YEAR_BEGINS = (7, 1)
_HALF_BEGINS = (1, 1)
_MONTHLY = 24
"""For so many months windows end, and their state is judged, month by month, and then by school years. The
steps must be the same whatever is asked for: the later of two windows is judged by the earlier one."""
_BEFORE_ALL = date(1999, 7, 1)

_Parts = tuple[int, int, int, int, int]
_NOTHING: _Parts = (0, 0, 0, 0, 0)


@shared
def released(measure: Measure, period: Period, scope: Scope) -> Period | None:
    """The window whose figures may be given for ``period``; ``None`` where none may.

    It begins where the period begins, and ends with the last month for which the rule of this module holds.
    """
    if period.start is not None and (period.start.month, period.start.day) == _HALF_BEGINS:
        return _of_the_second_half(measure, period, period.start, scope)
    if period.start is not None and (period.start.month, period.start.day) != _YEAR_BEGINS:
        return None
    as_of = _month_end_until(period.as_of)
    end = min(_month_end_until(period.end or period.as_of), as_of)
    if period.start is not None and end < period.start:
        return None
    asked = replace(period, end=end, as_of=as_of)
    found, parts = None, _NOTHING
    if windows := list(_given(measure, asked, end, scope)):
        found, parts = windows[-1]
    if found is not None and found.end == end:
        for day in _steps(end, as_of):
            window = replace(found, as_of=day)
            of_day = _parts(measure, window, scope)
            if _may_follow(of_day, parts, measure.minimum_count):
                found, parts = window, of_day
    if not any(parts) and any(_parts(measure, asked, scope)):
        return None  # nothing until then, and too few since: that is no nought
    return found


def given(measure: Measure, period: Period, scope: Scope) -> list[Period]:
    """Every window from a period's first day up to its end that may be given, the shortest first.

    What one has more than the one before is nothing, or at least the smallest count: it may be told, too.
    Empty where the period does not begin on a July 1.
    """
    if period.start is None or (period.start.month, period.start.day) != _YEAR_BEGINS:
        return []
    end = _month_end_until(min(period.end or period.as_of, period.as_of))
    return [window for window, _of_day in _given(measure, replace(period, end=end, as_of=end), end, scope)]


def _given(measure: Measure, asked: Period, end: date, scope: Scope) -> Iterator[tuple[Period, _Parts]]:
    """The windows up to a day that may be given, each with its parts."""
    parts = _NOTHING
    for day in _steps(asked.start, end) if asked.start else _june_ends(_BEFORE_ALL, end):
        window = replace(asked, end=day, as_of=day)
        of_day = _parts(measure, window, scope)
        if _may_follow(of_day, parts, measure.minimum_count):
            parts = of_day
            yield window, of_day


def _of_the_second_half(measure: Measure, period: Period, first: date, scope: Scope) -> Period | None:
    """A window from January 1: the steps of its school year, from a step that ends with December.

    So it is the difference of two figures that may be given, and tells nothing that they do not.
    """
    before = date(first.year - 1, 12, 31)
    half = Period(date(first.year - 1, 7, 1), before, before)
    until = released(measure, half, scope)
    whole = released(measure, replace(period, start=half.start), scope)
    if until is None or until.end != before or whole is None or whole.end is None:
        return None
    if whole.end > before:
        return replace(whole, start=first)
    end = _month_end_until(min(period.end or period.as_of, period.as_of))
    if end < first:
        return None
    asked = replace(period, end=end)
    return None if any(_parts(measure, asked, scope)) else asked


def _may_follow(later: _Parts, earlier: _Parts, smallest: int) -> bool:
    """Whether both figures may be known. The first is judged by the measure's own rules as well."""
    changes = [abs(new - old) for new, old in zip(later, earlier, strict=True)]
    if not any(earlier):
        changes.pop()  # those that are not counted: the measure says whether they are too few
    return all(change == 0 or change >= smallest for change in changes)


def _parts(measure: Measure, period: Period, scope: Scope) -> _Parts:
    """Who is counted, what is summed of them, the same of those held against, and what is not counted."""
    rows = measure.rows(period, scope)
    if not rows.collected:
        return _NOTHING
    counted, against = size(rows.numerator, rows.amount), size(rows.denominator, rows.denominator_amount)
    persons = _persons(rows.numerator, counted, rows.amount)
    all_persons = _persons(rows.denominator, against, rows.denominator_amount)
    # Places that stayed empty are nobody; the children of a group who were not counted are somebody.
    is_of_persons = rows.amount is None or persons > 0
    return persons, counted, all_persons, against, against - counted if against and is_of_persons else 0


def _persons(rows: object, counted: int, amount: str | None) -> int:
    """How many records of persons: a sum of sessions may be large, and all of one child."""
    if not isinstance(rows, QuerySet) or not is_protected(rows.model):
        return 0
    return counted if amount is None else size(rows, None)


def _month_end_until(day: date) -> date:
    """The last end of a month that is not after a day."""
    last = monthrange(day.year, day.month)[1]
    if day.day == last:
        return day
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(year, month, monthrange(year, month)[1])


def _steps(first: date, last: date) -> Iterator[date]:
    """The ends of months after one day and until another; after two years only those of school years."""
    year, month = first.year, first.month
    for _ in range(_MONTHLY + 1):
        day = date(year, month, monthrange(year, month)[1])
        if day > last:
            return
        if day > first:
            yield day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    yield from _june_ends(date(year, month, 1), last)


def _june_ends(first: date, last: date) -> Iterator[date]:
    """The ends of school years from one day to another."""
    year = first.year if first.month < 7 else first.year + 1
    while date(year, 6, 30) <= last:
        yield date(year, 6, 30)
        year += 1
