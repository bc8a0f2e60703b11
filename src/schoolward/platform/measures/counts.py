"""What a window tells of students: who is counted, who is held against it, and who is not counted."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet

from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.protection import size
from schoolward.platform.measures.registry import Measure, Rows, rows_of
from schoolward.platform.measures.together import shared
from schoolward.platform.measures.walls import is_protected


class Counts(NamedTuple):
    """Numbers that a window tells. ``persons`` and ``all_persons`` count records of persons, where what is
    given is a sum over them; ``missed`` are those held against and not counted."""

    persons: int = 0
    counted: int = 0
    all_persons: int = 0
    against: int = 0
    missed: int = 0

    def since(self, earlier: Counts) -> Counts:
        """What these have more than earlier ones."""
        return Counts(*(new - old for new, old in zip(self, earlier, strict=True)))


NOTHING = Counts()


@shared
def counts_of(measure: Measure, period: Period, scope: Scope) -> Counts:
    """What a measure counts in a window."""
    rows = rows_of(measure, period, scope)
    if not rows.collected:
        return NOTHING
    counted, against = size(rows.numerator, rows.amount), size(rows.denominator, rows.denominator_amount)
    persons = _persons(rows.numerator, counted, rows.amount)
    all_persons = _persons(rows.denominator, against, rows.denominator_amount)
    return Counts(persons, counted, all_persons, against, missed(rows, persons, counted, against))


def missed(rows: Rows, persons: int, counted: int, against: int) -> int:
    """Who is held against and not counted. Places that stayed empty are nobody; children of a group who were
    not counted are somebody."""
    return against - counted if against and (rows.amount is None or persons > 0) else 0


def _persons(rows: Any, counted: int, amount: str | None) -> int:
    """How many records of persons: a sum of sessions may be large, and all of one child."""
    if not isinstance(rows, QuerySet) or not is_protected(rows.model):
        return 0
    return counted if amount is None else size(rows, None)
