"""What every write of work shares: finding the row for this viewer, and keeping what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from schoolward.domains.work.actions.refusals import WorkClosed
from schoolward.domains.work.models import Transition, WorkItem
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record


def subject_of(item_id: int | None) -> str:
    """The name under which the audit knows the work."""
    return f"work.WorkItem:{item_id}"


def locked(item_id: int, *, by: Viewer, permission: str) -> WorkItem:
    """Return the row for writing, or raise ``AccessDenied`` when the viewer lacks the permission or the
    row.
    """
    check(by, permission, subject_of(item_id))
    item = visible(WorkItem.objects.select_for_update(of=("self",)), by).filter(pk=item_id).first()
    if item is None:
        raise AccessDenied(permission, subject_of(item_id))
    return item


def locked_open(item_id: int, *, by: Viewer, permission: str) -> WorkItem:
    """Like :func:`locked`, for what only open work takes. Raises ``WorkClosed``."""
    item = locked(item_id, by=by, permission=permission)
    if not item.is_open:
        raise WorkClosed(item.state)
    return item


def keep_transition(
    item: WorkItem, *, from_state: str, by: Viewer, at: datetime, reason: str = ""
) -> Transition:
    """Append the move that brought the work to its present state."""
    last = item.transitions.order_by("-number").values_list("number", flat=True).first()
    return Transition.objects.create(
        item=item,
        number=(last or 0) + 1,
        from_state=from_state,
        to_state=item.state,
        reason=reason,
        **happened(by=by, at=at),
    )


def happened(*, by: Viewer, at: datetime) -> dict[str, Any]:
    """The fields that say who did something and when, for a row that only grows."""
    return {"at": at, "on": timezone.localdate(at), "by_id": by.account_id, "by_name": by.account_name}


def audit(action: str, item: WorkItem, *, by: Viewer, **detail: Any) -> None:
    """Write the one audit event of an action.

    The event carries the true time of the request, also where the demonstration dates the work itself on its
    own standing day.
    """
    record(
        action, by=by, at=by.at, subject=subject_of(item.pk), detail={"reference": item.reference, **detail}
    )
