"""Handing in a second look: what is mended is verified, what still fails goes back."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from schoolward.analysis.assessing.shapes import Answer as Given
from schoolward.domains.assessments.actions.recording import audit
from schoolward.domains.assessments.actions.seeing import decide_work, see_again, see_mended, states_of_work
from schoolward.domains.assessments.models import UNRESOLVED, Finding, Walk
from schoolward.domains.assessments.queries import (
    asked_in,
    current_answers,
    given,
    notes_by_item,
    photos_by_item,
)
from schoolward.platform.access.viewer import Viewer


def settle_second_look(walk: Walk, *, by: Viewer, at: datetime) -> tuple[int, int]:
    """Settle what a second look saw: how many findings still fail, and how many are mended.

    Called in the transaction of the submission, which it audits.
    """
    asked = walk.reinspection
    assert asked is not None  # noqa: S101 - asked where it is one
    again: list[Finding] = []
    mended: list[Finding] = []
    answers: dict[int, Given] = {
        item: value
        for item, one in current_answers(walk.pk)[walk.pk].items()
        if (value := given(one)) is not None
    }
    rules = {one.row.pk: one.item for one in asked_in(walk)}
    notes, pictures = notes_by_item([walk.pk]), photos_by_item([walk.pk])
    findings = list(asked.findings.filter(state__in=UNRESOLVED).order_by("pk"))
    states = states_of_work(findings, by)
    for finding in findings:
        answer = answers.get(finding.item_id)
        note = notes.get(finding.item_id, "")
        if rules[finding.item_id].fails(answer):
            see_again(finding, walk, note=note, at=at)
            again.append(finding)
        elif isinstance(answer, int):
            photos, state = pictures.get(finding.item_id, []), states[finding.pk]
            see_mended(finding, walk, state=state, note=note, photos=photos, by=by, at=at)
            mended.append(finding)
    decide_work(again, mended, by=by, at=at)
    asked.done_on = timezone.localdate(at)
    asked.save(update_fields=["done_on"])
    audit(
        "assessments.reinspected",
        asked,
        by=by,
        walk=walk.pk,
        seen_again=len(again),
        mended=len(mended),
    )
    return len(again), len(mended)
