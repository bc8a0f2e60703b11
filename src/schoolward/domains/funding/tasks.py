"""Computing scenarios in the background: the solver may run for minutes, which no page waits for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.funding import actions
from schoolward.domains.funding.models import Scenario
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo import clock
from schoolward.platform.jobs.actions import enqueue
from schoolward.platform.jobs.definition import JobContext, JobRefused, job

# Two: a worker that is killed in the middle leaves nothing behind, and the next one starts anew.
ATTEMPTS = 2


@job(title=gettext_lazy("Compute a funding scenario"), attempts=ATTEMPTS, one_transaction=False)
def compute_scenario(context: JobContext, *, scenario_id: int) -> None:
    """Solve a scenario and keep its answer; what stands in the way is kept as words on the scenario."""
    # Here, since every command registers this job and few plan: the planner takes half a second to load.
    from schoolward.analysis.portfolio import InstanceProblem

    told: dict[str, Any] = {"scenario_id": scenario_id, "by": context.by, "at": clock.now(context.at)}
    try:
        scenario = actions.begin_computing(**told)
    except actions.FundingRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    context.progress(0, None, _("Looking for the best plan"))
    try:
        answer, points = actions.solve(scenario)
    except InstanceProblem as problem:
        with transaction.atomic():
            actions.keep_failure(**told, failure=str(problem))
            context.succeed({"scenario": scenario_id, "state": "failed"})
        return
    except Exception:
        if context.attempt >= ATTEMPTS:
            actions.keep_failure(**told, failure=_("The computation broke off. The job's page says why."))
        raise
    with transaction.atomic():
        actions.keep_answer(**told, answer=answer, points=points)
        context.succeed({"scenario": scenario_id, "state": "ready", "status": answer.status.value})


@transaction.atomic
def ask_to_compute(*, scenario_id: int, by: Viewer, at: datetime) -> Scenario:
    """Queue the computing of a scenario; its ``job_id`` says which job it is. Raises ``FundingRefused``."""
    job_id = enqueue(compute_scenario, by=by, at=by.at, scenario_id=scenario_id)
    return actions.note_job(scenario_id=scenario_id, job_id=job_id, by=by)
