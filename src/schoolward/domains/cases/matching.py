"""Which programs fit, by the rules that their people wrote. Pure: facts in, reasons out; nothing is kept.

Nobody is weighed here. A program fits as far as its rules are met by what the coordinator answered, and
programs that fit alike are ordered by what is known of the program alone: whether it has written rules, a
place that is free, how soon it begins, how near it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

SHOWN = 3
_AGE = re.compile(r"Is (\d{1,2}) to (\d{1,2}) years old\.?")


class Answer(StrEnum):
    """What the coordinator says of one requirement."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Candidate:
    """What is known of a program. ``vacant`` and ``waiting`` are ``None`` where nobody reported them."""

    key: str
    title: str
    requirements: tuple[str, ...]
    version: int | None
    min_age: int | None
    max_age: int | None
    languages: tuple[str, ...]
    is_running: bool
    takes_new: bool | None
    vacant: int | None
    waiting: int | None
    starts_on: date | None
    metres: float | None


@dataclass(frozen=True)
class Facts:
    """What is asked of: the age, the language at home, and an answer to a requirement by its words."""

    age: int
    language: str
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """A program held against the facts: what speaks for it, what against it, what is still to be asked."""

    candidate: Candidate
    met: tuple[str, ...]
    against: tuple[str, ...]
    to_ask: tuple[str, ...]
    place: str

    @property
    def fits(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.against

    @property
    def is_ruled(self) -> bool:
        """Whether its people wrote down who may take part; where they did not, only they can say."""
        return bool(self.candidate.requirements)


@dataclass(frozen=True)
class Found:
    """The first programs that fit, the others that fit, and those that do not, each with its reasons."""

    best: tuple[Match, ...]
    further: tuple[Match, ...]
    not_these: tuple[Match, ...]


def find(candidates: Sequence[Candidate], facts: Facts, *, today: date) -> Found:
    """Hold every program against the facts."""
    held = [_hold(candidate, facts, today) for candidate in candidates]
    fitting = sorted((match for match in held if match.fits), key=lambda match: _order(match, today))
    others = sorted((match for match in held if not match.fits), key=lambda match: match.candidate.title)
    return Found(tuple(fitting[:SHOWN]), tuple(fitting[SHOWN:]), tuple(others))


def _hold(candidate: Candidate, facts: Facts, today: date) -> Match:
    met: list[str] = []
    against: list[str] = []
    to_ask: list[str] = []
    if not candidate.is_running:
        against.append(_("It does not run at the moment."))
    if candidate.takes_new is False:
        against.append(_("It takes nobody new at the moment."))
    _hold_age(candidate, facts.age, met, against)
    if facts.language in candidate.languages:
        met.append(_("It speaks the family's language."))
    for requirement in candidate.requirements:
        answer = of_age(requirement, facts.age) or facts.answers.get(requirement, Answer.UNKNOWN)
        if answer is Answer.NO:
            against.append(_("Not met: %(rule)s") % {"rule": requirement})
        else:
            (met if answer is Answer.YES else to_ask).append(requirement)
    return Match(candidate, tuple(met), tuple(against), tuple(to_ask), _place(candidate))


def of_age(requirement: str, age: int) -> Answer | None:
    """The answer to a requirement that speaks of an age and of nothing else; ``None`` for any other.

    >>> of_age("Is 10 to 17 years old.", 14), of_age("Is in grade 9.", 14)
    (<Answer.YES: 'yes'>, None)
    """
    found = _AGE.fullmatch(requirement)
    if found is None:
        return None
    return Answer.YES if int(found[1]) <= age <= int(found[2]) else Answer.NO


def to_be_asked(candidates: Sequence[Candidate], facts: Facts, *, today: date) -> list[str]:
    """The requirements, each once, of programs that nothing known speaks against yet."""
    found = find(candidates, facts, today=today)
    return list(dict.fromkeys(line for match in (*found.best, *found.further) for line in match.to_ask))


def _hold_age(candidate: Candidate, age: int, met: list[str], against: list[str]) -> None:
    least, most = candidate.min_age, candidate.max_age
    if least is not None and age < least:
        against.append(_("It is for those from %(age)d on.") % {"age": least})
    elif most is not None and age > most:
        against.append(_("It is for those up to %(age)d.") % {"age": most})
    elif least is not None or most is not None:
        met.append(_("The age fits."))


def _place(candidate: Candidate) -> str:
    if candidate.vacant is None:
        return _("Nobody has reported its places.")
    if candidate.vacant:
        return _("%(count)d free.") % {"count": candidate.vacant}
    if candidate.waiting is None:
        return _("Nothing is free.")
    return _("Nothing is free; %(count)d wait.") % {"count": candidate.waiting}


def _order(match: Match, today: date) -> tuple[bool, int, int, int, float, str]:
    """Written rules before none, fewest open questions, a free place, the soonest, the nearest, the name.

    No rule is no yes: a program without one would else come first, because nothing is asked of it.
    """
    candidate = match.candidate
    place = {True: 0, None: 1, False: 2}[None if candidate.vacant is None else candidate.vacant > 0]
    begins = candidate.starts_on
    wait = 10**6 if begins is None else max(0, (begins - today).days)
    near = float("inf") if candidate.metres is None else candidate.metres
    return not match.is_ruled, len(match.to_ask), place, wait, near, candidate.title
