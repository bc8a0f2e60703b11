"""Whether a youth may be offered diversion: every rule's own answer with its reason.

No rule is weighed against another. All yes: eligible. One no: not eligible, and the rule says why. None no
and something not known: not known yet, and it says what to ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolward.analysis.diversion.rules import Edition, EligibilityRule, Test
from schoolward.analysis.offences.categories import TITLES, Category
from schoolward.analysis.school_days import months_after


class Answer(StrEnum):
    """What a rule says."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class Level(StrEnum):
    """How grave the law calls what happened."""

    INFRACTION = "infraction"
    MISDEMEANOR = "misdemeanor"
    FELONY = "felony"


@dataclass(frozen=True)
class Facts:
    """What is known on the day of asking; ``None`` is not known. ``on`` is the day of the event.

    ``diverted_on`` are days of earlier diversions of this program, and nothing else of anybody's history;
    ``runs_since`` is the day of the offer of another one that has not ended, ``None`` where there is none.
    """

    on: date
    age: int | None = None
    offence: Category | None = None
    level: Level | None = None
    diverted_on: tuple[date, ...] | None = None
    runs_since: date | None = None
    accepts_responsibility: bool | None = None
    guardian_agrees: bool | None = None
    victim_heard: bool | None = None


@dataclass(frozen=True)
class RuleAnswer:
    """One rule's answer, and the reason in words."""

    rule: EligibilityRule
    answer: Answer
    reason: str


@dataclass(frozen=True)
class Eligibility:
    """All answers of the edition that held on the day of the event."""

    edition: Edition
    answers: tuple[RuleAnswer, ...]

    @property
    def answer(self) -> Answer:
        """No where one rule says no; else not known where one is not known; else yes."""
        told = {one.answer for one in self.answers}
        return next((one for one in (Answer.NO, Answer.NOT_KNOWN) if one in told), Answer.YES)

    @property
    def against(self) -> tuple[RuleAnswer, ...]:
        """The rules that say no."""
        return tuple(one for one in self.answers if one.answer is Answer.NO)

    @property
    def to_ask(self) -> tuple[RuleAnswer, ...]:
        """The rules that want a fact."""
        return tuple(one for one in self.answers if one.answer is Answer.NOT_KNOWN)


def eligibility(facts: Facts, edition: Edition) -> Eligibility:
    """Ask every rule of an edition."""
    return Eligibility(edition, tuple(RuleAnswer(rule, *_asked(rule, facts)) for rule in edition.rules))


def _asked(rule: EligibilityRule, facts: Facts) -> tuple[Answer, str]:
    match rule.test:
        case Test.AGE_BETWEEN:
            if facts.age is None:
                return Answer.NOT_KNOWN, "The age on the day is not known."
            held = rule.low <= facts.age <= rule.high
            return _told(held), f"Age {facts.age} on the day; the rule says {rule.low} to {rule.high}."
        case Test.OFFENCE_IN | Test.OFFENCE_NOT_IN:
            if facts.offence is None:
                return Answer.NOT_KNOWN, "What it was about has not been said."
            listed = facts.offence in rule.names
            word = "is" if listed else "is not"
            reason = f"“{TITLES[facts.offence]}” {word} on the list."
            return _told(listed is (rule.test is Test.OFFENCE_IN)), reason
        case Test.LEVEL_IN:
            if facts.level is None:
                return Answer.NOT_KNOWN, "Infraction, misdemeanor or felony has not been said."
            return _told(facts.level in rule.names), f"The law calls it {_article(facts.level)}."
        case Test.DIVERTED_FEWER_THAN | Test.NOT_DIVERTED_WITHIN:
            return _of_earlier(rule, facts)
        case Test.ACCEPTS_RESPONSIBILITY:
            return _said(facts.accepts_responsibility, "The youth accepts responsibility")
        case Test.GUARDIAN_AGREES:
            return _said(facts.guardian_agrees, "A parent or guardian agrees")
        case Test.VICTIM_HEARD:
            return _said(facts.victim_heard, "Who was harmed has been heard")


def _of_earlier(rule: EligibilityRule, facts: Facts) -> tuple[Answer, str]:
    if facts.diverted_on is None:
        return Answer.NOT_KNOWN, "Whether there was an earlier diversion is not known."
    earlier = [day for day in facts.diverted_on if day < facts.on]
    if facts.runs_since is not None:
        # "First" and "within months" are of chances that were given: one that runs is given, whenever signed.
        if rule.test is Test.NOT_DIVERTED_WITHIN:
            return Answer.NO, f"Another diversion runs, offered on {facts.runs_since}."
        count = len(earlier) + 1
        return (
            _told(count < rule.count),
            f"{count} with one that runs since {facts.runs_since}; the rule says fewer than {rule.count}.",
        )
    times = f"{len(earlier)} earlier diversion{'' if len(earlier) == 1 else 's'}"
    if rule.test is Test.DIVERTED_FEWER_THAN:
        return _told(len(earlier) < rule.count), f"{times}; the rule says fewer than {rule.count}."
    since = months_after(facts.on, -rule.months)
    recent = [day for day in earlier if day >= since]
    if recent:
        return Answer.NO, f"An earlier diversion on {max(recent)}, within {rule.months} months."
    return Answer.YES, f"No earlier diversion within {rule.months} months."


def _said(fact: bool | None, words: str) -> tuple[Answer, str]:
    if fact is None:
        return Answer.NOT_KNOWN, f"{words}: not said yet."
    return _told(fact), f"{words}: {'yes' if fact else 'no'}."


def _told(holds: bool) -> Answer:
    return Answer.YES if holds else Answer.NO


def _article(level: Level) -> str:
    return f"an {level}" if level is Level.INFRACTION else f"a {level}"
