"""Joining what was reported to work that mends it already, and taking it apart again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.defects import new_report
from schoolward.domains.assessments.actions.recording import audit, locked
from schoolward.domains.assessments.actions.refusals import AssessmentRefused
from schoolward.domains.assessments.models import DefectReport, DefectState
from schoolward.domains.work import queries as work_queries
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def join_defect(*, report_id: int, work_id: int, by: Viewer, at: datetime) -> DefectReport:
    """Say that work which is there mends what was reported; no other work is proposed for it.

    Raises ``AssessmentRefused`` for work that the viewer does not see at the site, or that is closed.
    """
    report = new_report(report_id, by=by)
    item = work_queries.work_items(by).filter(pk=work_id, campus_id=report.campus_id).first()
    if item is None:
        raise AssessmentRefused(_("There is no such work at the site."), field="work_id")
    if work_queries.is_closed(item.state):
        raise AssessmentRefused(
            _("That work is closed already. Choose work that is still open."), field="work_id"
        )
    report.state, report.work_id = DefectState.WORK, item.pk
    report.settled_on = timezone.localdate(at)
    report.save(update_fields=["state", "work", "settled_on"])
    audit("assessments.defect_joined", report, by=by, work=item.pk)
    return report


@transaction.atomic
def separate_defect(*, report_id: int, by: Viewer, at: datetime) -> DefectReport:
    """Take a report off the work that it was joined to: it is new again, and somebody settles it.

    ``at`` is when: the audit has it. Raises ``AssessmentRefused`` for a report that was not joined.
    """
    report = locked(DefectReport, report_id, by=by, permission="assessments.defects", related=("work",))
    if not report.is_joined:
        raise AssessmentRefused(
            _("This report was not joined to other work. Where it opened work itself, decline that work.")
        )
    before = report.work_id
    report.state, report.work, report.settled_on = DefectState.NEW, None, None
    report.save(update_fields=["state", "work", "settled_on"])
    audit("assessments.defect_separated", report, by=by, work=before)
    return report
