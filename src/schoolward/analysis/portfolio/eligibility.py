"""Which fund may pay which candidate, at what cost: category, site and date, and the match in whole cents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from schoolward.analysis.portfolio.instance import Candidate, Fund, Instance
from schoolward.analysis.portfolio.reading import one_price


@dataclass(frozen=True, slots=True)
class Choice:
    """One candidate paid by one fund: `amount` from the fund and `match` beside it are its cost, in cents."""

    candidate: int
    fund: int
    cost: int
    match: int
    benefit: float

    @property
    def amount(self) -> int:
        """What the fund pays."""
        return self.cost - self.match


def exactly(number: float) -> Fraction:
    """Return the fraction that a decimal number in a file was meant to be: 0.1 is a tenth."""
    return Fraction(repr(number))


def match_of(cost: int, rate: Fraction) -> int:
    """Return the match for a cost in cents, rounded up: a cent less would be below the rate."""
    return -((-cost * rate.numerator) // rate.denominator)


def obstacles(instance: Instance, candidate: Candidate, fund: Fund) -> tuple[str, ...]:
    """Return what keeps a fund from paying a candidate: any of `category`, `site`, `date`, `option`."""
    found = []
    if candidate.options is not None and all(option.fund != fund.id for option in candidate.options):
        found.append("option")
    if fund.categories is not None and candidate.category not in fund.categories:
        found.append("category")
    if fund.sites is not None and candidate.site not in fund.sites:
        found.append("site")
    if candidate.lead_days > (fund.expires - instance.today).days:
        found.append("date")
    return tuple(found)


def choices(instance: Instance) -> list[Choice]:
    """Return every eligible pair of candidate and fund, candidates in order."""
    return list(_choices(instance))


def _choices(instance: Instance) -> Iterator[Choice]:
    rates = [exactly(fund.match_rate) for fund in instance.funds]
    days = [(fund.expires - instance.today).days for fund in instance.funds]
    categories = [None if fund.categories is None else frozenset(fund.categories) for fund in instance.funds]
    sites = [None if fund.sites is None else frozenset(fund.sites) for fund in instance.funds]
    for index, candidate in enumerate(instance.candidates):
        own = None
        if candidate.options is not None:
            own = {option.fund: (option.cost, option.benefit) for option in candidate.options}
        for place, fund in enumerate(instance.funds):
            if (
                candidate.lead_days > days[place]
                or (categories[place] is not None and candidate.category not in categories[place])  # type: ignore[operator]
                or (sites[place] is not None and candidate.site not in sites[place])  # type: ignore[operator]
            ):
                continue
            cost, benefit = candidate.cost, candidate.benefit
            if own is not None:
                if fund.id not in own:
                    continue
                cost, benefit = own[fund.id]
            rate = rates[place]
            yield Choice(index, place, cost, match_of(cost, rate) if rate else 0, benefit)


def may_split(instance: Instance, candidate: Candidate) -> bool:
    """Whether several funds may share a cost: where it is said, and there is one cost and one benefit."""
    wanted = instance.split if candidate.split is None else candidate.split
    return wanted and one_price(candidate)
