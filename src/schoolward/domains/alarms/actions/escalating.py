"""Escalation: a case that waits past its target, or a call that is over and nothing followed, says so.

The case builder runs it every second under its lease. It writes once a level, so that running it twice, or
late, changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from schoolward.analysis.durations import duration_words
from schoolward.domains.alarms.actions.escalation_mail import Turn, tell
from schoolward.domains.alarms.actions.judging import judge_again
from schoolward.domains.alarms.actions.recording import lock_entries
from schoolward.domains.alarms.models import (
    CallContact,
    CallOutcome,
    Case,
    CaseEntry,
    CaseKind,
    CaseState,
    EntryKind,
    SignalKind,
)
from schoolward.domains.alarms.moments import moment_for
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

AT_ONCE = frozenset({SignalKind.HOLD_UP, SignalKind.PANIC, SignalKind.FIRE, SignalKind.MEDICAL})
#: Seconds after which a waiting case is escalated for the first, second, third time. The first two are the
#: targets of EN 50518 (notes, to be checked against the purchased text): hold-up and fire 30 s, 60 s for
#: 98.5 %; others 90 s and 180 s.
LIFE_SECONDS = (30, 60, 300)
ALARM_SECONDS = (90, 180, 900)
FAULT_SECONDS = (900, 3600, 14_400)
UNLISTED_SECONDS = 60
"""How long to wait for a number that is on no list."""
_NOT_REACHED = frozenset({CallOutcome.NO_ANSWER, CallOutcome.VOICEMAIL, CallOutcome.BUSY})


def levels_of(case: Case) -> tuple[int, int, int]:
    """After how many seconds without an answer the case is escalated to level 1, 2 and 3."""
    if case.signal_kind in AT_ONCE:
        return LIFE_SECONDS
    return ALARM_SECONDS if case.kind == CaseKind.ALARM else FAULT_SECONDS


def level_at(case: Case, at: datetime) -> int:
    """The level that a case without an answer has reached at the moment: 0 to 3."""
    waited = (moment_for(case, at) - case.opened_at).total_seconds()
    return sum(waited >= seconds for seconds in levels_of(case))


@dataclass(frozen=True, slots=True)
class _Due:
    case: Case
    text: str
    detail: dict[str, object]
    turn: Turn


@transaction.atomic
def escalate(*, by: Viewer, at: datetime) -> int:
    """Escalate what is due, and return how many entries that were. Nothing due writes nothing."""
    due = [*_unanswered(at), *_calls_over(at)]
    if not due:
        return 0
    lock_entries()
    CaseEntry.objects.bulk_create(
        CaseEntry(
            case=one.case,
            kind=EntryKind.ESCALATED,
            at=moment_for(one.case, at),
            by_name=by.account_name[:200],
            text=one.text[:500],
            detail=one.detail,
        )
        for one in due
    )
    for case in {one.case.pk: one.case for one in due}.values():
        judge_again(case)
        case.save(update_fields=["escalated_level", "urgency", "reasons", "verification_level"])
    record(
        "alarms.escalated",
        by=by,
        at=by.at,
        subject=f"alarms.Case:{due[0].case.pk}",
        detail={"entries": len(due), "cases": [one.case.number for one in due[:50]]},
    )
    tell([one.turn for one in due], by=by, at=at)
    return len(due)


def _unanswered(at: datetime) -> list[_Due]:
    earliest = at - timedelta(seconds=min(*LIFE_SECONDS, *ALARM_SECONDS, *FAULT_SECONDS))
    candidates = Case.objects.filter(
        state=CaseState.WAITING, first_answer_at__isnull=True, opened_at__lte=earliest, escalated_level__lt=3
    )
    pks = [case.pk for case in candidates if level_at(case, at) > case.escalated_level]
    found = []
    # Locked and looked at again: somebody may have answered meanwhile.
    for case in candidates.filter(pk__in=pks).select_for_update(of=("self",)).order_by("pk"):
        level = level_at(case, at)
        if level <= case.escalated_level:
            continue
        case.escalated_level = level
        seconds = levels_of(case)[level - 1]
        text = _("Not answered within %(time)s.") % {"time": duration_words(seconds)}
        found.append(_Due(case, text, {"level": level, "seconds": seconds}, Turn(case, level)))
    return found


def _calls_over(at: datetime) -> list[_Due]:
    """Claimed cases whose last entry is a call that reached nobody and whose time to wait is over."""
    last = _last_calls(Case.objects.filter(state=CaseState.CLAIMED))
    contacts = CallContact.objects.in_bulk({call.detail.get("contact") or 0 for call in last.values()})
    waits: dict[int, int] = {}
    for case_id, call in last.items():
        contact = contacts.get(call.detail.get("contact") or 0)
        waits[case_id] = UNLISTED_SECONDS if contact is None else contact.wait_seconds
    over = {
        case_id: call
        for case_id, call in last.items()
        if moment_for(call.case, at) >= call.at + timedelta(seconds=waits[case_id])
    }
    if not over:
        return []
    # Locked and looked at again: somebody may have gone on meanwhile.
    locked = Case.objects.select_for_update(of=("self",)).filter(pk__in=over, state=CaseState.CLAIMED)
    cases = list(locked.order_by("pk"))
    still = _last_calls(Case.objects.filter(pk__in=[case.pk for case in cases]))
    found = []
    for case in cases:
        call = over[case.pk]
        if case.pk not in still or still[case.pk].pk != call.pk:
            continue
        following = _following(case)
        seconds = {"seconds": waits[case.pk]}
        waited = {"time": duration_words(waits[case.pk])}
        text = (
            _("No answer within %(time)s: call %(next)s.") % {**waited, "next": following.title}
            if following is not None
            else _("No answer within %(time)s, and nobody is left on the call list.") % waited
        )
        following_id = None if following is None else following.pk
        detail: dict[str, object] = {"call": call.pk, **seconds, "next": following_id}
        found.append(_Due(case, text, detail, Turn(case, contact=following)))
    return found


def _last_calls(cases: QuerySet[Case]) -> dict[int, CaseEntry]:
    """By case: its last entry, where that is a call that reached nobody."""
    last = cases.annotate(last=Max("entries__pk")).filter(last__isnull=False).order_by()
    entries = CaseEntry.objects.select_related("case").filter(
        pk__in=list(last.values_list("last", flat=True)), kind=EntryKind.CALL
    )
    return {entry.case_id: entry for entry in entries if entry.detail.get("outcome") in _NOT_REACHED}


def _following(case: Case) -> CallContact | None:
    """The first on the site's call list who was not called yet."""
    calls = case.entries.filter(kind=EntryKind.CALL).values_list("detail", flat=True)
    called = {detail.get("contact") for detail in calls}
    listed = CallContact.objects.filter(campus=case.campus_id or 0).order_by("order")
    return next((one for one in listed if one.pk not in called), None)
