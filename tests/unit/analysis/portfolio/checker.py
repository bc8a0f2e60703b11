"""Whether an answer keeps every rule of its instance: written from docs/reference/funding-plan.md alone.

It works on the JSON of both and shares no code with the planner: both cannot be wrong in the same way.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any

Json = dict[str, Any]


def decimal(value: float) -> Decimal:
    return Decimal(str(value))


def price(candidate: Json, fund: str) -> tuple[int, float] | None:
    """The cost and benefit of a candidate at a fund, None where its options leave the fund out."""
    if candidate.get("options") is None:
        return candidate["cost"], candidate["benefit"]
    for option in candidate["options"]:
        if option["fund"] == fund:
            return option["cost"], option["benefit"]
    return None


def eligible(instance: Json, candidate: Json, fund: Json) -> bool:
    if price(candidate, fund["id"]) is None:
        return False
    if fund.get("categories") is not None and candidate["category"] not in fund["categories"]:
        return False
    if fund.get("sites") is not None and candidate["site"] not in fund["sites"]:
        return False
    ready = date.fromisoformat(instance["today"]) + timedelta(days=candidate.get("lead_days", 0))
    return ready <= date.fromisoformat(fund["expires"])


def may_split(instance: Json, candidate: Json) -> bool:
    wish = candidate.get("split")
    if wish is None:
        wish = instance.get("split", False)
    prices = {(option["cost"], option["benefit"]) for option in candidate.get("options") or []}
    return bool(wish) and len(prices) < 2


def faults(instance: Json, answer: Json) -> list[str]:
    """Every rule that the answer breaks, and every figure in it that is not so."""
    return [*_payments(instance, answer), *_rules(instance, answer), *_figures(instance, answer)]


def _payments(instance: Json, answer: Json) -> Iterator[str]:
    funds = {fund["id"]: fund for fund in instance["funds"]}
    candidates = {candidate["id"]: candidate for candidate in instance["candidates"]}
    parts: dict[str, list[Json]] = {}
    for part in answer["allocations"]:
        parts.setdefault(part["candidate"], []).append(part)
        fund, candidate = funds[part["fund"]], candidates[part["candidate"]]
        if not eligible(instance, candidate, fund):
            yield f"{fund['id']} may not pay {candidate['id']}"
        whole = part["amount"] + part["match"]
        due = (whole * decimal(fund.get("match_rate", 0))).to_integral_value(rounding=ROUND_CEILING)
        if part["match"] != due:
            yield f"match of {candidate['id']} is {part['match']}, not {due}"
        if not (isinstance(part["amount"], int) and part["amount"] >= 0):
            yield f"amount of {candidate['id']} is {part['amount']}"
    for name, paid in parts.items():
        if len({part["fund"] for part in paid}) < len(paid):
            yield f"{name} is paid by one fund twice"
        if len(paid) > 1 and not may_split(instance, candidates[name]):
            yield f"{name} is split"
        found = price(candidates[name], paid[0]["fund"])
        if found is None or sum(part["amount"] + part["match"] for part in paid) != found[0]:
            yield f"{name} is not paid what it costs"
    balance = {fund["id"]: fund["amount"] for fund in instance["funds"]}
    for part in answer["allocations"]:
        balance[part["fund"]] -= part["amount"]
    moved = [0] * len(instance.get("transfers", []))
    for transfer in answer.get("transfers", []):
        balance[transfer["source"]] -= transfer["amount"]
        balance[transfer["target"]] += transfer["amount"]
        between = {transfer["source"], transfer["target"]}
        rules = [
            place for place, rule in enumerate(instance.get("transfers", [])) if between <= set(rule["funds"])
        ]
        if not rules:
            yield f"nothing may be moved between {sorted(between)}"
        for place in rules:
            moved[place] += transfer["amount"]
    for place, rule in enumerate(instance.get("transfers", [])):
        if moved[place] > rule["max"]:
            yield f"{moved[place]} is moved by transfers[{place}]"
    for name, left in balance.items():
        if left < 0:
            yield f"{name} pays {-left} more than it holds"
    match = sum(part["match"] for part in answer["allocations"])
    if instance.get("match_available", 0) is not None and match > instance.get("match_available", 0):
        yield f"match of {match} is not there"
    for fund in instance["funds"]:
        for category, most in fund.get("category_max", {}).items():
            spent = sum(
                part["amount"]
                for part in answer["allocations"]
                if part["fund"] == fund["id"] and candidates[part["candidate"]]["category"] == category
            )
            if spent > most:
                yield f"{fund['id']} pays {spent} for {category}"


def _rules(instance: Json, answer: Json) -> Iterator[str]:
    chosen = {part["candidate"] for part in answer["allocations"]}
    spent: dict[str, int] = {}
    bundles: dict[str, set[bool]] = {}
    for candidate in instance["candidates"]:
        name = candidate["id"]
        if candidate.get("bundle") is not None:
            bundles.setdefault(candidate["bundle"], set()).add(name in chosen)
        if name not in chosen:
            continue
        for part in answer["allocations"]:
            if part["candidate"] == name:
                site = candidate["site"]
                spent[site] = spent.get(site, 0) + part["amount"] + part["match"]
        for other in candidate.get("requires", []):
            if other not in chosen:
                yield f"{name} is chosen without {other}"
        for other in candidate.get("conflicts", []):
            if other in chosen:
                yield f"{name} is chosen beside {other}"
    for name, states in bundles.items():
        if len(states) > 1:
            yield f"bundle {name} is torn"
    for site, least in instance.get("site_min", {}).items():
        if spent.get(site, 0) < least:
            yield f"{spent.get(site, 0)} is spent at {site}, less than {least}"
    for site, most in instance.get("site_max", {}).items():
        if spent.get(site, 0) > most:
            yield f"{spent.get(site, 0)} is spent at {site}, more than {most}"
    for floor in instance.get("equity", []):
        there = sum(spent.get(site, 0) for site in set(floor["sites"]))
        if there < decimal(floor["share"]) * sum(spent.values()):
            yield f"{there} is less than {floor['share']} of {sum(spent.values())}"
    for limit in instance.get("limits", []):
        used = sum((decimal(limit["weights"].get(name, 0)) for name in chosen), Decimal(0))
        if used > decimal(limit["max"]):
            yield f"{used} of {limit['name']} is used"
    for name in instance.get("locked_in", []):
        if name not in chosen:
            yield f"{name} is locked in and not chosen"
    for name in instance.get("locked_out", []):
        if name in chosen:
            yield f"{name} is locked out and chosen"


def benefit(instance: Json, allocations: Sequence[Json]) -> float:
    """What a plan brings."""
    candidates = {candidate["id"]: candidate for candidate in instance["candidates"]}
    first = {part["candidate"]: part["fund"] for part in allocations}
    return sum((price(candidates[name], fund) or (0, 0.0))[1] for name, fund in first.items())


def _figures(instance: Json, answer: Json) -> Iterator[str]:
    brings = benefit(instance, answer["allocations"])
    near = 1e-6 * max(1.0, abs(brings))
    if abs(answer["objective"] - brings) > near:
        yield f"objective is {answer['objective']}, and the plan brings {brings}"
    if answer["bound"] < brings - near:
        yield f"bound is {answer['bound']}, and the plan brings {brings}"
    if brings > near and abs((answer["bound"] - brings) / brings - answer["gap"]) > 1e-6:
        yield f"gap is {answer['gap']} between {brings} and {answer['bound']}"
    if answer["status"] == "optimal" and answer["gap"] != 0:
        yield f"optimal with a gap of {answer['gap']}"
    told = [one["candidate"] for one in answer["left_out"]]
    chosen = {part["candidate"] for part in answer["allocations"]}
    rest = [one["id"] for one in instance["candidates"] if one["id"] not in chosen]
    if sorted(told) != sorted(rest):
        yield "left_out does not name what is left out"
    if any(not one["reason"] for one in answer["left_out"]):
        yield "something is left out without a reason"


def plans(instance: Json) -> Iterator[list[Json]]:
    """Every plan of a small instance, kept rules or not, each candidate paid by one fund or none."""
    ways: list[list[Json | None]] = []
    for candidate in instance["candidates"]:
        own: list[Json | None] = [None]
        for fund in instance["funds"]:
            found = price(candidate, fund["id"])
            if found is not None and eligible(instance, candidate, fund):
                rate = decimal(fund.get("match_rate", 0))
                match = int((found[0] * rate).to_integral_value(rounding=ROUND_CEILING))
                own.append(
                    {
                        "candidate": candidate["id"],
                        "fund": fund["id"],
                        "amount": found[0] - match,
                        "match": match,
                    }
                )
        ways.append(own)
    for plan in itertools.product(*ways):
        yield [part for part in plan if part is not None]


def cost(allocations: Sequence[Json]) -> int:
    """What a plan costs, match included."""
    return sum(part["amount"] + part["match"] for part in allocations)


def best(instance: Json) -> tuple[float, int] | None:
    """The most that any plan brings and the least that this costs; None where no plan keeps every rule.

    Transfers and shared costs are not tried: an instance with them can only be better.
    """
    found: tuple[float, int] | None = None
    for plan in plans(instance):
        answer: Json = {"allocations": plan}
        if not [*_payments(instance, answer), *_rules(instance, answer)]:
            brings, costs = benefit(instance, plan), cost(plan)
            if found is None or (brings, -costs) > (found[0], -found[1]):
                found = brings, costs
    return found
