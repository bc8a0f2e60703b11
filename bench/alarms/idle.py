"""How long does one frame wait for its acknowledgement when nothing else goes on, against one fdatasync.

    .venv/bin/python bench/alarms/idle.py [--rounds 7] [--store sqlite|postgresql|both]

One connection, one frame at a time, each committed by itself. The disk of a virtual machine is twice as quick
in one minute as in the next, so the bare fdatasync is measured in turn with the receiver, round by round, on
the file system that the database lies on and with the bytes that a commit was found to write: once at the end
of a growing file, and once over what is there, as a write-ahead log does once it has been reused. The goal,
at most three times, is held against the growing file. A loaded machine invalidates the run: it then measures
how long threads wait for a core.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench.alarms.cluster import Cluster  # noqa: E402
from bench.alarms.receiver import (  # noqa: E402
    MOST_PRESSURE,
    environment,
    free_port,
    load_served,
    pressure,
    serving,
)

GOAL = 3.0
SYNCS = 200
SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """A database, the folder on whose file system it lies, and how many bytes it has written for its log."""

    url: str
    folder: Path
    logged: Callable[[int], int]
    """Given the receiver's process; bytes since some beginning."""


@dataclass(frozen=True, slots=True)
class Round:
    """Medians of one round, in milliseconds, and what a commit wrote."""

    growing: float
    over: float
    acknowledged: float
    bytes: float


def main() -> None:
    """Measure, and print medians with their spread."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--store", choices=["sqlite", "postgresql", "both"], default="both")
    given = parser.parse_args()
    waited = pressure()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, waiting for a core {waited:.0f} %")
    stores = ["sqlite", "postgresql"] if given.store == "both" else [given.store]
    for store in stores:
        with placed(store) as place, tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as name:
            show(store, play(place, Path(name), given.rounds))
    if waited > MOST_PRESSURE:
        print(f"INVALID: the machine was loaded (at most {MOST_PRESSURE:.0f} % waiting is allowed)")
    print(f"load at the end {os.getloadavg()[0]:.1f}, waiting for a core {pressure():.0f} %")


def play(place: Place, folder: Path, rounds: int) -> list[Round]:
    """So many rounds, after one that says how many bytes a commit writes."""
    env = environment(folder, place.url)
    subprocess.run(
        [sys.executable, str(ROOT / "bench/alarms/receiver.py"), "--serve", "prepare"], env=env, check=True
    )
    port = free_port()
    found: list[Round] = []
    size = 4096.0
    with serving("ours", env, port) as server:
        for _ in range(rounds + 1):
            growing = sync_ms(place.folder, round(size), over=False)
            over = sync_ms(place.folder, round(size), over=True)
            before = place.logged(server.pid)
            idle = load_served(
                server, port, encrypted=False, seconds=SECONDS, connections=1, env=env, guess=8_000
            )
            if idle["p50_ms"]:  # else so few were acknowledged that none of them was timed
                size = (place.logged(server.pid) - before) / idle["acknowledged"]
                found.append(Round(growing, over, idle["p50_ms"], size))
    if len(found) < 2:
        sys.exit("hardly a frame was acknowledged: the machine is too busy to measure anything")
    return found[1:]


def sync_ms(folder: Path, size: int, *, over: bool, times: int = SYNCS) -> float:
    """Median of one write and fdatasync, in milliseconds; ``over`` what is there, or else behind it."""
    path = folder / "probe"
    block = os.urandom(size)
    waits = []
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    try:
        if over:
            os.write(descriptor, block * times)
            os.fsync(descriptor)
        for number in range(times):
            begun = time.perf_counter()
            os.pwrite(descriptor, block, number * size)
            os.fdatasync(descriptor)
            waits.append(time.perf_counter() - begun)
    finally:
        os.close(descriptor)
        path.unlink()
    return 1000 * statistics.median(waits)


def show(store: str, found: list[Round]) -> None:
    """The figures of a store."""
    ratios = [one.acknowledged / one.growing for one in found]
    ratio = statistics.median(ratios)
    print(f"{store}: {statistics.median([one.bytes for one in found]):,.0f} bytes a commit")
    for words, values in (
        ("fdatasync, growing file", [one.growing for one in found]),
        ("fdatasync, written over", [one.over for one in found]),
        ("idle acknowledgement", [one.acknowledged for one in found]),
    ):
        print(f"  {words:26} p50 {spread(values, 3)} ms")
    print(
        f"  times one fdatasync            {spread(ratios, 1)} "
        f"(goal {GOAL:.0f}{'' if ratio <= GOAL else ': MISSED'}); of one written over "
        f"{spread([one.acknowledged / one.over for one in found], 1)}"
    )


def spread(values: list[float], digits: int) -> str:
    """The median, the least and the most."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


@contextmanager
def placed(store: str) -> Iterator[Place]:
    """A database of its own."""
    if store == "sqlite":
        with tempfile.TemporaryDirectory(prefix="schoolward-idle-", dir=os.environ.get("BENCH_DIR")) as name:
            yield Place(f"sqlite:///{name}/idle.sqlite3", Path(name), written_by)
        return
    import psycopg

    cluster = Cluster()
    try:
        with psycopg.connect(cluster.url, autocommit=True) as connection:

            def logged(_pid: int) -> int:
                row = connection.execute("SELECT (pg_current_wal_lsn() - '0/0')::bigint").fetchone()
                assert row is not None
                return int(row[0])

            yield Place(cluster.url, cluster.folder, logged)
    finally:
        cluster.remove()


def written_by(pid: int) -> int:
    """What a process has written to files and sockets; an answer is some fifty bytes of it."""
    for line in Path(f"/proc/{pid}/io").read_text().splitlines():
        if line.startswith("wchar:"):
            return int(line.split()[1])
    raise RuntimeError("the kernel does not count what processes write")


if __name__ == "__main__":
    main()
