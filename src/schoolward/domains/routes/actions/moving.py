"""How a barrier moves: its state, the days of it, and the step that is kept."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from schoolward.domains.routes.actions.recording import audit, some_words
from schoolward.domains.routes.models import Barrier, BarrierState, BarrierStep
from schoolward.domains.routes.states import transition_for
from schoolward.platform.access.viewer import Viewer


def move_barrier(barrier: Barrier, move: str, *, by: Viewer, at: datetime, reason: str = "") -> None:
    """Move a barrier, and keep the step. The caller has looked whether its state allows that.

    Raises :class:`RouteRefused` for a reason that is wanting.
    """
    found = transition_for(move, barrier.state)
    assert found is not None  # noqa: S101 - every caller has looked
    if found.needs_reason:
        reason = some_words(reason, "reason")
    before, barrier.state = barrier.state, found.end
    today = timezone.localdate(at)
    barrier.closed_on = today if found.end == BarrierState.CLOSED else None
    if found.end == BarrierState.ACCEPTED:
        barrier.accepted_on = barrier.accepted_on or today
    barrier.save(update_fields=["state", "accepted_on", "closed_on"])
    keep_step(barrier, before, by=by, at=at, reason=reason.strip())
    audit("barrier_moved", barrier, by=by, reference=barrier.reference, move=str(move), to=found.end)


def keep_step(barrier: Barrier, before: str, *, by: Viewer, at: datetime, reason: str = "") -> None:
    """Keep the step to the state in which a barrier is now; ``before`` is empty for the report."""
    BarrierStep.objects.create(
        barrier=barrier,
        number=barrier.steps.count() + 1,
        from_state=before,
        to_state=barrier.state,
        reason=reason,
        at=at,
        on=timezone.localdate(at),
        by_id=by.account_id,
        by_name=by.account_name,
    )
