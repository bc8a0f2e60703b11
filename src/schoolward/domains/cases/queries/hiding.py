"""Numbers of young people as they may be told: small ones hidden, with what would give them away."""

from __future__ import annotations

from collections.abc import Iterable

from schoolward.analysis.disclosure import CannotProtectError, CountTable, Sum, SuppressionPolicy, protect
from schoolward.platform.measures.registry import FEWEST_STUDENTS

Cell = tuple[str, ...]


def hidden(values: dict[Cell, int], sums: Iterable[tuple[Cell, tuple[Cell, ...]]]) -> dict[Cell, int | None]:
    """The numbers, and ``None`` for each that may not be told.

    ``sums`` are all totals that a reader may use, each with its parts: tables that share a total are hidden
    together, because two that are hidden one by one give each other away.
    """
    if not values:
        return {}
    table = CountTable(dict(values), tuple(Sum(total, parts) for total, parts in sums))
    try:
        public = protect(table, SuppressionPolicy(FEWEST_STUDENTS)).public()
    except CannotProtectError:
        return dict.fromkeys(values)
    return {cell: public[cell] for cell in values}
