"""Handing a walk in: what failed becomes findings, and each finding work, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.filled_walk import keep_filled
from schoolward.domains.assessments.actions.following import state_for
from schoolward.domains.assessments.actions.recording import audit
from schoolward.domains.assessments.actions.refusals import AssessmentRefused, DevicesDiffer
from schoolward.domains.assessments.actions.second_look import settle_second_look
from schoolward.domains.assessments.actions.seeing import see_again, see_mended, states_of_work
from schoolward.domains.assessments.actions.walking import open_walk
from schoolward.domains.assessments.due_rules import due_for
from schoolward.domains.assessments.models import (
    UNRESOLVED,
    AnswerPhoto,
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
    Asked,
    answers_of,
    asked_in,
    before,
    change_since,
    notes_by_item,
    photos_by_item,
    score_of,
)
from schoolward.domains.assessments.walk_journals import journal_of
from schoolward.domains.work import actions as work
from schoolward.domains.work import queries as work_queries
from schoolward.platform.access.viewer import Viewer

NO_WORK_YET: Mapping[str, int] = {}


@dataclass
class Submitted:
    """What came of it. ``waits`` while the second assessor of a double walk is still on the way."""

    walk: Walk
    waits: bool = False
    found: list[Finding] = field(default_factory=list)
    seen_again: int = 0
    mended: int = 0


@transaction.atomic
def submit_walk(
    *, walk_id: int, by: Viewer, at: datetime, covered_by: Mapping[str, int] = NO_WORK_YET
) -> Submitted:
    """Hand the own walk in. Its answers do not change any more.

    When the last walk of an assessment is in, its scores are kept, every failed item becomes a finding, and
    every finding proposes work, with the due date of its severity. An item that failed before and is not
    resolved is the same finding seen again. ``covered_by`` names work of the campus that asks for the same
    already, by the code of the item. Raises ``AssessmentRefused`` where nothing was answered,
    ``DevicesDiffer`` where devices say different things and nobody has decided.
    """
    walk = open_walk(walk_id, by=by)
    if walk.submitted_at is not None:
        return Submitted(walk, waits=walk.assessment is not None and not walk.assessment.is_finished)
    if walk.entries.exists():
        journal = journal_of(walk)
        if journal.differences:
            raise DevicesDiffer(len(journal.differences))
        keep_filled(journal, by=by, at=at)
    if not walk.answers.exists() and not _has_filled_form(walk):
        raise AssessmentRefused(_("Nothing is answered yet. Answer at least one item before you hand it in."))
    walk.submitted_at = max(at, walk.started_at)
    walk.save(update_fields=["submitted_at"])
    if walk.reinspection is not None:
        return _looked_again(walk, by=by, at=at)
    assert walk.assessment_id is not None  # noqa: S101 - it is of one thing or the other
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=walk.assessment_id)
    done = Submitted(walk)
    in_hand = assessment.walks.filter(submitted_at__isnull=True).exists()
    alone = assessment.is_double and assessment.walks.count() < 2
    done.waits = in_hand or alone
    if not done.waits:
        _finish(assessment, walk, done, covered_by, by=by, at=at)
    audit(
        "assessments.submitted",
        assessment,
        by=by,
        walk=walk.pk,
        waits=done.waits,
        found=len(done.found),
        seen_again=done.seen_again,
        mended=done.mended,
    )
    return done


def _has_filled_form(walk: Walk) -> bool:
    """Whether the walk's own form was filled, which may ask nothing that is rated."""
    version = walk.assessment.version if walk.assessment is not None else None
    is_own_form = version is not None and version.format != InstrumentFormat.YAML
    return is_own_form and Filling.objects.filter(walk=walk).exists()


def _finish(
    assessment: Assessment,
    walk: Walk,
    done: Submitted,
    covered_by: Mapping[str, int],
    *,
    by: Viewer,
    at: datetime,
) -> None:
    answers = answers_of(assessment)
    assessment.state = AssessmentState.SUBMITTED
    assessment.assessed_on = timezone.localdate(at)
    score = score_of(assessment, answers)
    if score is not None and score.value is not None:
        # Rounded, so that the last bit of a sum cannot put a score outside of its own interval.
        assessment.score, assessment.coverage = round(score.value, 6), round(score.coverage or 0, 6)
        assessment.low, assessment.high = round(score.low or 0, 6), round(score.high or 0, 6)
    earlier = before(assessment)
    changed = change_since(earlier, assessment, answers) if earlier is not None else None
    if changed is not None:
        assessment.change = changed.score.difference
    assessment.save()
    walks = list(assessment.walks.values_list("pk", flat=True))
    notes = notes_by_item(walks)
    pictures = photos_by_item(walks)
    known = _unresolved(assessment)
    covering = _work_of_site(assessment.campus_id, covered_by, at=at)
    states = states_of_work(known.values(), by)
    covered: list[Finding] = []
    for asked in asked_in(walk):
        code = asked.item.code
        answer, note, photos = answers.get(code), notes.get(asked.row.pk, ""), pictures.get(asked.row.pk, [])
        finding = known.get(code)
        if asked.item.fails(answer):
            if finding is not None:
                see_again(finding, walk, state=states[finding.pk], note=note, by=by, at=at)
                done.seen_again += 1
            elif code in covering:
                covered.append(_covered(_finding(assessment, asked, note), covering[code], at=at))
            else:
                done.found.append(_find(assessment, walk, asked, note, photos, by=by, at=at))
        elif finding is not None and isinstance(answer, int):
            see_mended(finding, walk, state=states[finding.pk], note=note, photos=photos, by=by, at=at)
            done.mended += 1
    done.found += _keep_covered(covered, walk)


def _unresolved(assessment: Assessment) -> dict[str, Finding]:
    assert assessment.version is not None  # noqa: S101 - only what has a version is walked
    held = Finding.objects.filter(
        campus_id=assessment.campus_id,
        instrument_id=assessment.version.instrument_id,
        state__in=UNRESOLVED,
    )
    return {finding.code: finding for finding in held}


def _work_of_site(campus_id: int, covered_by: Mapping[str, int], *, at: datetime) -> dict[str, Any]:
    if not covered_by:
        return {}
    everything = work_queries.work_items(Viewer.system(at=at, name="assessments"))
    there = {item.pk: item for item in everything.filter(pk__in=covered_by.values(), campus_id=campus_id)}
    return {code: there[pk] for code, pk in covered_by.items() if pk in there}


def _finding(assessment: Assessment, asked: Asked, note: str) -> Finding:
    """The finding of a failed item, not kept yet."""
    assert assessment.version is not None and assessment.assessed_on is not None  # noqa: S101, PT018
    item = asked.item
    return Finding(
        campus_id=assessment.campus_id,
        instrument_id=assessment.version.instrument_id,
        item_id=asked.row.pk,
        code=item.code,
        assessment=assessment,
        zone=asked.section_title,
        title=(item.recommendation or item.text)[:200],
        note=note,
        recommendation=item.recommendation,
        severity=item.severity or "medium",
        trade=item.trade or "other",
        estimate_cents=item.estimate_cents,
        found_on=assessment.assessed_on,
        invented=assessment.invented,
    )


def _find(
    assessment: Assessment,
    walk: Walk,
    asked: Asked,
    note: str,
    photos: list[AnswerPhoto],
    *,
    by: Viewer,
    at: datetime,
) -> Finding:
    finding = _finding(assessment, asked, note)
    finding.save()
    Sighting.objects.create(finding=finding, walk=walk, note=note, on=finding.found_on)
    _open_work(finding, asked, photos, by=by, at=at)
    return finding


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


def _open_work(
    finding: Finding, asked: Asked, photos: list[AnswerPhoto], *, by: Viewer, at: datetime
) -> None:
    instrument = finding.instrument.title
    item = work.open_work(
        source=f"assessments.Finding:{finding.pk}",
        source_title=f"{instrument}, {finding.campus.name}"[:200],
        kind="recommendation",
        title=finding.title,
        description=_description(finding, asked),
        campus_id=finding.campus_id,
        trade=finding.trade,
        severity=finding.severity,
        estimate_cents=finding.estimate_cents,
        owner_role="facilities",
        due=due_for(finding.severity, finding.found_on),
        proposed_on=finding.found_on,
        invented=finding.invented,
        by=by,
        at=at,
    )
    finding.work_id = item.pk
    finding.save(update_fields=["work"])
    for photo in photos:
        work.carry_file(
            item_id=item.pk,
            file_id=photo.file_id,
            file_name=photo.file_name,
            text=_("As it was found. %(caption)s") % {"caption": photo.caption},
            by=by,
            at=at,
        )


def _description(finding: Finding, asked: Asked) -> str:
    parts = [
        _("Where: %(zone)s.") % {"zone": finding.zone} if finding.zone else "",
        _("What should be: %(text)s") % {"text": asked.item.text},
        _("What was seen: %(note)s") % {"note": finding.note} if finding.note else "",
    ]
    declined = (
        Finding.objects.filter(
            campus_id=finding.campus_id,
            instrument_id=finding.instrument_id,
            code=finding.code,
            state=FindingState.DECLINED,
        )
        .order_by("-settled_on")
        .first()
    )
    if declined is not None:
        parts.append(
            _("Declined before, on %(day)s: %(reason)s")
            % {"day": declined.settled_on, "reason": declined.reason}
        )
    return "\n".join(part for part in parts if part)


def _looked_again(walk: Walk, *, by: Viewer, at: datetime) -> Submitted:
    seen_again, mended = settle_second_look(walk, by=by, at=at)
    return Submitted(walk, seen_again=seen_again, mended=mended)
