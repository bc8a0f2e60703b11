"""What every write of funding shares: finding the row for this viewer, and keeping what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from schoolward.domains.funding.actions.refusals import FundingRefused, ReasonMissing
from schoolward.domains.work import queries as work
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

Row = TypeVar("Row", bound=Model)
LONGEST_REASON = 300


def locked(model: type[Row], pk: int, *, by: Viewer, permission: str) -> Row:
    """Return the row for writing. Raises ``AccessDenied`` where the viewer lacks permission or row."""
    subject = f"{model._meta.label}:{pk}"
    check(by, permission, subject)
    row = visible(model._default_manager.select_for_update(of=("self",)), by).filter(pk=pk).first()
    if row is None:
        raise AccessDenied(permission, subject)
    return row


def seen_work(work_id: int, *, by: Viewer, permission: str) -> Any:
    """The work, if the viewer may see it and has the permission. Raises ``AccessDenied``."""
    subject = f"work.WorkItem:{work_id}"
    check(by, permission, subject)
    item = work.work_items(by).filter(pk=work_id).first()
    if item is None:
        raise AccessDenied(permission, subject)
    return item


def of_every_site(by: Viewer, permission: str) -> None:
    """Refuse what is about all sites to whoever sees only some. Raises ``AccessDenied``."""
    check(by, permission)
    if by.campus_ids is not None:
        raise AccessDenied(permission)


def reason_of(text: str) -> str:
    """A reason that says something. Raises ``ReasonMissing`` and ``FundingRefused``."""
    text = text.strip()
    if not text:
        raise ReasonMissing
    if len(text) > LONGEST_REASON:
        raise FundingRefused(
            _("Say it in at most %(most)s letters.") % {"most": LONGEST_REASON}, field="reason"
        )
    return text


def happened(*, by: Viewer, at: datetime) -> dict[str, Any]:
    """The fields that say who did something and when."""
    return {"at": at, "by_id": by.account_id, "by_name": by.account_name}


def audit(action: str, row: Model, *, by: Viewer, **detail: Any) -> None:
    """Write the one audit event of an action.

    It carries the true time of the request, also where the demonstration stands at its own day.
    """
    record(action, by=by, at=by.at, subject=f"{row._meta.label}:{row.pk}", detail=detail)
