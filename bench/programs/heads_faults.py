"""Attendance under faults: tabs die between any two steps, posts come twice, late and out of order.

    .venv/bin/python bench/programs/heads_faults.py [--runs 5000] [--seed 1]

The device's side is the real `frontend/heads/counts.js` and `sending.js`, in Node over an IndexedDB in memory
(fake-indexeddb); the server's side is the rule of `docs/reference/attendance-journal.md` over sessions in
memory (`tests/domain/programs/test_attendance.py` holds the real one to it). Clocks are wrong, disks are
full, up to three phones count the same sessions, sessions are cancelled and reinstated. No count that a page
said was saved may be nowhere at the end, none may be taken twice, none may go over another that nobody has
seen, and what a phone calls received must be on the server. Ends with 1 where something is not so.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HEADS_FAULTS = Path(__file__).with_name("heads_faults.mjs")
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench.assessments.javascript import Script, running  # noqa: E402
from bench.machine import state  # noqa: E402

GOAL = 5_000


@dataclass
class Server:
    """Sessions with their counts, the last of which stands."""

    counts: dict[int, list[dict[str, Any]]] = field(default_factory=lambda: {1: [], 2: [], 3: []})
    cancelled: set[int] = field(default_factory=set)

    def ids(self) -> list[str]:
        """The receipts that are stored."""
        return [count["id"] for counts in self.counts.values() for count in counts]

    def toggle(self, session: int | None) -> None:
        """Cancel a session that nobody has counted, or reinstate it; ``None`` reinstates all."""
        if session is None:
            self.cancelled.clear()
        elif not self.counts[session]:
            self.cancelled ^= {session}

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """One request."""
        answers = [self._take(count) for count in json.loads(request["body"])["counts"]]
        return {"status": 200, "body": {"answers": answers}}

    def _take(self, count: dict[str, Any]) -> dict[str, Any]:
        told = {"id": count["id"], "is_taken": True, "code": "", "text": "", "field": "", "standing": None}
        counts = self.counts[count["session"]]
        if count["id"] in self.ids():
            return told
        if count["session"] in self.cancelled:
            return {**told, "is_taken": False, "code": "cancelled"}
        if counts and counts[-1]["attended"] != count["attended"] and counts[-1]["id"] not in count["over"]:
            standing = {"receipt": counts[-1]["id"], "attended": counts[-1]["attended"]}
            return {**told, "is_taken": False, "code": "differs", "standing": standing}
        counts.append(count)
        return told


@dataclass
class Outcome:
    """What the runs left: faults of ours, and what was played."""

    lost: int = 0
    doubled: int = 0
    invented: int = 0
    pretended: int = 0
    left_open: int = 0
    saved: int = 0
    taken: int = 0
    given_up: int = 0
    refused_saves: int = 0
    deaths: int = 0
    played: Counter[str] = field(default_factory=Counter)

    @property
    def is_clean(self) -> bool:
        """Whether nothing went wrong that must not."""
        return not (self.lost or self.doubled or self.invented or self.pretended or self.left_open)

    def add(self, other: Outcome) -> None:
        """Sum up."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def play(script: Script, seed: int) -> Outcome:
    """One run: be the server until the script is done, then compare."""
    server, pretended = Server(), 0
    script.send({"run": seed})
    while "done" not in (message := script.receive()):
        if "toggle" in message:
            server.toggle(message["toggle"])
            script.send({})
        elif "check" in message:
            pretended += len(set(message["check"]) - set(server.ids()))
            script.send({})
        else:
            script.send(server.answer(message))
    outcome = compared(server, message["done"])
    outcome.pretended += pretended
    return outcome


def compared(server: Server, told: dict[str, Any]) -> Outcome:
    """What the phones say against what the server has."""
    devices = [count for device in told["devices"] for count in device]
    on_device = {(count["session"], count["attended"]) for count in devices}
    written = {(one["session"], one["attended"]) for one in told["written"]}
    stored = [(session, one) for session, counts in server.counts.items() for one in counts]
    ids = Counter(one["id"] for _session, one in stored)
    states = Counter(count["state"] for count in devices)
    return Outcome(
        lost=sum((one["session"], one["attended"]) not in on_device for one in told["acknowledged"]),
        # The same number over itself changes nothing; with another one in between it would.
        doubled=sum(times - 1 for times in ids.values()) + sum(map(_returns, server.counts.values())),
        invented=sum((session, one["attended"]) not in written for session, one in stored),
        pretended=sum(count["state"] == "taken" and count["id"] not in ids for count in devices),
        left_open=states["waiting"] + states["refused"],
        saved=len(told["acknowledged"]),
        taken=states["taken"],
        given_up=states["aside"],
        refused_saves=told["notSaved"],
        deaths=told["deaths"],
        played=Counter(told["faults"]),
    )


def _returns(counts: list[dict[str, Any]]) -> int:
    """How often a number comes back that another one had replaced, without its user having seen that one."""
    seen: set[int] = set()
    back = 0
    for before, one in zip([None, *counts], counts, strict=False):
        is_new = before is None or before["attended"] != one["attended"]
        back += is_new and one["attended"] in seen and before["id"] not in one["over"]  # type: ignore[index]
        seen.add(one["attended"])
    return back


def main() -> int:
    """Play all runs, and say what came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=GOAL, help="how many runs (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the first run; the others follow it")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    arguments = parser.parse_args()
    total, begun = Outcome(), time.monotonic()
    with running(HEADS_FAULTS) as script:
        for seed in range(arguments.seed, arguments.seed + arguments.runs):
            outcome = play(script, seed)
            if not outcome.is_clean:
                print(f"seed {seed}: {outcome}", file=sys.stderr)
            total.add(outcome)
    figures = {
        **{name: getattr(total, name) for name in total.__dataclass_fields__},
        "runs": arguments.runs,
        "seconds": round(time.monotonic() - begun, 1),
        "machine": state(),
    }
    print(json.dumps(figures) if arguments.json else "\n".join(f"{k}: {v}" for k, v in figures.items()))
    return 0 if total.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
