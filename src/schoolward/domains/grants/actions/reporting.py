"""The reports that awards owe: planned from the terms, marked when they are sent."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.analysis.grants.clocks import Every, ReportKind, reports_due
from schoolward.analysis.grants.rules import Funder
from schoolward.domains.grants.actions.recording import audit, locked
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.models import Award, ReportDue
from schoolward.platform.access.viewer import Viewer


def plan_reports(award: Award) -> None:
    """Write the reports of the whole period. Those that were sent stay; the others follow the new period."""
    award.reports.filter(submitted_on__isnull=True).delete()
    sent = {(kind, end) for kind, end in award.reports.values_list("kind", "end")}
    made = []
    for kind, every in (
        (ReportKind.FINANCIAL, award.financial_every),
        (ReportKind.PROGRESS, award.progress_every),
    ):
        for due in reports_due(
            kind,
            Every(every),
            start=award.start,
            end=award.end,
            awarded_on=award.awarded_on,
            funder=Funder(award.funder),
            final_agreed=award.final_days,
        ):
            if (kind.value, due.end) not in sent:
                made.append(
                    ReportDue(
                        award=award,
                        kind=kind.value,
                        start=due.start,
                        end=due.end,
                        due=due.due,
                        is_final=due.is_final,
                    )
                )
    ReportDue.objects.bulk_create(made)


@transaction.atomic
def mark_sent(
    *, report_id: int, by: Viewer, at: datetime, submitted_on: date | None = None, note: str = ""
) -> ReportDue:
    """Say that a report went out. Raises ``GrantRefused``."""
    report = locked(ReportDue, report_id, by=by, permission="grants.manage")
    today = timezone.localdate(at)
    day = submitted_on or today
    if report.submitted_on is not None:
        raise GrantRefused(_("This report is marked as sent already."))
    if day > today:
        raise GrantRefused(_("The day lies in the future."), field="submitted_on")
    if day < report.start:
        raise GrantRefused(_("Its period had not begun then."), field="submitted_on")
    report.submitted_on, report.submitted_by_name, report.note = day, by.account_name, note.strip()
    report.save(update_fields=["submitted_on", "submitted_by_name", "note"])
    audit("grants.report_sent", report, by=by, kind=report.kind, late=day > report.due)
    return report
