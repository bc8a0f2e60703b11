"""Computing a scenario: begun, solved outside any transaction, and kept.

The solver may run for minutes; a transaction as long as that would keep everybody else from writing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.portfolio import (
    Answer,
    FrontierPoint,
    InstanceProblem,
    as_json,
    frontier,
    plan,
    with_entry_prices,
)
from schoolward.domains.funding.actions.recording import audit, locked
from schoolward.domains.funding.actions.refusals import FundingRefused
from schoolward.domains.funding.models import Approval, Scenario, ScenarioState
from schoolward.domains.funding.queries import instance_of
from schoolward.platform.access.viewer import Viewer

FRONTIER_GAP = 0.005
"""Near enough for a curve: half a percent is less than the width of its line."""

PRICES_SECONDS = 20
"""At most, for saying from how many points on works that are left out would be paid."""


@transaction.atomic
def begin_computing(*, scenario_id: int, by: Viewer, at: datetime) -> Scenario:
    """Say that a scenario is being computed. Raises ``FundingRefused`` where its plan is approved by it."""
    scenario = _changeable(scenario_id, by=by)
    scenario.state = ScenarioState.COMPUTING
    scenario.answer = scenario.frontier = scenario.computed_at = None
    scenario.failure = ""
    scenario.save(update_fields=["state", "answer", "frontier", "computed_at", "failure"])
    return scenario


@transaction.atomic
def note_job(*, scenario_id: int, job_id: str, by: Viewer) -> Scenario:
    """Say which job computes a scenario, so that its page shows how far it is."""
    scenario = _changeable(scenario_id, by=by)
    scenario.job_id = UUID(job_id)
    scenario.state = ScenarioState.ASKED
    scenario.answer = scenario.frontier = scenario.computed_at = None
    scenario.failure = ""
    scenario.save(update_fields=["job_id", "state", "answer", "frontier", "computed_at", "failure"])
    return scenario


def solve(scenario: Scenario, *, with_frontier: bool = True) -> tuple[Answer, tuple[FrontierPoint, ...]]:
    """Solve a scenario: at most its seconds for the plan, as many again for the frontier, and some for
    the prices of what is left out.

    Writes nothing. Raises ``InstanceProblem`` where the question names what the plan does not have.
    """
    instance = instance_of(scenario)
    answer = plan(instance, seconds=scenario.seconds, gap=float(scenario.gap))
    answer = with_entry_prices(instance, answer, seconds=min(scenario.seconds, PRICES_SECONDS))
    points: tuple[FrontierPoint, ...] = ()
    if with_frontier and scenario.frontier_steps and answer.objective is not None:
        points = frontier(instance, steps=scenario.frontier_steps, seconds=scenario.seconds, gap=FRONTIER_GAP)
    return answer, points


@transaction.atomic
def keep_answer(
    *, scenario_id: int, answer: Answer, points: Iterable[FrontierPoint], by: Viewer, at: datetime
) -> Scenario:
    """Keep the answer of a scenario."""
    scenario = _changeable(scenario_id, by=by)
    scenario.state = ScenarioState.READY
    scenario.answer = as_json(answer)
    scenario.frontier = [_point(point) for point in points]
    scenario.computed_at = at
    scenario.failure = ""
    scenario.save(update_fields=["state", "answer", "frontier", "computed_at", "failure"])
    audit("funding.scenario_computed", scenario, by=by, status=answer.status.value)
    return scenario


@transaction.atomic
def keep_failure(*, scenario_id: int, failure: str, by: Viewer, at: datetime) -> Scenario:
    """Keep why a scenario could not be computed."""
    scenario = _changeable(scenario_id, by=by)
    scenario.state = ScenarioState.FAILED
    scenario.answer = scenario.frontier = scenario.computed_at = None
    scenario.failure = failure
    scenario.save(update_fields=["state", "answer", "frontier", "computed_at", "failure"])
    audit("funding.scenario_failed", scenario, by=by)
    return scenario


def compute(*, scenario_id: int, by: Viewer, at: datetime, with_frontier: bool = True) -> Scenario:
    """Compute a scenario at once and keep what came of it. Returns it, ready or failed."""
    scenario = begin_computing(scenario_id=scenario_id, by=by, at=at)
    try:
        answer, points = solve(scenario, with_frontier=with_frontier)
    except InstanceProblem as problem:
        return keep_failure(scenario_id=scenario_id, failure=str(problem), by=by, at=at)
    return keep_answer(scenario_id=scenario_id, answer=answer, points=points, by=by, at=at)


def _changeable(scenario_id: int, *, by: Viewer) -> Scenario:
    scenario = locked(Scenario, scenario_id, by=by, permission="funding.plan")
    if Approval.objects.filter(scenario=scenario).exists():
        raise FundingRefused(_("This scenario is approved and stays as it is. Copy it to ask again."))
    return scenario


def _point(point: FrontierPoint) -> dict[str, Any]:
    answer = point.answer
    return {
        "percent": round(float(point.share) * 100, 4),
        "budget": point.budget,
        "spent": point.spent,
        "status": answer.status.value,
        "objective": answer.objective,
        "bound": answer.bound,
        "gap": answer.gap,
        "works": len(answer.chosen),
        "chosen": sorted(answer.chosen),
    }
