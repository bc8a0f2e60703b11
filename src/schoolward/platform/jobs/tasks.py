"""The queue's own housekeeping."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from schoolward.platform.jobs.definition import JobContext, job
from schoolward.platform.jobs.models import JobRequest, ScheduleRun
from schoolward.platform.jobs.schedule import Every

KEEP_DONE = timedelta(days=30)
KEEP_FAILED = timedelta(days=180)
KEEP_SCHEDULE_RUNS = timedelta(days=800)  # longer than any period, so that no period can come round again


@job(title=_("Clear away old jobs"), every=Every.DAY, after=timedelta(hours=3))
def clear_old_jobs(context: JobContext, *, period: str) -> dict[str, int]:
    """Delete jobs that ended long ago. What they did stays in the audit."""
    old = DBTaskResult.objects.filter(
        Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=context.at - KEEP_DONE)
        | Q(status=TaskResultStatus.FAILED, finished_at__lt=context.at - KEEP_FAILED)
    )
    ids = list(old.values_list("pk", flat=True))
    JobRequest.objects.filter(pk__in=ids).delete()
    old.filter(pk__in=ids).delete()
    ScheduleRun.objects.filter(queued_at__lt=context.at - KEEP_SCHEDULE_RUNS).delete()
    return {"cleared": len(ids)}
