"""Approval and withdrawal over HTTP."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.errors import HttpError

from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.api.finding import done, scenario_of
from schoolward.domains.funding.api.shapes import AllocationOut, ObstacleOut
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import Text

router = Router()


class ApproveIn(Schema):
    """What is noted beside an approval, such as the day of the board.

    ``answer_digest``, as the scenario told it: where another answer was computed since, 409.
    """

    note: Text = ""
    answer_digest: Text = ""


class WithdrawIn(Schema):
    """Why an allocation is withdrawn."""

    reason: Text


@router.get("/scenarios/{scenario_id}/obstacles", url_name="funding_obstacles", response=list[ObstacleOut])
def obstacles(request: HttpRequest, scenario_id: int) -> list[dict[str, Any]]:
    """What keeps a scenario from being approved today; nothing where it still holds."""
    viewer = viewer_of(request)
    check(viewer, "funding.view")
    found = scenario_of(request, scenario_id)
    return [ObstacleOut.of(one) for one in queries.obstacles_today(viewer, found, on=today(viewer.at))]


@router.post(
    "/scenarios/{scenario_id}/approve", url_name="funding_approve", response={201: list[AllocationOut]}
)
def approve(request: HttpRequest, scenario_id: int, sent: ApproveIn) -> Status[Any]:
    """Approve a scenario that somebody else asked for.

    409 where the ledger or the work has overtaken it, with everything that has; and to the one who asked.
    """
    viewer = viewer_of(request)
    check(viewer, "funding.approve")
    found = scenario_of(request, scenario_id)
    approval = done(request, actions.approve, scenario_id=found.pk, note=sent.note, read=sent.answer_digest)
    rows = queries.allocations(viewer).filter(approval=approval)
    return Status(201, [AllocationOut.of(one) for one in queries.allocations_now(viewer, rows)])


@router.post(
    "/allocations/{allocation_id}/withdraw", url_name="funding_withdraw", response=list[AllocationOut]
)
def withdraw(request: HttpRequest, allocation_id: int, sent: WithdrawIn) -> list[dict[str, Any]]:
    """Withdraw what was set aside for a work, and why; the work is then accepted again."""
    viewer = viewer_of(request)
    check(viewer, "funding.approve")
    if not queries.allocations(viewer).filter(pk=allocation_id).exists():
        raise HttpError(404, f"there is no allocation {allocation_id} that you may see")
    taken = done(request, actions.withdraw, allocation_id=allocation_id, reason=sent.reason)
    rows = queries.allocations(viewer).filter(pk__in=[one.pk for one in taken])
    return [AllocationOut.of(one) for one in queries.allocations_now(viewer, rows)]
