"""Figures of one program from the registry of measures, for this school year and the last one, and heads by
step. Each is a reading, so that small counts are hidden as everywhere, and each opens its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.kinds import Kind, shape_of
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import Reading, read, read_given
from schoolward.platform.measures.registry import Measure, get
from schoolward.platform.measures.windows import given

HEADS_AT_EVENTS, HEADS_OF_GROUPS = "programs.headcount", "programs.dosage"
FUNNEL = ("cases.contacted", "cases.consented", "cases.started", "cases.completed")
OUTCOMES = ("cases.dosage", "cases.new_referral_12_months")


@dataclass(frozen=True)
class Figure:
    """One reading of one program."""

    reading: Reading
    asked: Period

    @property
    def trace_url(self) -> str:
        """Where its records are opened."""
        return trace_url(self.reading.measure.key, self.asked, self.reading.scope.program)

    @property
    def until(self) -> date | None:
        """The day to which students were counted, where that is before the end that was asked about."""
        end = self.reading.period.end
        return end if self.reading.value is not None and end != self.asked.end else None


def trace_url(key: str, period: Period, program: str) -> str:
    """Where the records behind a measure of a program are opened."""
    asked = {"from": period.start, "to": period.end, "as_of": period.as_of, "program": program}
    return f"{reverse('home:trace', args=[key])}?{urlencode({k: v for k, v in asked.items() if v})}"


@dataclass(frozen=True)
class FigureLine:
    """A measure with its figure of each year, the latest first."""

    measure: Measure
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class FigureGroup:
    """Measures that belong together."""

    title: str | Promise
    lines: tuple[FigureLine, ...]


def years(on: date) -> tuple[Period, Period]:
    """This school year up to a day, and the whole one before it."""
    last = Period.previous_school_year(on)
    return Period.school_year(on), last


def heads_key(kind: str) -> str | None:
    """The measure whose numerator is the heads that came to programs of a kind; none where nobody counts."""
    if kind == Kind.EVENT:
        return HEADS_AT_EVENTS
    return HEADS_OF_GROUPS if shape_of(kind).dosage else None


def keys_of(kind: str) -> list[tuple[str | Promise, list[str]]]:
    """The measures that a program of a kind has, in groups."""
    shape = shape_of(kind)
    delivery = ["programs.sessions_held", "programs.sessions_uncounted"] if shape.sessions else []
    if shape.dosage:
        delivery += ["programs.minutes_delivered", "programs.dosage"]
    if kind == Kind.EVENT:
        delivery.append("programs.headcount")
    if shape.seats:
        delivery.append("programs.seats_used")
    if shape.fidelity:
        delivery.append("programs.fidelity")
    groups: list[tuple[str | Promise, list[str]]] = [(_("Delivered"), delivery)]
    if kind != Kind.EVENT:
        groups += [(_("From the referral to the completion"), [*FUNNEL]), (_("What came of it"), [*OUTCOMES])]
    return [(title, keys) for title, keys in groups if keys]


def figure(key: str, period: Period, program: str) -> Figure:
    """One measure of one program."""
    return Figure(read(key, period, Scope(program=program)), period)


def figure_groups(kind: str, program: str, periods: Sequence[Period]) -> list[FigureGroup]:
    """Every measure of a program over the periods, in groups."""
    return [
        FigureGroup(
            title,
            tuple(
                FigureLine(get(key), tuple(figure(key, period, program) for period in periods))
                for key in keys
            ),
        )
        for title, keys in keys_of(kind)
    ]


@dataclass(frozen=True)
class Heads:
    """Heads that came from one day to another: as many months as it took until they may be told."""

    first: date
    last: date
    heads: int


def heads_by_step(kind: str, program: str, periods: Sequence[Period]) -> list[Heads]:
    """Heads at sessions of a program by month, the oldest first; months of a few stand with the next ones.

    A school year's months are the differences of its windows that may be given (``measures.windows``): each
    is nothing or at least the smallest count. What came since the last one is not told yet.
    """
    key = heads_key(kind)
    if key is None:
        return []
    found: list[Heads] = []
    for period in sorted(periods, key=lambda one: one.start or date.min):
        if period.start is None:
            continue
        first, told = period.start, 0
        for window in given(get(key), period, Scope(program=program)):
            reading = read_given(key, window, Scope(program=program))
            if reading.numerator is None or window.end is None:
                continue  # hidden for another program's sake: its heads come with the next window
            found.append(Heads(first, window.end, int(reading.numerator) - told))
            first, told = window.end + timedelta(days=1), int(reading.numerator)
    while found and not found[-1].heads:
        found.pop()  # months after the last session say nothing
    return found


def sessions_behind(kind: str, program: str, heads: Heads) -> QuerySet[Any]:
    """The sessions whose heads a step counts: those of the measure, in the step's days."""
    key = heads_key(kind)
    assert key is not None  # noqa: S101 - a step is of a kind that counts heads
    days = Period(heads.first, heads.last, heads.last)
    return get(key).rows(days, Scope(program=program)).numerator
