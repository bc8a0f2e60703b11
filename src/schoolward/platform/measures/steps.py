"""Steps of months, and whether two figures of students may both be known."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

Told = Mapping[tuple[str, ...], tuple[int, bool]]
"""A table's counts by name, each with whether it is shown. Those whose names begin alike have a sum."""


def no_child_alone(changes: Iterable[int], smallest: int) -> bool:
    """Whether each change between two figures is none, or is of at least the smallest count."""
    return all(change == 0 or abs(change) >= smallest for change in changes)


def month_end_until(day: date) -> date:
    """The last end of a month that is not after a day."""
    if (day + timedelta(days=1)).day == 1:
        return day
    return day.replace(day=1) - timedelta(days=1)


def month_ends(first: date, last: date) -> Iterator[date]:
    """The ends of months from one day on, up to another with it, the first first."""
    day = first
    while (end := day.replace(day=monthrange(day.year, day.month)[1])) <= last:
        yield end
        day = end + timedelta(days=1)


def may_follow(later: Told, earlier: Told, smallest: int) -> bool:
    """Whether whoever has an earlier table may have a later one.

    A count that either shows has changed by nothing or by at least the smallest count; so has the sum of
    those that both hide, which may be had from a total that is known elsewhere.
    """
    hidden: dict[str, int] = defaultdict(int)
    changes = []
    for name in later.keys() | earlier.keys():
        number, is_shown = later.get(name, (0, False))
        before, was_shown = earlier.get(name, (0, False))
        if is_shown or was_shown:
            changes.append(number - before)
        else:
            hidden[name[0]] += number - before
    return no_child_alone((*changes, *hidden.values()), smallest)
