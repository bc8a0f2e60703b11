"""Closing a case with what it was and what set it off, and opening it again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.alarms.actions.judging import VERIFIED_LEVEL
from schoolward.domains.alarms.actions.recording import append, audit, let_go, locked, save
from schoolward.domains.alarms.actions.refusals import (
    AlarmRefused,
    CaseIsClosed,
    CaseIsOpen,
    CauseMissing,
    ClaimedByAnother,
    ConfirmationMissing,
    DispositionMissing,
    PersonMissing,
    ReasonMissing,
    StepsOpen,
    ValueUnknown,
)
from schoolward.domains.alarms.models import Case, CaseState, Cause, Disposition, EntryKind
from schoolward.domains.alarms.queries.judging import judgement_of
from schoolward.domains.alarms.queries.losses import in_words, still_lost
from schoolward.domains.alarms.queries.plans import EMERGENCY_LEVEL, steps_of
from schoolward.platform.access.viewer import Viewer

CLOSING_FIELDS = (
    "disposition",
    "cause",
    "cause_role",
    "closed_at",
    "closed_by",
    "verified_before_dispatch",
)
THREAT_LEVEL = EMERGENCY_LEVEL
"""From this AVS-01 level on a threat to property or life is known."""
DENYING = frozenset({Disposition.FALSE, Disposition.UNFOUNDED, Disposition.TEST, Disposition.TECHNICAL})
"""Dispositions that say that there was no threat."""


class StillLost(AlarmRefused):
    """A case of lost systems is not closed while some are lost, as if all were well."""

    field = "confirmation"

    def __init__(self, systems: str) -> None:
        super().__init__(
            _(
                "Not heard from still: %(systems)s. Leave the case open until they are heard again, or say "
                "why it is closed all the same (“confirmation”), such as a known outage with its number. "
                "The desk goes on to list them, and what is lost anew opens a new case."
            )
            % {"systems": systems}
        )


@transaction.atomic
def close(
    *,
    case_id: int,
    disposition: str,
    cause: str,
    by: Viewer,
    at: datetime,
    cause_role: str = "",
    text: str = "",
    confirmation: str = "",
) -> Case:
    """Close a case. ``cause_role`` is the role of whoever set it off, never a name.

    Refused while somebody else holds it (``ClaimedByAnother``), while a required step is neither done nor
    said to be impossible (``StepsOpen``), and without disposition or cause. A case at a level that tells of a
    threat ends as none of those dispositions that deny one without a ``confirmation``: what speaks for it
    (``ConfirmationMissing``). What had verified it is then withdrawn, so that M7 does not count it. Nor does
    a case of lost systems end while some are lost without one: why it is closed all the same (``StillLost``).
    """
    case = locked(case_id, by=by)
    if by.account_id is None:
        raise PersonMissing
    if case.state == CaseState.CLOSED:
        raise CaseIsClosed(case.number)
    if case.state == CaseState.CLAIMED and case.claimed_by_id != by.account_id:
        raise ClaimedByAnother(str(case.claimed_by))
    if not disposition:
        raise DispositionMissing
    if disposition not in Disposition.values:
        raise ValueUnknown("disposition", disposition, Disposition.values)
    if not cause:
        raise CauseMissing
    if cause not in Cause.values:
        raise ValueUnknown("cause", cause, Cause.values)
    open_steps = [state.step.text for state in steps_of(case) if state.prevents_closing]
    if open_steps:
        raise StepsOpen(open_steps)
    level = judgement_of(case).level
    denies = level >= THREAT_LEVEL and disposition in DENYING
    if denies and not confirmation.strip():
        raise ConfirmationMissing(level)
    lost = still_lost(case)
    if lost and not confirmation.strip():
        raise StillLost(in_words(lost))
    confirmed: dict[str, Any] = {"confirmation": confirmation.strip()[:500]} if denies or lost else {}
    if lost:
        confirmed["still_lost"] = in_words(lost)
    case.first_answer_at = case.first_answer_at or at
    let_go(case)
    case.state = CaseState.CLOSED
    if denies:
        case.verified_before_dispatch = False
    case.disposition = disposition
    case.cause = cause
    case.cause_role = cause_role.strip()[:40]
    # A panel's clock is not ours, but the journal's is: only a slip of seconds between machines can be here.
    case.closed_at = max(at, case.opened_at)
    case.closed_by_id = by.account_id
    save(case, *CLOSING_FIELDS)
    append(
        case,
        EntryKind.CLOSED,
        by=by,
        at=at,
        text=text.strip(),
        disposition=str(disposition),
        cause=str(cause),
        cause_role=case.cause_role,
        **confirmed,
    )
    audit("alarms.case_closed", case, by=by, disposition=str(disposition), cause=str(cause))
    return case


@transaction.atomic
def reopen(*, case_id: int, reason: str, by: Viewer, at: datetime) -> Case:
    """Open a closed case again, and why. What it was closed with stays in its entries."""
    case = locked(case_id, by=by)
    if by.account_id is None:
        raise PersonMissing
    if case.state != CaseState.CLOSED:
        raise CaseIsOpen(case.number)
    if not reason.strip():
        raise ReasonMissing
    disposition, cause = case.disposition, case.cause
    let_go(case)
    case.disposition = case.cause = case.cause_role = ""
    case.closed_at = None
    case.closed_by = None
    sent = case.entries.filter(kind=EntryKind.DISPATCHED_POLICE).order_by("pk").last()
    case.verified_before_dispatch = sent is not None and sent.detail.get("level", 0) >= VERIFIED_LEVEL
    save(case, *CLOSING_FIELDS)
    append(
        case,
        EntryKind.REOPENED,
        by=by,
        at=at,
        text=reason.strip(),
        disposition=disposition,
        cause=cause,
    )
    audit("alarms.case_reopened", case, by=by, disposition=disposition, cause=cause)
    return case
