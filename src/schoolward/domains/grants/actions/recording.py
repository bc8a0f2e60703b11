"""What every write of grants shares: finding the row for this viewer, and keeping what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from schoolward.domains.grants.actions.refusals import AwardClosed
from schoolward.domains.grants.models import Award
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

Row = TypeVar("Row", bound=Model)


def locked(model: type[Row], pk: int, *, by: Viewer, permission: str) -> Row:
    """Return the row for writing. Raises ``AccessDenied`` where the viewer lacks permission or row."""
    subject = f"{model._meta.label}:{pk}"
    check(by, permission, subject)
    row = visible(model._default_manager.select_for_update(of=("self",)), by).filter(pk=pk).first()
    if row is None:
        raise AccessDenied(permission, subject)
    return row


def open_award(award_id: int, *, by: Viewer, permission: str) -> Award:
    """The award for writing, while it is not closed. Raises ``AwardClosed``.

    Whoever has it is the only one who enters anything in its ledger until the transaction ends.
    """
    award = locked(Award, award_id, by=by, permission=permission)
    if award.closed_on is not None:
        raise AwardClosed(award.closed_on)
    return award


def happened(*, by: Viewer, at: datetime) -> dict[str, Any]:
    """The fields that say who did something and when, for a row that only grows."""
    return {"at": at, "by_id": by.account_id, "by_name": by.account_name}


def audit(action: str, row: Model, *, by: Viewer, **detail: Any) -> None:
    """Write the one audit event of an action: keys and amounts, no names of payees.

    It carries the true time of the request, also where the demonstration stands at its own day.
    """
    record(action, by=by, at=by.at, subject=f"{row._meta.label}:{row.pk}", detail=detail)


def told_changes(names: list[str], before: dict[str, Any], row: Model) -> dict[str, list[str]]:
    """Before and after of each field, as the audit keeps them."""
    return {name: [str(before[name]), str(getattr(row, name))] for name in names}
