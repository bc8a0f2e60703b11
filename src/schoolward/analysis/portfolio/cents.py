"""From columns to allocations in whole cents. Shared costs are rounded, or reckoned where that fails."""

from __future__ import annotations

import numpy as np

from schoolward.analysis.portfolio import solver
from schoolward.analysis.portfolio.answer import Allocation
from schoolward.analysis.portfolio.eligibility import exactly, match_of
from schoolward.analysis.portfolio.model import Floats, Model
from schoolward.analysis.portfolio.paying import keeps_every_rule

_SECONDS = 2.0  # for reckoning shared costs exactly


def kept_allocations(model: Model, values: Floats) -> list[Allocation] | None:
    """Return what each fund pays if it keeps every rule to the cent, None otherwise."""
    instance = model.instance
    chosen = np.flatnonzero(values[: model.first_part] > 0.5)
    whole = []
    for column in chosen[chosen < model.whole].tolist():
        choice = model.choices[column]
        whole.append(
            Allocation(
                candidate=instance.candidates[choice.candidate].id,
                fund=instance.funds[choice.fund].id,
                amount=choice.amount,
                match=choice.match,
            )
        )
    shared = {int(model.candidate[column]) for column in chosen[chosen >= model.whole].tolist()}
    if not shared:
        return whole if keeps_every_rule(instance, whole) else None
    found = [*whole, *_allocations(model, _rounded(model, values, shared, whole))]
    if keeps_every_rule(instance, found):
        return found
    parts = _exact(model, shared, whole)
    if parts is None:
        return None
    found = [*whole, *_allocations(model, parts)]
    return found if keeps_every_rule(instance, found) else None


def _allocations(model: Model, parts: dict[tuple[int, int], int]) -> list[Allocation]:
    funds = model.instance.funds
    found = []
    for (place, fund), part in parts.items():
        match = match_of(part, exactly(funds[fund].match_rate))
        if part:
            found.append(
                Allocation(
                    candidate=model.instance.candidates[place].id,
                    fund=funds[fund].id,
                    amount=part - match,
                    match=match,
                )
            )
    return found


def _rounded(
    model: Model, values: Floats, shared: set[int], whole: list[Allocation]
) -> dict[tuple[int, int], int]:
    """Round parts down to cents, and give the cents that are left to funds that still have some."""
    funds = model.instance.funds
    left = {fund.id: fund.amount for fund in funds}
    for one in whole:
        left[one.fund] -= one.amount
    rates = [exactly(fund.match_rate) for fund in funds]
    parts = {
        (place, fund): int(values[model.first_part + offset] + 1e-6)
        for offset, (place, fund) in enumerate(model.part_of)
        if place in shared
    }
    missing = _costs(model, shared)
    for (place, fund), part in parts.items():
        left[funds[fund].id] -= part - match_of(part, rates[fund])
        missing[place] -= part
    # Funds without match first: a cent of theirs asks for nothing else.
    for place, fund in sorted(parts, key=lambda pair: (rates[pair[1]], -left[funds[pair[1]].id])):
        while missing[place] > 0:
            part = parts[place, fund]
            pays = 1 - match_of(part + 1, rates[fund]) + match_of(part, rates[fund])
            if left[funds[fund].id] < pays:
                break
            parts[place, fund] += 1
            missing[place] -= 1
            left[funds[fund].id] -= pays
    return parts


def _costs(model: Model, shared: set[int]) -> dict[int, int]:
    return {choice.candidate: choice.cost for choice in model.choices if choice.candidate in shared}


def _exact(model: Model, shared: set[int], whole: list[Allocation]) -> dict[tuple[int, int], int] | None:
    """Reckon who pays how many cents of shared costs: parts, their match and moved money in whole numbers."""
    instance, funds = model.instance, model.instance.funds
    pairs = [pair for pair in model.part_of if pair[0] in shared]
    part = {pair: place for place, pair in enumerate(pairs)}
    match = {pair: len(pairs) + place for place, pair in enumerate(pairs)}
    over = {fund: 2 * len(pairs) + place for place, fund in enumerate(model.moved_fund)}
    costs = _costs(model, shared)
    rows: list[tuple[list[tuple[int, float]], float, float]] = [
        ([(part[pair], 1.0) for pair in pairs if pair[0] == place], cost, cost)
        for place, cost in costs.items()
    ]
    for pair in pairs:
        rate = exactly(funds[pair[1]].match_rate)
        top, bottom = float(rate.numerator), float(rate.denominator)
        rows.append(([(match[pair], bottom), (part[pair], -top)], 0.0, bottom - 1))
    paid = {fund.id: 0 for fund in funds}
    kinds: dict[tuple[str, str], int] = {}
    for one in whole:
        paid[one.fund] += one.amount
        kind = one.fund, instance.candidate_of[one.candidate].category
        kinds[kind] = kinds.get(kind, 0) + one.amount

    def pays(fund: int, category: str | None = None) -> list[tuple[int, float]]:
        mine = [
            pair
            for pair in pairs
            if pair[1] == fund and category in (None, instance.candidates[pair[0]].category)
        ]
        return [(part[pair], 1.0) for pair in mine] + [(match[pair], -1.0) for pair in mine]

    for place, fund in enumerate(funds):
        moved = [(over[place], -1.0)] if place in over else []
        rows.append((pays(place) + moved, -np.inf, fund.amount - paid[fund.id]))
        for category, most in fund.category_max.items():
            rows.append((pays(place, category), -np.inf, most - kinds.get((fund.id, category), 0)))
    for rule in instance.transfers:
        places = [place for place in over if funds[place].id in rule.funds]
        rows.append(([(over[place], 1.0) for place in places], -np.inf, rule.max))
        held = sum(funds[place].amount - paid[funds[place].id] for place in places)
        if places:
            rows.append(([entry for place in places for entry in pays(place)], -np.inf, held))
    if instance.match_available is not None:
        spent = sum(one.match for one in whole)
        rows.append(([(column, 1.0) for column in match.values()], -np.inf, instance.match_available - spent))
    most = max(costs.values())
    upper = np.array([float(costs[place]) for place, _fund in pairs] * 2 + [most * len(costs)] * len(over))
    found = solver.whole_numbers(rows, upper, seconds=_SECONDS)
    return None if found is None else {pair: found[part[pair]] for pair in pairs}
