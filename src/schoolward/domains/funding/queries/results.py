"""A scenario's answer with the records behind it: what is paid by what, what is left out and why, by site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from schoolward.analysis.portfolio import Answer, Comparison, Demand, Instance, LeftOut, compare
from schoolward.domains.funding.models import Plan, Scenario
from schoolward.domains.funding.queries.questions import answer_of, instance_of, instance_of_plan
from schoolward.domains.work import queries as work
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class Part:
    """What one line pays of a work, and the match beside it, in cents. ``fund`` is told by the plan."""

    key: str
    fund: Mapping[str, Any]
    amount: int
    match: int


@dataclass(frozen=True)
class Chosen:
    """A work that is paid. ``told`` is how it stood in the plan; ``work`` is the record as it stands now."""

    reference: str
    told: Mapping[str, Any]
    work: Any | None
    benefit: float
    parts: tuple[Part, ...]
    is_locked: bool

    @property
    def amount(self) -> int:
        """What the lines pay."""
        return sum(part.amount for part in self.parts)

    @property
    def match(self) -> int:
        """What match money pays."""
        return sum(part.match for part in self.parts)

    @property
    def cost(self) -> int:
        """The whole cost."""
        return self.amount + self.match


@dataclass(frozen=True)
class Out:
    """A work that is left out, and why. ``displaces`` are the works that would have to go for it."""

    reference: str
    told: Mapping[str, Any]
    work: Any | None
    left_out: LeftOut


@dataclass(frozen=True)
class FundUse:
    """What a fund holds in the scenario, what it pays, and what is moved, in cents."""

    key: str
    fund: Mapping[str, Any]
    holds: int
    pays: int
    moved_in: int
    moved_out: int

    @property
    def left(self) -> int:
        """What is left of it."""
        return self.holds + self.moved_in - self.moved_out - self.pays


@dataclass(frozen=True)
class SiteUse:
    """What is spent at a site, match included, for how many works, and what these bring."""

    slug: str
    name: str
    campus: int
    cost: int
    works: int
    benefit: float


@dataclass(frozen=True)
class MovedInPlan:
    """Money to be moved between two lines of an award, in cents."""

    source: Mapping[str, Any]
    target: Mapping[str, Any]
    amount: int


@dataclass(frozen=True)
class Result:
    """A scenario that is ready, in records. Works are in the order of what they bring, the most first."""

    scenario: Scenario
    instance: Instance
    answer: Answer
    chosen: tuple[Chosen, ...]
    left_out: tuple[Out, ...]
    funds: tuple[FundUse, ...]
    sites: tuple[SiteUse, ...]
    transfers: tuple[MovedInPlan, ...]

    @property
    def clash(self) -> tuple[Demand, ...]:
        """Where no plan keeps every rule: demands that cannot all hold."""
        return self.answer.clash

    @property
    def is_plan(self) -> bool:
        """Whether there is a plan to approve."""
        return self.answer.objective is not None

    @property
    def amount(self) -> int:
        """What the awards pay."""
        return sum(one.amount for one in self.chosen)

    @property
    def match(self) -> int:
        """What match money pays."""
        return sum(one.match for one in self.chosen)

    @property
    def budget(self) -> int:
        """What the funds of the scenario hold together."""
        return sum(fund.holds for fund in self.funds)


def result_of(viewer: Viewer, scenario: Scenario) -> Result | None:
    """The answer of a scenario with its records; ``None`` while it has none."""
    answer = answer_of(scenario)
    if answer is None:
        return None
    instance, told = instance_of(scenario), scenario.plan.references
    numbers = [one["work"] for one in told["candidates"].values()]
    items = {item.reference: item for item in work.work_items(viewer).filter(pk__in=numbers)}
    chosen = _chosen(instance, answer, told, items)
    return Result(
        scenario=scenario,
        instance=instance,
        answer=answer,
        chosen=chosen,
        left_out=tuple(
            Out(one.candidate, told["candidates"][one.candidate], items.get(one.candidate), one)
            for one in answer.left_out
        ),
        funds=_funds(instance, answer, told),
        sites=_sites(chosen),
        transfers=tuple(
            MovedInPlan(told["funds"][one.source], told["funds"][one.target], one.amount)
            for one in answer.transfers
        ),
    )


def _chosen(
    instance: Instance, answer: Answer, told: Mapping[str, Any], items: Mapping[str, Any]
) -> tuple[Chosen, ...]:
    parts: dict[str, list[Part]] = defaultdict(list)
    for one in answer.allocations:
        parts[one.candidate].append(Part(one.fund, told["funds"][one.fund], one.amount, one.match))
    found = [
        Chosen(
            reference=name,
            told=told["candidates"][name],
            work=items.get(name),
            benefit=benefit_at(instance, name, own[0].key),
            parts=tuple(own),
            is_locked=name in instance.locked_in,
        )
        for name, own in parts.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.benefit, one.reference)))


def benefit_at(instance: Instance, name: str, fund: str) -> float:
    """What a candidate brings where a fund pays it."""
    candidate = instance.candidate_of[name]
    return next(
        (option.benefit for option in candidate.options or () if option.fund == fund), candidate.benefit
    )


def _funds(instance: Instance, answer: Answer, told: Mapping[str, Any]) -> tuple[FundUse, ...]:
    pays: dict[str, int] = defaultdict(int)
    moved_in: dict[str, int] = defaultdict(int)
    moved_out: dict[str, int] = defaultdict(int)
    for one in answer.allocations:
        pays[one.fund] += one.amount
    for moved in answer.transfers:
        moved_in[moved.target] += moved.amount
        moved_out[moved.source] += moved.amount
    return tuple(
        FundUse(
            fund.id, told["funds"][fund.id], fund.amount, pays[fund.id], moved_in[fund.id], moved_out[fund.id]
        )
        for fund in instance.funds
    )


def _sites(chosen: Iterable[Chosen]) -> tuple[SiteUse, ...]:
    found: dict[str, SiteUse] = {}
    for one in chosen:
        told = one.told
        before = found.get(told["campus_slug"])
        found[told["campus_slug"]] = SiteUse(
            told["campus_slug"],
            told["campus_name"],
            told["campus"],
            one.cost + (before.cost if before else 0),
            1 + (before.works if before else 0),
            one.benefit + (before.benefit if before else 0.0),
        )
    return tuple(sorted(found.values(), key=lambda site: (-site.cost, site.name)))


@dataclass(frozen=True)
class Compared:
    """Scenarios of one plan side by side. ``comparison`` names them by their numbers as texts."""

    plan: Plan
    scenarios: tuple[Scenario, ...]
    comparison: Comparison

    def of(self, scenario: Scenario) -> Answer:
        """The answer of one of them."""
        return self.comparison.answers[str(scenario.pk)]


def compared(plan: Plan, scenarios: Iterable[Scenario]) -> Compared:
    """The scenarios of a plan that are ready, side by side; others are passed over."""
    ready = [(one, answer) for one in scenarios if (answer := answer_of(one)) is not None]
    return Compared(
        plan=plan,
        scenarios=tuple(one for one, _answer in ready),
        comparison=compare(instance_of_plan(plan), {str(one.pk): answer for one, answer in ready}),
    )
