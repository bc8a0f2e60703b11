"""From allocations to columns, what must be moved to pay them, and every rule checked without rounding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np

from schoolward.analysis.portfolio.answer import Allocation, Transfer
from schoolward.analysis.portfolio.eligibility import exactly
from schoolward.analysis.portfolio.instance import Instance
from schoolward.analysis.portfolio.model import Floats, Model


def values_of(model: Model, allocations: Iterable[Allocation]) -> Floats:
    """Return the columns of a plan; what the instance no longer allows is left out."""
    instance = model.instance
    paid: dict[str, dict[str, Allocation]] = {}
    for one in allocations:
        paid.setdefault(one.candidate, {})[one.fund] = one
    index = {candidate.id: place for place, candidate in enumerate(instance.candidates)}
    fund_index = {fund.id: place for place, fund in enumerate(instance.funds)}
    column_of = {(choice.candidate, choice.fund): column for column, choice in enumerate(model.choices)}
    split_of = {int(model.candidate[column]): column for column in range(model.whole, model.first_part)}
    part_at = {pair: model.first_part + offset for offset, pair in enumerate(model.part_of)}
    values = np.zeros(model.columns)
    for name, by_fund in paid.items():
        place = index.get(name)
        if place is None or any(fund not in fund_index for fund in by_fund):
            continue
        columns = [column_of.get((place, fund_index[fund])) for fund in by_fund]
        if len(columns) == 1 and columns[0] is not None:
            values[columns[0]] = 1.0
        elif place in split_of and None not in columns:
            values[split_of[place]] = 1.0
            for fund, one in by_fund.items():
                values[part_at[place, fund_index[fund]]] = float(one.amount + one.match)
    return values


def moves(instance: Instance, allocations: Iterable[Allocation]) -> list[Transfer] | None:
    """Return the money to be moved so that every fund can pay, or None where the rules do not let it move."""
    left = {fund.id: fund.amount for fund in instance.funds}
    for one in allocations:
        left[one.fund] -= one.amount
    found = []
    for rule in instance.transfers:
        over = sum(max(-left[fund], 0) for fund in rule.funds)
        if over > rule.max:
            return None
        givers = [(fund, left[fund]) for fund in rule.funds if left[fund] > 0]
        for target in rule.funds:
            while left[target] < 0:
                if not givers:
                    return None
                source, spare = givers.pop()
                amount = min(spare, -left[target])
                found.append(Transfer(source=source, target=target, amount=amount))
                left[target] += amount
                if spare > amount:
                    givers.append((source, spare - amount))
    return None if any(amount < 0 for amount in left.values()) else found


def keeps_every_rule(instance: Instance, allocations: list[Allocation]) -> bool:
    """Whether a plan keeps every rule of the instance, in whole cents and exact fractions."""
    chosen = {one.candidate for one in allocations}
    cost: dict[str, int] = dict.fromkeys(chosen, 0)
    in_category: dict[tuple[str, str], int] = {}
    for one in allocations:
        cost[one.candidate] += one.amount + one.match
        kind = one.fund, instance.candidate_of[one.candidate].category
        in_category[kind] = in_category.get(kind, 0) + one.amount
    match = sum(one.match for one in allocations)
    return (
        moves(instance, allocations) is not None
        and (instance.match_available is None or match <= instance.match_available)
        and all(
            in_category.get((fund.id, category), 0) <= most
            for fund in instance.funds
            for category, most in fund.category_max.items()
        )
        and _whole(instance, allocations, cost)
        and _sites(instance, cost)
        and all(
            sum((exactly(limit.weights[name]) for name in limit.weights if name in chosen), Fraction(0))
            <= exactly(limit.max)
            for limit in instance.limits
        )
        and _relations(instance, chosen)
    )


def _whole(instance: Instance, allocations: list[Allocation], cost: Mapping[str, int]) -> bool:
    """Whether what is paid for each candidate is its cost."""
    fund_of = {one.candidate: one.fund for one in allocations}
    for name, paid in cost.items():
        candidate = instance.candidate_of[name]
        asked = candidate.cost
        for option in candidate.options or ():
            if option.fund == fund_of[name]:
                asked = option.cost
        if paid != asked:
            return False
    return True


def _sites(instance: Instance, cost: Mapping[str, int]) -> bool:
    spent: dict[str, int] = {}
    for name, paid in cost.items():
        site = instance.candidate_of[name].site
        spent[site] = spent.get(site, 0) + paid
    total = sum(spent.values())
    return (
        all(spent.get(site, 0) >= least for site, least in instance.site_min.items())
        and all(spent.get(site, 0) <= most for site, most in instance.site_max.items())
        and all(
            sum(spent.get(site, 0) for site in set(floor.sites)) >= exactly(floor.share) * total
            for floor in instance.equity
        )
    )


def _relations(instance: Instance, chosen: set[str]) -> bool:
    bundles: dict[str, set[bool]] = {}
    for candidate in instance.candidates:
        is_in = candidate.id in chosen
        if candidate.bundle is not None:
            bundles.setdefault(candidate.bundle, set()).add(is_in)
        if is_in and not (chosen.issuperset(candidate.requires) and chosen.isdisjoint(candidate.conflicts)):
            return False
    return (
        all(len(states) == 1 for states in bundles.values())
        and chosen.issuperset(instance.locked_in)
        and chosen.isdisjoint(instance.locked_out)
    )
