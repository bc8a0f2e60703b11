"""Is somebody doing the queued work, and does it succeed?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from schoolward.platform.health.registry import Finding, check, fail, ok, warn
from schoolward.platform.jobs import liveness

LONG_WAIT = timedelta(minutes=15)
RECENTLY = timedelta(days=1)


@check("Worker", order=110, needs_database=True)
def worker(at: datetime) -> Finding:
    """A worker is alive, or nothing waits for one."""
    alive = liveness.living_workers()
    waiting = DBTaskResult.objects.filter(
        Q(run_after=get_date_max(), enqueued_at__lt=at - LONG_WAIT) | Q(run_after__lt=at - LONG_WAIT),
        status=TaskResultStatus.READY,
    ).count()
    if alive:
        return ok(f"{len(alive)} at work" + (f", {waiting} jobs waiting long" if waiting else ""))
    if waiting:
        return fail(
            f"none is at work, and {waiting} jobs have waited long", "Start one: `schoolward worker`."
        )
    return warn("none is at work", "Start one with `schoolward run` or `schoolward worker`.")


@check("Jobs", order=120, needs_database=True)
def failed_jobs(at: datetime) -> Finding:
    """No job was given up in the last day."""
    failed = DBTaskResult.objects.filter(
        status=TaskResultStatus.FAILED, finished_at__gte=at - RECENTLY
    ).count()
    if failed:
        return warn(f"{failed} given up in the last day", "Open /jobs/ as the administrator and read why.")
    return ok("none given up in the last day")
