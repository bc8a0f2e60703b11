"""The states of a referral, their clocks, and what its referrer learns: rules without a database."""

from __future__ import annotations

from datetime import date

import pytest

from schoolward.domains.cases.states import CLOSED, FORWARD, OPEN, State, Told, due_on, reached, told

DAY = date(2012, 9, 3)


def test_every_state_is_open_or_closed() -> None:
    assert {*OPEN, *CLOSED} == set(State)
    assert not set(OPEN) & set(CLOSED)
    assert set(FORWARD) == set(OPEN)


@pytest.mark.parametrize(
    ("state", "day"),
    [
        (State.REFERRED, date(2012, 9, 8)),
        (State.CONTACTED, date(2012, 9, 13)),
        (State.CONSENTED, date(2012, 9, 17)),
        (State.STARTED, None),
        (State.COMPLETED, None),
        (State.ENDED, None),
    ],
)
def test_clocks(state: State, day: date | None) -> None:
    assert due_on(state, DAY) == day


def test_whoever_referred_learns_received_started_or_closed() -> None:
    learned = {state: told(state, started=True) for state in (State.STARTED, *CLOSED)}
    assert learned == {State.STARTED: Told.STARTED, State.COMPLETED: Told.ENDED, State.ENDED: Told.ENDED}


def test_what_never_started_looks_alike_whether_it_waits_or_is_over() -> None:
    assert {told(state, started=False) for state in State} == {Told.RECEIVED}


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((False, False, False), State.REFERRED),
        ((True, False, False), State.CONTACTED),
        ((True, True, False), State.CONSENTED),
        ((True, True, True), State.STARTED),
    ],
)
def test_what_is_opened_again_goes_on_where_it_was(steps: tuple[bool, bool, bool], state: State) -> None:
    assert reached(*steps) is state
