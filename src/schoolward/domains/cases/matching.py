"""Which programs fit, by the rules that their people wrote. Pure: facts in, reasons out; nothing is kept.

Nobody is weighed here. A program fits as far as its rules are met by what the coordinator answered, and
programs that fit alike are ordered by what is known of the program alone: a place that is free, how soon it
begins, how near it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

SHOWN = 3


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
        answer = facts.answers.get(requirement, Answer.UNKNOWN)
        {Answer.YES: met, Answer.NO: against, Answer.UNKNOWN: to_ask}[answer].append(requirement)
    return Match(candidate, tuple(met), tuple(against), tuple(to_ask), _place(candidate))


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


def _order(match: Match, today: date) -> tuple[int, int, int, float, str]:
    """Fewest open questions, then a free place, then the soonest beginning, the nearest, and the name."""
    candidate = match.candidate
    place = {True: 0, None: 1, False: 2}[None if candidate.vacant is None else candidate.vacant > 0]
    begins = candidate.starts_on
    wait = 10**6 if begins is None else max(0, (begins - today).days)
    near = float("inf") if candidate.metres is None else candidate.metres
    return len(match.to_ask), place, wait, near, candidate.title
