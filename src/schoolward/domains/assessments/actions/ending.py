"""Ending what was planned otherwise than by walking it: taken back, or finished with one assessor of two."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.recording import audit, locked
from schoolward.domains.assessments.actions.refusals import AssessmentRefused
from schoolward.domains.assessments.actions.submitting import NO_WORK_YET, Submitted, finish
from schoolward.domains.assessments.models import Assessment
from schoolward.domains.assessments.queries import is_untouched, may_be_taken_back
from schoolward.platform.access.viewer import Viewer

LONGEST_REASON = 300


@transaction.atomic
def cancel_assessment(
    *, assessment_id: int, reason: str, by: Viewer, at: datetime, permission: str = "assessments.plan"
) -> str:
    """Take back an assessment of which nothing was answered; returns its reference.

    It is as if it had not been planned, so that no measure waits for it; ``at`` is when, and the audit has
    that and the reason. Raises ``AssessmentRefused`` without a reason, and where something was answered.
    ``permission`` is that of the domain which planned it, where it is another.
    """
    assessment = locked(Assessment, assessment_id, by=by, permission=permission)
    told = _reason(reason)
    if not may_be_taken_back(assessment):
        raise AssessmentRefused(
            _("Something was answered already, and stays. Hand the walk in, or finish it with one assessor.")
        )
    audit("assessments.cancelled", assessment, by=by, reference=assessment.reference, reason=told)
    for walk in assessment.walks.all():
        walk.delete()
    reference = assessment.reference
    assessment.delete()
    return reference


@transaction.atomic
def finish_alone(*, assessment_id: int, reason: str, by: Viewer, at: datetime) -> Submitted:
    """Let the one walk of a double walk that was handed in count, since no second one comes.

    What failed becomes findings and work, as when both are in. Raises ``AssessmentRefused`` without a reason,
    where no walk was handed in, and where the second assessor has answered something.
    """
    assessment = locked(Assessment, assessment_id, by=by, permission="assessments.review")
    told = _reason(reason)
    walks = list(assessment.walks.order_by("number"))
    done = [walk for walk in walks if walk.submitted_at is not None]
    others = [walk for walk in walks if walk.submitted_at is None]
    if not assessment.is_double or assessment.is_finished or len(done) != 1:
        raise AssessmentRefused(_("Only a double walk of which one is handed in can be finished with one."))
    if not all(map(is_untouched, others)):
        raise AssessmentRefused(_("The second assessor has answered something; that walk comes first."))
    for walk in others:
        walk.delete()
    assessment.is_double, assessment.second_assessor = False, None
    assessment.assessor_id = done[0].assessor_id
    came = Submitted(done[0])
    finish(assessment, done[0], came, NO_WORK_YET, by=by, at=at)
    counted = {"walk": done[0].pk, "found": len(came.found)}
    audit("assessments.finished_alone", assessment, by=by, reason=told, **counted)
    return came


def _reason(reason: str) -> str:
    told = reason.strip()
    if not told or len(told) > LONGEST_REASON or "\0" in told:
        raise AssessmentRefused(_("Say why, in at most 300 characters."), field="reason")
    return told
