"""Two calls to two different numbers before the police are asked to come.

The rule is that of TMA CS-V-01-2020, "Alarm Confirmation, Verification and Notification Procedures", also
called enhanced call verification; Sacramento County makes it a duty (ordinance SCC 1703, 2022), and counts
a school district that monitors its own alarms as an alarm company. It is told here from notes: check the
exempt kinds against the purchased text and the ordinance of the site's own jurisdiction.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from schoolward.analysis.alarm_verification.kinds import SignalKind
from schoolward.analysis.alarm_verification.levels import Evidence, EvidenceKind

CALLS_NEEDED: Final = 2


class CallOutcome(StrEnum):
    """How an attempt to call ended. An attempt counts, whether answered or not."""

    NOT_ANSWERED = "not_answered"
    BUSY = "busy"
    VOICEMAIL = "voicemail"
    ANSWERED_WITH_PASSCODE = "answered_with_passcode"
    ANSWERED_WITHOUT_PASSCODE = "answered_without_passcode"


@dataclass(frozen=True)
class Call:
    """One attempt to reach the site or a key holder, at an aware moment.

    `number` is a telephone number in any spelling, or the name of an audio link to the site (a formal
    interpretation of the earlier edition lets the link's exchange be the first call).
    """

    number: str
    at: datetime
    outcome: CallOutcome

    def __post_init__(self) -> None:
        if not self.number.strip():
            raise ValueError("A call without a number proves nothing: give the number that was called.")
        if self.at.utcoffset() is None:
            raise ValueError(f"The call to {self.number} at {self.at.isoformat()} has no time zone.")


@dataclass(frozen=True)
class Exemption:
    """No call is asked for where this is so."""

    kinds: frozenset[SignalKind]
    evidence: frozenset[EvidenceKind]
    words: str
    source: str


_NOTES: Final = "CS-V-01 from notes; check against the text"

EXEMPTIONS: Final[tuple[Exemption, ...]] = (
    Exemption(
        frozenset({SignalKind.HOLD_UP, SignalKind.PANIC, SignalKind.DURESS}),
        frozenset(),
        "a hold-up, panic or duress signal: a call could endanger whoever pressed",
        _NOTES,
    ),
    Exemption(
        frozenset({SignalKind.FIRE, SignalKind.MEDICAL}),
        frozenset(),
        "a fire or medical signal: the two calls are for police alarms",
        _NOTES,
    ),
    Exemption(
        frozenset(),
        frozenset({EvidenceKind.HOLD_UP_BUTTON, EvidenceKind.PANIC_BUTTON, EvidenceKind.DURESS_CODE}),
        "a button or duress code within the case",
        _NOTES,
    ),
    Exemption(
        frozenset(),
        frozenset(
            {
                EvidenceKind.VIDEO_SHOWS_PERSON,
                EvidenceKind.AUDIO_HEARS_PERSON,
                EvidenceKind.WITNESS_REPORTS_PERSON,
                EvidenceKind.FORCED_ENTRY_SEEN,
                EvidenceKind.FORCED_ENTRY_HEARD,
                EvidenceKind.THREAT_TO_PROPERTY,
                EvidenceKind.THREAT_TO_LIFE,
                EvidenceKind.WEAPON_SEEN,
            }
        ),
        "confirmed by video, audio or a witness",
        _NOTES,
    ),
)
"""Any row that fits exempts the case."""


@dataclass(frozen=True)
class CallFinding:
    """Whether the calls before a dispatch suffice.

    `satisfied` holds where the case is exempt or two different numbers were called. `cleared` tells that a
    call was answered with the passcode: the rule is then no reason to dispatch. `still_needed` counts the
    numbers yet to be called, `distinct_numbers` those called.
    """

    satisfied: bool
    exempt: bool
    cleared: bool
    distinct_numbers: int
    still_needed: int
    reasons: tuple[str, ...]


def two_call_rule(
    kind: SignalKind,
    calls: Iterable[Call],
    evidence: Iterable[Evidence] = (),
    *,
    dispatched_at: datetime | None = None,
) -> CallFinding:
    """Judge the calls of a case before it is dispatched, or, with `dispatched_at`, after.

    Calls and evidence later than the dispatch do not count; nor does a second call to the same number.
    """
    counted = [call for call in calls if dispatched_at is None or call.at <= dispatched_at]
    known = {item.kind for item in evidence if dispatched_at is None or item.at <= dispatched_at}
    reasons = [row.words for row in EXEMPTIONS if kind in row.kinds or known & row.evidence]
    exempt = bool(reasons)
    numbers = {same_number(call.number) for call in counted}
    cleared = any(call.outcome is CallOutcome.ANSWERED_WITH_PASSCODE for call in counted)
    missing = 0 if exempt else max(0, CALLS_NEEDED - len(numbers))
    reasons += _told(counted, len(numbers))
    if cleared:
        reasons.append("answered with the passcode: nothing to dispatch for")
    if missing:
        reasons.append(f"call {'a different number' if numbers else 'two different numbers'} before dispatch")
    return CallFinding(missing == 0, exempt, cleared, len(numbers), missing, tuple(reasons))


def same_number(number: str) -> str:
    """Return one spelling of a telephone number, or of an audio link's name.

    >>> same_number("+1 (916) 555-0100") == same_number("916.555.0100")
    True
    """
    text = number.strip().casefold()
    digits = re.sub(r"\D", "", re.split(r"\s*(?:x|ext\.?|#)\s*\d+$", text)[0])
    if len(digits) < 7:
        return text
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits


def _told(calls: Sequence[Call], numbers: int) -> list[str]:
    if not calls:
        return []
    attempts = f"{len(calls)} call{'' if len(calls) == 1 else 's'}"
    return [f"{attempts} to {numbers} number{'' if numbers == 1 else 's'}"]
