"""The shapes of plans, scenarios and what was approved over HTTP. Money in cents, benefits in risk points."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from schoolward.domains.funding.models import Allocation, Scenario
from schoolward.domains.funding.queries import AllocationNow, NeedNow, Obstacle, key_of
from schoolward.domains.funding.wording import obstacle_in_words


class PlanOut(Schema):
    """A plan. ``approved`` is the number of the scenario that was approved."""

    id: int
    title: str
    on: date
    made_at: datetime
    made_by: str
    funds: int
    candidates: int
    approved: int | None
    invented: bool

    @classmethod
    def of(cls, plan: Any) -> dict[str, Any]:
        """A plan as it is told."""
        approval = getattr(plan, "approval", None)
        return {
            "id": plan.pk,
            "title": plan.title,
            "on": plan.on,
            "made_at": plan.at,
            "made_by": plan.by_name,
            "funds": len(plan.instance["funds"]),
            "candidates": len(plan.instance["candidates"]),
            "approved": approval.scenario_id if approval is not None else None,
            "invented": plan.invented,
        }


class ScenarioOut(Schema):
    """A scenario: what it asks, how it stands, and its answer in the format of the planner."""

    id: int
    plan: int = Field(..., alias="plan_id")
    title: str
    copied_from: int | None = Field(None, alias="copied_from_id")
    state: str
    asked_by: str = Field(..., alias="by_name")
    locked_in: list[str]
    locked_out: list[str]
    funds_out: list[str]
    share_percent: int
    match_available_cents: int | None
    site_min: dict[str, int]
    site_max: dict[str, int]
    equity: list[dict[str, Any]]
    may_split: bool
    gap: float
    seconds: int
    frontier_steps: int
    job: str | None
    failure: str
    computed_at: datetime | None
    answer_digest: str
    answer: dict[str, Any] | None
    frontier: list[dict[str, Any]] | None
    invented: bool

    @staticmethod
    def resolve_job(scenario: Scenario) -> str | None:
        """The number of the job that computes it."""
        return str(scenario.job_id) if scenario.job_id else None


class ObstacleOut(Schema):
    """What keeps a scenario from being approved today."""

    why: str
    subject: str
    told: str

    @classmethod
    def of(cls, one: Obstacle) -> dict[str, Any]:
        """An obstacle as it is told."""
        return {"why": one.why.value, "subject": one.subject, "told": obstacle_in_words(one)}


class AllocationOut(Schema):
    """Money set aside for a work. ``open`` is what the ledger has not bound for it yet."""

    id: int
    work: str
    fund: str
    amount_cents: int
    match_cents: int
    bound_cents: int
    open_cents: int
    on: date
    scenario: int
    withdrawn_on: date | None
    withdrawn_reason: str
    invented: bool

    @classmethod
    def of(cls, now: AllocationNow) -> dict[str, Any]:
        """An allocation as it is told."""
        one: Allocation = now.allocation
        return {
            "id": one.pk,
            "work": one.work.reference,
            "fund": key_of(one.award, one.line),
            "amount_cents": one.amount_cents,
            "match_cents": one.match_cents,
            "bound_cents": now.bound,
            "open_cents": now.open,
            "on": one.on,
            "scenario": one.approval.scenario_id,
            "withdrawn_on": one.withdrawn_on,
            "withdrawn_reason": one.withdrawn_reason,
            "invented": one.invented,
        }


class NeedOut(Schema):
    """A transfer that an approved plan counts on, and how much of it is still to be asked for."""

    award: str
    from_line: str
    to_line: str
    amount_cents: int
    open_cents: int

    @classmethod
    def of(cls, now: NeedNow) -> dict[str, Any]:
        """A transfer as it is told."""
        need = now.need
        return {
            "award": need.award.key,
            "from_line": need.from_line.code,
            "to_line": need.to_line.code,
            "amount_cents": need.amount_cents,
            "open_cents": now.open,
        }
