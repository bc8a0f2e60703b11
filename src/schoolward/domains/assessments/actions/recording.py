"""What every write here shares: the row for this viewer, and the one audit event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model

from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

Row = TypeVar("Row", bound=Model)


def subject_of(row: Model) -> str:
    """The name under which the audit knows a row."""
    return f"{row._meta.label}:{row.pk}"


def locked(model: type[Row], pk: int, *, by: Viewer, permission: str, related: Sequence[str] = ()) -> Row:
    """Return the row for writing, with what it belongs to already read where ``related`` names it.

    Raises ``AccessDenied`` where the viewer lacks permission or row.
    """
    subject = f"{model._meta.label}:{pk}"
    check(by, permission, subject)
    rows = model._default_manager.select_for_update(of=("self",))
    if related:
        rows = rows.select_related(*related)
    row = visible(rows, by).filter(pk=pk).first()
    if row is None:
        raise AccessDenied(permission, subject)
    return row


def check_site(by: Viewer, campus_id: int, permission: str) -> None:
    """Raise ``AccessDenied`` unless the viewer has the permission, and the site."""
    check(by, permission, f"places.Campus:{campus_id}")
    if by.campus_ids is not None and campus_id not in by.campus_ids:
        raise AccessDenied(permission, f"places.Campus:{campus_id}")


def audit(action: str, row: Model, *, by: Viewer, **detail: Any) -> None:
    """Write the one audit event of an action: keys and counts, never what was answered.

    It carries the true time of the request, also where the demonstration dates the rows on its standing day.
    """
    record(action, by=by, at=by.at, subject=subject_of(row), detail=detail)
