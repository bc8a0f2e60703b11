"""How quickly the money of every award is read from a million ledger entries.

    python bench/grants.py [--rows N]

Makes N invented entries over 100 awards with 8 budget lines each and 36 months, in a database of its own
(or in the one of DATABASE_URL, by scripts/with-postgresql), and has the kept sums counted from them. Then it
reads, 30 times each:

- the balances of every award, from the kept sums;
- how every award stands today: balances, burn against the period, and what will lapse;
- the same on a day within a past month, whose entries have to be added up;
- the balances of every award straight from the entries, which is the peer: the cost without kept sums.

The goal is 200 ms at the 95th percentile for the first three. At the end the sums are proved against the
ledger, and the cost of keeping them is measured: entries posted one by one by the action, each with its
checks, its sums and its audit event.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
TIMES, GOAL_MS = 30, 200
AWARDS, LINES, MONTHS = 100, 8, 36
BATCH = 5_000
TODAY, PAST = date(2012, 9, 6), date(2011, 6, 17)


def timed(ask: Callable[[], object]) -> tuple[float, float, float]:
    """Milliseconds of 30 calls after two to warm up: median, 95th percentile, processor's time of one."""
    took, worked = [], 0.0
    for turn in range(TIMES + 2):
        began, before = time.perf_counter(), time.process_time()
        ask()
        if turn > 1:
            took.append((time.perf_counter() - began) * 1000)
            worked += time.process_time() - before
    return statistics.median(took), statistics.quantiles(took, n=20)[-1], worked * 1000 / TIMES


def awards() -> list[tuple[Any, list[Any]]]:
    """Awards of three years with their lines."""
    from schoolward.domains.grants.models import Award, BudgetLine

    made = []
    for number in range(AWARDS):
        award = Award.objects.create(
            key=f"bench-{number}",
            title=f"Invented award {number}",
            funder_name="Invented",
            amount_cents=10**12,
            awarded_on=date(2009, 9, 15),
            start=date(2009, 10, 1),
            end=date(2012, 12, 31),
            forbids_supplanting=False,
        )
        lines = [
            BudgetLine.objects.create(award=award, code=str(code), title="Invented", category="other")
            for code in range(LINES)
        ]
        made.append((award, lines))
    return made


def entries(rows: int, among: list[tuple[Any, list[Any]]]) -> Iterator[Any]:
    """Invented entries, spread evenly over awards, lines and days."""
    from schoolward.domains.grants.models import Entry

    random, at = Random(20120906), datetime(2012, 9, 6, 19, tzinfo=UTC)
    first, last = date(2009, 10, 1).toordinal(), TODAY.toordinal()
    for number in range(rows):
        award, lines = among[number % AWARDS]
        kind = random.choices(("expenditure", "obligation", "draw", "budget"), (70, 15, 5, 10))[0]
        day = date.fromordinal(random.randint(first, last))
        yield Entry(
            award=award,
            line=None if kind == "draw" else lines[random.randrange(LINES)],
            kind=kind,
            amount_cents=random.randint(1, 500_000),
            on=day,
            incurred_on=day,
            description="Invented",
            at=at,
            by_name="benchmark",
            invented=True,
        )


def fill(rows: int) -> None:
    """Write the entries in bulk, and count the sums."""
    from django.db import connection, transaction

    from schoolward.domains.grants.actions import rebuild_sums
    from schoolward.domains.grants.models import Entry

    among, batch = awards(), []
    for entry in entries(rows, among):
        batch.append(entry)
        if len(batch) == BATCH:
            with transaction.atomic():
                Entry.objects.bulk_create(batch)
            batch = []
    Entry.objects.bulk_create(batch)
    began = time.perf_counter()
    rebuild_sums()
    print(f"sums counted anew from the ledger: {time.perf_counter() - began:.1f} s")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def from_the_entries() -> dict[int, int]:
    """The peer: the balances of every award added up from its entries."""
    from django.db.models import Sum

    from schoolward.domains.grants.models import Entry
    from schoolward.domains.grants.queries.sums import sums_of_entries

    rows = Entry.objects.order_by().values("award_id").annotate(**sums_of_entries(), n=Sum("amount_cents"))
    return {row["award_id"]: row["n"] for row in rows}


def posting(count: int) -> float:
    """Milliseconds for one entry posted by the action, with checks, sums and audit."""
    from schoolward.domains.grants import actions
    from schoolward.domains.grants.models import Award
    from schoolward.platform.access.viewer import Viewer

    at = datetime(2012, 9, 6, 19, tzinfo=UTC)
    by = Viewer.system(at=at, name="benchmark")
    award = Award.objects.order_by("pk")[0]
    line = award.lines.order_by("pk")[0]
    began = time.perf_counter()
    for number in range(count):
        new = actions.NewEntry(award.pk, "budget", 100 + number, TODAY, "Invented", line_id=line.pk)
        actions.post(new=new, by=by, at=at)
    return (time.perf_counter() - began) * 1000 / count


def run(rows: int) -> bool:
    """Measure, print, and say whether the goal is met and the sums are right."""
    import machine
    from django.db import connection

    from schoolward.domains.grants import queries
    from schoolward.domains.grants.models import Award, Entry

    if not Entry.objects.exists():
        fill(rows)
    print(machine.state())
    print(f"{Entry.objects.count():,} entries of {Award.objects.count()} awards on {connection.vendor}")
    asked: dict[str, Callable[[], object]] = {
        "balances of every award": queries.award_balances,
        "every award as it stands today": lambda: [
            one.lapse for one in queries.standings(Award.objects.all(), on=TODAY)
        ],
        "every award on a day in a past month": lambda: [
            one.lapse for one in queries.standings(Award.objects.all(), on=PAST)
        ],
    }
    met = True
    for title, ask in asked.items():
        median, p95, processor = timed(ask)
        met &= p95 <= GOAL_MS
        print(f"{title:<40} median {median:7.1f} ms  p95 {p95:7.1f} ms  processor {processor:7.1f} ms")
    began = time.perf_counter()
    from_the_entries()
    peer = (time.perf_counter() - began) * 1000
    print(f"{'peer: added up from the entries, once':<40} {peer:14.1f} ms")
    began = time.perf_counter()
    wrong = queries.differences()
    print(f"sums proved against the ledger in {time.perf_counter() - began:.1f} s: {len(wrong)} differ")
    print(f"one entry by the action: {posting(50):.1f} ms")
    print(f"goal of {GOAL_MS} ms at p95: {'met' if met else 'missed'}")
    return met and not wrong


def main() -> None:
    """Read the command line, set Django up, make the tables where there are none, and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument(
        "--database", type=Path, help="Keep the database in this folder, and take it as it is."
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = asked.database or Path(folder)
        data.mkdir(parents=True, exist_ok=True)
        os.environ["SCHOOLWARD_DATA_DIR"] = str(data)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        if not run(asked.rows):
            sys.exit(1)


if __name__ == "__main__":
    main()
