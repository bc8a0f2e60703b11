"""Whether a scenario still holds today: what of its answer the ledger or the work has overtaken."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from schoolward.analysis.portfolio import Allocation, Answer, Candidate, Fund, Instance
from schoolward.analysis.portfolio.eligibility import exactly, match_of, obstacles
from schoolward.domains.funding.models import Scenario
from schoolward.domains.funding.queries.overtaking import Obstacle, Overtaken
from schoolward.domains.funding.queries.questions import answer_of
from schoolward.domains.funding.queries.snapshots import Snapshot, snapshot_now
from schoolward.platform.access.viewer import Viewer


def obstacles_today(viewer: Viewer, scenario: Scenario, *, on: date) -> list[Obstacle]:
    """Everything that is no longer true of a ready scenario on a day; empty where it can be approved."""
    answer = answer_of(scenario)
    if answer is None:
        return []
    return overtaken(answer, snapshot_now(viewer, on=on))


def overtaken(answer: Answer, now: Snapshot) -> list[Obstacle]:
    """What of an answer the instance of today no longer bears out, work by work and then fund by fund."""
    instance = now.instance
    found: list[Obstacle] = []
    paid: dict[str, list[Allocation]] = defaultdict(list)
    for one in answer.allocations:
        paid[one.candidate].append(one)
    for name, parts in paid.items():
        found += _of_work(instance, now, name, parts)
    chosen = frozenset(paid)
    for name in sorted(chosen & instance.candidate_of.keys()):
        found += _of_ties(instance, instance.candidate_of[name], chosen)
    if not found:  # sums over works that are no longer there would say nothing
        found += _of_sums(instance, answer)
    return found


def _of_work(instance: Instance, now: Snapshot, name: str, parts: list[Allocation]) -> list[Obstacle]:
    candidate = instance.candidate_of.get(name)
    if candidate is None:
        aside = next((one.why.value for one in now.candidates.aside if one.work.reference == name), "")
        return [Obstacle(Overtaken.NO_CANDIDATE, name, aside)]
    found = []
    cost, asked = sum(part.amount + part.match for part in parts), candidate.cost
    for option in candidate.options or ():
        if option.fund == parts[0].fund:
            asked = option.cost
    if cost != asked:
        found.append(Obstacle(Overtaken.COST, name, cents=(cost, asked)))
    for part in parts:
        fund = instance.fund_of.get(part.fund)
        if fund is None:
            found.append(Obstacle(Overtaken.NO_FUND, name, part.fund))
            continue
        against = obstacles(instance, candidate, fund)
        if against:
            found.append(Obstacle(Overtaken.NOT_ALLOWED, name, part.fund, against=against))
        found += _of_match(name, fund, part)
    return found


def _of_match(name: str, fund: Fund, part: Allocation) -> list[Obstacle]:
    due = match_of(part.amount + part.match, exactly(fund.match_rate))
    if part.match == due:
        return []
    return [Obstacle(Overtaken.MATCH, name, part.fund, (part.match, due))]


def _of_ties(instance: Instance, candidate: Candidate, chosen: frozenset[str]) -> list[Obstacle]:
    lacking = [one for one in candidate.requires if one not in chosen]
    excluded = [one for one in candidate.conflicts if one in chosen]
    torn = [
        other.id
        for other in instance.candidates
        if candidate.bundle is not None and other.bundle == candidate.bundle and other.id not in chosen
    ]
    return [Obstacle(Overtaken.TIES, candidate.id, other) for other in [*lacking, *excluded, *torn]]


def _of_sums(instance: Instance, answer: Answer) -> list[Obstacle]:
    """Whether every fund still holds what it pays, with the transfers that the answer names."""
    left = {fund.id: fund.amount for fund in instance.funds}
    pays: dict[str, int] = defaultdict(int)
    for one in answer.allocations:
        left[one.fund] -= one.amount
        pays[one.fund] += one.amount
    found = []
    for moved in answer.transfers:
        if moved.source not in left or moved.target not in left:
            found.append(Obstacle(Overtaken.TRANSFERS, moved.source, moved.target))
            continue
        left[moved.source] -= moved.amount
        left[moved.target] += moved.amount
        pays[moved.source] += moved.amount
        pays[moved.target] -= moved.amount
    for fund in instance.funds:
        if left[fund.id] < 0:
            found.append(Obstacle(Overtaken.TOO_LITTLE, fund.id, cents=(pays[fund.id], fund.amount)))
    for pair in {(moved.source, moved.target) for moved in answer.transfers}:
        if not any(set(pair) <= set(rule.funds) for rule in instance.transfers):
            found.append(Obstacle(Overtaken.TRANSFERS, *pair))
    for rule in instance.transfers:
        total = sum(one.amount for one in answer.transfers if one.source in rule.funds)
        if total > rule.max:
            found.append(Obstacle(Overtaken.TRANSFERS, ", ".join(rule.funds), cents=(total, rule.max)))
    return found
