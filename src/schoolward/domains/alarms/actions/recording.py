"""What every write at the desk shares: finding the case for this viewer, and keeping what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolward.domains.alarms.actions.refusals import CaseIsClosed, ClaimedByAnother, PersonMissing
from schoolward.domains.alarms.models import Case, CaseEntry, CaseState, EntryKind, PlanStep
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.notify import order

TOPIC = "alarms"
"""What desks follow: entries, in the order of their numbers (`topics`)."""


def subject_of(case_id: int | None) -> str:
    """The name under which the audit knows the case."""
    return f"alarms.Case:{case_id}"


def locked(case_id: int, *, by: Viewer, permission: str = "alarms.answer") -> Case:
    """Return the case for writing, or raise ``AccessDenied`` when the viewer lacks permission or row."""
    check(by, permission, subject_of(case_id))
    held = Case.objects.select_for_update(of=("self",)).select_related("campus", "system", "zone")
    case = visible(held, by).filter(pk=case_id).first()
    if case is None:
        raise AccessDenied(permission, subject_of(case_id))
    return case


def lock_entries() -> None:
    """Let entries be numbered in the order in which they become visible, which desks resume by."""
    order.hold(TOPIC)


def append(
    case: Case,
    kind: EntryKind,
    *,
    by: Viewer,
    at: datetime,
    text: str = "",
    step: PlanStep | None = None,
    **detail: Any,
) -> CaseEntry:
    """Append one entry to the case's history."""
    lock_entries()
    return CaseEntry.objects.create(
        case=case,
        kind=kind,
        at=at,
        by_id=by.account_id,
        by_name=by.account_name[:200],
        step=step,
        text=text[:500],
        detail=detail,
    )


def audit(action: str, case: Case, *, by: Viewer, **detail: Any) -> None:
    """Write the one audit event of an action, with the true time of the request."""
    record(action, by=by, at=by.at, subject=subject_of(case.pk), detail={"number": case.number, **detail})


def hold(case: Case, *, by: Viewer, at: datetime) -> None:
    """Make sure that the viewer holds the open case: who acts on a case that nobody holds, claims it.

    Changes the case without saving it. Raises ``PersonMissing``, ``CaseIsClosed``, ``ClaimedByAnother``.
    """
    if by.account_id is None:
        raise PersonMissing
    if case.state == CaseState.CLOSED:
        raise CaseIsClosed(case.number)
    if case.state == CaseState.CLAIMED and case.claimed_by_id != by.account_id:
        raise ClaimedByAnother(str(case.claimed_by))
    if case.state == CaseState.WAITING:
        take(case, by=by, at=at)
        append(case, EntryKind.CLAIMED, by=by, at=at)
    case.first_answer_at = case.first_answer_at or at


def take(case: Case, *, by: Viewer, at: datetime) -> None:
    """Give the case to the viewer, without saving it."""
    case.state = CaseState.CLAIMED
    case.claimed_by_id = by.account_id
    case.claimed_at = at
    case.first_answer_at = case.first_answer_at or at


def let_go(case: Case) -> None:
    """Take the case from whoever holds it, without saving it."""
    case.state = CaseState.WAITING
    case.claimed_by = None
    case.claimed_at = None


#: The columns that answering may change. The case builder writes others, so that neither undoes the other's.
ANSWER_FIELDS = (
    "state",
    "claimed_by",
    "claimed_at",
    "first_answer_at",
    "urgency",
    "reasons",
    "verification_level",
)


def save(case: Case, *more: str) -> None:
    """Save what answering changes, and the further fields."""
    case.save(update_fields=[*ANSWER_FIELDS, *more])
