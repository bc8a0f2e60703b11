"""What every write of initiatives shares: finding the row for this viewer, and keeping what happened."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from schoolward.domains.initiatives.actions.refusals import InitiativeClosed
from schoolward.domains.initiatives.models import Initiative
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record


def subject_of(initiative: Initiative) -> str:
    """The name under which the audit knows the initiative."""
    return f"initiatives.Initiative:{initiative.pk}"


def locked(initiative_id: int, *, by: Viewer, permission: str) -> Initiative:
    """Return the row for writing, or raise ``AccessDenied`` when the viewer lacks the permission or the
    row.
    """
    check(by, permission, f"initiatives.Initiative:{initiative_id}")
    rows = visible(Initiative.objects.select_for_update(of=("self",)), by)
    initiative = rows.filter(pk=initiative_id).first()
    if initiative is None:
        raise AccessDenied(permission, f"initiatives.Initiative:{initiative_id}")
    return initiative


def locked_open(initiative_id: int, *, by: Viewer, permission: str) -> Initiative:
    """Like :func:`locked`, for what only takes place while it is not closed. Raises ``InitiativeClosed``."""
    initiative = locked(initiative_id, by=by, permission=permission)
    if initiative.closed_on is not None:
        raise InitiativeClosed(initiative.closed_on)
    return initiative


def happened(*, by: Viewer, at: datetime, on: date | None = None) -> dict[str, Any]:
    """The fields that say who did something and when, for a row that only grows."""
    return {"at": at, "on": on or timezone.localdate(at), "by_id": by.account_id, "by_name": by.account_name}


def audit(action: str, initiative: Initiative, *, by: Viewer, **detail: Any) -> None:
    """Write the one audit event of an action.

    The event carries the true time of the request, also where the demonstration stands at its own day.
    """
    record(action, by=by, at=by.at, subject=subject_of(initiative), detail={"key": initiative.key, **detail})
