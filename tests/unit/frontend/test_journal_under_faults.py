"""Seeded runs of a walk's journal under faults, and that the comparison notices what it should."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from bench.assessments.faults import Outcome, Server, compared, play
from bench.assessments.javascript import running
from bench.assessments.kept_walk import KeptWalk
from bench.assessments.paths import FAULTS

from schoolward.protocols.walk_journal import Entry

RUNS = 500
PICTURE = "a gate that does not close"
PHOTO = hashlib.sha256(PICTURE.encode()).hexdigest()


def test_nothing_is_lost_doubled_or_crossed() -> None:
    total = Outcome()
    with running(FAULTS) as script:
        for seed in range(20_000, 20_000 + RUNS):
            outcome = play(script, seed)
            assert outcome.is_clean, f"seed {seed}: {outcome}"
            total.add(outcome)
    # The runs were what they say: tabs died, disks were full, and the network did all that it can do.
    assert total.deaths > RUNS / 2
    assert total.refused_saves > RUNS / 2
    assert total.photos > RUNS
    assert set(total.played) == {
        *("lost on the way", "late", "out of order", "server failed", "false receipts"),
        *("twice", "damaged", "answer lost"),
    }


def entry(number: int, **said: Any) -> Entry:
    return Entry(
        id=str(UUID(int=number)),
        walk="walk-a",
        strand=str(UUID(int=99)),
        sequence=number,
        moment="2026-11-26T08:00:00+00:00",
        kind="photo" if "photo" in said else "set",
        payload=json.dumps({"path": "/data/q1", **said}),
        sha256=f"{number:064}",
    )


ANSWER, SHOT = entry(1, value="token-1."), entry(2, photo=PHOTO, token="token-2.")
WRITTEN = [
    {"walk": "walk-a", "kind": "set", "path": "/data/q1", "token": "token-1."},
    {"walk": "walk-a", "kind": "photo", "path": "/data/q1", "token": "token-2.", "content": PICTURE},
]


def outcome_of(change: Callable[[Server], None]) -> Outcome:
    """What is counted when both steps were acknowledged, received, and then this happened on the server."""
    server = Server()
    server.walks["walk-a"] = KeptWalk([ANSWER, SHOT], {PHOTO: PICTURE.encode()})
    change(server)
    devices = [{"id": each.id, "sha256": each.sha256, "isReceived": True} for each in (ANSWER, SHOT)]
    told = {"written": WRITTEN, "acknowledged": WRITTEN, "devices": devices, "secondWriters": 0}
    return compared(server, {**told, "notSaved": 0, "deaths": 0, "faults": {}})


def lose(server: Server) -> None:
    del server.walks["walk-a"].entries[0]


def double(server: Server) -> None:
    server.walks["walk-a"].entries.append(replace(ANSWER, id=str(UUID(int=7)), sequence=3))


def cross(server: Server) -> None:
    server.walks["walk-b"].entries.append(server.walks["walk-a"].entries.pop(0))


def exchange_photos(server: Server) -> None:
    server.walks["walk-a"].photos[PHOTO] = b"another picture"


def move(server: Server) -> None:
    server.walks["walk-a"].entries[0] = entry(1, path="/data/q2", value="token-1.")


@pytest.mark.parametrize(
    ("change", "counted"),
    [
        (lambda _: None, {}),
        (lose, {"lost": 1, "pretended": 1}),
        (double, {"duplicated": 1}),
        (cross, {"crossed": 1}),
        (exchange_photos, {"crossed": 2}),
        (move, {"crossed": 1}),
    ],
)
def test_the_comparison_notices(change: Callable[[Server], None], counted: dict[str, int]) -> None:
    outcome = outcome_of(change)
    names = ("lost", "duplicated", "crossed", "pretended", "second_writers")
    assert {name: getattr(outcome, name) for name in names if getattr(outcome, name)} == counted
    assert outcome.is_clean == (not counted)
