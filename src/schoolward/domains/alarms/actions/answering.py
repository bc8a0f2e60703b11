"""What an operator does and learns about a case: steps, calls, evidence, notes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from schoolward.analysis.telephone import can_be_dialled
from schoolward.domains.alarms.actions.judging import judge_again
from schoolward.domains.alarms.actions.recording import append, audit, hold, locked, save
from schoolward.domains.alarms.actions.refusals import (
    CameraMissing,
    ContactUnknown,
    DeedMissing,
    NumberMissing,
    NumberWrong,
    ReasonMissing,
    StepUnknown,
    TextMissing,
    ValueUnknown,
)
from schoolward.domains.alarms.models import (
    CallContact,
    CallOutcome,
    Case,
    CaseEntry,
    EntryKind,
    EvidenceKind,
    PlanStep,
    StepKind,
)
from schoolward.domains.alarms.queries import cameras_of, steps_of
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def do_step(*, case_id: int, step_id: int, by: Viewer, at: datetime, text: str = "") -> CaseEntry:
    """Say that a step of the case's plan is done.

    Raises ``StepUnknown``; ``CameraMissing`` for a look at a camera where the case's zones have none; and
    ``DeedMissing`` for a call or a decision that stands nowhere in the case.
    """
    case = locked(case_id, by=by)
    hold(case, by=by, at=at)
    step = _step(case, step_id)
    if step.kind == StepKind.CAMERA and not cameras_of(case):
        raise CameraMissing
    if any(state.lacks_deed for state in steps_of(case) if state.step.pk == step.pk):
        raise DeedMissing(step.kind)
    save(case)
    entry = append(case, EntryKind.STEP, by=by, at=at, text=text.strip(), step=step)
    audit("alarms.step_done", case, by=by, step=step.pk)
    return entry


@transaction.atomic
def step_impossible(*, case_id: int, step_id: int, reason: str, by: Viewer, at: datetime) -> CaseEntry:
    """Say that a step cannot be done, and why."""
    case = locked(case_id, by=by)
    hold(case, by=by, at=at)
    step = _step(case, step_id)
    if not reason.strip():
        raise ReasonMissing
    save(case)
    entry = append(case, EntryKind.SKIPPED, by=by, at=at, text=reason.strip(), step=step)
    audit("alarms.step_impossible", case, by=by, step=step.pk)
    return entry


@transaction.atomic
def log_call(
    *,
    case_id: int,
    outcome: str,
    by: Viewer,
    at: datetime,
    contact_id: int | None = None,
    number: str = "",
    at_site: bool = False,
    text: str = "",
) -> CaseEntry:
    """Keep that a contact of the site, or another number, was called, and what came of it.

    ``outcome`` is a ``CallOutcome``; ``at_site``: whoever answered was on the site itself, so that an answer
    without the passcode means that somebody is there. Level and urgency follow. Raises
    ``ContactUnknown``, ``NumberMissing``, ``NumberWrong`` for what cannot be dialled, ``ValueUnknown``.
    """
    case = locked(case_id, by=by)
    hold(case, by=by, at=at)
    if outcome not in CallOutcome.values:
        raise ValueUnknown("outcome", outcome, CallOutcome.values)
    title, phone = "", number.strip()
    if contact_id is not None:
        contact = CallContact.objects.filter(pk=contact_id, campus=case.campus_id or 0).first()
        if contact is None:
            raise ContactUnknown
        title, phone = contact.title, contact.phone
    if not phone:
        raise NumberMissing
    if not can_be_dialled(phone):
        raise NumberWrong(phone)
    entry = append(
        case,
        EntryKind.CALL,
        by=by,
        at=at,
        text=text.strip(),
        contact=contact_id,
        title=title,
        number=phone,
        outcome=str(outcome),
        at_site=at_site,
    )
    judge_again(case)
    save(case)
    audit("alarms.call_logged", case, by=by, outcome=str(outcome), contact=contact_id)
    return entry


@transaction.atomic
def add_evidence(*, case_id: int, kind: str, by: Viewer, at: datetime, text: str = "") -> CaseEntry:
    """Keep what was seen or heard (an ``EvidenceKind``). Level and urgency are computed again."""
    case = locked(case_id, by=by)
    hold(case, by=by, at=at)
    if kind not in EvidenceKind.values:
        raise ValueUnknown("kind", kind, EvidenceKind.values)
    before = case.verification_level
    entry = append(case, EntryKind.EVIDENCE, by=by, at=at, text=text.strip(), evidence=str(kind))
    judge_again(case)
    save(case)
    audit(
        "alarms.evidence_added",
        case,
        by=by,
        evidence=str(kind),
        level_before=before,
        level=case.verification_level,
    )
    return entry


@transaction.atomic
def note(*, case_id: int, text: str, by: Viewer, at: datetime) -> CaseEntry:
    """Write a note into a case, whoever holds it and even when it is closed."""
    case = locked(case_id, by=by)
    if not text.strip():
        raise TextMissing
    entry = append(case, EntryKind.NOTE, by=by, at=at, text=text.strip())
    audit("alarms.note_written", case, by=by)
    return entry


def _step(case: Case, step_id: int) -> PlanStep:
    step = PlanStep.objects.filter(pk=step_id, plan_id=case.plan_id).first()
    if case.plan_id is None or step is None:
        raise StepUnknown
    return step
