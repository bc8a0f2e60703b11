"""What a youth promised, by when, and what proves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class TermKind(StrEnum):
    """What may be promised. The amount is in hours, sessions, cents, or simply once."""

    SERVICE_HOURS = "service_hours"
    CLASS = "class"
    CHECK_IN = "check_in"
    ESSAY = "essay"
    APOLOGY = "apology"
    RESTITUTION = "restitution"


@dataclass(frozen=True, slots=True)
class PlannedTerm:
    """A term of every contract: how much, within how many days of signing."""

    kind: TermKind
    amount: int
    days: int


@dataclass(frozen=True, slots=True)
class Term:
    """A term of one contract."""

    kind: TermKind
    amount: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Proof:
    """Part or all of a term that was shown to be done."""

    term: int
    amount: int
    on: date


class TermState(StrEnum):
    """How a term stands on a day."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class TermStanding:
    """A term with what is proven of it. ``done_on`` is the day on which the proofs reached its amount."""

    term: Term
    proven: int
    done_on: date | None
    state: TermState


@dataclass(frozen=True)
class ContractStanding:
    """All terms on a day. ``is_kept`` where every one is done: then a person may say that it is completed."""

    terms: tuple[TermStanding, ...]

    @property
    def is_kept(self) -> bool:
        """Whether every term is done, and there is one."""
        return bool(self.terms) and all(one.state is TermState.DONE for one in self.terms)

    @property
    def next_due(self) -> date | None:
        """The day of the first term that is not done."""
        return min((one.term.due_on for one in self.terms if one.state is not TermState.DONE), default=None)

    @property
    def late(self) -> int:
        """How many terms are past their day."""
        return sum(one.state is TermState.LATE for one in self.terms)


def terms_of(planned: Iterable[PlannedTerm], signed_on: date) -> tuple[Term, ...]:
    """The terms of a contract signed on a day, the first due first."""
    made = (Term(one.kind, one.amount, signed_on + timedelta(days=one.days)) for one in planned)
    return tuple(sorted(made, key=lambda term: (term.due_on, term.kind)))


def contract_standing(terms: Sequence[Term], proofs: Iterable[Proof], on: date) -> ContractStanding:
    """How a contract stands at the end of a day. Proofs after it are not looked at.

    Raises ``IndexError`` for a proof of a term that is not there, and ``ValueError`` for one of nothing.
    """
    shown: list[list[Proof]] = [[] for _term in terms]
    for proof in proofs:
        if proof.amount < 1:
            raise ValueError("a proof shows at least 1 of its term")
        if proof.term < 0:
            raise IndexError(proof.term)
        if proof.on <= on:
            shown[proof.term].append(proof)
        else:
            terms[proof.term]
    return ContractStanding(tuple(_standing(term, held, on) for term, held in zip(terms, shown, strict=True)))


def _standing(term: Term, proofs: Sequence[Proof], on: date) -> TermStanding:
    proven, done_on = 0, None
    for proof in sorted(proofs, key=lambda one: one.on):
        proven += proof.amount
        if done_on is None and proven >= term.amount:
            done_on = proof.on
    if done_on is not None:
        return TermStanding(term, proven, done_on, TermState.DONE)
    return TermStanding(term, proven, None, TermState.LATE if on > term.due_on else TermState.OPEN)
