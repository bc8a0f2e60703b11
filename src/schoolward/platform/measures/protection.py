"""Counts of students by site: a site that is withheld must not be had by subtracting the others.

Every reading of a measure with a smallest count asks here, so that page, command line, API and paper
withhold the same sites. Which sites there are, and what was published before, is told by the domains that
know: they register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Measure
from schoolward.platform.measures.together import shared
from schoolward.platform.measures.walls import counting

Sites = Callable[[date], Iterable[int]]
"""The sites on a day, by their numbers."""

Published = Callable[[Measure, Period], Mapping[int | None, int]]
"""The counts of a measure that readers already have, by site; None is all of them together."""

_sites: list[Sites] = []
_published: list[Published] = []
_ELSEWHERE = "elsewhere"


def knows_sites(function: Sites) -> Sites:
    """Register a function that tells which sites there are."""
    _sites.append(function)
    return function


def knows_published(function: Published) -> Published:
    """Register a function that tells which counts are public already and cannot be taken back."""
    _published.append(function)
    return function


def is_withheld(measure: Measure, period: Period, scope: Scope) -> bool:
    """Whether the reading must be withheld for the sake of a small count, its own or another site's."""
    if not measure.by_site:
        return False  # there are no parts of it to subtract; its own small count is looked at already
    hidden, known = _hidden(measure, period)
    if scope.campus_id is None or not known:
        return None in hidden
    return scope.campus_id in hidden or scope.campus_id not in known


@shared
def _hidden(measure: Measure, period: Period) -> tuple[frozenset[int | None], frozenset[int]]:
    """The sites to withhold (None for the whole), and all that there are."""
    on = min(period.end or period.as_of, period.as_of)
    sites = frozenset(site for function in _sites for site in function(on))
    whole = measure.rows(period, Scope())
    if not sites or not whole.collected:
        return frozenset(), sites
    rows = {site: measure.rows(period, Scope(site)) for site in sites}
    counts = {site: size(found.numerator, found.amount) for site, found in rows.items()}
    hidden = _protected(measure, period, counts, size(whole.numerator, whole.amount), published=True)
    if whole.denominator is not None:
        against = {site: size(found.denominator, found.denominator_amount) for site, found in rows.items()}
        whole_against = size(whole.denominator, whole.denominator_amount)
        hidden |= _protected(measure, period, against, whole_against, published=False)
    return hidden, sites


def _protected(
    measure: Measure, period: Period, counts: Mapping[int, int], whole: int, *, published: bool
) -> frozenset[int | None]:
    from schoolward.analysis import disclosure  # brings scipy: half a second of start-up

    policy = disclosure.SuppressionPolicy(threshold=measure.minimum_count)
    elsewhere = whole - sum(counts.values())
    if (
        elsewhere < 0
    ):  # somebody counts at two sites: the parts make no sum, and nothing is had by subtraction
        return frozenset(site for site, count in counts.items() if policy.is_small(count))
    table = disclosure.tabulate(
        {**{(str(site),): count for site, count in counts.items()}, (_ELSEWHERE,): elsewhere}
    )
    names: dict[int | None, disclosure.Cell] = {site: (str(site),) for site in counts}
    names[None] = (disclosure.ALL,)
    already = {
        names[site]: count
        for function in (_published if published else ())
        for site, count in function(measure, period).items()
        if site in names and table.values[names[site]] == count
    }
    earlier = disclosure.Edition("published", already, table.sums)
    try:
        public = disclosure.protect_next(table, policy, [earlier]).public()
    except disclosure.CannotProtectError:
        # What is public gives a small count away. Nothing more is said; the checks of a paper tell it.
        public = {cell: already.get(cell) for cell in table.values}
    return frozenset(site for site, cell in names.items() if public[cell] is None)


def size(rows: QuerySet[Any] | int | float | Decimal | None, amount: str | None) -> int:
    """How many students stand behind a part: its rows, or what is summed of them, such as heads of
    sessions."""
    if not isinstance(rows, QuerySet):
        return int(rows or 0)
    with counting(rows):
        return rows.count() if amount is None else int(rows.aggregate(total=Sum(amount))["total"] or 0)
