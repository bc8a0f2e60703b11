"""The reports that awards owe: planned from the terms, marked when they are sent."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.analysis.grants.clocks import Every, ReportKind, reports_due
from schoolward.analysis.grants.rules import Funder
from schoolward.domains.grants.actions.recording import audit, locked, open_award
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.models import Award, ReportDue
from schoolward.platform.access.viewer import Viewer


def plan_reports(award: Award) -> None:
    """Write the reports of the whole period. Those that were sent stay; the others follow the new terms.

    A report that is still owed keeps its number, by which calendars know it.
    """
    there = {(one.kind, one.end): one for one in award.reports.all()}
    planned: set[tuple[str, date]] = set()
    made: list[ReportDue] = []
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
            planned.add((kind.value, due.end))
            known = there.get((kind.value, due.end))
            if known is not None and known.submitted_on is not None:
                continue
            row = known or ReportDue(award=award, kind=kind.value, end=due.end)
            row.start, row.due, row.is_final = due.start, due.due, due.is_final
            made.append(row)
    gone = [one.pk for place, one in there.items() if place not in planned and one.submitted_on is None]
    award.reports.filter(pk__in=gone).delete()
    ReportDue.objects.bulk_update([row for row in made if row.pk], ["start", "due", "is_final"])
    ReportDue.objects.bulk_create([row for row in made if not row.pk])


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


@transaction.atomic
def unmark_sent(*, report_id: int, reason: str, by: Viewer, at: datetime) -> None:
    """Say that a report was marked as sent by mistake: it is owed again, by the terms of today.

    What was written of it stands in the audit. Raises ``GrantRefused``.
    """
    report = locked(ReportDue, report_id, by=by, permission="grants.manage")
    award = open_award(report.award_id, by=by, permission="grants.manage")
    if report.submitted_on is None:
        raise GrantRefused(_("This report is not marked as sent."))
    if not reason.strip():
        raise GrantRefused(_("Say why."), field="reason")
    audit(
        "grants.report_unsent",
        report,
        by=by,
        award=award.key,
        kind=report.kind,
        end=report.end.isoformat(),
        sent=report.submitted_on.isoformat(),
        sent_by=report.submitted_by_name,
        reason=reason.strip(),
    )
    report.submitted_on, report.submitted_by_name, report.note = None, "", ""
    report.save(update_fields=["submitted_on", "submitted_by_name", "note"])
    plan_reports(award)
