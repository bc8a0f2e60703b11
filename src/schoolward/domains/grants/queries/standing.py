"""How awards stand on a day: balances, burn against the period, and what will lapse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from schoolward.analysis.grants.balances import Balances
from schoolward.analysis.grants.burn import Lapse, elapsed_share, forecast
from schoolward.analysis.grants.clocks import closeout_due, is_said
from schoolward.analysis.grants.rules import Funder
from schoolward.domains.grants.models import Award
from schoolward.domains.grants.queries.sums import NONE, award_balances, spent_by_month


def months_over(start: date, on: date) -> list[date]:
    """The first days of the whole months from the period's first to the one before the day's.

    A month in which the period begins late counts as whole: spending begins slowly anyway.
    """
    month, made = start.replace(day=1), []
    while month < on.replace(day=1):
        made.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return made


@dataclass(frozen=True)
class Standing:
    """An award on a day."""

    award: Award
    on: date
    balances: Balances
    months: tuple[tuple[date, int], ...]
    """What was spent in each whole month since the start, zeros included."""

    @property
    def elapsed(self) -> float:
        """The part of the period that is over, 0 to 1."""
        return elapsed_share(self.award.start, self.award.end, self.on)

    @property
    def spent(self) -> float:
        """The part of the award that is spent, 0 to 1."""
        return self.balances.expended / self.award.amount_cents

    @property
    def gap(self) -> float:
        """By how many points spending lies behind time (M19)."""
        return 100 * (self.elapsed - self.spent)

    @property
    def unspent(self) -> int:
        """Awarded and not spent, in cents."""
        return self.award.amount_cents - self.balances.expended

    @property
    def lapse(self) -> Lapse | None:
        """What will lapse; ``None`` where the award is closed, or too young to say."""
        if self.award.closed_on is not None:
            return None
        return forecast(
            [spent for _month, spent in self.months],
            budgeted=self.award.amount_cents,
            expended=self.balances.expended,
            unliquidated=self.balances.unliquidated,
            end=self.award.end,
            on=self.on,
        )

    @property
    def is_over(self) -> bool:
        """Whether the period has ended."""
        return self.on > self.award.end

    @property
    def days_left(self) -> int:
        """Days from the day to the period's end; below zero after it."""
        return (self.award.end - self.on).days

    @property
    def closeout_due(self) -> date:
        """The last day for the final reports."""
        award = self.award
        return closeout_due(
            award.end, awarded_on=award.awarded_on, funder=Funder(award.funder), agreed=award.final_days
        )

    @property
    def closeout_is_said(self) -> bool:
        """Whether the award or a law says that day; else it is assumed."""
        award = self.award
        return is_said(awarded_on=award.awarded_on, funder=Funder(award.funder), agreed=award.final_days)

    @property
    def liquidation_due(self) -> date | None:
        """The last day on which obligations of the period may be paid; ``None`` where nobody says one."""
        return self.award.as_terms().last_payment

    @property
    def match_required_so_far(self) -> int:
        """The match that belongs to what was spent, in cents."""
        return self.award.match_terms.required_cents(max(0, self.balances.expended))


def standings(awards: Iterable[Award], *, on: date) -> list[Standing]:
    """How each award stands at the end of the day ``on``, in the order given: two queries for all."""
    rows = list(awards)
    if not rows:
        return []
    numbers = [award.pk for award in rows]
    balances = award_balances(numbers, until=on)
    spent = spent_by_month(numbers)
    return [
        Standing(
            award,
            on,
            balances.get(award.pk, NONE),
            tuple((month, spent.get(award.pk, {}).get(month, 0)) for month in months_over(award.start, on)),
        )
        for award in rows
    ]


def standing(award: Award, *, on: date) -> Standing:
    """How one award stands."""
    return standings([award], on=on)[0]
