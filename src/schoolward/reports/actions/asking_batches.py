"""Asking for the papers of all sites."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.jobs.actions import enqueue
from schoolward.reports.batches import check_paper
from schoolward.reports.beginning import check_day
from schoolward.reports.models import Batch
from schoolward.reports.tasks import make_batch


@transaction.atomic
def ask_batch(*, report: str, copy: str, day: date, by: Viewer, at: datetime) -> Batch:
    """Ask for the papers of all sites. Raises ``UnknownPaper``, ``AccessDenied`` and ``UnfitDate``."""
    check_paper(report, copy, by=by)
    check_day(day, at=at)
    made = Batch.objects.create(
        report=report, copy=copy, as_of=day, asked_at=at, account_id=by.account_id, job_id=UUID(int=0)
    )
    made.job_id = UUID(enqueue(make_batch, by=by, at=at, batch_id=made.pk))
    made.save(update_fields=["job_id"])
    record(
        "reports.batch_asked",
        by=by,
        at=at,
        subject=f"reports.Batch:{made.pk}",
        detail={"report": report, "copy": copy, "as_of": day.isoformat()},
    )
    return made
