"""A million against a million, ours and Splink on DuckDB in one run; and what becomes of twins and siblings.

    python bench/linkage/million.py [--records 1000000] [--peer PYTHON] [--folder FOLDER]

PYTHON is an interpreter of an environment with `splink` in it; without, ours runs alone. The people are
invented. Half of the second file are people of the first as another clerk wrote them, a tenth are twins and a
tenth siblings of the first, the rest are others. Both sides use the same keys to find pairs; Splink is given
the sounds of names ready made, ours works them out. No file has numbers of students: they would make it easy.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests")]

from machine import state  # noqa: E402

from schoolward.analysis.linkage import Decision, Thresholds, read_table  # noqa: E402
from schoolward.analysis.linkage.blocking import RULES, candidates  # noqa: E402
from schoolward.analysis.linkage.comparing import patterns  # noqa: E402
from schoolward.analysis.linkage.deciding import decide, weigh  # noqa: E402
from schoolward.analysis.linkage.estimating import estimate  # noqa: E402
from schoolward.analysis.linkage.people import gather  # noqa: E402
from schoolward.analysis.linkage.together import broken_chains  # noqa: E402
from schoolward.analysis.linkage.values import soundex  # noqa: E402
from unit.analysis.linkage.invented import District, Person, looks_the_same, words  # noqa: E402

HEADER = ["record", *Person.__dataclass_fields__, "given_sound", "surname_sound"]
SLIPS = 0.05
PATIENCE = 600  # seconds for the peer


@dataclass(frozen=True)
class Files:
    """The two files. p12 in both is one person, t12 and s12 are p12's twin and sibling."""

    first: Path
    second: Path


def write(folder: Path, records: int, seed: int) -> Files:
    """Invent two files of so many records each."""
    district = District(seed)
    district.given, district.surnames = words(5_000, 3, 1), words(50_000, 4, 2)
    district.streets, district.cities = words(3_000, 3, 3), words(60, 3, 4)
    known = [replace(district.person(), student_id="") for _ in range(records)]
    half, tenth = records // 2, records // 10
    second = [(f"p{place}", district.record(known[place], SLIPS)) for place in range(half)]
    second += [
        (f"t{place}", district.record(district.twin(known[place]), SLIPS))
        for place in range(half, half + tenth)
    ]
    second += [
        (f"s{place}", replace(district.record(district.sibling(known[place]), SLIPS), student_id=""))
        for place in range(half + tenth, half + 2 * tenth)
    ]
    rest = records - len(second)
    second += [(f"o{place}", replace(district.person(), student_id="")) for place in range(rest)]
    random.Random(seed).shuffle(second)
    files = Files(folder / "a.csv", folder / "b.csv")
    _write(files.first, [(f"p{place}", district.record(person, SLIPS)) for place, person in enumerate(known)])
    _write(files.second, second)
    return files


def _write(path: Path, rows: list[tuple[str, Person]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for record, person in rows:
            house, _, street = person.address.partition(" ")
            plain = replace(
                person,
                birth_date=person.birth_date.replace("-", ""),
                address=street or house,
                house_number=house,
            )
            writer.writerow([record, *astuple(plain), soundex(person.given), soundex(person.surname)])


def ours(files: Files, wanted: int) -> dict[str, float]:
    """Link, and say how long each part took and what became of whom."""
    times: dict[str, float] = {}
    clock, processor = time.perf_counter(), time.process_time()

    def lap(name: str) -> None:
        nonlocal clock, processor
        times[name], clock = time.perf_counter() - clock, time.perf_counter()
        times[f"{name} processor"], processor = time.process_time() - processor, time.process_time()

    tables = []
    for path in (files.first, files.second):
        with path.open("rb") as stream:
            tables.append(read_table(stream, impossible_days=True))
    lap("read")
    people = gather(*tables)
    lap("columns")
    looked_at = candidates(people, rules=tuple(rule for rule in RULES if not rule.coarse))
    lap("candidates")
    found = patterns(people, looked_at.pairs)
    lap("compare")
    model = estimate(people, looked_at, found)
    lap("train")
    weighed = weigh(people, model, looked_at.pairs, found)
    thresholds = Thresholds()
    decisions = decide(weighed, thresholds)
    decisions[broken_chains(people, looked_at.pairs, decisions)] = Decision.PERSON
    lap("decide")
    for one in looked_at.found:
        left_out = f", {one.left_out_pairs:,} left out" if one.left_out_pairs else ""
        print(f"    {one.rule}: {one.pairs:,}{left_out}")
    same = np.flatnonzero(decisions == Decision.SAME)
    records = people.records
    ends = [
        (records[one], records[other])
        for one, other in zip(looked_at.pairs.left[same], looked_at.pairs.right[same], strict=True)
    ]
    judge("automatic", ends, files, wanted)
    asked = int((decisions == Decision.PERSON).sum())
    heavy = np.flatnonzero(weighed.whole >= thresholds.same_bits)
    ends = [
        (records[one], records[other])
        for one, other in zip(looked_at.pairs.left[heavy], looked_at.pairs.right[heavy], strict=True)
    ]
    judge("by weight alone", ends, files, wanted)
    print(f"    to a person {asked:,}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"    peak memory {memory:,.0f} MB (the invention of the files included)")
    return times | {"pairs": len(looked_at.pairs)}


def judge(what: str, ends: list[tuple[str, str]], files: Files, wanted: int) -> None:
    """Say whose the pairs are, and how many of kin nobody could tell apart."""
    found: dict[str, list[tuple[str, str]]] = {"one person": [], "twins": [], "siblings": [], "others": []}
    for one, other in ends:
        kind = "others"
        if one[1:] == other[1:]:
            kind = {"p": "one person", "t": "twins", "s": "siblings"}.get(other[0], "others")
        found[kind].append((one, other))
    told = ", ".join(f"{name} {len(pairs):,}" for name, pairs in found.items())
    kin = [*found["twins"], *found["siblings"]]
    firsts, seconds = (
        _records(path, {pair[side] for pair in kin}) for side, path in enumerate((files.first, files.second))
    )
    alike = sum(looks_the_same(firsts[one], seconds[other]) for one, other in kin)
    note = f"; of the kin {alike:,} are equal in all that is the child's own" if kin else ""
    print(f"    {what}: {told} (of {wanted:,} people in both files){note}")


def _records(path: Path, wanted: set[str]) -> dict[str, Person]:
    with path.open(newline="", encoding="utf-8") as stream:
        rows = (row for row in csv.DictReader(stream) if row["record"] in wanted)
        return {
            row["record"]: Person(**{name: row[name] for name in Person.__dataclass_fields__}) for row in rows
        }


def main() -> None:
    """Invent, link, and let the peer do the same."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="keep the invented files here, and take them from here")
    parser.add_argument("--invent", action="store_true", help="only invent the files")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        files = Files(folder / "a.csv", folder / "b.csv")
        if not files.second.exists():
            files = write(folder, given.records, given.seed)
        if given.invent:
            return
        print(state())
        print(f"ours: {given.records:,} against {given.records:,}")
        mine = ours(files, given.records // 2)
        print(f"    {mine['pairs']:,} pairs; {_shown(mine)}")
        if given.peer is None:
            return
        print(state())
        peer = [str(given.peer), str(Path(__file__).with_name("splink_peer.py")), str(folder / "pairs.csv")]
        done = subprocess.run(
            [*peer, str(files.first), str(files.second)],
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        )
        theirs = json.loads(done.stdout.splitlines()[-1])
        print(f"Splink: {theirs['pairs']:,} pairs; {_shown(theirs)}")
        threshold = Thresholds().same_bits
        with (folder / "pairs.csv").open(newline="") as stream:
            ends = [(row[0], row[1]) for row in csv.reader(stream) if float(row[2]) >= threshold]
        judge("at odds of 0.999", ends, files, given.records // 2)
        for unit in ("", " processor"):
            scoring = sum(mine[part + unit] for part in ("candidates", "compare", "decide"))
            predict = theirs[f"predict{unit}"]
            print(
                f"candidates and scoring{unit}: ours {scoring:.1f} s, Splink {predict:.1f} s: "
                f"{predict / scoring:.2f} times as quick (goal 1); a pair "
                f"{scoring / mine['pairs'] * 1e6:.2f} and {predict / theirs['pairs'] * 1e6:.2f} µs"
            )


def _shown(times: dict[str, float]) -> str:
    """Return seconds by the clock, and of the processor in brackets."""
    parts = [part for part in times if f"{part} processor" in times]
    return ", ".join(f"{part} {times[part]:.1f} ({times[f'{part} processor']:.1f}) s" for part in parts)


if __name__ == "__main__":
    main()
