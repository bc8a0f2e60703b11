"""Handing a walk in: what failed becomes findings, and each finding work, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.filled_walk import (
    codes_not_asked,
    faults_of,
    keep_filled,
    session_of_walk,
)
from schoolward.domains.assessments.actions.finding import find, finding_of
from schoolward.domains.assessments.actions.following import state_for
from schoolward.domains.assessments.actions.recording import audit
from schoolward.domains.assessments.actions.refusals import AssessmentRefused, DevicesDiffer, FormNotFinished
from schoolward.domains.assessments.actions.scoring import keep_scores
from schoolward.domains.assessments.actions.second_look import settle_second_look
from schoolward.domains.assessments.actions.seeing import (
    decide_work,
    keep_failing,
    see_mended,
    states_of_work,
)
from schoolward.domains.assessments.actions.walking import open_walk
from schoolward.domains.assessments.models import (
    UNRESOLVED,
    Assessment,
    AssessmentState,
    Filling,
    Finding,
    FindingState,
    InstrumentFormat,
    Sighting,
    Walk,
)
from schoolward.domains.assessments.queries import (
    answers_of,
    asked_of,
    notes_by_item,
    photos_by_item,
    unresolved_by_code,
)
from schoolward.domains.assessments.walk_journals import journal_of
from schoolward.domains.assessments.walk_positions import positions_of
from schoolward.domains.work import queries as work_queries
from schoolward.platform.access.viewer import Viewer

NO_WORK_YET: Mapping[str, int] = {}


@dataclass
class Submitted:
    """What came of it. ``waits`` while the second assessor of a double walk is still on the way.

    ``failing`` counts the items of a walk along the streets that fail, and are nobody's findings.
    """

    walk: Walk
    waits: bool = False
    found: list[Finding] = field(default_factory=list)
    seen_again: int = 0
    mended: int = 0
    failing: int = 0


@transaction.atomic
def submit_walk(
    *, walk_id: int, by: Viewer, at: datetime, covered_by: Mapping[str, int] = NO_WORK_YET
) -> Submitted:
    """Hand the own walk in. Its answers do not change any more.

    When the last walk of an assessment is in, its scores are kept, every failed item becomes a finding, and
    every finding proposes work, with the due date of its severity. An item that failed before and is not
    resolved is the same finding seen again. ``covered_by`` names work of the campus that asks for the same
    already, by the code of the item. What fails on the way to school makes no finding: it is on somebody
    else's ground, and waits for whoever follows it up (``follow_ups``).

    Raises ``AssessmentRefused`` where nothing was answered, ``DevicesDiffer`` where devices say different
    things and nobody has decided, ``FormNotFinished`` where the instrument's own form has answers that it
    does not allow, or lacks some that it requires. What its
    conditions have hidden by then is not asked: it has no score and makes no finding.
    """
    walk = open_walk(walk_id, by=by)
    if walk.submitted_at is not None:
        return Submitted(walk, waits=walk.assessment is not None and not walk.assessment.is_finished)
    has_devices = walk.entries.exists()
    journal = journal_of(walk)
    if has_devices and journal.differences:
        raise DevicesDiffer(len(journal.differences))
    session = session_of_walk(journal, at=at)
    # What was filled elsewhere has been judged there, and nobody can change it any more.
    if session is not None and not Filling.objects.filter(walk=walk).exists():
        if faults := faults_of(session):
            raise FormNotFinished(faults)
        if has_devices:
            keep_filled(journal, session, by=by, at=at)
    if not walk.answers.exists() and not _has_filled_form(walk):
        raise AssessmentRefused(_("Nothing is answered yet. Answer at least one item before you hand it in."))
    walk.submitted_at = max(at, walk.started_at)
    walk.not_asked = codes_not_asked(journal, session) or None
    walk.positions = positions_of(journal) or None
    walk.save(update_fields=["submitted_at", "not_asked", "positions"])
    if walk.reinspection is not None:
        return _looked_again(walk, by=by, at=at)
    assert walk.assessment_id is not None  # noqa: S101 - it is of one thing or the other
    of_it = Assessment.objects.select_related("version__instrument", "version__file", "campus")
    assessment = of_it.select_for_update(of=("self",)).get(pk=walk.assessment_id)
    walk.assessment = assessment
    done = Submitted(walk)
    in_hand = assessment.walks.filter(submitted_at__isnull=True).exists()
    alone = assessment.is_double and assessment.walks.count() < 2
    done.waits = in_hand or alone
    if not done.waits:
        finish(assessment, walk, done, covered_by, by=by, at=at)
    audit(
        "assessments.submitted",
        assessment,
        by=by,
        walk=walk.pk,
        waits=done.waits,
        found=len(done.found),
        seen_again=done.seen_again,
        mended=done.mended,
        failing=done.failing,
    )
    return done


def _has_filled_form(walk: Walk) -> bool:
    """Whether the walk's own form was filled, which may ask nothing that is rated."""
    version = walk.assessment.version if walk.assessment is not None else None
    is_own_form = version is not None and version.format != InstrumentFormat.YAML
    return is_own_form and Filling.objects.filter(walk=walk).exists()


def finish(
    assessment: Assessment,
    walk: Walk,
    done: Submitted,
    covered_by: Mapping[str, int],
    *,
    by: Viewer,
    at: datetime,
) -> None:
    """Keep the scores of an assessment whose walks are all in, and what follows from what failed."""
    answers = answers_of(assessment)
    assessment.state = AssessmentState.SUBMITTED
    assessment.assessed_on = timezone.localdate(at)
    keep_scores(assessment, answers)
    assessment.save()
    if assessment.is_of_the_way:
        done.failing = sum(asked.item.fails(answers.get(asked.item.code)) for asked in asked_of(assessment))
        return
    walks = list(assessment.walks.values_list("pk", flat=True))
    notes = notes_by_item(walks)
    pictures = photos_by_item(walks)
    known = unresolved_by_code(assessment)
    covering = _work_of_site(assessment.campus_id, covered_by, at=at)
    states = states_of_work(known.values(), by)
    covered: list[Finding] = []
    failing: list[tuple[Finding, str]] = []
    mended: list[Finding] = []
    for asked in asked_of(assessment):
        code = asked.item.code
        answer, note, photos = answers.get(code), notes.get(asked.row.pk, ""), pictures.get(asked.row.pk, [])
        finding = known.get(code)
        if asked.item.fails(answer):
            if finding is not None:
                failing.append((finding, note))
            elif code in covering:
                covered.append(_covered(finding_of(assessment, asked, note), covering[code], at=at))
            else:
                done.found.append(find(assessment, walk, asked, note, photos, by=by, at=at))
        elif finding is not None and isinstance(answer, int):
            see_mended(finding, walk, state=states[finding.pk], note=note, photos=photos, by=by, at=at)
            mended.append(finding)
    keep_failing(failing, walk, at=at)
    decide_work([finding for finding, _note in failing], mended, by=by, at=at)
    done.seen_again, done.mended = len(failing), len(mended)
    done.found += _keep_covered(covered, walk)


def _work_of_site(campus_id: int, covered_by: Mapping[str, int], *, at: datetime) -> dict[str, Any]:
    if not covered_by:
        return {}
    everything = work_queries.work_items(Viewer.system(at=at, name="assessments"))
    there = {item.pk: item for item in everything.filter(pk__in=covered_by.values(), campus_id=campus_id)}
    return {code: there[pk] for code, pk in covered_by.items() if pk in there}


def _covered(finding: Finding, item: Any, *, at: datetime) -> Finding:
    """Let a finding stand as the work that covers it does."""
    finding.work_id = item.pk
    finding.state = state_for(item.state)
    if finding.state == FindingState.DECLINED:
        finding.reason = _("Declined as work already.")
    if finding.state not in UNRESOLVED:
        finding.settled_on = max(item.verified_on or timezone.localdate(at), finding.found_on)
    return finding


def _keep_covered(findings: list[Finding], walk: Walk) -> list[Finding]:
    kept = Finding.objects.bulk_create(findings)
    Sighting.objects.bulk_create(
        Sighting(finding=one, walk=walk, note=one.note, on=one.found_on) for one in kept
    )
    return kept


def _looked_again(walk: Walk, *, by: Viewer, at: datetime) -> Submitted:
    seen_again, mended = settle_second_look(walk, by=by, at=at)
    return Submitted(walk, seen_again=seen_again, mended=mended)
