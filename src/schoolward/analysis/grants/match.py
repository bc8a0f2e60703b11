"""What a recipient must bring itself, to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class MatchKind(StrEnum):
    """In what a match may be given."""

    CASH = "cash"
    IN_KIND = "in_kind"


@dataclass(frozen=True)
class MatchTerms:
    """What an award asks of its recipient: a share of the whole project's cost, in percent below 100.

    25 percent of a project whose funder gives $500,000 is a third of that, $166,666.67, and not a quarter:
    the share is of the whole. ``waived_percent`` is how many of these points the funder let go.
    """

    percent: Decimal = Decimal(0)
    waived_percent: Decimal = Decimal(0)
    kinds: frozenset[MatchKind] = frozenset(MatchKind)

    def __post_init__(self) -> None:
        if not 0 <= self.percent < 100:
            raise ValueError(f"a match is from 0 to below 100 percent of the whole, not {self.percent}")
        if not 0 <= self.waived_percent <= self.percent:
            raise ValueError(f"of a match of {self.percent} percent, {self.waived_percent} cannot be waived")

    def required_cents(self, given_cents: int) -> int:
        """The match beside an award (or the part of it that was spent) of ``given_cents``."""
        if given_cents < 0:
            raise ValueError("an award is not negative")
        share = self.percent - self.waived_percent
        exact = Decimal(given_cents) * share / (100 - share)
        return int(exact.quantize(Decimal(1), ROUND_HALF_UP))

    def accepts(self, kind: MatchKind) -> bool:
        """Whether the award counts a match of this kind."""
        return kind in self.kinds
