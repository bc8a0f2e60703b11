"""Putting jobs into the queue."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.jobs.definition import Job, scheduled_jobs
from schoolward.platform.jobs.models import JobRequest, ScheduleRun
from schoolward.platform.jobs.schedule import period_key


def enqueue(
    job: Job, /, *, by: Viewer, at: datetime, run_after: datetime | None = None, **arguments: Any
) -> str:
    """Queue the job in the caller's transaction and return its id: it exists if, and only if, that commits.

    The job acts for ``by``, whose membership is judged again when it runs. ``arguments`` must go into JSON.
    """
    with transaction.atomic():
        result = job.using(run_after=run_after).enqueue(**arguments)
        JobRequest.objects.create(
            job_id=uuid.UUID(result.id),
            title=str(job.title)[:200],
            requested_at=at,
            account_id=by.account_id,
            account_name=by.account_name,
            membership_id=by.membership_id,
            agency_id=by.agency_id,
            purpose=by.purpose,
        )
    return result.id


def enqueue_due(*, at: datetime) -> list[str]:
    """Queue every scheduled job whose period has no run yet; return the ids of the new jobs.

    Two workers that do this at the same moment queue each job once.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    due = {
        job.module_path: (job, period_key(job.every, job.after, at, zone))
        for job in scheduled_jobs()
        if job.every is not None
    }
    known = set(
        ScheduleRun.objects.filter(
            name__in=due, period__in={period for _job, period in due.values()}
        ).values_list("name", "period")
    )
    queued = []
    for name, (job, period) in due.items():
        if (name, period) not in known:
            queued += _enqueue_period(job, name, period, at)
    return queued


def _enqueue_period(job: Job, name: str, period: str, at: datetime) -> list[str]:
    """Queue the job for the period unless another worker has just done so."""
    with transaction.atomic():
        run, created = ScheduleRun.objects.get_or_create(
            name=name, period=period, defaults={"job_id": uuid.UUID(int=0), "queued_at": at}
        )
        if not created:
            return []
        job_id = enqueue(job, by=Viewer.system(at=at, name="schedule"), at=at, period=period)
        run.job_id = uuid.UUID(job_id)
        run.save(update_fields=["job_id"])
    return [job_id]
