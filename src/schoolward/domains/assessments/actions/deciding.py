"""Deciding on findings, one by one or as a bundle, and asking for a second look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.following import state_for
from schoolward.domains.assessments.actions.recording import audit, check_site, locked
from schoolward.domains.assessments.actions.refusals import AssessmentRefused
from schoolward.domains.assessments.due_rules import due_for
from schoolward.domains.assessments.models import (
    UNRESOLVED,
    Assessment,
    AssessmentState,
    Finding,
    FindingState,
    ReinspectionRequest,
)
from schoolward.domains.assessments.wording import severity_rank
from schoolward.domains.work import actions as work
from schoolward.domains.work import queries as work_queries
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.period import LATEST


@transaction.atomic
def accept_finding(
    *,
    finding_id: int,
    by: Viewer,
    at: datetime,
    due: date | None = None,
    estimate_cents: int | None = None,
) -> Finding:
    """Take a finding on as work. Without a due date that of its severity holds, but no day that is past.

    Raises ``AssessmentRefused`` where it is decided already or has no work.
    """
    finding = _open(finding_id, by=by)
    last = due or due_for(finding.severity, finding.found_on) or timezone.localdate(at)
    today = timezone.localdate(at)
    try:
        work.accept(
            item_id=_work_of(finding),
            due=last if due is not None else max(last, today),
            estimate_cents=estimate_cents,
            by=by,
            at=at,
        )
    except work.WorkRefused as refusal:
        raise AssessmentRefused(str(refusal), field=refusal.field) from refusal
    audit("assessments.finding_accepted", finding, by=by, work=finding.work_id)
    finding.refresh_from_db()
    return finding


@transaction.atomic
def decline_finding(*, finding_id: int, reason: str, by: Viewer, at: datetime) -> Finding:
    """Say no to a finding, and why; its work is declined with the same reason."""
    finding = _open(finding_id, by=by)
    if not reason.strip():
        raise AssessmentRefused(
            _("Give a reason: whoever finds it next time needs to know why."), field="reason"
        )
    work.decline(item_id=_work_of(finding), reason=reason, by=by, at=at)
    audit("assessments.finding_declined", finding, by=by, work=finding.work_id)
    finding.refresh_from_db()
    return finding


@transaction.atomic
def accept_bundle(*, finding_ids: Sequence[int], due: date | None, by: Viewer, at: datetime) -> list[Finding]:
    """Take on several findings at once, such as all of a trade in one area: all of them, or none."""
    if not finding_ids:
        raise AssessmentRefused(_("Choose at least one finding."))
    accepted = []
    for pk in sorted(set(finding_ids)):
        finding = _open(pk, by=by)
        if finding.state == FindingState.OPEN:  # one of its work's other findings may have taken it along
            accepted.append(accept_finding(finding_id=pk, due=due, by=by, at=at))
    return accepted


@transaction.atomic
def cover_finding(*, finding_id: int, reference: str, by: Viewer, at: datetime) -> Finding:
    """Say that other work of the site mends it already; the work that it proposed is declined as a double.

    Open work takes over the finding's severity and due date, where these are graver and earlier; its first
    date stays, and so does what is done already. Raises ``AssessmentRefused`` for work that is not there,
    is closed, or is another site's, and for graver findings where the viewer may not change that work.
    """
    finding = _open(finding_id, by=by)
    other = work_queries.work_items(by).filter(reference=reference.strip()).first()
    if other is None or other.campus_id != finding.campus_id or other.pk == finding.work_id:
        raise AssessmentRefused(
            _("There is no other work with this reference at the site."), field="reference"
        )
    if work_queries.is_closed(other.state):
        raise AssessmentRefused(
            _("That work is closed already. Choose work that is still open."), field="reference"
        )
    double = finding.work_id
    finding.work_id, finding.state = other.pk, state_for(other.state)
    finding.save(update_fields=["work", "state"])
    if double is not None and not Finding.objects.filter(work_id=double).exists():
        reason = _("Asked for by %(reference)s already.") % {"reference": other.reference}
        work.decline(item_id=double, reason=reason, by=by, at=at)
    _take_over(finding, other, by=by, at=at)
    audit("assessments.finding_covered", finding, by=by, work=other.pk, instead_of=double)
    return finding


def _take_over(finding: Finding, other: Any, *, by: Viewer, at: datetime) -> None:
    """Open work becomes as grave as what it mends now, and due as early, but on no day that is past.

    What is done already stays: only its verification is awaited.
    """
    if other.state == "done":
        return
    if severity_rank(finding.severity) < severity_rank(other.severity):
        work.describe(item_id=other.pk, changes={"severity": finding.severity}, by=by, at=at)
    due = due_for(finding.severity, finding.found_on)
    if due is not None and other.state != "proposed":
        due = max(due, timezone.localdate(at))
    if due is not None and due >= other.proposed_on and (other.due is None or due < other.due):
        reason = _("It mends “%(finding)s” too, which is due earlier.") % {"finding": finding.title}
        work.change_due(item_id=other.pk, due=due, reason=reason, by=by, at=at)


@transaction.atomic
def request_reinspection(
    *, campus_id: int, finding_ids: Sequence[int], due: date, by: Viewer, at: datetime, invented: bool = False
) -> ReinspectionRequest:
    """Ask for a second look at just these findings of a site.

    Raises ``AssessmentRefused`` for a day that is past, and for findings that are resolved or elsewhere.
    """
    check_site(by, campus_id, "assessments.plan")
    if due < timezone.localdate(at):
        raise AssessmentRefused(_("That day is past. Choose a day from today on."), field="due")
    if due > LATEST:
        raise AssessmentRefused(_("Check the year: it is too far away."), field="due")
    chosen = visible(Finding.objects.all(), by).filter(
        pk__in=finding_ids, campus_id=campus_id, state__in=UNRESOLVED
    )
    if not finding_ids or chosen.count() != len(set(finding_ids)):
        raise AssessmentRefused(
            _("Choose unresolved findings of this site, at least one."), field="finding_ids"
        )
    asked = ReinspectionRequest.objects.create(
        campus_id=campus_id, due=due, asked_at=at, asked_by_id=by.account_id, invented=invented
    )
    asked.findings.set(chosen)
    audit("assessments.reinspection_requested", asked, by=by, findings=len(set(finding_ids)))
    return asked


@transaction.atomic
def review_assessment(*, assessment_id: int, note: str, by: Viewer, at: datetime) -> Assessment:
    """Say that somebody else has read what was handed in.

    Raises ``AssessmentRefused`` while it is not handed in, when it is reviewed already, and to its assessors.
    """
    assessment = locked(Assessment, assessment_id, by=by, permission="assessments.review")
    if assessment.state != AssessmentState.SUBMITTED:
        raise AssessmentRefused(_("Only what was handed in and not reviewed yet can be reviewed."))
    if by.account_id is not None and by.account_id in (assessment.assessor_id, assessment.second_assessor_id):
        raise AssessmentRefused(_("You walked it yourself, so somebody else reviews it."))
    assessment.state = AssessmentState.REVIEWED
    assessment.reviewed_at, assessment.reviewed_by_id = at, by.account_id
    assessment.review_note = note.strip()
    assessment.save(update_fields=["state", "reviewed_at", "reviewed_by", "review_note"])
    audit("assessments.reviewed", assessment, by=by)
    return assessment


def _open(finding_id: int, *, by: Viewer) -> Finding:
    finding = locked(Finding, finding_id, by=by, permission="assessments.decide")
    if finding.state != FindingState.OPEN:
        raise AssessmentRefused(
            _("This finding is decided already: %(state)s.") % {"state": finding.get_state_display()}
        )
    return finding


def _work_of(finding: Finding) -> int:
    if finding.work_id is None:
        raise AssessmentRefused(_("This finding has no work. Propose it on the page of work."))
    return finding.work_id
