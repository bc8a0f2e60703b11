"""What is done every day: preventive work that falls into a new period is opened."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.actions import open_due_work
from schoolward.platform.demo import clock
from schoolward.platform.jobs.definition import JobContext, job
from schoolward.platform.jobs.schedule import Every


@job(title=_("Open preventive work that is due"), every=Every.DAY, after=timedelta(hours=5))
def open_preventive_work(context: JobContext, *, period: str) -> dict[str, int]:
    """Open the work of the plans whose week, month, quarter or year holds the day; once a period."""
    on = clock.today(context.at)
    return {"opened": open_due_work(on=on, by=context.by, at=clock.now(context.at))}
