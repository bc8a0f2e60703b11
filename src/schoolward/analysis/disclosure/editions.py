"""Several publications that speak of the same students, attacked together.

A count hidden in this year's paper is no secret if last year's paper shows it, or if two papers show
the total before and after three students joined. Editions are linked by their cell names: the same
name is the same count. Counts that grow from one edition to the next are linked by a third table,
the growth, which no edition prints but anyone can subtract.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schoolward.analysis.disclosure.attack import Exposure, Interval, attack
from schoolward.analysis.disclosure.suppress import protect
from schoolward.analysis.disclosure.tables import (
    Cell,
    CountTable,
    InconsistentTableError,
    Protected,
    Sum,
    SuppressionPolicy,
)


@dataclass(frozen=True)
class Edition:
    """One publication: its name, and what readers saw in each cell (None where hidden)."""

    name: str
    published: Mapping[Cell, int | None]
    sums: tuple[Sum, ...]

    @classmethod
    def of(cls, name: str, protected: Protected) -> Edition:
        """The edition that prints a protected table."""
        return cls(name, protected.public(), protected.table.sums)


def attack_editions(
    editions: Sequence[Edition], truth: CountTable, policy: SuppressionPolicy
) -> list[Exposure]:
    """Small counts that the editions give away together, though each may be safe alone.

    Cells of the same name in different editions are the same count. ``truth`` says which are small.
    """
    published: dict[Cell, int | None] = dict.fromkeys(truth.values)
    sums: dict[Sum, None] = dict.fromkeys(truth.sums)
    for edition in editions:
        for cell, value in edition.published.items():
            known = published.get(cell)
            if known is not None and value is not None and known != value:
                raise InconsistentTableError(
                    f"Cell {' / '.join(cell)} is {known} in one edition and {value} in {edition.name}: "
                    "a corrected count needs a name of its own, such as the edition's date."
                )
            published[cell] = known if value is None else value
        sums |= dict.fromkeys(edition.sums)
    small = [cell for cell, value in truth.values.items() if policy.is_small(value)]
    shown = [
        Exposure(cell, Interval(value, value)) for cell in small if (value := published[cell]) is not None
    ]
    found = attack(published, tuple(sums), cells=small)
    return shown + [
        Exposure(cell, interval) for cell, interval in found.items() if not interval.hides(policy)
    ]


def cumulative(earlier: CountTable, later: CountTable, *, names: tuple[str, str, str]) -> CountTable:
    """Join a count to date and the same count at a later date with the growth between them.

    Args:
        earlier: counts to the first date.
        later: the same cells to the second date.
        names: what to put before the cells of each: earlier, growth, later.

    Returns:
        One table in which ``later = earlier + growth`` cell by cell. The growth may be small too,
        and subtracting two published editions gives it away.
    """
    if set(earlier.values) != set(later.values):
        raise InconsistentTableError("The two editions have different cells: compare the cells they share.")
    first, growth, last = names
    values: dict[Cell, int] = {}
    for name, source in ((first, earlier.values), (last, later.values)):
        values |= {(name, *cell): count for cell, count in source.items()}
    for cell, count in later.values.items():
        if count < earlier.values[cell]:
            raise InconsistentTableError(
                f"Count to date {' / '.join(cell)} fell: link corrected editions by name instead."
            )
        values[growth, *cell] = count - earlier.values[cell]
    sums = [
        Sum((name, *relation.total), tuple((name, *part) for part in relation.parts))
        for name in names
        for relation in later.sums
    ]
    sums += [Sum((last, *cell), ((first, *cell), (growth, *cell))) for cell in later.values]
    return CountTable(values, tuple(sums))


def protect_next(table: CountTable, policy: SuppressionPolicy, earlier: Sequence[Edition]) -> Protected:
    """Protect a table given what earlier editions already show, which cannot be taken back.

    ``table`` holds the new cells and every earlier cell that they are related to (see
    :func:`cumulative`), so that the small cells of all editions keep their witnesses at once.

    Raises:
        CannotProtectError: what is already public gives a small count away; that needs a correction of the
            earlier edition or wider groups in the new one.
    """
    public = {
        cell
        for edition in earlier
        for cell, value in edition.published.items()
        if value is not None and cell in table.values
    }
    return protect(table, policy, public=public)
