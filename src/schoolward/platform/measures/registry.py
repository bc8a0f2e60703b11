"""The registry of measures. Each is one function in a domain's ``measures.py``."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.together import shared

Text = str | Promise
FEWEST_STUDENTS = 11
"""A count of fewer students is shown nowhere (docs/decisions/0024)."""
Ends = tuple[float, float | None]
"""The lower and the upper end of an interval."""


class Part(StrEnum):
    """Which records of a number are meant: those that it counts, those that they are held against, or those
    of the latter that are not counted."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    OUTSTANDING = "outstanding"


class NoSuchPart(LookupError):
    """The number has no records of this part: it is a plain count, or held against a bare number."""

    def __init__(self, part: Part, parts: tuple[Part, ...]) -> None:
        super().__init__(f"this number has no records that are its {part}; there are {', '.join(parts)}")


@dataclass(frozen=True)
class Rows:
    """What a measure's function gives: the records, and what they are held against.

    ``amount`` names a field to sum instead of counting the numerator's rows; ``factor`` scales a
    ratio (100 for percent, 1000 for "per 1,000"). ``denominator`` may be a queryset (counted, or its
    ``denominator_amount`` summed), a number, or ``None`` for a plain count. ``collected`` is false when
    there is nothing to count yet: the reading then says "not collected", never 0, and ``missing`` says what
    is wanting. So it says with ``needs_denominator`` where there is nothing to be held against. ``note``
    goes with every value: an approximation, an invented denominator.

    ``known_count`` gives the number of the numerator's rows where it is kept and need not be counted. It
    must be the very number that counting them gives, and a test must hold it to that.

    ``withheld``: the records are held against so few students that nothing of the number is shown. ``note``
    says so. Whoever gives it must leave these students out of every sum as well.

    ``known_between`` gives the first and the last day for which records are known to have been brought in,
    where the measure can tell: a period beyond them is not a whole one, and no report prints it as one.

    ``interval`` gives the ends of the value's 95 percent interval, in the value's own unit, from numerator
    and denominator; an end is ``None`` where there is no limit. It is asked only where somebody looks.
    ``unchanged`` is the value that says "nothing has changed", where the number compares two times: an
    interval that holds it shows no change, and every rendering says so. Where there are too few to tell, give
    no value but say so in ``missing``.
    """

    numerator: QuerySet[Any]
    denominator: QuerySet[Any] | int | Decimal | float | None = None
    amount: str | None = None
    denominator_amount: str | None = None
    factor: int = 1
    collected: bool = True
    needs_denominator: bool = False
    missing: Text = ""
    note: Text = ""
    withheld: bool = False
    known_count: Callable[[], int] | None = None
    known_between: Callable[[], tuple[date, date] | None] | None = None
    interval: Callable[[int | float, int | float], Ends] | None = None
    unchanged: float | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts whose records can be opened."""
        if not isinstance(self.denominator, QuerySet):
            return (Part.NUMERATOR,)
        if self.amount is not None or self.denominator.model is not self.numerator.model:
            return (Part.NUMERATOR, Part.DENOMINATOR)
        return tuple(Part)

    def behind(self, part: Part) -> QuerySet[Any]:
        """The records of a part. Raises :class:`NoSuchPart`."""
        if part not in self.parts:
            raise NoSuchPart(part, self.parts)
        if part is Part.NUMERATOR:
            return self.numerator
        denominator: Any = self.denominator
        if part is Part.DENOMINATOR:
            return denominator
        return denominator.exclude(pk__in=self.numerator.order_by().values("pk"))


@dataclass(frozen=True)
class Example:
    """A worked example: rows in, value and record keys out. It is the test and the reference page.

    ``rows`` is an ASCII table; ``build`` makes the records from its parsed rows and returns the
    mapping from each row's first column to the record that it became.
    """

    rows: str
    period: tuple[date | None, date | None, date]
    value: float | int | None
    records: tuple[str, ...]
    build: Callable[[list[dict[str, str]]], dict[str, Any]]


@dataclass(frozen=True)
class Measure:
    """A named number: its definition in plain words, and the function that finds its records.

    ``at_a_day``: the value is how things stood at the end of the day asked about; a period has no say in it.
    ``parts_unit`` is the unit of numerator and denominator where they are sums with one of their own, such as
    the cents behind a share of money; ``denominator_unit`` is that of the denominator alone, such as the
    completions that a cost is held against.

    ``by_site``: it can be asked of one site; where it cannot, a site has
    no number, and never that of all of them. ``to_site`` leads from a record to its site
    (``"offering__campus"``) where the rows of a site are those of all sites that lead to it: all sites are
    then counted in one question. ``by_program`` leads from a record to its youth program's key
    (``"offering__program__key"``); where it is empty, a program has no number.
    """

    key: str
    title: Text
    definition: Text
    unit: str
    owner: str
    record_class: str
    numerator: Text
    denominator: Text
    rows: Callable[[Period, Scope], Rows]
    example: Example | None = None
    code: str = ""
    minimum_count: int = 0
    version: int = 1
    direction: str = "none"
    permission: str = "measures.view"
    at_a_day: bool = False
    parts_unit: str = ""
    denominator_unit: str = ""
    by_site: bool = True
    to_site: str = ""
    by_program: str = ""

    @property
    def record_unit(self) -> str:
        """The unit of what one record adds: that of the parts, where they have one of their own."""
        return self.parts_unit or self.unit


@shared
def rows_of(measure: Measure, period: Period, scope: Scope) -> Rows:
    """The rows of a measure; within ``together`` a question has one answer, whose rows are counted once."""
    return measure.rows(period, scope)


class UnknownMeasure(LookupError):
    """No measure has this key. The message names the nearest one."""

    def __init__(self, key: str) -> None:
        near = difflib.get_close_matches(key, _measures, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        super().__init__(f"there is no measure {key!r}{hint}")
        self.key = key


_measures: dict[str, Measure] = {}
Compute = Callable[[Period, Scope], Rows]


def measure(**fields: Any) -> Callable[[Compute], Compute]:
    """Register the decorated function as a measure; the keywords are :class:`Measure`'s fields."""

    def register(function: Compute) -> Compute:
        made = Measure(rows=function, **fields)
        if made.key in _measures:
            raise ValueError(f"measure {made.key} is declared twice")
        _measures[made.key] = made
        return function

    return register


def get(key: str) -> Measure:
    """The measure of this key. Raises :class:`UnknownMeasure`."""
    try:
        return _measures[key]
    except KeyError:
        raise UnknownMeasure(key) from None


def all_measures() -> list[Measure]:
    """Every measure, by key."""
    return [_measures[key] for key in sorted(_measures)]
