"""Counts of incidents over any days, from the tallies of whole months and the few days beside them.

A million rows take twenty milliseconds to count, their tallies two. The tallies change in the transaction
of every write. Tests hold the counts made here to those of the rows, for every measure that uses them.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum

from schoolward.domains.incidents.models import CRIMES, NON_CRIMES, HourTally, Incident, MonthTally
from schoolward.platform.measures.together import shared

TOTAL, CRIME, NO_CRIME, AT_SITES, NEAR_SITES = "total", "crimes", "non_crimes", "at", "near"

ROWS: dict[str, Q] = {
    TOTAL: Q(),
    CRIME: Q(category__in=CRIMES),
    NO_CRIME: Q(category__in=NON_CRIMES),
    AT_SITES: Q(at_campus=True),
    NEAR_SITES: Q(near_campus=True),
}
"""What is counted; rows and tallies name it alike."""

_BY_HOUR = (TOTAL, AT_SITES, NEAR_SITES)  # what the smaller table of tallies knows
_BY_KIND = (CRIME, NO_CRIME)
_DAY = timedelta(days=1)
_WORTH_IT = timedelta(days=92)  # fewer days are counted as quickly as their edges


@dataclass(frozen=True)
class Edge:
    """Days at an end of a span of whole months that count besides them (1), or do not count (-1)."""

    sign: int
    first: date
    last: date


@dataclass(frozen=True)
class Span:
    """Days as whole months, with the days by which they are more or fewer. ``first`` may be open."""

    first: date | None
    last: date
    edges: tuple[Edge, ...]


def span_of(first: date | None, last: date) -> Span:
    """The whole months that come nearest to these days, which must not lie within one month."""
    edges = []
    if first is not None and first.day != 1:
        begins, ends = _month(first)
        if (first - begins) <= (ends - first):
            edges.append(Edge(-1, begins, first - _DAY))
            first = begins
        else:
            edges.append(Edge(1, first, ends))
            first = ends + _DAY
    begins, ends = _month(last)
    if last != ends:
        if (ends - last) <= (last - begins):
            edges.append(Edge(-1, last + _DAY, ends))
            last = ends
        else:
            edges.append(Edge(1, begins, last))
            last = begins - _DAY
    return Span(first, last, tuple(edges))


def count(what: str, first: date | None, last: date) -> int:
    """How many incidents of this kind (a key of ``ROWS``) have a local date within these days."""
    rows = Incident.objects.filter(ROWS[what])
    if first is not None and last - first < _WORTH_IT:
        return rows.filter(local_date__gte=first, local_date__lte=last).count()
    _begins, ends = _month(last)
    if last < ends and not any_between(last + _DAY, ends):
        last = ends  # the rest of the current month, in which nothing has happened yet
    span = span_of(first, last)
    found = (_of_months if what in _BY_HOUR else _kinds)(span.first, span.last)[what]
    return found + sum(edge.sign * _days(rows, edge).count() for edge in span.edges)


@shared
def known_between() -> tuple[date, date] | None:
    """The days for which records have been brought in, as far as the records themselves tell.

    From the first to the last record, and on both sides ten times the usual gap between two (at least
    three days, at most 45): where a record comes every week, a month without one is no missing month.
    """
    rows = Incident.objects.order_by("local_date").values_list("local_date", flat=True)
    first, last = rows.first(), rows.last()
    if first is None or last is None:
        return None
    gap = (last - first).days / max(count(TOTAL, None, last), 1)
    slack = timedelta(days=min(max(round(10 * gap), 3), 45))
    return first - slack, last + slack


@shared
def any_between(first: date | None, last: date) -> bool:
    """Whether any incident has a local date within these days."""
    rows = Incident.objects.filter(local_date__lte=last)
    return (rows if first is None else rows.filter(local_date__gte=first)).exists()


def _days(rows: QuerySet[Incident], edge: Edge) -> QuerySet[Incident]:
    return rows.filter(local_date__gte=edge.first, local_date__lte=edge.last)


@shared
def _of_months(first: date | None, last: date) -> dict[str, int]:
    months = HourTally.objects.filter(month__lte=last)
    if first is not None:
        months = months.filter(month__gte=first)
    return months.aggregate(**{what: Sum("incidents", filter=ROWS[what], default=0) for what in _BY_HOUR})


@shared
def _kinds(first: date | None, last: date) -> dict[str, int]:
    months = MonthTally.objects.filter(month__lte=last)
    if first is not None:
        months = months.filter(month__gte=first)
    return months.aggregate(**{what: Sum("incidents", filter=ROWS[what], default=0) for what in _BY_KIND})


def _month(day: date) -> tuple[date, date]:
    """The first and the last day of the day's month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
