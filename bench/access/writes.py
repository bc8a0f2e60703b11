"""Audited writes by eight writers at once on PostgreSQL: how many a second, and is the chain whole?

Compared to 200 a second, and to the anchor's bound: one ``fsync`` a commit on the same disk. The database
must hold no event yet. Run: ``scripts/with-postgresql .venv/bin/python bench/access/writes.py``.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITERS, SECONDS, GOAL = 8, 15, 200


def main() -> None:
    """Let the writers run, count their events, and verify the chain."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench")]
    folder = Path(tempfile.mkdtemp(prefix="schoolward-bench-"))
    os.environ["SCHOOLWARD_DATA_DIR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from machine import state

    assert connection.vendor == "postgresql", "run it by scripts/with-postgresql"
    call_command("migrate", verbosity=0)
    from schoolward.platform.audit.models import Event
    from schoolward.platform.audit.verify import verify

    connection.close()  # a forked writer opens its own
    until = time.monotonic() + SECONDS
    with ProcessPoolExecutor(WRITERS, multiprocessing.get_context("fork")) as pool:
        done = list(pool.map(_write, range(WRITERS), [until] * WRITERS))
    written, worked = sum(count for count, _spent in done), sum(spent for _count, spent in done)
    found = verify()
    assert found.ok, found.faults
    assert Event.objects.count() == written
    rate, each = written / SECONDS, worked * 1000 / written
    print(f"{WRITERS} writers: {rate:.0f} a second  goal {GOAL}  ratio {rate / GOAL:.2f}", end="")
    print(f"  processor {each:.1f} ms a write")
    print(f"the disk alone {_syncs(folder):.0f} syncs a second; chain of {found.events:,} whole; {state()}")


def _write(writer: int, until: float) -> tuple[int, float]:
    """One writer: how many it has written until then, and its processor's seconds."""
    from django.db import connection
    from django.utils import timezone

    from schoolward.platform.access.agencies import open_agency
    from schoolward.platform.access.viewer import Viewer

    count, before = 0, time.process_time()
    while time.monotonic() < until:
        now = timezone.now()
        open_agency(
            name=f"Writer {writer} number {count}", kind="community", by=Viewer.system(at=now), at=now
        )
        count += 1
    connection.close()
    return count, time.process_time() - before


def _syncs(folder: Path) -> float:
    """How many lines of the anchor's length the disk takes a second, one at a time."""
    descriptor = os.open(folder / "syncs", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < 2:
        os.write(descriptor, b"x" * 100 + b"\n")
        os.fsync(descriptor)
        done += 1
    os.close(descriptor)
    return done / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
