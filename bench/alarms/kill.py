"""``kill -9`` under load: is anything lost that was acknowledged?

    .venv/bin/python bench/alarms/kill.py [--rounds 200] [--store sqlite|postgresql] [--receivers 1|2]

Panels that resend play against a receiver, or against two on one database, with the other as their backup. In
each round a receiver, the database or both are killed at a random moment and started again. A ledger keeps
every event whose acknowledgement a panel has read; in the end each must stand in a journal, and every chain
must be whole. Duplicates are counted: they must collapse by their digest.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench.alarms.cluster import Cluster  # noqa: E402
from bench.alarms.load import bench_panels  # noqa: E402
from bench.alarms.receiver import environment, free_port  # noqa: E402

PANELS = 100
#: To listen again after `kill -9`.
GOAL_SECONDS = 2.0
SECONDS_TO_START = 60.0
#: It says when Python has begun; the receiver's own log says when the accounts were read.
RUN = (
    "import sys, time; print(time.time(), file=sys.stderr, flush=True); "
    "from schoolward.cli import main; main.main()"
)


@dataclass(frozen=True, slots=True)
class Start:
    """How long a receiver took until it listened, in seconds, and where the time went."""

    whole: float
    python: float
    """Until Python's first line ran: what a loaded machine makes every process wait."""
    imports: float
    """From then until the receiver was read, and its database found."""
    database: float
    """From then until the accounts were read."""
    listening: float
    """From then until a panel was connected."""


class Receiver:
    """The command in a process that can be killed."""

    def __init__(self, env: dict[str, str], name: str, folder: Path) -> None:
        self._env = env | {"SCHOOLWARD_LOG_LEVEL": "INFO"}
        self._name = name
        self._said = folder / f"{name}.log"
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Start:
        """Start it, and wait until it listens."""
        command = ["alarms", "receive", "--tcp", str(self.port), "--name", self._name, "--no-builder"]
        begun = time.time()
        while time.time() - begun < SECONDS_TO_START:
            with self._said.open("wb") as said:
                self._process = subprocess.Popen(
                    [sys.executable, "-c", RUN, *command],
                    env=self._env, stderr=said, start_new_session=True,
                )  # fmt: skip
            while self._process.poll() is None:
                with contextlib.suppress(OSError):
                    socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                    return self._parts(begun, time.time())
                time.sleep(0.02)
        sys.exit(f"the receiver did not start: {self._said.read_text()}")

    def _parts(self, begun: float, connected: float) -> Start:
        """One that began before its database knows no accounts yet; then all of it counts as listening."""
        lines = self._said.read_text().splitlines()
        python = float(lines[0])
        told = {}
        for line in lines[1:]:
            if line.startswith("{"):
                entry = json.loads(line)
                told[entry["event"]] = datetime.fromisoformat(entry["timestamp"]).timestamp()
        begins = told[f"receiver {self._name} begins"]
        known = next((at for event, at in told.items() if event.endswith(" panels are known")), begins)
        return Start(connected - begun, python - begun, begins - python, known - begins, connected - known)

    def kill(self) -> None:
        """``kill -9``."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def stop(self) -> None:
        """In order."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)


def play(
    receivers: list[Receiver], ledger: io.StringIO, seed: int, done: threading.Event
) -> dict[str, object]:
    """Panels that resend until they are told to stop; each event is seen through.

    They begin at the first receiver; whoever gets no answer turns to the last, and back.
    """
    from schoolward.domains.alarms.simulator.links import Target
    from schoolward.domains.alarms.simulator.playing import Play, Player

    async def run() -> dict[str, object]:
        player = Player(
            Play(
                target=Target("127.0.0.1", receivers[0].port),
                backup=Target("127.0.0.1", receivers[-1].port),
                panels=bench_panels(PANELS, encrypted=seed % 2 == 0),
                connections=PANELS,
                rate=None,
                resend_after=0.5,
                tries=100_000,
                seed=seed,
                ledger=ledger,
            )
        )
        playing = asyncio.ensure_future(player.run())
        while not done.is_set():
            await asyncio.sleep(0.05)
        player.stop()
        return (await playing).as_json()

    return asyncio.run(run())


def compare(env: dict[str, str], ledger: list[dict[str, object]]) -> tuple[int, int, int]:
    """(acknowledged and lost, events in the journals, records beyond them), after proving the chains.

    A panel counts on from 1 after 9999: what was acknowledged twice under one number must be there twice.
    """
    verified = subprocess.run(
        [sys.executable, "-c", RUN, "alarms", "journal", "verify", "--json"],
        env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(verified.stdout)["ok"]
    from schoolward.domains.alarms.receiver import reading
    from schoolward.domains.alarms.receiver.storing import DatabaseAddress, open_store
    from schoolward.protocols.dc09 import idempotence_digest, open_body, parse_envelope

    url = env["DATABASE_URL"]
    address = (
        DatabaseAddress(path=url.removeprefix("sqlite:///"))
        if url.startswith("sqlite")
        else DatabaseAddress(parameters={"conninfo": url})
    )
    keys = {panel.account.encode(): panel.key for panel in bench_panels(PANELS, encrypted=True)}
    store = open_store(address)
    held: Counter[tuple[bytes, int, bytes]] = Counter()
    digests: set[bytes] = set()
    for record in (
        record for name in reading.receivers(store) for _sequence, record in reading.records(store, name)
    ):
        envelope = parse_envelope(record.frame)
        if not envelope.ok:
            continue
        body = open_body(envelope, keys[envelope.account] if envelope.encrypted else None)
        held[envelope.account, int(envelope.sequence), body.data] += 1
        digests.add(idempotence_digest(envelope, body))
    store.close()
    acknowledged = Counter(
        (str(entry["account"]).encode(), int(str(entry["sequence"])), str(entry["data"]).encode())
        for entry in ledger
    )
    return (acknowledged - held).total(), len(digests), held.total() - len(digests)


def run(
    rounds: int, store: str, seed: int, between: tuple[float, float] = (0.5, 2.0), beside: int = 1
) -> dict[str, object]:
    """All of it, with so many receivers beside each other; returns the figures."""
    chance = random.Random(seed)
    cluster = Cluster() if store == "postgresql" else None
    done = threading.Event()
    receivers: list[Receiver] = []
    try:
        with tempfile.TemporaryDirectory(prefix="schoolward-kill-", dir=os.environ.get("BENCH_DIR")) as name:
            folder = Path(name)
            env = environment(folder, cluster.url if cluster else f"sqlite:///{folder}/kill.sqlite3")
            subprocess.run(
                [sys.executable, str(ROOT / "bench/alarms/receiver.py"), "--serve", "prepare"]
                + (["--encrypted"] if seed % 2 == 0 else []),
                env=env, check=True,
            )  # fmt: skip
            receivers += [Receiver(env, f"kill-{number}", folder) for number in range(beside)]
            for receiver in receivers:
                receiver.start()
            ledger = io.StringIO()
            result: dict[str, object] = {}
            panels = threading.Thread(target=lambda: result.update(play(receivers, ledger, seed, done)))
            panels.start()
            back: list[Start] = []
            killed = {"receiver": 0, "database": 0, "both": 0}
            for _ in range(rounds):
                time.sleep(chance.uniform(*between))
                victim = chance.choice(["receiver", "database", "both"]) if cluster else "receiver"
                killed[victim] += 1
                receiver = chance.choice(receivers)
                if victim != "database":
                    receiver.kill()
                if victim != "receiver" and cluster is not None:
                    cluster.kill()
                    time.sleep(chance.uniform(0, 0.5))
                    cluster.start()
                if victim != "database":
                    back.append(receiver.start())
            time.sleep(1.0)
            done.set()
            panels.join(120)
            for receiver in receivers:
                receiver.stop()
            entries = [json.loads(line) for line in ledger.getvalue().splitlines()]
            lost, events, beyond = compare(env, entries)
    finally:
        done.set()
        for receiver in receivers:
            receiver.kill()
        if cluster is not None:
            cluster.remove()
    return {
        "store": store, "receivers": beside, "rounds": rounds, "killed": killed,
        "acknowledged": len(entries), "lost": lost,
        "events_in_the_journal": events, "stored_more_than_once": beyond,
        "seconds_to_listen_again": {
            part: {"median": round(statistics.median(took), 2), "most": round(max(took), 2)}
            for part in ("whole", "python", "imports", "database", "listening")
            if (took := [getattr(start, part) for start in back])
        },
        "listened_within_2_s": f"{sum(start.whole <= GOAL_SECONDS for start in back)} of {len(back)}",
        "panels": result,
    }  # fmt: skip


def main() -> None:
    """Run, and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--receivers", type=int, choices=[1, 2], default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.receivers == 2 and given.store == "sqlite":
        parser.error("two receivers need PostgreSQL")
    found = run(given.rounds, given.store, given.seed, beside=given.receivers)
    print(json.dumps(found, indent=1))
    sys.exit(bool(found["lost"]))


if __name__ == "__main__":
    main()
