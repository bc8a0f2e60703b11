"""Counts of students are given for windows from which no smaller count can be had by subtraction.

Two windows that differ by a day differ by a child. So such a count is asked within one school year: from
the first of July to the end of a month, judged at its last day; the whole year may be judged at ends of later
months, too. Of these windows each is given only where against every one that was given before it what
changed is nothing, or is at least the smallest count, in each part: counted, held against, and not counted of
those. Where it is less, the earlier figure stands, and says so. No window leads from one school year into
another, so that those of two years have no child in common. From the first of January a figure is given only
where it is the very difference of two of these: it tells nothing that they do not. Of a site or a program see
``windows_of_parts``. The decision is 0090.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from schoolward.platform.measures.counts import NOTHING, Counts, counts_of
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.protection import is_withheld
from schoolward.platform.measures.registry import Measure
from schoolward.platform.measures.steps import month_end_until, month_ends, no_child_alone
from schoolward.platform.measures.together import shared
from schoolward.platform.measures.windows_of_parts import part_windows

_YEAR_BEGINS = (7, 1)
_HALF_BEGINS = (1, 1)
_MONTHLY = timedelta(days=366)
"""For so long after a school year it is judged at each end of a month, and then at those of school years."""


@shared
def released(measure: Measure, period: Period, scope: Scope) -> Period | None:
    """The window whose figures may be given for ``period``; ``None`` where none may.

    It begins where the period begins, or with the school year of its last day where the period has no first
    day, and ends with the last month for which the rule of this module holds.
    """
    last = min(period.end or period.as_of, period.as_of)
    year = Period.school_year(last).start
    start = period.start or year
    if year is None or start is None:
        return None
    if (start.month, start.day) == _HALF_BEGINS and start == date(year.year + 1, *_HALF_BEGINS):
        return _of_the_second_half(measure, period, start, scope)
    if start != year:
        return None
    windows = given(measure, replace(period, start=year), scope)
    found = windows[-1] if windows else None
    end = month_end_until(last)
    if end < year:
        return None
    asked = Period(year, end, end)
    if (found is None or not any(counts_of(measure, found, scope))) and any(counts_of(measure, asked, scope)):
        return None  # nothing until then, and too few since: that is no nought
    return found


def given(measure: Measure, period: Period, scope: Scope) -> list[Period]:
    """Every window of a school year up to a period's end that may be given, the shortest first.

    What one has more than the one before is nothing, or at least the smallest count: it may be told, too.
    Empty where the period does not begin on a July 1, or ends in another school year.
    """
    last = min(period.end or period.as_of, period.as_of)
    if period.start is None or period.start != Period.school_year(last).start:
        return []
    if scope == Scope():
        return [window for window, _counts in _of_whole(measure, period.start, last, period.as_of)]
    # The steps of the parts are those of the whole year, whatever is asked for: the end of the year decides
    # only what comes after it.
    whole = _of_whole(measure, period.start, last, last)
    return part_windows(measure, period.start, tuple(whole), scope)


@shared
def _of_whole(measure: Measure, year: date, last: date, as_of: date) -> list[tuple[Period, Counts]]:
    """The windows of all sites and programs together that may be given, each with what it counts."""
    found: list[tuple[Period, Counts]] = []
    for window in _windows(year, last, as_of):
        if window.as_of != window.end and (not found or found[-1][0].end != window.end):
            break  # a year whose last months are not given yet is not judged later
        counts = counts_of(measure, window, Scope())
        if all(_may_follow(counts, before, measure.minimum_count) for _window, before in found or _FIRST):
            found.append((window, counts))
    return found


_FIRST = [(None, NOTHING)]


def _windows(year: date, last: date, as_of: date) -> Iterator[Period]:
    """What may be asked of a school year: its months, and the whole of it as judged later."""
    end = date(year.year + 1, 6, 30)
    for day in month_ends(year, min(last, as_of)):
        yield Period(year, day, day)
    if last >= end:
        for day in month_ends(end + timedelta(days=1), as_of):
            if day <= end + _MONTHLY or (day.month, day.day) == (6, 30):
                yield Period(year, end, day)


def _may_follow(later: Counts, earlier: Counts, smallest: int) -> bool:
    """Whether both figures may be known. The first is judged by the measure's own rules as well."""
    changes = list(later.since(earlier))
    if not any(earlier):
        changes.pop()  # those that are not counted: the measure says whether they are too few
    return no_child_alone(changes, smallest)


def _of_the_second_half(measure: Measure, period: Period, first: date, scope: Scope) -> Period | None:
    """A window from January 1, where it is what its school year has more than the half before."""
    before, year = first - timedelta(days=1), date(first.year - 1, *_YEAR_BEGINS)
    last = min(period.end or period.as_of, period.as_of)
    windows = given(measure, replace(period, start=year), scope)
    half = next((one for one in windows if one.end == before), None)
    if half is None:
        return None
    whole = windows[-1]
    if whole.end == before:  # what came since is too few, or no month is over
        end = month_end_until(last)
        whole = Period(year, max(end, before), max(end, before))
    if whole.end is None or whole.end < first:
        return None
    asked = replace(whole, start=first)
    more = counts_of(measure, whole, scope).since(counts_of(measure, half, scope))
    if counts_of(measure, asked, scope) != more or (whole not in windows and any(more)):
        return None
    is_part = scope != Scope()
    return None if is_part and any(is_withheld(measure, one, scope) for one in (half, whole)) else asked
