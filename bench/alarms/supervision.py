"""What a million supervised systems cost: 5,000 link tests a second, the wheel, the flush to the database.

    .venv/bin/python bench/alarms/supervision.py [--systems 1000000] [--interval 200] [--seconds 60]

Everything runs as in a receiver, in this process: frames through a connection object (what the kernel's
sockets cost is measured by the echo of `receiver.py` and stated beside), accounts and deadlines of all
systems, the supervision's own thread under its lease, and the writer's thread that flushes to a SQLite with
a million rows. At the end one percent of the systems falls silent; each loss must be raised at most a
second late.
"""

from __future__ import annotations

import argparse
import gc
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from queue import SimpleQueue
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench.alarms.mutants import Collecting  # noqa: E402
from bench.alarms.receiver import environment  # noqa: E402

from schoolward.domains.alarms.journal import Way  # noqa: E402
from schoolward.domains.alarms.receiver.accounts import Accounts  # noqa: E402
from schoolward.domains.alarms.receiver.connections import Connection, Connections  # noqa: E402
from schoolward.domains.alarms.receiver.heartbeat import Heartbeat  # noqa: E402
from schoolward.domains.alarms.receiver.notes import SupervisionLost, read  # noqa: E402
from schoolward.domains.alarms.receiver.reading import records  # noqa: E402
from schoolward.domains.alarms.receiver.receiving import Receiver  # noqa: E402
from schoolward.domains.alarms.receiver.spool import Spool  # noqa: E402
from schoolward.domains.alarms.receiver.status import Status  # noqa: E402
from schoolward.domains.alarms.receiver.storing import DatabaseAddress, Store, open_store  # noqa: E402
from schoolward.domains.alarms.receiver.storing.store import LineRow  # noqa: E402
from schoolward.domains.alarms.receiver.supervision import Supervision  # noqa: E402
from schoolward.domains.alarms.receiver.writing import Writer  # noqa: E402
from schoolward.protocols.dc09 import build_frame  # noqa: E402

GOAL = 0.15


def enter(path: Path, systems: int, interval: int) -> None:
    """Rows of systems, by hand: a million objects of Django's would take minutes."""
    connection = sqlite3.connect(path)
    connection.create_function("REGEXP", 2, lambda _pattern, _text: True, deterministic=True)
    line = connection.execute("SELECT id FROM alarms_line").fetchone()[0]
    campus = connection.execute("SELECT id FROM places_campus").fetchone()[0]
    connection.execute("DELETE FROM alarms_alarmsystem")
    connection.executemany(
        "INSERT INTO alarms_alarmsystem (id, line_id, account, campus_id, title, sealed_key, profile, "
        "supervision_seconds, changed_at, invented) "
        f"VALUES (?, {line}, ?, {campus}, '', '', '', {interval}, '2026-01-01 00:00:00', 1)",
        ((number, f"{number:06X}") for number in range(1, systems + 1)),
    )
    connection.commit()
    connection.close()


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--systems", type=int, default=1_000_000)
    parser.add_argument("--interval", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="schoolward-bench-", dir=os.environ.get("BENCH_DIR")) as name:
        path = Path(name) / "bench.sqlite3"
        env = environment(Path(name), f"sqlite:///{path}")
        subprocess.run(
            [sys.executable, str(ROOT / "bench/alarms/receiver.py"), "--serve", "prepare"],
            env=env,
            check=True,
        )
        enter(path, given.systems, given.interval)
        measure(path, given.systems, given.interval, given.seconds)


def measure(path: Path, systems: int, interval: int, seconds: float) -> None:
    """Drive it, and print."""
    rate = systems / interval
    address = DatabaseAddress(path=str(path))

    def connect() -> Store:
        return open_store(address)

    status, accounts = Status(), Accounts("bench")
    accounts.set_lines([LineRow("main", "standard", "hold")])
    store = connect()
    begun = time.monotonic()
    accounts.take(store.systems())
    print(f"{systems:,} systems read in {time.monotonic() - begun:.1f} s, load {os.getloadavg()[0]:.1f}")
    writer = Writer(
        "bench", connect, Spool(path.parent / "spool"), lambda _outcome: None, lambda _since: None, print,
        queue=SimpleQueue(),
    )  # fmt: skip
    writer.start()
    heartbeat = Heartbeat(accounts, writer, status)
    receiver = Receiver(accounts, "main", lambda _entry: None, status, heartbeat.hear, heartbeat.restored)
    receiver.follow_line()
    supervision = Supervision("bench", accounts, connect, writer, status)
    connection = Connection(Connections(receiver, status, 10), Way.TCP)
    transport: Any = Collecting()
    connection.connection_made(transport)
    frames = [build_frame(b"NULL", account=b"%06X" % number, sequence=0) for number in range(1, systems + 1)]
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    threads = [threading.Thread(target=work, daemon=True) for work in (writer.run, supervision.run)]
    for thread in threads:
        thread.start()
    begun = time.monotonic()
    while not status.leads:
        time.sleep(0.05)
    print(f"taken over, all deadlines set, in {time.monotonic() - begun:.1f} s")
    processor, begun, sent = time.process_time(), time.monotonic(), 0
    wall = time.monotonic
    next_beat = begun
    while wall() - begun < seconds:
        due = int((wall() - begun) * rate)
        while sent < due:
            connection.data_received(frames[sent % systems])
            sent += 1
        transport.written.clear()
        if wall() >= next_beat:
            heartbeat.beat(time.time())
            next_beat += 0.25
        time.sleep(0.02)
    used, took = time.process_time() - processor, wall() - begun
    share = used / took
    print(
        f"{sent / took:,.0f} link tests a second for {took:.0f} s: {share:.1%} of a core "
        f"(goal {GOAL:.0%}{'' if share <= GOAL else ': MISSED'}), {1e6 * used / sent:.1f} µs a test; "
        f"{status.link_tests:,} answered"
    )
    # Now one percent falls silent, with a short time so that the run is bounded.
    silent = [accounts.by_id[number] for number in range(1, systems // 100 + 1)]
    now = time.time()
    for system in silent:
        system.supervision = 3
        system.heard = now
    supervision.watch(silent)
    deadline = now + 3.25  # what is watched anew counts from the next tick
    heartbeat.flush_all(now)
    raised: list[float] = []
    lost = 0
    until = time.monotonic() + 10
    while lost < len(silent) and time.monotonic() < until:
        time.sleep(0.2)
        found = [record for _sequence, record in records(store, "bench")]
        notes = [(record.microseconds / 1e6, read(record.frame)) for record in found]
        raised = [at for at, note in notes if isinstance(note, SupervisionLost)]
        lost = sum(len(note.systems) for _at, note in notes if isinstance(note, SupervisionLost))
    print(
        f"{lost:,} of {len(silent):,} losses raised in {len(raised)} records, "
        f"the last {max(raised, default=0) - deadline:.2f} s after the deadline (goal 1 s)"
    )
    supervision.stop.set()
    writer.queue.put(None)
    for thread in threads:
        thread.join(10)
    store.close()


if __name__ == "__main__":
    main()
