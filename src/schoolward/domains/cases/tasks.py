"""Jobs about young people."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.actions.sealing_diversions import order_due_seals
from schoolward.platform.jobs.definition import JobContext, job
from schoolward.platform.jobs.schedule import Every


@job(title=_("Seal completed diversions on their day"), every=Every.DAY, after=timedelta(hours=4))
def seal_diversions(context: JobContext, *, period: str) -> dict[str, int]:
    """Order seals whose clock has begun and carry out those whose day has come; ``period`` is the day."""
    return order_due_seals(by=context.by, at=context.at)
