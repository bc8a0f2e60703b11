"""The alarm level of a case, 0 to 4, recomputed from its evidence.

The levels are those of ANSI/TMA AVS-01 (2023, revision 2 of 2024): 0 no call for service, 1 a call with
little or no further information, 2 human presence confirmed or highly probable with intent unknown, 3 a
confirmed threat to property, 4 a confirmed threat to life. The five levels are public. Which evidence makes
which level is told here from public accounts and notes, not from the standard's text: check the rows
against the purchased text before a certificate rests on them.

AVS-01 scores intrusion alarms, and its level 4 speaks of events that no user started (M. McCall, SDM, July
2023). A button pressed or a duress code typed is therefore level 4 on our own desk by a house rule, and
`AlarmScore.reportable` holds what may be told to the agency as an AVS-01 level.

Evidence has a time. What clears a case (a cancellation with the passcode, an authorised person seen) clears
what was observed up to then, and only up to the level that the row names: a passcode explains a person on
the site, not a weapon. What comes later counts again. So the level does not depend on the order in which
evidence was written down; more evidence of a threat never lowers it, and more that clears never raises it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Final


class AlarmLevel(IntEnum):
    """AVS-01's levels."""

    NO_CALL = 0
    LITTLE_KNOWN = 1
    PRESENCE = 2
    THREAT_TO_PROPERTY = 3
    THREAT_TO_LIFE = 4


class EvidenceKind(StrEnum):
    """What may be known about a case. See `LEVEL_RULES` and `CLEARING_RULES` for what each does."""

    ACTIVATION = "activation"
    CALL_NOT_ANSWERED = "call_not_answered"
    VIDEO_SHOWS_NOBODY = "video_shows_nobody"
    CALL_ANSWERED_WITHOUT_PASSCODE = "call_answered_without_passcode"
    ZONES_IN_SEQUENCE = "zones_in_sequence"
    VIDEO_SHOWS_PERSON = "video_shows_person"
    AUDIO_HEARS_PERSON = "audio_hears_person"
    WITNESS_REPORTS_PERSON = "witness_reports_person"
    FORCED_ENTRY_SEEN = "forced_entry_seen"
    FORCED_ENTRY_HEARD = "forced_entry_heard"
    THREAT_TO_PROPERTY = "threat_to_property"
    THREAT_TO_LIFE = "threat_to_life"
    WEAPON_SEEN = "weapon_seen"
    HOLD_UP_BUTTON = "hold_up_button"
    PANIC_BUTTON = "panic_button"
    DURESS_CODE = "duress_code"
    CANCELLED_WITH_PASSCODE = "cancelled_with_passcode"
    CALL_ANSWERED_WITH_PASSCODE = "call_answered_with_passcode"
    AUTHORISED_PERSON_SEEN = "authorised_person_seen"
    SYSTEM_ON_TEST = "system_on_test"
    GUARD_FOUND_NOTHING = "guard_found_nothing"
    OFFICERS_FOUND_NOTHING = "officers_found_nothing"


@dataclass(frozen=True)
class Evidence:
    """One thing known about a case, at an aware moment. `detail` is for the reader: a zone, a camera."""

    kind: EvidenceKind
    at: datetime
    detail: str = ""

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise ValueError(f"{self.kind} at {self.at.isoformat()} has no time zone.")


@dataclass(frozen=True)
class LevelRule:
    """Evidence of this kind makes the case at least this level; level 0 says that it adds nothing."""

    kind: EvidenceKind
    level: AlarmLevel
    words: str
    source: str
    house_rule: bool = False


@dataclass(frozen=True)
class ClearingRule:
    """Evidence of this kind clears what was observed up to then and makes no more than this level."""

    kind: EvidenceKind
    clears_up_to: AlarmLevel
    words: str
    source: str


_LEVELS: Final = "AVS-01, definition of the level (public)"
_NOTES: Final = "AVS-01 as told in public accounts; check against the text"
_HOUSE: Final = "house rule: AVS-01 does not score what a user starts"

LEVEL_RULES: Final[tuple[LevelRule, ...]] = (
    LevelRule(EvidenceKind.ACTIVATION, AlarmLevel.LITTLE_KNOWN, "a detector activated", _LEVELS),
    LevelRule(EvidenceKind.CALL_NOT_ANSWERED, AlarmLevel.NO_CALL, "a call was not answered", _NOTES),
    LevelRule(
        EvidenceKind.VIDEO_SHOWS_NOBODY,
        AlarmLevel.NO_CALL,
        "video shows nobody, which does not prove that nobody is there",
        _NOTES,
    ),
    LevelRule(
        EvidenceKind.CALL_ANSWERED_WITHOUT_PASSCODE,
        AlarmLevel.PRESENCE,
        "someone at the site answered without the passcode",
        _NOTES,
    ),
    LevelRule(
        EvidenceKind.ZONES_IN_SEQUENCE,
        AlarmLevel.PRESENCE,
        "several zones tripped in sequence, as by someone who walks",
        _NOTES,
    ),
    LevelRule(EvidenceKind.VIDEO_SHOWS_PERSON, AlarmLevel.PRESENCE, "video shows a person", _LEVELS),
    LevelRule(EvidenceKind.AUDIO_HEARS_PERSON, AlarmLevel.PRESENCE, "a person is heard", _LEVELS),
    LevelRule(EvidenceKind.WITNESS_REPORTS_PERSON, AlarmLevel.PRESENCE, "a witness reports a person", _NOTES),
    LevelRule(EvidenceKind.FORCED_ENTRY_SEEN, AlarmLevel.THREAT_TO_PROPERTY, "forced entry is seen", _LEVELS),
    LevelRule(
        EvidenceKind.FORCED_ENTRY_HEARD, AlarmLevel.THREAT_TO_PROPERTY, "forced entry is heard", _NOTES
    ),
    LevelRule(
        EvidenceKind.THREAT_TO_PROPERTY,
        AlarmLevel.THREAT_TO_PROPERTY,
        "theft or damage is confirmed",
        _LEVELS,
    ),
    LevelRule(
        EvidenceKind.THREAT_TO_LIFE, AlarmLevel.THREAT_TO_LIFE, "a threat to life is confirmed", _LEVELS
    ),
    LevelRule(EvidenceKind.WEAPON_SEEN, AlarmLevel.THREAT_TO_LIFE, "a weapon is seen", _NOTES),
    LevelRule(
        EvidenceKind.HOLD_UP_BUTTON, AlarmLevel.THREAT_TO_LIFE, "a hold-up button was pressed", _HOUSE, True
    ),
    LevelRule(
        EvidenceKind.PANIC_BUTTON, AlarmLevel.THREAT_TO_LIFE, "a panic button was pressed", _HOUSE, True
    ),
    LevelRule(EvidenceKind.DURESS_CODE, AlarmLevel.THREAT_TO_LIFE, "a duress code was used", _HOUSE, True),
)
"""What raises the level."""

CLEARING_RULES: Final[tuple[ClearingRule, ...]] = (
    ClearingRule(
        EvidenceKind.CANCELLED_WITH_PASSCODE,
        AlarmLevel.PRESENCE,
        "cancelled with the passcode",
        "AVS-01 level 0: event cancelled or cleared (M. McCall, SDM, July 2023)",
    ),
    ClearingRule(
        EvidenceKind.CALL_ANSWERED_WITH_PASSCODE,
        AlarmLevel.PRESENCE,
        "a call was answered with the passcode",
        "CS-V-01: a passcode identifies who may cancel; from notes",
    ),
    ClearingRule(
        EvidenceKind.AUTHORISED_PERSON_SEEN, AlarmLevel.PRESENCE, "an authorised person is seen", _NOTES
    ),
    ClearingRule(EvidenceKind.SYSTEM_ON_TEST, AlarmLevel.PRESENCE, "the system is on test", _NOTES),
    ClearingRule(
        EvidenceKind.GUARD_FOUND_NOTHING, AlarmLevel.PRESENCE, "a guard searched and found nothing", _NOTES
    ),
    ClearingRule(
        EvidenceKind.OFFICERS_FOUND_NOTHING,
        AlarmLevel.THREAT_TO_LIFE,
        "officers searched and found nothing",
        "house rule: nobody else may clear a threat",
    ),
)
"""What lowers it to 0, and from how high."""

_LEVEL_RULE: Final = {rule.kind: rule for rule in LEVEL_RULES}
_CLEARING_RULE: Final = {rule.kind: rule for rule in CLEARING_RULES}


@dataclass(frozen=True)
class AlarmScore:
    """The level for the desk, the level that may be reported, and the reasons in order of time.

    `reportable` is the level as AVS-01 has it, without house rules; None where nothing but a button or a
    duress code speaks: report that as what it is, with no level.
    """

    level: AlarmLevel
    reportable: AlarmLevel | None
    reasons: tuple[str, ...]


def alarm_score(evidence: Iterable[Evidence]) -> AlarmScore:
    """Return the level of a case.

    A case about which nothing is known is level 1: an alarm came, and that is all. It is level 0 only where
    something cleared it and nothing that counts came later: give every activation as evidence, or a second
    burglary after a cancellation stays unseen.
    """
    ordered = sorted(
        set(evidence), key=lambda item: (item.at, item.kind in _CLEARING_RULE, item.kind, item.detail)
    )
    clearing = [item for item in ordered if item.kind in _CLEARING_RULE]
    standing = [
        _LEVEL_RULE[item.kind]
        for item in ordered
        if item.kind in _LEVEL_RULE and _cleared_by(item, clearing) is None
    ]
    floor = AlarmLevel.NO_CALL if clearing else AlarmLevel.LITTLE_KNOWN
    telling = [rule for rule in standing if rule.level > AlarmLevel.NO_CALL]
    scored = [rule for rule in telling if not rule.house_rule]
    level = max([floor, *(rule.level for rule in telling)])
    reportable = None if telling and not scored else max([floor, *(rule.level for rule in scored)])
    reasons = tuple(_reason(item, clearing) for item in ordered)
    return AlarmScore(level, reportable, reasons or ("nothing is known but the alarm itself: level 1",))


def _cleared_by(item: Evidence, clearing: Sequence[Evidence]) -> ClearingRule | None:
    """Return the first rule that clears an item, by evidence of its own moment or later."""
    for other in clearing:
        rule = _CLEARING_RULE[other.kind]
        if other.at >= item.at and rule.clears_up_to >= _LEVEL_RULE[item.kind].level:
            return rule
    return None


def _reason(item: Evidence, clearing: Sequence[Evidence]) -> str:
    detail = f" ({item.detail})" if item.detail else ""
    if item.kind in _CLEARING_RULE:
        clears = _CLEARING_RULE[item.kind]
        return f"{clears.words}{detail}: clears what came before, up to level {clears.clears_up_to}"
    rule = _LEVEL_RULE[item.kind]
    by = _cleared_by(item, clearing)
    if rule.level is AlarmLevel.NO_CALL:
        return f"{rule.words}{detail}: adds nothing"
    if by is not None:
        return f"{rule.words}{detail}: explained, {by.words}"
    return f"{rule.words}{detail}: level {rule.level}{' by a house rule' if rule.house_rule else ''}"
