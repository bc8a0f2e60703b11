"""Taking a case and giving it back: one holder, and everybody sees who."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from schoolward.domains.alarms.actions.recording import append, audit, let_go, locked, save, take
from schoolward.domains.alarms.actions.refusals import (
    CaseIsClosed,
    ClaimedByAnother,
    NotClaimed,
    PersonMissing,
    ReasonMissing,
)
from schoolward.domains.alarms.models import Case, CaseState, EntryKind
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def claim(*, case_id: int, by: Viewer, at: datetime) -> Case:
    """Take a waiting case. Claiming one's own again changes nothing.

    Raises ``ClaimedByAnother``, which says who holds it, ``CaseIsClosed``, ``PersonMissing``.
    """
    case = _open(case_id, by)
    if case.state == CaseState.CLAIMED:
        if case.claimed_by_id == by.account_id:
            return case
        raise ClaimedByAnother(str(case.claimed_by))
    take(case, by=by, at=at)
    save(case)
    append(case, EntryKind.CLAIMED, by=by, at=at)
    audit("alarms.case_claimed", case, by=by)
    return case


@transaction.atomic
def take_over(*, case_id: int, reason: str, by: Viewer, at: datetime) -> Case:
    """Take a case from whoever holds it, with a reason, e.g. at the end of a shift."""
    case = _open(case_id, by)
    if not reason.strip():
        raise ReasonMissing
    if case.claimed_by_id == by.account_id:
        return case
    before = case.claimed_by_id
    take(case, by=by, at=at)
    save(case)
    append(case, EntryKind.CLAIMED, by=by, at=at, text=reason.strip(), taken_over_from=before)
    audit("alarms.case_taken_over", case, by=by, held_by=before)
    return case


@transaction.atomic
def release(*, case_id: int, by: Viewer, at: datetime, reason: str = "") -> Case:
    """Give a case back to the queue. Raises ``NotClaimed`` unless one holds it."""
    case = _open(case_id, by)
    if case.state != CaseState.CLAIMED or case.claimed_by_id != by.account_id:
        raise NotClaimed
    let_go(case)
    save(case)
    append(case, EntryKind.RELEASED, by=by, at=at, text=reason.strip())
    audit("alarms.case_released", case, by=by)
    return case


def _open(case_id: int, by: Viewer) -> Case:
    case = locked(case_id, by=by)
    if by.account_id is None:
        raise PersonMissing
    if case.state == CaseState.CLOSED:
        raise CaseIsClosed(case.number)
    return case
