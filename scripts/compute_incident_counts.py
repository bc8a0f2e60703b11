"""Compute the counts that the demonstration's incidents are drawn from.

python scripts/compute_incident_counts.py FOLDER

FOLDER holds the two police files of the development data. Writes `counts.csv` (by category, weekday, hour and
grid) and `offences.csv` (by category, code and description) beside the incidents domain: counts, no records.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from schoolward.analysis.local_time import LocalClock
from schoolward.analysis.offences import canonical_code, classify
from schoolward.protocols.police_records import detect, open_table

FILES = ("SacramentocrimeJanuary2006.csv", "sacpd_crime_2021.csv.gz")
DATA = Path(__file__).resolve().parent.parent / "src" / "schoolward" / "domains" / "incidents" / "data"


def main(folder: Path) -> None:
    """Read both files and write both tables."""
    clock = LocalClock("America/Los_Angeles")
    hours: Counter[tuple[str, int, int, str]] = Counter()
    offences: Counter[tuple[str, str, str]] = Counter()
    for name in FILES:
        with (folder / name).open("rb") as stream:
            table = open_table(stream)
            bound = detect(table.header).bind(table.header)
            for first, rows in table.chunks(20_000):
                records = bound.parse(rows, first)
                local = clock.to_local(records.seconds) if records.is_utc.all() else records.seconds
                parts = zip(local.tolist(), records.code, records.description, records.grid, strict=True)
                for second, code, description, grid in parts:
                    category = classify(code, description).category.value
                    weekday, hour = (second // 86_400 + 3) % 7, second % 86_400 // 3600
                    if grid:
                        hours[category, weekday, hour, grid] += 1
                    offences[category, canonical_code(code), description] += 1
    write("counts.csv", ("category", "weekday", "hour", "grid", "records"), hours.items())
    write("offences.csv", ("category", "code", "description", "records"), offences.items())


def write(name: str, header: tuple[str, ...], counts: Iterable[tuple[tuple[object, ...], int]]) -> None:
    """Write sorted counts."""
    with (DATA / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows((*key, count) for key, count in sorted(counts, key=lambda pair: str(pair[0])))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
