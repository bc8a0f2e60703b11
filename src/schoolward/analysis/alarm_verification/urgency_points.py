"""How urgent a case is, 0 to 100, with the reasons: the order of the operator's queue.

The score is of the case, never of a person: it asks what kind of signal came, what confirms it, whether the
site should be empty, how often this zone has been wrong, and how long the case has waited. Nothing in it
knows who is on the site or who caused earlier alarms.

The points are a house rule, set so that these hold and are tested: a signal about life comes before any
unverified burglary, whatever either has waited; a verified burglary is never discounted for its zone's
past; and each of level, waiting and emptiness only ever raises the score. Equal scores go by the time of
receipt.

Answer targets are those of EN 50518 (hold-up and fire: 80 % within 30 s; others: 90 s), from notes: check
against the purchased text.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from schoolward.analysis.alarm_verification.kinds import SignalKind
from schoolward.analysis.alarm_verification.levels import AlarmLevel


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


def urgency(
    kind: SignalKind,
    *,
    level: AlarmLevel = AlarmLevel.LITTLE_KNOWN,
    occupancy: Occupancy = Occupancy.UNKNOWN,
    zone_false_share: float | None = None,
    age_s: float = 0.0,
    answered: bool = False,
) -> Urgency:
    """Score a case.

    Args:
        kind: the gravest signal in it.
        level: from `alarm_score`.
        occupancy: whether people should be on the site now.
        zone_false_share: 0 to 1, or None where it is not known. Give the low end of M4's interval for the
            zone, so that two false alarms of two take little off.
        age_s: seconds since the first signal was received.
        answered: an operator has claimed it, so that waiting no longer counts.
    """
    if zone_false_share is not None and not 0 <= zone_false_share <= 1:
        raise ValueError(f"A false share of {zone_false_share} is not between 0 and 1.")
    if not age_s >= 0:
        raise ValueError(f"A case is {age_s} s old: it was received in the future.")
    rule = KIND_RULES[kind]
    reasons = [_severity(rule, level)]
    if occupancy is Occupancy.OCCUPIED:
        reasons.append((rule.occupied, "people should be on the site"))
    elif occupancy is Occupancy.CLOSED:
        reasons.append((rule.closed, "the site should be empty"))
    if not answered:
        reasons.append(_waiting(rule.target, age_s))
    if rule.discounted and level <= AlarmLevel.LITTLE_KNOWN and zone_false_share is not None:
        words = f"alarms of this zone were false in {zone_false_share:.0%}".replace(
            "%", " % of cases or more"
        )
        reasons.append((-HISTORY_POINTS * zone_false_share, words))
    reasons = [(round(points, 1), words) for points, words in reasons if round(points, 1) != 0]
    score = round(min(100.0, max(0.0, sum(points for points, _ in reasons))), 1)
    if level is AlarmLevel.NO_CALL and score > CLEARED_POINTS:
        reasons = [(CLEARED_POINTS, "cleared: it waits for its closing only")]
        score = CLEARED_POINTS
    return Urgency(score, tuple(sorted(reasons, key=lambda reason: -abs(reason[0]))))


def _severity(rule: KindRule, level: AlarmLevel) -> tuple[float, str]:
    if LEVEL_POINTS[level] > rule.points:
        return LEVEL_POINTS[level], f"alarm level {int(level)}"
    return rule.points, f"{rule.kind.replace('_', '-')} signal"


def _waiting(target: AnswerTarget, age_s: float) -> tuple[float, str]:
    points = WAITING_POINTS * min(1.0, age_s / target.nearly_all_within_s)
    if age_s > target.most_within_s:
        return points, f"unanswered for {age_s:.0f} s, beyond the target of {target.most_within_s:.0f} s"
    return points, f"unanswered for {age_s:.0f} s of {target.most_within_s:.0f} s"
