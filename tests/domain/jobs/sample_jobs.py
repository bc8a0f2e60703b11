"""Jobs that the tests queue. They must live in a module, because the worker imports a job by its path."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from schoolward.platform.access.models import Agency
from schoolward.platform.jobs.definition import JobContext, JobRefused, job
from schoolward.platform.jobs.schedule import Every


@job(title="Found an agency", attempts=3, first_delay=timedelta(minutes=1))
def found_agency(context: JobContext, *, key: str) -> dict[str, str]:
    """Write one row."""
    Agency.objects.create(key=key, name=key, kind="district", created_at=context.at)
    return {"founded": key, "for": context.by.account_name}


@job(title="Found an agency, then fail", attempts=3, first_delay=timedelta(minutes=1))
def found_then_fail(context: JobContext, *, key: str, until_attempt: int) -> None:
    """Write one row, and fail until the attempt of this number."""
    Agency.objects.create(key=key, name=key, kind="district", created_at=context.at)
    if context.attempt < until_attempt:
        raise OSError("the other side did not answer")


@job(title="Be refused")
def be_refused(context: JobContext) -> None:
    """Fail for good."""
    raise JobRefused("Row 3: the date is missing.")


@job(title="Wait in the middle", attempts=3)
def wait_in_the_middle(context: JobContext, *, key: str, gate: str, told: str) -> None:
    """Write a row, say so in the file ``told``, then wait until somebody opens the pipe ``gate``."""
    Agency.objects.create(key=key, name=key, kind="district", created_at=context.at)
    Path(told).write_text(str(os.getpid()), encoding="utf-8")
    Path(gate).read_text(encoding="utf-8")


@job(title="Found an agency in steps", attempts=3, one_transaction=False)
def found_in_steps(context: JobContext, *, key: str) -> None:
    """Tell progress outside a transaction."""
    for step in range(3):
        context.progress(step, 3, "counting")
    Agency.objects.create(key=key, name=key, kind="district", created_at=context.at)


@job(title="Found an agency each day", every=Every.DAY, after=timedelta(hours=5))
def found_daily(context: JobContext, *, period: str) -> None:
    """Write one row a day."""
    Agency.objects.create(key=period, name=period, kind="district", created_at=context.at)
