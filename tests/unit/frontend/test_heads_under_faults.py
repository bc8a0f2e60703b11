"""Seeded runs of attendance under faults, and that the comparison notices what it should."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bench.assessments.javascript import running
from bench.programs.heads_faults import HEADS_FAULTS, Outcome, Server, compared, play

RUNS = 300


def test_nothing_is_lost_doubled_or_overwritten_unseen() -> None:
    total = Outcome()
    with running(HEADS_FAULTS) as script:
        for seed in range(10_000, 10_000 + RUNS):
            outcome = play(script, seed)
            assert outcome.is_clean, f"seed {seed}: {outcome}"
            total.add(outcome)
    # The runs were what they say: tabs died, disks were full, people decided, the network did all it can do.
    assert total.deaths > RUNS / 2
    assert total.refused_saves > RUNS / 4
    assert total.given_up > RUNS
    assert total.taken > RUNS
    assert set(total.played) == {
        *("lost on the way", "late", "out of order", "server failed", "false receipts"),
        *("twice", "damaged", "answer lost"),
    }


COUNT = {"id": "a", "session": 1, "attended": 9, "over": []}


def lose(server: Server, told: dict[str, Any]) -> None:
    told["devices"][0].clear()


def pretend(server: Server, told: dict[str, Any]) -> None:
    server.counts[1].clear()


def double(server: Server, told: dict[str, Any]) -> None:
    server.counts[1].append(COUNT)


def invent(server: Server, told: dict[str, Any]) -> None:
    server.counts[2].append({**COUNT, "id": "b", "session": 2})


def leave(server: Server, told: dict[str, Any]) -> None:
    told["devices"][0][0]["state"] = "refused"


def bring_back(server: Server, told: dict[str, Any]) -> None:
    other = {**COUNT, "id": "b", "attended": 8, "over": ["a"]}
    told["written"].append({"session": 1, "attended": 8})
    server.counts[1] += [other, {**COUNT, "id": "c"}]


@pytest.mark.parametrize(
    ("change", "counted"),
    [
        (lambda _server, _told: None, {}),
        (lose, {"lost": 1}),
        (pretend, {"pretended": 1}),
        (double, {"doubled": 1}),
        (invent, {"invented": 1}),
        (leave, {"left_open": 1}),
        (bring_back, {"doubled": 1}),
    ],
)
def test_the_comparison_notices(
    change: Callable[[Server, dict[str, Any]], None], counted: dict[str, int]
) -> None:
    server = Server()
    server.counts[1].append(COUNT)
    said = {"session": 1, "attended": 9}
    told: dict[str, Any] = {
        "written": [said],
        "acknowledged": [said],
        "devices": [[{"id": "a", **said, "state": "taken"}]],
        "notSaved": 0,
        "deaths": 0,
        "faults": {},
    }
    change(server, told)
    outcome = compared(server, told)
    names = ("lost", "doubled", "invented", "pretended", "left_open")
    assert {name: getattr(outcome, name) for name in names if getattr(outcome, name)} == counted
    assert outcome.is_clean == (not counted)
