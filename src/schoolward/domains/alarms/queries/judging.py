"""What is known about a case and how urgent it is, by the rules of `analysis.alarm_verification`.

The evidence is what its signals left in ``shape`` (`builder.grouping`) and what operators wrote into its
entries; nothing else, so that level and urgency can be computed again at any time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.utils import timezone

from schoolward.analysis import alarm_verification as rules
from schoolward.analysis.telephone import can_be_dialled
from schoolward.domains.alarms.models import (
    CallOutcome,
    Case,
    CaseEntry,
    CaseKind,
    EntryKind,
    EvidenceKind,
    SignalKind,
)
from schoolward.domains.alarms.queries.cases import zone_history
from schoolward.domains.places.queries import school_hours_table
from schoolward.domains.places.school_hours import SchoolHours

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS: Final = {
    SignalKind.HOLD_UP: rules.SignalKind.HOLD_UP,
    SignalKind.PANIC: rules.SignalKind.PANIC,
    SignalKind.FIRE: rules.SignalKind.FIRE,
    SignalKind.MEDICAL: rules.SignalKind.MEDICAL,
    SignalKind.BURGLARY: rules.SignalKind.BURGLARY,
    SignalKind.VIDEO: rules.SignalKind.BURGLARY,
    SignalKind.TAMPER: rules.SignalKind.TAMPER,
    SignalKind.GAS: rules.SignalKind.ENVIRONMENT,
}
_BY_CASE: Final = {
    CaseKind.SUPERVISION: rules.SignalKind.SUPERVISION,
    CaseKind.SCHEDULE: rules.SignalKind.SCHEDULE,
    CaseKind.RUNAWAY: rules.SignalKind.RUNAWAY,
    CaseKind.UNKNOWN: rules.SignalKind.UNKNOWN,
    CaseKind.SECURITY: rules.SignalKind.SECURITY,
    CaseKind.RECEIVER: rules.SignalKind.RECEIVER,
}
_OF_CALLS: Final = {
    CallOutcome.WITH_PASSCODE: rules.CallOutcome.ANSWERED_WITH_PASSCODE,
    CallOutcome.WITHOUT_PASSCODE: rules.CallOutcome.ANSWERED_WITHOUT_PASSCODE,
    CallOutcome.WRONG_PASSCODE: rules.CallOutcome.ANSWERED_WITHOUT_PASSCODE,
    CallOutcome.ASKS_FOR_HELP: rules.CallOutcome.ANSWERED_WITHOUT_PASSCODE,
    CallOutcome.BUSY: rules.CallOutcome.BUSY,
    CallOutcome.VOICEMAIL: rules.CallOutcome.VOICEMAIL,
    CallOutcome.NO_ANSWER: rules.CallOutcome.NOT_ANSWERED,
    # CallOutcome.WRONG_NUMBER is no attempt to reach anybody of the site.
}
_ABOUT_LIFE: Final = frozenset(
    {
        rules.SignalKind.HOLD_UP,
        rules.SignalKind.PANIC,
        rules.SignalKind.FIRE,
        rules.SignalKind.MEDICAL,
    }
)
CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Judgement:
    """Level 0 to 4 and why; urgency 0 to 100 and why; whether the calls before a dispatch suffice.

    The urgency is without what the case has waited, which the clock alone changes (`queries.queue`).
    """

    level: int
    reportable_level: int | None
    level_reasons: tuple[str, ...]
    urgency: int
    reasons: tuple[str, ...]
    calls_suffice: bool
    calls_needed: int
    call_reasons: tuple[str, ...]


def kind_of(case: Case) -> rules.SignalKind:
    """The kind of signal as the rules name it."""
    by_signal = _KINDS.get(SignalKind(case.signal_kind))
    by_case = _BY_CASE.get(CaseKind(case.kind))
    if by_case is None:
        return by_signal or rules.SignalKind.TROUBLE
    # An unknown account that reports a hold-up is as urgent as a known one.
    return by_signal if by_signal in _ABOUT_LIFE else by_case


def judge(
    case: Case,
    entries: Iterable[CaseEntry],
    *,
    occupancy: rules.Occupancy,
    false_share: float | None = None,
) -> Judgement:
    """Judge a case. ``entries`` are those of calls and evidence; ``false_share`` is that of its zone
    (:func:`share_of`).
    """
    told = list(entries)
    evidence = evidence_of(case, told)
    score = rules.alarm_score(evidence)
    kind = kind_of(case)
    calls = rules.two_call_rule(kind, calls_of(told), evidence)
    urgent = rules.standing_urgency(
        kind, level=score.level, occupancy=occupancy, zone_false_share=false_share
    )
    return Judgement(
        level=int(score.level),
        reportable_level=None if score.reportable is None else int(score.reportable),
        level_reasons=score.reasons,
        urgency=round(urgent.score),
        reasons=tuple(reason_words(points, words) for points, words in urgent.reasons),
        calls_suffice=calls.satisfied,
        calls_needed=calls.still_needed,
        call_reasons=calls.reasons,
    )


def reason_words(points: float, words: str) -> str:
    """A reason as it is shown."""
    return f"{words} ({points:+g})"


def evidence_of(case: Case, entries: Iterable[CaseEntry]) -> list[rules.Evidence]:
    """All that is known about the case, each with its time."""
    found = [
        rules.Evidence(rules.EvidenceKind(kind), _EPOCH + timedelta(microseconds=microseconds))
        for kind, microseconds in case.shape.get("seen", {}).items()
    ]
    for entry in entries:
        if entry.kind == EntryKind.EVIDENCE:
            kind = entry.detail.get("evidence", "")
            if kind != EvidenceKind.KEYHOLDER_ON_SITE:
                found.append(rules.Evidence(rules.EvidenceKind(kind), entry.at, entry.text))
        elif entry.kind == EntryKind.CALL:
            found += _evidence_of_call(entry)
    return found


def _evidence_of_call(entry: CaseEntry) -> list[rules.Evidence]:
    outcome = entry.detail.get("outcome", "")
    detail = str(entry.detail.get("title", ""))
    if outcome == CallOutcome.WITH_PASSCODE:
        kind = rules.EvidenceKind.CALL_ANSWERED_WITH_PASSCODE
    elif outcome == CallOutcome.ASKS_FOR_HELP:
        kind = rules.EvidenceKind.THREAT_TO_LIFE
    elif outcome in (CallOutcome.WITHOUT_PASSCODE, CallOutcome.WRONG_PASSCODE):
        if not entry.detail.get("at_site"):
            return []  # a key holder at home who has forgotten the word says nothing about the site
        kind = rules.EvidenceKind.CALL_ANSWERED_WITHOUT_PASSCODE
    elif outcome in (CallOutcome.NO_ANSWER, CallOutcome.BUSY, CallOutcome.VOICEMAIL):
        kind = rules.EvidenceKind.CALL_NOT_ANSWERED
    else:
        return []
    return [rules.Evidence(kind, entry.at, detail)]


def calls_of(entries: Iterable[CaseEntry]) -> list[rules.Call]:
    """The calls as the two-call rule counts them: no wrong number, and nothing that cannot be dialled."""
    return [
        rules.Call(str(entry.detail["number"]), entry.at, _OF_CALLS[entry.detail["outcome"]])
        for entry in entries
        if entry.kind == EntryKind.CALL
        and entry.detail.get("outcome") in _OF_CALLS
        and can_be_dialled(str(entry.detail["number"]))
    ]


def share_of(history: tuple[int, int] | None) -> float | None:
    """How often a zone was wrong at least: the low end of the interval, so that two of two say little."""
    from schoolward.analysis.false_alarms.intervals import wilson

    if history is None or history[0] == 0:
        return None
    closed, false = history
    return float(wilson(false, closed, CONFIDENCE)[0])


def occupancy_at(hours: SchoolHours, campus_id: int | None, at: datetime) -> rules.Occupancy:
    """Whether people should be on the campus, by its bell times and calendar."""
    if campus_id is None:
        return rules.Occupancy.UNKNOWN
    local = timezone.localtime(at)
    school = hours.on(campus_id, local.date())
    if school is not None and school[0] <= local.time() < school[1]:
        return rules.Occupancy.OCCUPIED
    return rules.Occupancy.CLOSED


def judgement_of(case: Case, *, entries: Iterable[CaseEntry] | None = None) -> Judgement:
    """Judge one case, reading what is needed."""
    told = (
        case.entries.filter(kind__in=(EntryKind.CALL, EntryKind.EVIDENCE)).order_by("pk")
        if entries is None
        else entries
    )
    history = zone_history([case.zone_id]).get(case.zone_id) if case.zone_id is not None else None
    occupancy = occupancy_at(school_hours_table(), case.campus_id, case.opened_at)
    return judge(case, told, occupancy=occupancy, false_share=share_of(history))
