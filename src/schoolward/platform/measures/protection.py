"""Counts of students by site or by program: a part that is withheld must not be had by subtraction.

Every reading of a measure with a smallest count asks here, so that page, command line, API and paper
withhold the same parts. Which sites and programs there are, and what was published before, is told by the
domains that know: they register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Count, QuerySet, Sum

from schoolward.analysis import disclosure
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Measure, Rows, rows_of
from schoolward.platform.measures.together import shared
from schoolward.platform.measures.walls import count_of, counting, is_protected

Sites = Callable[[date], Iterable[int]]
"""The sites on a day, by their numbers."""

Programs = Callable[[], Iterable[str]]
"""The youth programs that there are or were, by their keys."""

Published = Callable[[Measure, Period], Mapping[int | None, int]]
"""The counts of a measure that readers already have, by site; None is all of them together."""

Part = int | str
"""A site by its number, or a program by its key."""

SomePart = TypeVar("SomePart", int, str)

_sites: list[Sites] = []
_programs: list[Programs] = []
_published: list[Published] = []
_ELSEWHERE = "elsewhere"


def knows_sites(function: Sites) -> Sites:
    """Register a function that tells which sites there are."""
    _sites.append(function)
    return function


def knows_programs(function: Programs) -> Programs:
    """Register a function that tells which youth programs there are."""
    _programs.append(function)
    return function


def knows_published(function: Published) -> Published:
    """Register a function that tells which counts are public already and cannot be taken back."""
    _published.append(function)
    return function


def is_withheld(measure: Measure, period: Period, scope: Scope) -> bool:
    """Whether the reading must be withheld for the sake of a small count, its own or another part's."""
    if scope.program:
        hidden_programs, programs = _hidden_programs(measure, period)
        return scope.program in hidden_programs or scope.program not in programs
    if not measure.by_site:
        return False  # there are no parts of it to subtract; its own small count is looked at already
    hidden, known = _hidden_sites(measure, period)
    if scope.campus_id is None or not known:
        return None in hidden
    return scope.campus_id in hidden or scope.campus_id not in known


def hidden_parts(
    measure: Measure, period: Period, *, by_program: bool
) -> tuple[frozenset[Part | None], frozenset[Part]]:
    """The programs (or the sites) that a window withholds, and all that there are."""
    if by_program:
        hidden, programs = _hidden_programs(measure, period)
        return hidden, frozenset(programs)
    hidden, sites = _hidden_sites(measure, period)
    return hidden, frozenset(sites)


@shared
def _hidden_sites(measure: Measure, period: Period) -> tuple[frozenset[Part | None], frozenset[int]]:
    """The sites to withhold (None for the whole), and all that there are."""
    on = min(period.end or period.as_of, period.as_of)
    sites = frozenset(site for function in _sites for site in function(on))
    whole = rows_of(measure, period, Scope())
    if not sites or not whole.collected:
        return frozenset(), sites
    counts, against = _of_sites(measure, period, whole, sites)
    already: dict[Part | None, int] = {}
    for function in _published:
        already.update(function(measure, period).items())
    hidden = _protected(measure, counts, size(whole.numerator, whole.amount), already)
    if whole.denominator is not None:
        hidden |= _protected(measure, against, size(whole.denominator, whole.denominator_amount), {})
        counts = {site: max(count, counts[site]) for site, count in against.items()}
    some = {site: count for site, count in counts.items() if count}
    # What the measure withholds by its own rule must not be what all together leave of the others.
    hidden |= {site for site in some if rows_of(measure, period, Scope(site)).withheld}
    return hidden if None in hidden else hidden | _company_of(hidden, some), sites


def _of_sites(
    measure: Measure, period: Period, whole: Rows, sites: frozenset[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """What is counted of each site, and what it is held against."""
    if measure.to_site and (whole.denominator is None or isinstance(whole.denominator, QuerySet)):
        counts = _by_part(whole.numerator, whole.amount, measure.to_site, sites)
        if whole.denominator is None:
            return counts, {}
        return counts, _by_part(whole.denominator, whole.denominator_amount, measure.to_site, sites)
    rows = {site: rows_of(measure, period, Scope(site)) for site in sites}
    return (
        {site: size(found.numerator, found.amount) for site, found in rows.items()},
        {site: size(found.denominator, found.denominator_amount) for site, found in rows.items()},
    )


@shared
def _hidden_programs(measure: Measure, period: Period) -> tuple[frozenset[Part | None], frozenset[str]]:
    """The programs to withhold, and all that there are. The whole is taken for known: it does not yield."""
    programs = frozenset(key for function in _programs for key in function())
    whole = rows_of(measure, period, Scope())
    if not programs or not whole.collected:
        return frozenset(), programs
    of_whole = size(whole.numerator, whole.amount)
    counts = _by_part(whole.numerator, whole.amount, measure.by_program, programs)
    hidden = _protected(measure, counts, of_whole, {None: of_whole})
    if isinstance(whole.denominator, QuerySet):
        whole_against = size(whole.denominator, whole.denominator_amount)
        against = _by_part(whole.denominator, whole.denominator_amount, measure.by_program, programs)
        hidden |= _protected(measure, against, whole_against, {None: whole_against})
        rest = whole_against - of_whole
        # A rest that is small, and told of the whole all the same, is no count that this measure hides.
        if _are_persons(whole) and not 0 < rest < measure.minimum_count:
            others = {key: against[key] - counts[key] for key in programs}
            hidden |= _protected(measure, others, rest, {None: rest})
    some = {key: count for key, count in counts.items() if count}
    hidden |= {key for key in some if rows_of(measure, period, Scope(program=key)).withheld}
    return hidden | _company_of(hidden, some), programs


def _by_part(
    rows: QuerySet[Any], amount: str | None, path: str, parts: Iterable[SomePart]
) -> dict[SomePart, int]:
    """How many records, or what is summed of them, by site or program; all are asked in one question."""
    told: Any = Count("pk") if amount is None else Sum(amount)
    with counting(rows):
        found = dict(rows.order_by().values_list(path).annotate(told_of_part=told))
    return {part: int(found.get(part) or 0) for part in parts}


def _are_persons(rows: Rows) -> bool:
    """Whether those who are held against and not counted are persons, one a record."""
    is_of_rows = rows.amount is None and rows.denominator_amount is None
    return is_of_rows and isinstance(rows.denominator, QuerySet) and is_protected(rows.denominator.model)


def _company_of(hidden: frozenset[Part | None], some: Mapping[Any, int]) -> frozenset[Part | None]:
    """The smallest other part where one alone is withheld: the whole less the others would be that one."""
    if len(hidden & some.keys()) != 1 or len(some) < 2:
        return frozenset()
    return frozenset([min(some.keys() - hidden, key=lambda part: (some[part], part))])


def _protected(
    measure: Measure, counts: Mapping[Any, int], whole: int, already: Mapping[Part | None, int]
) -> frozenset[Part | None]:
    return _hidden_of(measure.minimum_count, tuple(counts.items()), whole, tuple(already.items()))


@lru_cache(maxsize=1024)
def _hidden_of(
    threshold: int,
    parts: tuple[tuple[Any, int], ...],
    whole: int,
    published: tuple[tuple[Part | None, int], ...],
) -> frozenset[Part | None]:
    """What must be hidden of such counts. The same counts, in a draft, a review and a paper, are the same
    question, whatever was written meanwhile."""
    counts, already = dict(parts), dict(published)
    policy = disclosure.SuppressionPolicy(threshold=threshold)
    elsewhere = whole - sum(counts.values())
    if elsewhere < 0:  # somebody counts in two parts: they make no sum, and nothing is had by subtraction
        return frozenset(part for part, count in counts.items() if policy.is_small(count))
    table = disclosure.tabulate(
        {**{(str(part),): count for part, count in counts.items()}, (_ELSEWHERE,): elsewhere}
    )
    names: dict[Part | None, disclosure.Cell] = {part: (str(part),) for part in counts}
    names[None] = (disclosure.ALL,)
    public_before = {
        names[part]: count
        for part, count in already.items()
        if part in names and table.values[names[part]] == count
    }
    earlier = disclosure.Edition("published", public_before, table.sums)
    try:
        public = disclosure.protect_next(table, policy, [earlier]).public()
    except disclosure.CannotProtectError:
        # What is public gives a small count away. Nothing more is said; the checks of a paper tell it.
        public = {cell: public_before.get(cell) for cell in table.values}
    return frozenset(part for part, cell in names.items() if public[cell] is None)


@shared
def size(rows: QuerySet[Any] | int | float | Decimal | None, amount: str | None) -> int:
    """How many students stand behind a part: its rows, or what is summed of them, such as heads of
    sessions."""
    if not isinstance(rows, QuerySet):
        return int(rows or 0)
    if amount is None:
        return count_of(rows)
    with counting(rows):
        return int(rows.aggregate(total=Sum(amount))["total"] or 0)
