"""What is done about grants by the clock: alerts before money lapses."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from schoolward.domains.grants.actions import raise_alerts
from schoolward.platform.demo import clock
from schoolward.platform.jobs.definition import JobContext, job
from schoolward.platform.jobs.schedule import Every


@job(title=_("Warn of grant money that will lapse"), every=Every.DAY, after=timedelta(hours=5, minutes=15))
def warn_of_lapses(context: JobContext, *, period: str) -> dict[str, int]:
    """Raise the alerts of awards that end in 180, 90 or 30 days; once each."""
    raised = raise_alerts(on=clock.today(context.at), by=context.by, at=clock.now(context.at))
    return {"raised": len(raised)}
