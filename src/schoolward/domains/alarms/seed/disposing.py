"""Ending many invented cases at once: what operators would have done about a year of invented alarms.

A desk closes one case at a time. The demonstration needs thousands, and takes the same steps for each:
claimed, the plan's required steps done, calls before police were sent, closed with disposition and cause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from schoolward.domains.alarms.actions.judging import VERIFIED_LEVEL
from schoolward.domains.alarms.actions.recording import lock_entries
from schoolward.domains.alarms.models import (
    CallContact,
    CallOutcome,
    Case,
    CaseEntry,
    CaseState,
    EntryKind,
    PlanStep,
    PoliceAgency,
    StepKind,
)
from schoolward.domains.alarms.new_rows import NewEntry
from schoolward.domains.alarms.queries.plans import proposed_agency
from schoolward.domains.alarms.saving import insert_rows, update_rows
from schoolward.domains.alarms.seed.ground import NO_CAMERA, NOBODY_SENT
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

_FIELDS = (
    "state",
    "first_answer_at",
    "police_dispatched_at",
    "guard_dispatched_at",
    "verified_before_dispatch",
    "verification_level",
    "disposition",
    "cause",
    "cause_role",
    "closed_at",
    "closed_by",
)
_AT_ONCE = 500
_Line = tuple[int, EntryKind, str, int | None, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Ending:
    """How one invented case was answered and closed; seconds count from its opening."""

    case_id: int
    disposition: str
    cause: str
    cause_role: str = ""
    answered_after: int = 45
    closed_after: int = 600
    police_after: int | None = None
    guard_after: int | None = None
    evidence: str = ""
    """An ``EvidenceKind`` that was kept before police were sent."""
    verified_level: int = 0
    text: str = ""


class NotInvented(ValueError):
    """Only invented cases are ended in bulk; every other is an operator's to close."""


@transaction.atomic
def dispose(endings: Sequence[Ending], *, by: Viewer, at: datetime) -> int:
    """End open invented cases, with all that is written into a case at the desk. How many.

    ``by`` is the account that is said to have answered them. Raises :class:`NotInvented`.
    """
    if by.account_id is None:
        raise ValueError("cases are closed by an account")
    ends = {ending.case_id: ending for ending in endings}
    cases = _read(list(ends))
    if any(not case.generated for case in cases):
        raise NotInvented("a case that is to be ended is not invented")
    steps, contacts = _steps(), _contacts()
    entries: list[NewEntry] = []
    for case in cases:
        ending = ends[case.pk]
        _end(case, ending, by)
        for seconds, kind, text, step, detail in _told(
            case, ending, steps.get(case.plan_id or 0, ()), contacts.get(case.campus_id or 0, ())
        ):
            moment = case.opened_at + timedelta(seconds=seconds)
            entries.append(
                NewEntry(
                    case.pk, kind, moment, by.account_name[:200], text[:500], detail, by.account_id, step
                )
            )
    update_rows(Case, cases, _FIELDS)
    if entries:
        lock_entries()
        insert_rows(CaseEntry, entries)
    record(
        "alarms.invented_cases_ended",
        by=by,
        at=by.at,
        subject="alarms.Case",
        detail={"cases": len(cases), "entries": len(entries), "invented": True},
    )
    return len(cases)


def _read(keys: Sequence[int]) -> list[Case]:
    found: list[Case] = []
    for begin in range(0, len(keys), _AT_ONCE):
        held = Case.objects.select_for_update(of=("self",)).exclude(state=CaseState.CLOSED)
        found += held.filter(pk__in=keys[begin : begin + _AT_ONCE]).select_related("campus")
    return sorted(found, key=lambda case: (case.opened_at, case.pk))


def _end(case: Case, ending: Ending, by: Viewer) -> None:
    """Set the columns of an ended case, without saving it."""
    opened = case.opened_at
    case.state = CaseState.CLOSED
    case.first_answer_at = opened + timedelta(seconds=ending.answered_after)
    if ending.police_after is not None:
        case.police_dispatched_at = opened + timedelta(
            seconds=max(ending.police_after, ending.answered_after + 75)
        )
    if ending.guard_after is not None:
        case.guard_dispatched_at = opened + timedelta(seconds=ending.guard_after)
    case.verification_level = max(case.verification_level, ending.verified_level)
    case.verified_before_dispatch = (
        ending.police_after is not None and case.verification_level >= VERIFIED_LEVEL
    )
    case.disposition, case.cause, case.cause_role = ending.disposition, ending.cause, ending.cause_role
    case.closed_at = max(opened + timedelta(seconds=ending.closed_after), case.last_signal_at)
    case.closed_by_id = by.account_id


def _told(
    case: Case, ending: Ending, steps: Sequence[PlanStep], contacts: Sequence[CallContact]
) -> list[_Line]:
    """What the desk would have written, with the seconds after the opening, in order."""
    at = ending.answered_after
    told: list[_Line] = [(at, EntryKind.CLAIMED, "", None, {})]
    look = next((step for step in steps if step.kind == StepKind.CAMERA), None)
    if look is not None:
        told.append((at + 20, EntryKind.SKIPPED, NO_CAMERA, look.pk, {}))
    if ending.evidence:
        told.append((at + 25, EntryKind.EVIDENCE, "", None, {"evidence": ending.evidence}))
    if ending.police_after is not None:
        # Two numbers before police are asked for (ANSI/TMA CS-V-01).
        for order, contact in enumerate(contacts[:2]):
            detail = {
                "contact": contact.pk,
                "title": contact.title,
                "number": contact.phone,
                "outcome": str(CallOutcome.NO_ANSWER),
                "at_site": False,
            }
            told.append((at + 40 + 30 * order, EntryKind.CALL, "", None, detail))
        agency = proposed_agency(case) or PoliceAgency.CITY_NON_EMERGENCY
        sent = {"agency": str(agency), "reference": "", "level": case.verification_level}
        told.append((max(ending.police_after, at + 75), EntryKind.DISPATCHED_POLICE, "", None, sent))
    if ending.guard_after is not None:
        told.append((ending.guard_after, EntryKind.DISPATCHED_GUARD, "", None, {}))
    is_sent = ending.police_after is not None or ending.guard_after is not None
    for step in steps:
        if step.is_required and step is not look:
            lacks_deed = step.kind == StepKind.DISPATCH and not is_sent
            kind = EntryKind.SKIPPED if lacks_deed else EntryKind.STEP
            told.append((ending.closed_after - 5, kind, NOBODY_SENT if lacks_deed else "", step.pk, {}))
    closed = {"disposition": ending.disposition, "cause": ending.cause, "cause_role": ending.cause_role}
    told.append((ending.closed_after, EntryKind.CLOSED, ending.text, None, closed))
    return sorted(told, key=lambda one: one[0])


def _steps() -> dict[int, list[PlanStep]]:
    found: dict[int, list[PlanStep]] = defaultdict(list)
    for step in PlanStep.objects.order_by("plan_id", "order"):
        found[step.plan_id].append(step)
    return found


def _contacts() -> dict[int, list[CallContact]]:
    found: dict[int, list[CallContact]] = defaultdict(list)
    for contact in CallContact.objects.order_by("campus_id", "order"):
        found[contact.campus_id].append(contact)
    return found
