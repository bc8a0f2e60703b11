"""The table of moves, as a table of cases."""

from __future__ import annotations

import pytest

from schoolward.domains.work.states import (
    CLOSED_STATES,
    OPEN_STATES,
    TRANSITIONS,
    IllegalMove,
    Move,
    Need,
    State,
    moves_from,
    path_to,
    transition_for,
)
from schoolward.platform.access.permissions import all_permissions

LEGAL = {
    (State.PROPOSED, Move.ACCEPT): State.ACCEPTED,
    (State.PROPOSED, Move.DECLINE): State.DECLINED,
    (State.ACCEPTED, Move.FUND): State.FUNDED,
    (State.ACCEPTED, Move.DECLINE): State.DECLINED,
    (State.FUNDED, Move.SCHEDULE): State.SCHEDULED,
    (State.FUNDED, Move.UNFUND): State.ACCEPTED,
    (State.FUNDED, Move.DECLINE): State.DECLINED,
    (State.SCHEDULED, Move.COMPLETE): State.DONE,
    (State.SCHEDULED, Move.DECLINE): State.DECLINED,
    (State.DONE, Move.VERIFY): State.VERIFIED,
    (State.DONE, Move.REOPEN): State.SCHEDULED,
    (State.VERIFIED, Move.REOPEN): State.ACCEPTED,
    (State.DECLINED, Move.REOPEN): State.PROPOSED,
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_every_pair_is_legal_or_refused(state: State, move: Move) -> None:
    if (state, move) in LEGAL:
        assert transition_for(move, state).end is LEGAL[state, move]
    else:
        with pytest.raises(IllegalMove, match=f"this work is {state.value}"):
            transition_for(move, state)


def test_a_refusal_names_what_is_possible() -> None:
    with pytest.raises(IllegalMove) as refusal:
        transition_for(Move.VERIFY, State.ACCEPTED)

    assert str(refusal.value) == (
        "To verify needs work that is done; this work is accepted. From here you can: fund or decline."
    )


def test_open_and_closed_divide_the_states() -> None:
    assert set(OPEN_STATES) | set(CLOSED_STATES) == set(State)
    assert not set(OPEN_STATES) & set(CLOSED_STATES)


def test_closed_work_leaves_only_with_a_reason() -> None:
    for state in CLOSED_STATES:
        assert [step.move for step in moves_from(state)] == [Move.REOPEN]
        assert Need.REASON in moves_from(state)[0].needs


def test_verification_needs_evidence_and_another_person() -> None:
    needs = transition_for(Move.VERIFY, State.DONE).needs

    assert {Need.EVIDENCE, Need.ANOTHER_PERSON} <= set(needs)


@pytest.mark.parametrize("state", State)
def test_every_state_is_reached_by_legal_moves(state: State) -> None:
    here = State.PROPOSED
    for move in path_to(state):
        here = transition_for(move, here).end

    assert here is state


def test_every_permission_of_the_table_is_declared() -> None:
    declared = {permission.key for permission in all_permissions()}

    assert {step.permission for step in TRANSITIONS} <= declared
