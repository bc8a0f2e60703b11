"""Signing for numbers that a comparison found far off, or could not judge."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.anomaly import Verdict
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.reports.checks import unsigned_unjudged
from schoolward.reports.errors import ReportError, require_state
from schoolward.reports.models import AnomalySignoff, CellReading, Edition, State


@transaction.atomic
def sign_anomaly(*, cell: CellReading, reason: str, by: Viewer, at: datetime) -> AnomalySignoff:
    """Take responsibility for a number that is far off, with the reason why it stands."""
    check(by, "reports.sign_anomaly")
    edition = Edition.objects.select_for_update().get(pk=cell.edition_id)
    require_state(edition, State.REVIEW, State.APPROVED)
    if cell.value is None or cell.anomaly == Verdict.ORDINARY:
        raise ReportError(_("This number is not unusual; there is nothing to sign."))
    _require(reason)
    signed, made = AnomalySignoff.objects.get_or_create(
        cell=cell, defaults={**_signature(by, at), "reason": reason.strip()}
    )
    if made:
        record(
            "reports.anomaly_signed",
            by=by,
            at=at,
            subject=f"reports.CellReading:{cell.pk}",
            detail={"measure": cell.measure_key, "value": cell.value, "reason": reason.strip()},
        )
    return signed


@transaction.atomic
def sign_unjudged(*, edition: Edition, reason: str, by: Viewer, at: datetime) -> int:
    """Take responsibility for every number that had too little to be held against, for one stated reason.

    Returns how many. Numbers that are far off are signed one by one.
    """
    check(by, "reports.sign_anomaly")
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    require_state(edition, State.REVIEW, State.APPROVED)
    cells = unsigned_unjudged(list(edition.cells.select_related("anomaly_signoff")))
    if not cells:
        raise ReportError(_("Every number could be judged, or is signed for already."))
    _require(reason)
    AnomalySignoff.objects.bulk_create(
        AnomalySignoff(cell=cell, reason=reason.strip(), **_signature(by, at)) for cell in cells
    )
    record(
        "reports.unjudged_signed",
        by=by,
        at=at,
        subject=f"reports.Edition:{edition.pk}",
        detail={"numbers": [cell.position for cell in cells], "reason": reason.strip()},
    )
    return len(cells)


def _signature(by: Viewer, at: datetime) -> dict[str, object]:
    return {"account_id": by.account_id, "account_name": by.account_name, "role": str(by.role), "at": at}


def _require(reason: str) -> None:
    if not reason.strip():
        raise ReportError(_("Say what you found in the records."))
