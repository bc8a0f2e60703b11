"""Windows of single sites and programs: the whole is known, and what it has more than the others is the rest.

All sites step together, and so do all programs. Within a school year their next figures are given where
each of them, and what is of none of them, has changed by nothing or by at least the smallest count. With the
end of the year every part is given that may be: one that has changed by a few since it was shown keeps its
earlier figure, and so does the smallest other one until what all of these have more is large enough. So it is
in every table with what the parts that are not shown have together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum

from schoolward.platform.measures.counts import NOTHING, Counts, counts_of, missed
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.protection import Part, hidden_parts
from schoolward.platform.measures.registry import Measure
from schoolward.platform.measures.steps import no_child_alone
from schoolward.platform.measures.together import shared
from schoolward.platform.measures.walls import counting, is_protected

_ELSEWHERE: Part = ""
Table = Mapping[Part, Counts]


@dataclass(frozen=True)
class _Edition:
    """A window with the parts that keep an earlier figure, and those that it shows."""

    window: Period
    table: Table
    shown: frozenset[Part]
    kept: frozenset[Part] = frozenset()


def part_windows(
    measure: Measure, year: date, whole: tuple[tuple[Period, Counts], ...], scope: Scope
) -> list[Period]:
    """The windows of a site or program that may be given, the shortest first.

    ``whole`` are those of all of them, in which they must be; each is judged at its own end.
    """
    part: Part = scope.program if scope.program else scope.campus_id or 0
    if not (measure.by_program if scope.program else measure.by_site):
        return [window for window, _counts in whole]  # it has no number at all, and says so
    editions = _editions(measure, year, whole, by_program=bool(scope.program))
    return [one.window for one in editions if part not in one.kept]


@shared
def _editions(
    measure: Measure, year: date, whole: tuple[tuple[Period, Counts], ...], *, by_program: bool
) -> list[_Edition]:
    """The tables by part that may be given, the first first. Where the whole is alike, none is looked for but
    the last one: it is given where nothing of it has changed."""
    found: list[_Edition] = []
    end = date(year.year + 1, 6, 30)
    seen: Counts | None = None
    for place, (window, counts) in enumerate(whole):
        is_alike = counts == seen and window.end != end
        if is_alike and (place + 1 < len(whole) or not found):
            continue
        seen = counts
        table = _table(measure, window, counts, by_program=by_program)
        if is_alike and table != found[-1].table:
            continue
        changed = [one for one in found if any(map(any, one.table.values()))]
        if window.end != end and not all(_each_by_enough(table, one.table, measure) for one in changed):
            continue
        hidden, parts = hidden_parts(measure, window, by_program=by_program)
        shown = frozenset(parts - hidden)
        kept = _kept(table, shown, changed, measure, whole=counts)
        found.append(_Edition(window, table, shown - kept, kept))
    return found


def _each_by_enough(table: Table, earlier: Table, measure: Measure) -> bool:
    return all(
        no_child_alone(table.get(part, NOTHING).since(earlier.get(part, NOTHING)), measure.minimum_count)
        for part in table.keys() | earlier.keys()
    )


def _kept(
    table: Table, shown: frozenset[Part], before: list[_Edition], measure: Measure, *, whole: Counts
) -> frozenset[Part]:
    """The parts whose earlier figure stands, or that have none: so that what all parts that are not shown
    have, and have more than in each table before, is nothing or large enough."""
    smallest = measure.minimum_count
    parts = shown | table.keys() | {part for one in before for part in one.table}
    # First what there is at all, then what is more than in each table before.
    more = {
        part: [
            table.get(part, NOTHING).since(earlier.get(part, NOTHING))
            for earlier in ({}, *(one.table for one in before))
        ]
        for part in parts
    }
    seen = frozenset[Part]().union(*(one.shown for one in before)) & shown
    kept = {part for part in seen if not all(no_child_alone(one, smallest) for one in more[part][1:])}
    # Who is not counted of all is given by the measure's own rule, few or not.
    is_told_anyhow = 0 < whole.missed < smallest

    def few_together() -> bool:
        for place in range(len(before) + 1):
            known = shown if place == 0 else seen
            rest = [more[part][place] for part in parts if part not in known or part in kept]
            sums = [sum(numbers) for numbers in zip(*rest, strict=True)] or list(NOTHING)
            if place == 0 and is_told_anyhow:
                sums.pop()
            if not no_child_alone(sums, smallest):
                return True
        return False

    others = sorted(
        (part for part in shown - kept if any(map(any, more[part]))),
        key=lambda part: (sum(map(abs, more[part][-1])), str(part)),
    )
    while others and few_together():
        kept.add(others.pop(0))
    return shown if few_together() else frozenset(kept)


def _table(measure: Measure, window: Period, whole: Counts, *, by_program: bool) -> Table:
    """What a window counts of each part, and of none of them."""
    if by_program:
        table = _by_program(measure, window)
    else:
        _hidden, sites = hidden_parts(measure, window, by_program=False)
        table = {site: counts_of(measure, window, Scope(int(site))) for site in sites}
    rest = whole
    for counts in table.values():
        rest = rest.since(counts)
    return {**table, _ELSEWHERE: rest}


def _by_program(measure: Measure, window: Period) -> dict[Part, Counts]:
    """What a window counts of each program that has anything in it, each number in one question."""
    rows = measure.rows(window, Scope())
    if not rows.collected:
        return {}
    path = measure.by_program

    def asked(of: Any, amount: str | None) -> dict[Any, int]:
        if not isinstance(of, QuerySet):
            return {}
        what: Any = Count("pk") if amount is None else Sum(amount)
        with counting(of):
            return dict(of.order_by().values_list(path).annotate(told_of_program=what))

    def persons(of: Any, counted: dict[Any, int], amount: str | None) -> dict[Any, int]:
        if not isinstance(of, QuerySet) or not is_protected(of.model):
            return {}
        return counted if amount is None else asked(of, None)

    counted, against = asked(rows.numerator, rows.amount), asked(rows.denominator, rows.denominator_amount)
    who = persons(rows.numerator, counted, rows.amount)
    all_persons = persons(rows.denominator, against, rows.denominator_amount)
    found: dict[Part, Counts] = {}
    for key in (counted.keys() | against.keys()) - {None}:
        some, number, all_some, of = (
            int(told.get(key) or 0) for told in (who, counted, all_persons, against)
        )
        found[key] = Counts(some, number, all_some, of, missed(rows, some, number, of))
    return found
