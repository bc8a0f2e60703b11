"""How fast incidents are imported, against two peers in the same run.

    python bench/import_incidents.py [--rows 1000000] [--real FOLDER]

Makes a database of its own in a temporary folder (or uses DATABASE_URL), brings in the shipped school
directory, generates a police file of N rows in the layout of 2006 and imports it. The first peer reads the
same file with csv and writes its nine columns into a table without indexes or checks by one executemany. The
second (on SQLite) is given the finished records, thirty columns each, and only stores them by executemany in
a table like ours, then builds the same indexes: nothing that stores these records one by one can be faster.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import machine
import numpy as np

HEADER = (
    "cdatetime",
    "address",
    "district",
    "beat",
    "grid",
    "crimedescr",
    "ucr_ncic_code",
    "latitude",
    "longitude",
)
STREETS = [
    f"{name} {kind}" for name in ("OAK", "ELM", "FLORIN", "MACK", "STOCKTON") for kind in ("ST", "RD", "AVE")
]


def generate(path: Path, rows: int, data: Path) -> None:
    """Write N rows over two years, sorted by time, with about 200,000 distinct addresses."""
    draw = np.random.default_rng(1)
    offences = list(csv.DictReader((data / "offences.csv").open(encoding="utf-8")))
    grids = list(csv.DictReader((data / "grid_centroids.csv").open(encoding="utf-8")))
    minutes = np.sort(draw.integers(0, 730 * 1440, rows)).tolist()
    first = datetime(2010, 7, 1, tzinfo=UTC)
    picks = zip(
        minutes,
        draw.integers(1, 14_000, rows).tolist(),
        draw.integers(0, len(STREETS), rows).tolist(),
        draw.integers(0, len(grids), rows).tolist(),
        draw.integers(0, len(offences), rows).tolist(),
        draw.normal(0, 0.003, (rows, 2)).tolist(),
        strict=True,
    )
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for minute, house, street, grid, offence, (dx, dy) in picks:
            when = first + timedelta(minutes=minute)
            at, what = grids[grid], offences[offence]
            writer.writerow(
                (
                    f"{when.month}/{when.day}/{when:%y} {when.hour}:{when:%M}",
                    f"{house} {STREETS[street]}",
                    at["district"],
                    f"{at['beat']:10}",
                    at["grid"],
                    what["description"],
                    what["code"],
                    f"{float(at['latitude']) + dy:.8f}",
                    f"{float(at['longitude']) + dx:.7f}",
                )
            )


def bare(path: Path, folder: Path) -> tuple[float, float]:
    """Seconds and processor seconds of the peer, with the same journal and durability as ours."""
    connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE t (a TEXT, b TEXT, c TEXT, d TEXT, e TEXT, f TEXT, g TEXT, h REAL, i REAL)"
    )
    began, worked = time.perf_counter(), time.process_time()
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("COMMIT")
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    connection.close()
    return seconds, processor


def storing_alone(database: Path, folder: Path, columns: tuple[str, ...]) -> float:
    """Processor seconds to store the imported records again in a table, keys and indexes like ours."""
    ours = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    wanted = (
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'incidents_incident' AND type = ? AND sql NOT NULL"
    )
    (table,), indexes = ours.execute(wanted, ["table"]).fetchone(), ours.execute(wanted, ["index"]).fetchall()
    target = sqlite3.connect(folder / "stored.sqlite3", isolation_level=None)
    for pragma in ("page_size=16384", "journal_mode=WAL", "synchronous=FULL", "cache_size=-65536"):
        target.execute(f"PRAGMA {pragma}")
    target.execute(table)
    names = ", ".join(columns)
    insert = f"INSERT INTO incidents_incident ({names}) VALUES ({', '.join('?' * len(columns))})"
    rows = ours.execute(f"SELECT {names} FROM incidents_incident ORDER BY id")
    target.execute("BEGIN IMMEDIATE")
    processor = 0.0
    while part := rows.fetchmany(10_000):
        began = time.process_time()
        target.executemany(insert, part)
        processor += time.process_time() - began
    began = time.process_time()
    for (index,) in indexes:
        target.execute(index)
    target.execute("COMMIT")
    processor += time.process_time() - began
    ours.close()
    target.close()
    return processor


def peak_mb() -> float:
    """The most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--real", type=Path, help="folder with SacramentocrimeJanuary2006.csv")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["SCHOOLWARD_DATA_DIR"] = name
        os.environ["DJANGO_SETTINGS_MODULE"] = "schoolward.config.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from schoolward.domains.incidents.actions import tallies
        from schoolward.domains.incidents.columns import COLUMNS
        from schoolward.domains.incidents.models import Incident
        from schoolward.domains.incidents.reference_points import grid_centroids
        from schoolward.domains.places.seed import DIRECTORY
        from schoolward.platform.access.viewer import Viewer
        from schoolward.platform.exchange.report import Report
        from schoolward.platform.exchange.running import run

        call_command("migrate", verbosity=0)
        at = datetime.now(UTC)
        by = Viewer.system(at=at, name="benchmark")
        grid_centroids()
        with DIRECTORY.open("rb") as file:
            run("schools", file, by=by, at=at)

        def timed(path: Path) -> tuple[float, float, Report]:
            began, worked = time.perf_counter(), time.process_time()
            with path.open("rb") as file:
                report = run("incidents", file, by=by, at=at, file_name=path.name)
            return time.perf_counter() - began, time.process_time() - worked, report

        if given.real:
            seconds, _processor, report = timed(given.real / "SacramentocrimeJanuary2006.csv")
            print(f"file of 2006: {report.created:,} rows in {seconds:.2f} s (goal: at most 2 s)")
        made = folder / "generated.csv"
        generate(made, given.rows, DIRECTORY.parents[2] / "incidents" / "data")
        small = folder / "small.csv"
        with made.open(encoding="utf-8") as source, small.open("w", encoding="utf-8") as target:
            target.writelines(line for _n, line in zip(range(given.rows // 10), source, strict=False))
        timed(small)
        memory_small = peak_mb()
        Incident.objects.all().delete()
        tallies.rebuild()
        peer, peer_processor = bare(made, folder)
        seconds, processor, report = timed(made)
        again = peak_mb()
        print(f"{connection.vendor}; {machine.state()}")
        print(f"{given.rows:,} rows in {seconds:.1f} s: {given.rows / seconds:,.0f} rows/s (goal: 50,000)")
        print(f"bare csv + executemany: {peer:.1f} s; ratio {seconds / peer:.2f} (goal: at most 4)")
        print(
            f"by processor time, which a busy machine does not spoil: {given.rows / processor:,.0f} rows/s, "
            f"ratio {processor / peer_processor:.2f}"
        )
        if connection.vendor == "sqlite":
            stored = storing_alone(Path(connection.settings_dict["NAME"]), folder, COLUMNS)
            print(
                f"storing the finished records alone: {stored:.1f} s of processor; ratio "
                f"{processor / stored:.2f}, and by itself {stored / peer_processor:.2f} times the bare peer"
            )
        print(f"peak memory {memory_small:.0f} MB after a tenth of the rows, {again:.0f} MB after all")
        print(
            f"{report.created:,} created, {report.unchanged:,} unchanged, {report.rejected_rows:,} rejected"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
