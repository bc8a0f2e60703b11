"""The life of a piece of work, as one table.

A finding becomes work; work is proposed, accepted, funded, scheduled, done and verified, or it is declined
with a reason. Nothing else is allowed. This module is plain Python: it knows the moves, what each one needs
and what happens after it. Who may make a move is a permission key, granted to roles in ``policy``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a piece of work stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    FUNDED = "funded"
    SCHEDULED = "scheduled"
    DONE = "done"
    VERIFIED = "verified"
    DECLINED = "declined"


#: The states in which somebody still has something to do.
OPEN_STATES: tuple[State, ...] = (State.PROPOSED, State.ACCEPTED, State.FUNDED, State.SCHEDULED, State.DONE)

#: The states in which the work itself is still to be done: only this can be late. Done work waits for a look.
UNDONE_STATES: tuple[State, ...] = tuple(state for state in OPEN_STATES if state is not State.DONE)

#: The states that end a piece of work. It leaves them only by being re-opened, with a reason.
CLOSED_STATES: tuple[State, ...] = (State.VERIFIED, State.DECLINED)


class Need(StrEnum):
    """Something that a move cannot be made without."""

    REASON = "reason"
    DUE_DATE = "due date"
    AMOUNT = "amount"
    MONEY_SOURCE = "source of the money"
    PLANNED_DATE = "planned date"
    NAMED_PERSON = "named person"
    EVIDENCE = "evidence"
    ANOTHER_PERSON = "another person"


class Move(StrEnum):
    """What a person does to a piece of work."""

    ACCEPT = "accept"
    FUND = "fund"
    UNFUND = "unfund"
    SCHEDULE = "schedule"
    COMPLETE = "complete"
    VERIFY = "verify"
    DECLINE = "decline"
    REOPEN = "reopen"


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One legal move: from where, to where, who may make it, and what it needs."""

    move: Move
    start: State
    end: State
    permission: str
    needs: tuple[Need, ...] = ()


def _moves() -> Iterator[Transition]:
    decide, carry_out, verify = "work.decide", "work.carry_out", "work.verify"
    fund = "work.fund"
    yield Transition(
        move=Move.ACCEPT,
        start=State.PROPOSED,
        end=State.ACCEPTED,
        permission=decide,
        needs=(Need.DUE_DATE,),
    )
    yield Transition(
        move=Move.FUND,
        start=State.ACCEPTED,
        end=State.FUNDED,
        permission=fund,
        needs=(Need.AMOUNT, Need.MONEY_SOURCE),
    )
    yield Transition(
        move=Move.SCHEDULE,
        start=State.FUNDED,
        end=State.SCHEDULED,
        permission=carry_out,
        needs=(Need.PLANNED_DATE,),
    )
    yield Transition(
        move=Move.COMPLETE,
        start=State.SCHEDULED,
        end=State.DONE,
        permission=carry_out,
        needs=(Need.NAMED_PERSON, Need.AMOUNT),
    )
    yield Transition(
        move=Move.VERIFY,
        start=State.DONE,
        end=State.VERIFIED,
        permission=verify,
        needs=(Need.NAMED_PERSON, Need.EVIDENCE, Need.ANOTHER_PERSON),
    )
    # Money that falls through before anybody has set a day: the work waits for other money.
    yield Transition(
        move=Move.UNFUND, start=State.FUNDED, end=State.ACCEPTED, permission=fund, needs=(Need.REASON,)
    )
    for start in (State.PROPOSED, State.ACCEPTED, State.FUNDED, State.SCHEDULED):
        yield Transition(
            move=Move.DECLINE, start=start, end=State.DECLINED, permission=decide, needs=(Need.REASON,)
        )
    # Work that was not really done goes back to the one who does it; a fix that did not last has to find
    # money and a date anew; a refusal that is taken back is decided again.
    for start, end, permission in (
        (State.DONE, State.SCHEDULED, verify),
        (State.VERIFIED, State.ACCEPTED, decide),
        (State.DECLINED, State.PROPOSED, decide),
    ):
        yield Transition(move=Move.REOPEN, start=start, end=end, permission=permission, needs=(Need.REASON,))


#: Every legal transition, in the order in which a page offers them.
TRANSITIONS: tuple[Transition, ...] = tuple(_moves())

_BY_MOVE_AND_START = {(transition.move, transition.start): transition for transition in TRANSITIONS}


class IllegalMove(Exception):
    """The move is not possible from the state that the work is in."""

    def __init__(self, move: Move, state: State) -> None:
        self.move = move
        self.state = state
        possible = [transition.move.value for transition in moves_from(state)]
        starts = [transition.start.value for transition in TRANSITIONS if transition.move == move]
        super().__init__(
            f"To {move.value} needs work that is {_either(starts)}; this work is {state.value}. "
            f"From here you can: {_either(possible)}."
        )


def transition_for(move: Move, state: State) -> Transition:
    """Return the transition that `move` makes from `state`.

    Raises `IllegalMove`, which names what is possible.
    """
    try:
        return _BY_MOVE_AND_START[(move, state)]
    except KeyError:
        raise IllegalMove(move, state) from None


def moves_from(state: State) -> tuple[Transition, ...]:
    """Return the moves that are possible from `state`, the way forward first."""
    return tuple(transition for transition in TRANSITIONS if transition.start == state)


def path_to(state: State) -> tuple[Move, ...]:
    """Return the moves that lead from a fresh proposal straight to `state`."""
    if state is State.DECLINED:
        return (Move.DECLINE,)
    path: list[Move] = []
    here = State.PROPOSED
    while here is not state:
        step = moves_from(here)[0]
        path.append(step.move)
        here = step.end
    return tuple(path)


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
