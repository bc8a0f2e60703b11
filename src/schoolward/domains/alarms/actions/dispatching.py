"""Sending police or a guard, and calling off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from schoolward.domains.alarms.actions.judging import VERIFIED_LEVEL, judge_again, why_not_police
from schoolward.domains.alarms.actions.recording import append, audit, hold, locked, save
from schoolward.domains.alarms.actions.refusals import (
    AgencyMissing,
    AgencyWrong,
    AlreadySent,
    CallsMissing,
    NobodySent,
    ReasonMissing,
    ValueUnknown,
)
from schoolward.domains.alarms.models import Case, EntryKind, PoliceAgency
from schoolward.domains.alarms.queries.plans import agencies_of, proposed_agency
from schoolward.domains.alarms.queries.responders import Responders, responders
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def dispatch_police(
    *, case_id: int, by: Viewer, at: datetime, agency: str = "", reference: str = "", text: str = ""
) -> Case:
    """Ask for the police. ``agency`` is a ``PoliceAgency``; blank takes the one by jurisdiction and urgency.

    ``reference`` is the number that the call centre gave. Raises ``CallsMissing`` until two different
    numbers were called, unless the kind is exempt or the level is 2 or more (ANSI/TMA CS-V-01);
    ``AgencyMissing`` where the jurisdiction is not known; ``AgencyWrong``, ``AlreadySent``.
    """
    case = locked(case_id, by=by)
    hold(case, by=by, at=at)
    if case.police_dispatched_at is not None and case.aborted_at is None:
        raise AlreadySent
    called = responders(by)
    chosen = _agency(case, agency, called)
    hindrance = why_not_police(case)
    if hindrance:
        raise CallsMissing(hindrance)
    case.verified_before_dispatch = case.verification_level >= VERIFIED_LEVEL
    case.police_dispatched_at = case.police_dispatched_at or at
    case.aborted_at = None
    append(
        case,
        EntryKind.DISPATCHED_POLICE,
        by=by,
        at=at,
        text=text.strip(),
        agency=str(chosen),
        title=called.title_of(chosen),
        number=called.police[chosen].phone,
        reference=reference.strip()[:60],
        level=case.verification_level,
    )
    save(case, "police_dispatched_at", "verified_before_dispatch", "aborted_at")
    audit("alarms.police_dispatched", case, by=by, agency=str(chosen), level=case.verification_level)
    return case


@transaction.atomic
def dispatch_guard(*, case_id: int, by: Viewer, at: datetime, text: str = "") -> Case:
    """Send a guard or patrol. Raises ``AlreadySent``."""
    case = locked(case_id, by=by)
    hold(case, by=by, at=at)
    if case.guard_dispatched_at is not None and case.aborted_at is None:
        raise AlreadySent
    case.guard_dispatched_at = case.guard_dispatched_at or at
    case.aborted_at = None
    append(case, EntryKind.DISPATCHED_GUARD, by=by, at=at, text=text.strip())
    save(case, "guard_dispatched_at", "aborted_at")
    audit("alarms.guard_dispatched", case, by=by)
    return case


@transaction.atomic
def abort(*, case_id: int, reason: str, by: Viewer, at: datetime) -> Case:
    """Call off: nobody needs to go, or whoever was sent may turn back. The case still has to be closed."""
    case = locked(case_id, by=by)
    hold(case, by=by, at=at)
    if not reason.strip():
        raise ReasonMissing
    if case.aborted_at is not None:
        raise NobodySent
    case.aborted_at = at
    append(
        case,
        EntryKind.ABORTED,
        by=by,
        at=at,
        text=reason.strip(),
        police_were_sent=case.police_dispatched_at is not None,
        guard_was_sent=case.guard_dispatched_at is not None,
    )
    judge_again(case)
    save(case, "aborted_at")
    audit("alarms.called_off", case, by=by, police=case.police_dispatched_at is not None)
    return case


def _agency(case: Case, agency: str, called: Responders) -> PoliceAgency:
    if not agency:
        proposed = proposed_agency(case)
        if proposed is None:
            raise AgencyMissing
        return proposed
    if agency not in PoliceAgency.values:
        raise ValueUnknown("agency", agency, PoliceAgency.values)
    right = agencies_of(case)
    if agency not in right:
        raise AgencyWrong([called.title_of(one) for one in right])
    return PoliceAgency(agency)
