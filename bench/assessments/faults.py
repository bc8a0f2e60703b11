"""Sync under faults: tabs die between any two steps, photos are cut off, posts come twice and out of order.

    .venv/bin/python bench/assessments/faults.py [--runs 10000] [--seed 1] [--real 200]

The device's side is the real `frontend/walk/journal.js` and `sync.js`, in Node over an IndexedDB in memory
(fake-indexeddb); the server's side is `schoolward.protocols.walk_journal`, or with `--real`
the views, the database and the folder of files. Clocks are wrong and jump, disks
are full, two devices fill the same walk, a second tab tries to write, the server loses its newest entries.
Nothing that a page said was saved may be missing at the end, be there twice, or stand in another place; what
it calls received must be on the server. Ends with 1 where something is not so.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench.assessments.javascript import Script, running  # noqa: E402
from bench.assessments.kept_walk import KeptWalk  # noqa: E402
from bench.assessments.paths import FAULTS  # noqa: E402
from bench.machine import state  # noqa: E402

from schoolward.protocols.walk_journal import Entry, Receipt, judge, photo_is_whole, read_batch  # noqa: E402

GOAL = 10_000
SHOWN_EVERY = 500


class Server:
    """The addresses of `docs/reference/walk-journal.md` over two walks in memory."""

    def __init__(self) -> None:
        self.walks: dict[str, KeptWalk] = {"walk-a": KeptWalk(), "walk-b": KeptWalk()}
        self._walk = KeptWalk()

    # What is known, for the judge.
    def receipt(self, id: str) -> Receipt | None:
        """Of whatever walk."""
        for walk in self.walks.values():
            for entry in walk.entries:
                if entry.id == id:
                    return Receipt(entry.id, entry.sequence, entry.sha256)
        return None

    def following(self, strand: str) -> int:
        """The number that the strand goes on with."""
        return 1 + max((entry.sequence for entry in self._walk.entries if entry.strand == strand), default=0)

    def has_photo(self, sha256: str) -> bool:
        """Whether the walk has the photo."""
        return sha256 in self._walk.photos

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """One request."""
        address = urlsplit(request["address"])
        name, _, rest = address.path.lstrip("/").partition("/")
        self._walk = self.walks[name]
        if request["method"] == "PUT":
            return self._put(rest.removeprefix("photo/"), base64.b64decode(request["bytes"]))
        if request["method"] == "GET":
            asked = parse_qs(address.query)
            return {"status": 200, "body": self._resume(asked["strand"][0], int(asked["after"][0]))}
        entries, _ = read_batch(request["body"].encode())
        judgement = judge(entries, walk=name, known=self)
        self._walk.entries += judgement.accepted
        return {"status": 200, "body": judgement.as_json()}

    def _put(self, sha256: str, content: bytes) -> dict[str, Any]:
        if not photo_is_whole(sha256, content):
            return {"status": 422, "body": {}}
        self._walk.photos[sha256] = content
        return {"status": 200, "body": {"sha256": sha256, "bytes": len(content)}}

    def _resume(self, strand: str, after: int) -> dict[str, Any]:
        kept = [each for each in self._walk.entries if each.strand == strand and each.sequence > after]
        return {
            "following": self.following(strand),
            "receipts": [Receipt(each.id, each.sequence, each.sha256).as_json() for each in kept],
        }

    def stored(self) -> set[tuple[str, str]]:
        """Id and hash of every entry."""
        return {(entry.id, entry.sha256) for walk in self.walks.values() for entry in walk.entries}

    def restore(self, lost: int) -> None:
        """An older copy is put back: the newest entries of each walk are gone."""
        for walk in self.walks.values():
            del walk.entries[-lost:]


@dataclass
class Outcome:
    """What one run left: counts of faults of ours, and of those that were played."""

    lost: int = 0
    duplicated: int = 0
    crossed: int = 0
    pretended: int = 0
    second_writers: int = 0
    entries: int = 0
    photos: int = 0
    refused_saves: int = 0
    deaths: int = 0
    played: Counter[str] = field(default_factory=Counter)

    @property
    def is_clean(self) -> bool:
        """Whether nothing went wrong that must not."""
        return not (self.lost or self.duplicated or self.crossed or self.pretended or self.second_writers)

    def add(self, other: Outcome) -> None:
        """Sum up."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Played(Protocol):
    """A server that a run is played against."""

    @property
    def walks(self) -> dict[str, KeptWalk]: ...
    def answer(self, request: dict[str, Any]) -> dict[str, Any]: ...
    def stored(self) -> set[tuple[str, str]]: ...
    def restore(self, lost: int) -> None: ...


def play(
    script: Script, seed: int, server: Played | None = None, world: dict[str, Any] | None = None
) -> Outcome:
    """One run: be the server until the script is done, then compare. ``world`` names walks and paths."""
    server = server or Server()
    pretended = 0
    script.send({"run": seed, **(world or {})})
    while "done" not in (message := script.receive()):
        if "restore" in message:
            server.restore(message["restore"])
            script.send({})
        elif "check" in message:
            pretended += sum((each["id"], each["sha256"]) not in server.stored() for each in message["check"])
            script.send({})
        else:
            script.send(server.answer(message))
    outcome = compared(server, message["done"])
    outcome.pretended += pretended
    return outcome


def compared(server: Played, told: dict[str, Any]) -> Outcome:
    """What the devices say against what the server has."""
    outcome = Outcome(
        second_writers=told["secondWriters"],
        refused_saves=told["notSaved"],
        deaths=told["deaths"],
        played=Counter(told["faults"]),
    )
    written = {doing["token"]: doing for doing in told["written"]}
    places: Counter[str] = Counter()
    ids: Counter[str] = Counter()
    for name, walk in server.walks.items():
        for entry in walk.entries:
            said = entry.said
            token = said.get("token") or said.get("text") or said.get("value")
            places[token] += 1
            ids[entry.id] += 1
            outcome.entries += 1
            outcome.crossed += not _is_in_place(entry, written.get(token), name, walk)
            outcome.photos += entry.kind == "photo"
        outcome.crossed += sum(
            hashlib.sha256(content).hexdigest() != sha256 for sha256, content in walk.photos.items()
        )
    outcome.lost = sum(places[doing["token"]] == 0 for doing in told["acknowledged"])
    outcome.duplicated = sum(count - 1 for count in (*places.values(), *ids.values()) if count > 1)
    stored = server.stored()
    outcome.pretended = sum(
        not each["isReceived"] or (each["id"], each["sha256"]) not in stored for each in told["devices"]
    )
    return outcome


def _is_in_place(entry: Entry, doing: dict[str, Any] | None, walk: str, kept: KeptWalk) -> bool:
    said = entry.said
    if doing is None or doing["walk"] != walk or entry.walk != walk or doing["kind"] != entry.kind:
        return False
    if said["path"] != doing["path"]:
        return False
    return entry.kind != "photo" or kept.photos.get(said["photo"]) == doing["content"].encode()


def main() -> int:
    """Play all runs, and say what came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=GOAL, help="how many runs (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the first run; the others follow it")
    parser.add_argument("--real", type=int, metavar="RUNS", help="against the real server, so many runs")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    arguments = parser.parse_args()
    runs = arguments.real or arguments.runs
    real = None
    if arguments.real:
        from bench.assessments.real_server import RealServer

        real = RealServer()
    total = Outcome()
    begun = time.monotonic()
    with running(FAULTS) as script:
        for seed in range(arguments.seed, arguments.seed + runs):
            if real is None:
                outcome = play(script, seed)
            else:
                outcome = play(script, seed, real, real.begin())
                outcome.crossed += real.crossed_photos()
            if not outcome.is_clean:
                print(f"seed {seed}: {outcome}", file=sys.stderr)
            total.add(outcome)
            done = seed - arguments.seed + 1
            if done % SHOWN_EVERY == 0 and sys.stderr.isatty():
                print(f"{done} of {runs}", file=sys.stderr)
    took = time.monotonic() - begun
    if arguments.json:
        print(json.dumps({**vars(total), "runs": runs, "seconds": round(took, 1)}))
        return 0 if total.is_clean else 1
    print(state())
    against = " against the real server" if real else ""
    print(f"{runs:,} runs{against} in {took:.0f} s (goal {GOAL:,} runs with 0, 0, 0)")
    print(f"lost {total.lost}, duplicated {total.duplicated}, crossed {total.crossed}")
    print(f"said to be received and not there {total.pretended}; second writers {total.second_writers}")
    print(f"{total.entries:,} entries arrived, {total.photos:,} of them photos")
    print(f"tabs died {total.deaths:,} times; {total.refused_saves:,} saves were refused and said so")
    print("on the network: " + ", ".join(f"{name} {count:,}" for name, count in total.played.most_common()))
    return 0 if total.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
