"""What a plan answers. The declarations are its format; the JSON Schema is written from them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schoolward.analysis.portfolio.instance import Cents, Declared, Name


class Status(StrEnum):
    """What is known of a plan."""

    OPTIMAL = "optimal"  # no plan brings more, and none that brings as much costs less
    FEASIBLE = "feasible"  # it keeps every rule; `gap` says how far the best possible can be away at most
    INFEASIBLE = "infeasible"  # no plan keeps every rule; `clash` names why
    UNKNOWN = "unknown"  # time was up before a plan was found or ruled out


class Why(StrEnum):
    """Why a candidate is left out, as a word that programs can rely on."""

    LOCKED_OUT = "locked_out"
    NOT_ELIGIBLE = "not_eligible"  # no fund may pay it
    TOO_DEAR = "too_dear"  # no fund that may pay it holds enough, even alone
    NO_BENEFIT = "no_benefit"
    NEEDS = "needs"  # it needs a candidate that cannot be chosen
    BLOCKED = "blocked"  # rules stand in its way even if others made room
    DISPLACED = "displaced"  # what would have to go for it brings more
    OUTBID = "outbid"  # no single exchange makes room for it; several would have to go
    NOT_SETTLED = "not_settled"  # it would fit in: the search was stopped before it was weighed


class Allocation(Declared):
    """What one fund pays of one candidate. Amount and match together are the cost of its part."""

    candidate: Name
    fund: Name
    amount: Annotated[Cents, Field(description="What the fund pays, in cents.")]
    match: Annotated[Cents, Field(description="What match money pays beside it, in cents.")] = 0


class Transfer(Declared):
    """Money to be moved from one fund to another so that the plan can be paid."""

    source: Name
    target: Name
    amount: Cents


class LeftOut(Declared):
    """A candidate that the plan does without, and why."""

    candidate: Name
    reason: Annotated[str, Field(description="The reason as a sentence.")]
    why: Why
    constraints: Annotated[
        tuple[str, ...], Field(description="The rules that stand in its way, as `Demand` keys.")
    ] = ()
    displaces: Annotated[
        tuple[Name, ...],
        Field(description="One candidate that would make room for it, where one alone does."),
    ] = ()
    enters_at_benefit: Annotated[
        float | None,
        Field(
            description="Displaced: with more than this the exchange pays, with less perhaps another. "
            "Outbid: with less than this it does not pay."
        ),
    ] = None
    enters_at_cost: Annotated[
        int | None, Field(description="The highest cost in cents at which it would fit into what is left.")
    ] = None
    price_low: Annotated[
        float | None,
        Field(description="With fewer points than this no best plan contains it. Only where it was priced."),
    ] = None
    price_high: Annotated[
        float | None,
        Field(
            description="With more points than this every best plan contains it. Only where it was priced."
        ),
    ] = None


class Demand(Declared):
    """One rule of the instance, named: its kind, what it is about, and a sentence."""

    key: Annotated[str, Field(description="Kind and subject, e.g. `site_min:site 4`.")]
    sentence: str


class Answer(Declared):
    """A plan, and how good it is for certain."""

    status: Status
    objective: Annotated[float | None, Field(description="The benefit of everything chosen.")]
    bound: Annotated[float | None, Field(description="No plan brings more than this.")]
    gap: Annotated[
        float | None,
        Field(description="(bound - objective) / objective: 0.002 means within 0.2 % of the best possible."),
    ]
    allocations: tuple[Allocation, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    seconds: Annotated[float, Field(description="How long it took, by the clock on the wall.")]
    transfers: tuple[Transfer, ...] = ()
    clash: Annotated[
        tuple[Demand, ...],
        Field(description="Where infeasible: demands that cannot all hold, none of which can be spared."),
    ] = ()

    @property
    def chosen(self) -> frozenset[str]:
        """The candidates that the plan pays for."""
        return frozenset(allocation.candidate for allocation in self.allocations)
