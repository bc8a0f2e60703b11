"""The four balances of an award, from its entries: budgeted, obligated, expended, drawn.

Entries are signed and only added; what was wrong is taken back by a counter-entry. Every balance is a sum of
whole cents, so that lines add up to their award and months to the whole, exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final

MOST_CENTS: Final = 10**12
"""Ten thousand million dollars: more is a slip, and sums of it could leave a database's whole numbers."""


class Kind(StrEnum):
    """What an entry says."""

    BUDGET = "budget"
    OBLIGATION = "obligation"
    EXPENDITURE = "expenditure"
    DRAW = "draw"
    MATCH = "match"


@dataclass(frozen=True, slots=True)
class Posting:
    """One entry as the sums see it. ``against_obligation``: an expenditure that pays what was obligated."""

    kind: Kind
    cents: int
    against_obligation: bool = False


@dataclass(frozen=True, slots=True)
class Balances:
    """Sums of entries, in cents. ``liquidated`` is the part of ``expended`` that paid obligations."""

    budgeted: int = 0
    obligated: int = 0
    liquidated: int = 0
    expended: int = 0
    drawn: int = 0
    matched: int = 0

    def __add__(self, other: Balances) -> Balances:
        return Balances(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def unliquidated(self) -> int:
        """Obligated and not paid yet."""
        return self.obligated - self.liquidated

    @property
    def committed(self) -> int:
        """Spent, or bound to be."""
        return self.expended + self.unliquidated

    @property
    def available(self) -> int:
        """Budgeted, and neither spent nor bound."""
        return self.budgeted - self.committed

    @property
    def unspent(self) -> int:
        """Budgeted and not spent."""
        return self.budgeted - self.expended

    @property
    def undrawn(self) -> int:
        """Spent and not drawn from the funder yet; below zero is cash in hand."""
        return self.expended - self.drawn


def of_posting(posting: Posting) -> Balances:
    """What one entry adds."""
    cents = posting.cents
    match posting.kind:
        case Kind.BUDGET:
            return Balances(budgeted=cents)
        case Kind.OBLIGATION:
            return Balances(obligated=cents)
        case Kind.EXPENDITURE:
            return Balances(expended=cents, liquidated=cents if posting.against_obligation else 0)
        case Kind.DRAW:
            return Balances(drawn=cents)
        case Kind.MATCH:
            return Balances(matched=cents)


def balances(postings: Iterable[Posting]) -> Balances:
    """The balances of some entries."""
    total = Balances()
    for posting in postings:
        total += of_posting(posting)
    return total
