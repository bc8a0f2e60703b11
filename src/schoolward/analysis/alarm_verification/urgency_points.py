"""How urgent a case is, 0 to 100, with the reasons: the order of the operator's queue.

The score is of the case, never of a person: it asks what kind of signal came, what confirms it, whether the
site should be empty, how often this zone has been wrong, and how long the case has waited. Nothing in it
knows who is on the site or who caused earlier alarms.

The points are a house rule, set so that these hold and are tested: a signal about life comes before any
unverified burglary, whatever either has waited; a verified burglary is never discounted for its zone's
past; and each of level, waiting and emptiness only ever raises the score. Equal scores go by the time of
receipt.

What a case is worth splits in two: `standing_urgency`, which only what becomes known changes, and
`waiting_urgency`, which the clock alone changes and which is therefore reckoned whenever it is looked at.

Answer targets are those of EN 50518 (hold-up and fire: 80 % within 30 s; others: 90 s), from notes: check
against the purchased text.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from schoolward.analysis.alarm_verification.kinds import SignalKind
from schoolward.analysis.alarm_verification.levels import AlarmLevel
from schoolward.analysis.durations import duration_words
from schoolward.analysis.shares import percent


class Occupancy(StrEnum):
    """Whether people should be on the site, by its calendar."""

    OCCUPIED = "occupied"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class AnswerTarget:
    """Within how many seconds an operator should answer: most cases, and nearly all."""

    most_within_s: float
    nearly_all_within_s: float
    source: str


@dataclass(frozen=True)
class KindRule:
    """What one kind of signal is worth.

    `points` is its severity before anything is confirmed; `occupied` and `closed` are added when people
    should or should not be there; `discounted` tells whether the zone's past counts.
    """

    kind: SignalKind
    points: float
    occupied: float
    closed: float
    discounted: bool
    target: AnswerTarget
    words: str = ""
    """What the reason calls it; blank says it by the kind's name."""


_FAST: Final = AnswerTarget(30.0, 60.0, "EN 50518: hold-up and fire, 80 % in 30 s and 98.5 % in 60 s")
_OTHER: Final = AnswerTarget(90.0, 180.0, "EN 50518: others, 80 % in 90 s and 98.5 % in 180 s")

KIND_RULES: Final[dict[SignalKind, KindRule]] = {
    rule.kind: rule
    for rule in (
        KindRule(SignalKind.HOLD_UP, 75, 10, 0, False, _FAST),
        KindRule(SignalKind.DURESS, 75, 10, 0, False, _FAST),
        KindRule(SignalKind.FIRE, 75, 10, 0, False, _FAST),
        KindRule(SignalKind.PANIC, 72, 10, 0, False, _FAST),
        KindRule(SignalKind.MEDICAL, 70, 10, 0, False, _OTHER),
        KindRule(SignalKind.BURGLARY, 35, 0, 10, True, _OTHER),
        KindRule(SignalKind.TAMPER, 25, 0, 10, True, _OTHER),
        # What a receiver cannot place may be anything; it stands with tampering until somebody has looked.
        KindRule(SignalKind.RUNAWAY, 25, 0, 10, True, _OTHER, "far too many signals of one sender"),
        KindRule(SignalKind.UNKNOWN, 25, 0, 10, True, _OTHER, "an account or code that nobody knows"),
        KindRule(SignalKind.SECURITY, 25, 0, 10, True, _OTHER, "the receiver refused frames"),
        KindRule(SignalKind.RECEIVER, 25, 0, 10, True, _OTHER, "the receiver itself is in trouble"),
        KindRule(SignalKind.ENVIRONMENT, 25, 0, 5, True, _OTHER),
        KindRule(SignalKind.SUPERVISION, 20, 0, 5, False, _OTHER),
        KindRule(SignalKind.SCHEDULE, 15, 0, 5, False, _OTHER),
        KindRule(SignalKind.TROUBLE, 10, 0, 0, False, _OTHER),
        KindRule(SignalKind.TEST, 0, 0, 0, False, _OTHER),
    )
}
"""One row a kind."""

LEVEL_POINTS: Final[dict[AlarmLevel, float]] = {
    AlarmLevel.NO_CALL: 0,
    AlarmLevel.LITTLE_KNOWN: 0,
    AlarmLevel.PRESENCE: 55,
    AlarmLevel.THREAT_TO_PROPERTY: 65,
    AlarmLevel.THREAT_TO_LIFE: 75,
}
"""Severity by level; the greater of this and the kind's counts."""

MOST_POINTS: Final = 100.0

WAITING_POINTS: Final = 15.0
"""Reached when a case has waited until nearly all should have been answered."""

HISTORY_POINTS: Final = 15.0
"""Taken off, at most, for a zone that has always been wrong."""

CLEARED_POINTS: Final = 5.0
"""The most for a case at level 0: it waits for its closing only."""


@dataclass(frozen=True)
class Urgency:
    """A score from 0 to 100, and the reasons as points and words, greatest first."""

    score: float
    reasons: tuple[tuple[float, str], ...]


def answer_target(kind: SignalKind) -> AnswerTarget:
    """Return within how long a case of that kind should be answered."""
    return KIND_RULES[kind].target


def standing_urgency(
    kind: SignalKind,
    *,
    level: AlarmLevel = AlarmLevel.LITTLE_KNOWN,
    occupancy: Occupancy = Occupancy.UNKNOWN,
    zone_false_share: float | None = None,
) -> Urgency:
    """Score what does not change while a case waits.

    Args:
        kind: the gravest signal in it.
        level: from `alarm_score`.
        occupancy: whether people should have been on the site when it began.
        zone_false_share: 0 to 1, or None where it is not known. Give the low end of M4's interval for the
            zone, so that two false alarms of two take little off.
    """
    if zone_false_share is not None and not 0 <= zone_false_share <= 1:
        raise ValueError(f"A false share of {zone_false_share} is not between 0 and 1.")
    rule = KIND_RULES[kind]
    reasons = [_severity(rule, level)]
    if occupancy is Occupancy.OCCUPIED:
        reasons.append((rule.occupied, "people should be on the site"))
    elif occupancy is Occupancy.CLOSED:
        reasons.append((rule.closed, "the site should be empty"))
    if rule.discounted and level <= AlarmLevel.LITTLE_KNOWN and zone_false_share is not None:
        words = f"alarms of this zone were false in {percent(zone_false_share)} of cases or more"
        reasons.append((-HISTORY_POINTS * zone_false_share, words))
    found = _summed(reasons)
    if level is AlarmLevel.NO_CALL and found.score > CLEARED_POINTS:
        return Urgency(CLEARED_POINTS, ((CLEARED_POINTS, "cleared: it waits for its closing only"),))
    return found


def waiting_urgency(
    kind: SignalKind, *, level: AlarmLevel = AlarmLevel.LITTLE_KNOWN, age_s: float, answered: bool
) -> tuple[float, str]:
    """Return the points, and why, for having waited `age_s` seconds since the first signal was received.

    None once an operator has claimed it (`answered`) or it is cleared, so that it waits for its closing only.
    """
    if not age_s >= 0:
        raise ValueError(f"A case is {age_s} s old: it was received in the future.")
    if answered or level is AlarmLevel.NO_CALL:
        return 0.0, ""
    target = KIND_RULES[kind].target
    points = WAITING_POINTS * min(1.0, age_s / target.nearly_all_within_s)
    words, most = duration_words(age_s), duration_words(target.most_within_s)
    if age_s > target.most_within_s:
        return round(points, 1), f"unanswered for {words}, beyond the target of {most}"
    return round(points, 1), f"unanswered for {words} of {most}"


def urgency(
    kind: SignalKind,
    *,
    level: AlarmLevel = AlarmLevel.LITTLE_KNOWN,
    occupancy: Occupancy = Occupancy.UNKNOWN,
    zone_false_share: float | None = None,
    age_s: float = 0.0,
    answered: bool = False,
) -> Urgency:
    """Score a case at one moment: `standing_urgency` with `waiting_urgency`."""
    still = standing_urgency(kind, level=level, occupancy=occupancy, zone_false_share=zone_false_share)
    waiting = waiting_urgency(kind, level=level, age_s=age_s, answered=answered)
    return _summed([*still.reasons, waiting])


def _summed(reasons: list[tuple[float, str]]) -> Urgency:
    counted = [(round(points, 1), words) for points, words in reasons if round(points, 1) != 0]
    score = round(min(MOST_POINTS, max(0.0, sum(points for points, _ in counted))), 1)
    return Urgency(score, tuple(sorted(counted, key=lambda reason: -abs(reason[0]))))


def _severity(rule: KindRule, level: AlarmLevel) -> tuple[float, str]:
    if LEVEL_POINTS[level] > rule.points:
        return LEVEL_POINTS[level], f"alarm level {int(level)}"
    return rule.points, rule.words or f"{rule.kind.replace('_', '-')} signal"
