"""What the desk found out about each case of the story, and what it did. Drawn, and invented."""

from __future__ import annotations

from datetime import date
from random import Random

from schoolward.domains.alarms.models import Case, CaseKind, Cause, Disposition, EvidenceKind
from schoolward.domains.alarms.seed.calendar import FIRST
from schoolward.domains.alarms.seed.disposing import Ending
from schoolward.domains.alarms.seed.story import Truth

#: The share of false alarms to which police were sent, at the beginning and at the end of the year: two calls
#: and cameras came in between.
SENT_BEFORE, SENT_AFTER = 0.2, 0.07
VERIFIED_BEFORE, VERIFIED_AFTER = 0.25, 0.8
_OFTEN_NOT_FOUND_OUT = 0.06
#: Two in three of those who break in are gone before they have got anything.
_CRIMES = 0.35


def ending(case: Case, truth: Truth | None, random: Random, last: date) -> Ending:
    """How the case ended."""
    gone = min(1.0, (case.opened_on - FIRST) / (last - FIRST))
    answered = round(random.lognormvariate(3.6 - 0.5 * gone, 0.5))
    closed = answered + round(random.lognormvariate(6.2, 0.6)) + 90
    if case.kind == CaseKind.SCHEDULE:
        return _of_schedule(case, answered, closed)
    if truth is None:
        return Ending(case.pk, Disposition.TECHNICAL, Cause.EQUIPMENT, "", answered, closed)
    if truth.cause == "intruder":
        return _of_intruder(case, random, gone, answered, closed)
    cause = truth.cause
    if random.random() < _OFTEN_NOT_FOUND_OUT:
        cause = Cause.UNKNOWN
    sent = random.random() < SENT_BEFORE + (SENT_AFTER - SENT_BEFORE) * gone
    if cause == Cause.USER_ERROR:
        sent = sent and random.random() < 0.25  # whoever opened has explained it
    guard = not sent and cause != Cause.USER_ERROR and random.random() < 0.3
    return Ending(
        case.pk,
        Disposition.UNFOUNDED if cause == Cause.UNKNOWN else Disposition.FALSE,
        cause,
        truth.role if cause != Cause.UNKNOWN else "",
        answered,
        closed + (1_500 if sent or guard else 0),
        police_after=answered + random.randint(90, 300) if sent else None,
        guard_after=answered + random.randint(40, 200) if guard else None,
    )


def _of_schedule(case: Case, answered: int, closed: int) -> Ending:
    return Ending(
        case.pk,
        Disposition.TECHNICAL,
        Cause.STAFF_ON_SITE,
        "custodian",
        answered,
        closed,
        text="Called the site: answered with the passcode",
    )


def _of_intruder(case: Case, random: Random, gone: float, answered: int, closed: int) -> Ending:
    seen = random.random() < VERIFIED_BEFORE + (VERIFIED_AFTER - VERIFIED_BEFORE) * gone
    sent = seen or random.random() < 0.7
    return Ending(
        case.pk,
        Disposition.CRIME if random.random() < _CRIMES else Disposition.ATTEMPT,
        Cause.INTRUDER,
        "",
        answered,
        closed + 2_400,
        police_after=answered + random.randint(60, 240) if sent else None,
        evidence=EvidenceKind.VIDEO_SHOWS_PERSON if seen else "",
        verified_level=2 if seen else 0,
    )
