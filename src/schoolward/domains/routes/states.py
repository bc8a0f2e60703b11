"""The life of a barrier, as one table of moves.

It is reported, accepted, recommended to whoever owns the ground, worked on and closed, or declined with a
reason. It is in work and closed by what becomes of the work alone: nobody closes it by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from schoolward.domains.routes.models import BarrierState as S


class Move(StrEnum):
    """What happens to a barrier."""

    ACCEPT = "accept"
    DECLINE = "decline"
    RECOMMEND = "recommend"
    REFUSED = "refused"
    OPEN_WORK = "open_work"
    CLOSE = "close"
    WORK_DECLINED = "work_declined"
    REOPEN = "reopen"
    WORK_REOPENED = "work_reopened"


@dataclass(frozen=True)
class Transition:
    """One legal move. ``by_hand``: somebody decides it; else it follows from an answer or from work."""

    move: Move
    start: str
    end: str
    by_hand: bool = False
    needs_reason: bool = False


TRANSITIONS: tuple[Transition, ...] = (
    Transition(Move.ACCEPT, S.REPORTED, S.ACCEPTED, by_hand=True),
    Transition(Move.DECLINE, S.REPORTED, S.DECLINED, by_hand=True, needs_reason=True),
    Transition(Move.DECLINE, S.ACCEPTED, S.DECLINED, by_hand=True, needs_reason=True),
    Transition(Move.RECOMMEND, S.ACCEPTED, S.RECOMMENDED),
    # An owner that refuses leaves the barrier where it is: something else has to be asked, or somebody else.
    Transition(Move.REFUSED, S.RECOMMENDED, S.ACCEPTED, needs_reason=True),
    Transition(Move.OPEN_WORK, S.RECOMMENDED, S.IN_WORK),
    Transition(Move.CLOSE, S.IN_WORK, S.CLOSED),
    Transition(Move.WORK_DECLINED, S.IN_WORK, S.ACCEPTED, needs_reason=True),
    Transition(Move.WORK_REOPENED, S.CLOSED, S.IN_WORK, needs_reason=True),
    # Declined work that is taken up again, while nothing else was recommended.
    Transition(Move.WORK_REOPENED, S.ACCEPTED, S.IN_WORK, needs_reason=True),
    Transition(Move.REOPEN, S.DECLINED, S.REPORTED, by_hand=True, needs_reason=True),
    Transition(Move.REOPEN, S.CLOSED, S.ACCEPTED, by_hand=True, needs_reason=True),
)


def transition_for(move: str, state: str) -> Transition | None:
    """The move from a state, or ``None`` where there is no such."""
    for one in TRANSITIONS:
        if one.move == move and one.start == state:
            return one
    return None


def moves_by_hand(state: str) -> list[Transition]:
    """What somebody may decide about a barrier in this state."""
    return [one for one in TRANSITIONS if one.start == state and one.by_hand]
