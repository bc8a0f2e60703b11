"""Performance measures of youth programs, as federal juvenile-justice grants ask for them, by half a year.

The measures follow the performance measures of the Office of Juvenile Justice and Delinquency Prevention
(youth served, service hours, length of stay, completion, new offenses, slots, agreements, staff trained). A
half-year is fixed, so that no two overlapping times can be subtracted; a count of one to ten is hidden with
what would give it away; and what was given of a half-year stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from schoolward.domains.cases.queries import performance_rows as rows_of
from schoolward.domains.cases.queries.performance_counting import (
    given_on,
    half_and_programs,
    half_of,
    kept,
)
from schoolward.domains.cases.queries.performance_rows import BEHIND, TOGETHER
from schoolward.domains.cases.queries.performance_words import words
from schoolward.domains.programs.queries import latest_capacity
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

PERMISSION = "cases.performance"
OF_PEOPLE = ("served", "carried", "new", "exits", "completed", "stay")
OF_A_PROGRAM = ("hours", "dosage", "again_6", "again_12")


@dataclass(frozen=True)
class Line:
    """One measure of one program. ``value`` is ``None`` where it is hidden or not collected.

    ``of`` is what a share or a mean is held against, in the words of ``held_against``; ``code`` is the
    measure's name in an address; ``records`` is how many stand behind it, and behind what it is held against.
    """

    code: str
    program: str
    title: str
    measure: str
    definition: str
    unit: str
    value: float | None
    of: int | None = None
    held_against: str = ""
    is_hidden: bool = False
    records: tuple[int, ...] = ()

    @property
    def is_collected(self) -> bool:
        """Whether anything was counted for it at all."""
        return self.value is not None or self.is_hidden

    @property
    def opens(self) -> bool:
        """Whether its records may be opened: those of a number that is shown."""
        return self.value is not None and self.code in BEHIND


@dataclass(frozen=True)
class Performance:
    """The table of a half-year, as it was given on a day."""

    first: date
    last: date
    given: date
    lines: list[Line]
    is_invented: bool


class NoTableYetError(ValueError):
    """The half-year has no table: it runs, what came in it may still be entered, or nobody counted it yet."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last, self.on = first, last, given_on(last)
        super().__init__(
            f"the half-year from {first} to {last} has no table yet; it is counted in the night "
            f"from {self.on} on, and what is entered until then is in it: ask for an earlier one"
        )


def performance(viewer: Viewer, day: date, as_of: date) -> Performance:
    """The measures of the half-year that a day lies in, of each program that young people are referred to.

    It was counted once over every caseload (``actions.editions.give_half_years``), and nobody is shown. What
    stands for nobody (places, agreements) is asked today. Raises ``AccessDenied`` and ``NoTableYetError``.
    """
    check(viewer, PERMISSION)
    first, last = half_of(day)
    edition = kept(first)
    if edition is None or given_on(last) > as_of:
        raise NoTableYetError(first, last)
    half, named = half_and_programs(first, last, as_of)
    with within(half.system):
        agreements = rows_of.agreements(half).count()
    capacity = latest_capacity(half.system, on=half.end)
    everybody = _("All programs")
    lines = [_line(TOGETHER, everybody, code, edition.told) for code in OF_PEOPLE]
    lines += [
        _today(TOGETHER, everybody, "agreements", agreements, agreements),
        _today(TOGETHER, everybody, "trained", None),
    ]
    for pk, (key, title) in sorted(named.items(), key=lambda one: one[1][1]):
        report = capacity.get(pk)
        lines += [_line(key, title, code, edition.told) for code in (*OF_PEOPLE, *OF_A_PROGRAM)]
        lines += [_today(key, title, "slots", None if report is None else report.maximum, 1)]
    return Performance(first, last, edition.counted_on, lines, edition.invented)


def _line(key: str, title: str, code: str, told: dict[str, Any]) -> Line:
    """A figure as it was given. Of a program that nobody was referred to then there are counts of none."""
    name, definition, unit, against = words()[code]
    figure = told.get(f"{code}:{key}", {"value": None, "of": None, "records": ()})
    if figure is None:
        return Line(code, key, title, name, definition, unit, None, None, against, is_hidden=True)
    return Line(
        code,
        key,
        title,
        name,
        definition,
        unit,
        figure["value"],
        figure["of"],
        against,
        records=tuple(figure["records"]),
    )


def _today(key: str, title: str, code: str, value: int | None, records: int = 0) -> Line:
    """A figure that stands for nobody, as it is today."""
    name, definition, unit, against = words()[code]
    return Line(code, key, title, name, definition, unit, value, None, against, records=(records,))
