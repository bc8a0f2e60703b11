"""Settling what two assessors of a double walk differ on, before it is reviewed.

Nothing is overwritten: both walks keep their answers, and a settlement is a row of its own. What counts is
the settled answer; scores and findings follow it, and the agreement stays that of the walks as they were.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.analysis.assessing.shapes import Answer as Given
from schoolward.analysis.assessing.shapes import Mark as GivenMark
from schoolward.domains.assessments.actions.finding import find
from schoolward.domains.assessments.actions.recording import audit, locked, subject_of
from schoolward.domains.assessments.actions.refusals import AssessmentRefused
from schoolward.domains.assessments.actions.scoring import keep_change_of_next, keep_scores
from schoolward.domains.assessments.actions.seeing import decide_work, see_again, see_mended, states_of_work
from schoolward.domains.assessments.models import (
    Assessment,
    AssessmentState,
    Finding,
    FindingState,
    Settlement,
    SettlementEffect,
    Walk,
)
from schoolward.domains.assessments.queries import (
    Asked,
    agreement_of,
    answers_of,
    asked_of,
    may_settle,
    notes_by_item,
    photos_by_item,
    unresolved_by_code,
)
from schoolward.domains.work import actions as work
from schoolward.platform.access.permissions import AccessDenied, may
from schoolward.platform.access.viewer import Viewer

LONGEST_REASON = 300


@transaction.atomic
def settle_dispute(
    *, assessment_id: int, code: str, answer: Given, reason: str, by: Viewer, at: datetime
) -> Settlement:
    """Say which answer counts for an item on which the two walks differ, and why.

    For the two assessors, and for whoever may review. A finding that the walks made of it is declined with
    the reason; an item that fails now and did not becomes a finding. Settled again, the last one counts.
    Raises ``AccessDenied`` to others; ``AssessmentRefused`` where the assessment is not handed in or is
    reviewed already, where the item is not disputed, for an answer that is none of its scale's, without a
    reason, and where the finding is in work already that the viewer may not decline.
    """
    assessment = locked(Assessment, assessment_id, by=by, permission="assessments.answers")
    if not may_settle(assessment, by):
        raise AccessDenied("assessments.review", subject_of(assessment))
    asked = _disputed(assessment, code)
    if not asked.scale.allows(answer):
        raise AssessmentRefused(_("Choose one of the answers."), field="answer")
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON or "\0" in reason:
        raise AssessmentRefused(
            _("Say in at most 300 characters why this answer counts: both assessors read it."),
            field="reason",
        )
    before = answers_of(assessment)
    failed, fails = asked.item.fails(before.get(code)), asked.item.fails(answer)
    effect, finding = "", None
    if failed and not fails:
        effect, finding = _taken_away(assessment, asked, answer, reason, by=by, at=at)
    elif fails and not failed:
        effect, finding = _failed_after_all(assessment, asked, reason, by=by, at=at)
    is_mark = isinstance(answer, GivenMark)
    settled = Settlement.objects.create(
        assessment=assessment,
        item_id=asked.row.pk,
        value=None if is_mark else answer,
        mark=str(answer) if is_mark else "",
        reason=reason,
        effect=effect,
        finding=finding,
        at=at,
        by_id=by.account_id,
        by_name=by.account_name,
    )
    keep_scores(assessment, before | {code: answer})
    assessment.save(update_fields=["score", "coverage", "low", "high", "change"])
    keep_change_of_next(assessment)
    audit(
        "assessments.dispute_settled",
        assessment,
        by=by,
        item=code,
        effect=effect,
        finding=finding.pk if finding is not None else None,
    )
    return settled


def _disputed(assessment: Assessment, code: str) -> Asked:
    """The disputed item of this code, where disputes can be settled."""
    agreement = agreement_of(assessment) if assessment.is_finished else None
    if agreement is None:
        raise AssessmentRefused(
            _("Two walks that are both handed in have disputes; this assessment has none yet.")
        )
    if assessment.state != AssessmentState.SUBMITTED:
        raise AssessmentRefused(
            _("It is reviewed already. Ask for a second look where something is still in doubt.")
        )
    if code not in {one.item.code for one in agreement.disputes}:
        raise AssessmentRefused(_("The two assessors do not differ on this item."), field="code")
    return next(one for one in asked_of(assessment) if one.item.code == code)


def _taken_away(
    assessment: Assessment, asked: Asked, answer: Given, reason: str, *, by: Viewer, at: datetime
) -> tuple[str, Finding | None]:
    """It does not fail after all: decline what this assessment found; an older finding was seen mended."""
    finding = _unresolved(assessment, asked)
    if finding is None:  # somebody declined it already, or it is mended and verified
        return "", None
    if finding.assessment_id == assessment.pk:
        _decline(finding, by=by, at=at)
        return SettlementEffect.DECLINED, finding
    walk = _walk_without_sighting(assessment, finding)
    if walk is None or isinstance(answer, GivenMark):
        return "", None
    state = states_of_work([finding], by)[finding.pk]
    see_mended(finding, walk, state=state, note=reason, photos=[], by=by, at=at)
    decide_work([], [finding], by=by, at=at)
    return SettlementEffect.MENDED, finding


def _decline(finding: Finding, *, by: Viewer, at: datetime) -> None:
    """Decline the finding with its own work. Work that it shares goes on; the finding leaves it.

    Why the answer counts is what the assessors saw, and stays with the settlement: finding and work are read
    by many who read nothing of walks.
    """
    reason = _("Settled by the assessors: it does not fail.")
    own = finding.work is not None and finding.work.source == subject_of(finding)
    shared = Finding.objects.filter(work_id=finding.work_id).exclude(pk=finding.pk).exists()
    if finding.work is not None and own and not shared:
        is_decided = finding.work.state != "proposed"
        if finding.work.state == "done" or (is_decided and not may(by, "work.decide")):
            raise AssessmentRefused(
                _(
                    "Its finding is in work already: %(reference)s. Whoever decides about work declines "
                    "that first, or the site is looked at again."
                )
                % {"reference": finding.work.reference},
                field="answer",
            )
        work.withdraw(item_id=finding.work.pk, reason=reason, by=by, at=at)
        finding.refresh_from_db()
        return
    finding.state, finding.reason = FindingState.DECLINED, reason
    finding.settled_on = timezone.localdate(at)
    finding.save(update_fields=["state", "reason", "settled_on"])


def _failed_after_all(
    assessment: Assessment, asked: Asked, reason: str, *, by: Viewer, at: datetime
) -> tuple[str, Finding | None]:
    """It fails after all: an older finding was seen again, or a new one is made."""
    finding = _unresolved(assessment, asked)
    if finding is not None:
        walk = _walk_without_sighting(assessment, finding)
        if walk is None:
            return "", None
        see_again(finding, walk, note=reason, at=at)
        decide_work([finding], [], by=by, at=at)
        return SettlementEffect.SEEN, finding
    walks = list(assessment.walks.order_by("number"))
    numbers = [one.pk for one in walks]
    note = " / ".join(filter(None, [notes_by_item(numbers).get(asked.row.pk, ""), reason]))
    photos = photos_by_item(numbers).get(asked.row.pk, [])
    return SettlementEffect.FOUND, find(assessment, walks[-1], asked, note, photos, by=by, at=at)


def _unresolved(assessment: Assessment, asked: Asked) -> Finding | None:
    return unresolved_by_code(assessment, for_update=True).get(asked.item.code)


def _walk_without_sighting(assessment: Assessment, finding: Finding) -> Walk | None:
    """A walk of the two in which the finding was not seen yet: a sighting is never changed."""
    return assessment.walks.exclude(sightings__finding=finding).order_by("number").first()
