"""How fast the fee engine assesses ten years of alarms anew.

    python bench/alarms/fees.py [--events 1000000] [--systems 5000]

Bound of the same run: sorting the same rows by system and time (numpy's lexsort), which every engine has to
do before it can count. Each line gives wall time and processor time, best of the runs; a machine that is busy
with other work lengthens the first and not much the second. The alarms, permits and payments are invented.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import resource
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from schoolward.analysis.alarm_fees import (
    Assessments,
    Events,
    Ordinance,
    Payments,
    Permit,
    assess,
    read_events,
    read_ordinance,
)
from schoolward.analysis.alarm_fees.days import NO_DAY, day_number
from schoolward.analysis.alarm_fees.records import CANCELLED, CAUSES, DISPOSITIONS, TYPES, WEATHER

ORDINANCES = (
    Path(__file__).resolve().parents[2] / "src" / "schoolward" / "domains" / "alarms" / "data" / "ordinances"
)
RUNS = 5
GOAL_SECONDS = 2.0
FIRST, LAST = date(2025, 1, 1), date(2034, 12, 31)  # within the last edition of every ordinance
DAY = 86_400


def best(work: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """The shortest wall time and the shortest processor time of several runs."""
    walls, processors = [], []
    for _run in range(runs):
        gc.collect()
        wall, processor = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    return min(walls), min(processors)


def invented(count: int, systems: int) -> Events:
    """Alarms spread over ten years, 94 in a hundred false, in no order."""
    draw = np.random.default_rng(1)
    begin, end = day_number(FIRST) * DAY, day_number(LAST) * DAY
    times = draw.integers(begin, end, count)

    def codes(known: tuple[str, ...], usual: str, share: float) -> np.ndarray:
        rest = (1 - share) / (len(known) - 1)
        return draw.choice(len(known), count, p=[share if name == usual else rest for name in known]).astype(
            np.int8
        )

    return Events(
        event=[f"e{number}" for number in range(count)],
        time=times,
        systems=[f"s{number:06}" for number in range(systems)],
        system=draw.integers(0, systems, count),
        type=codes(TYPES, "burglary", 0.8),
        disposition=codes(DISPOSITIONS, "false", 0.94),
        dispatched=draw.random(count) < 0.9,
        cancelled=codes(CANCELLED, "no", 0.9),
        weather=codes(WEATHER, "none", 0.97),
        cause=codes(CAUSES, "user", 0.76),
        reset=times + draw.integers(60, 7200, count),
        notified=np.full(count, NO_DAY, dtype=np.int64),
    )


def held(systems: int, *, reinstated: bool = False) -> list[Permit]:
    """Ten terms for every second system; with `reinstated` each is back in force late in its year."""
    found = []
    for number in range(0, systems, 2):
        for year in range(FIRST.year, LAST.year + 1):
            starts = date(year, 1 + number % 12, 1 + number % 28)
            back = starts + timedelta(days=300) if reinstated else None
            found.append(Permit(f"s{number:06}", f"p{number}", starts, reinstated_on=back))
    return found


def show(
    name: str, taken: tuple[float, float], bound: tuple[float, float], goal: float | None = None
) -> None:
    """One line: seconds, how many times the bound, and the goal if there is one."""
    wall, processor = taken
    line = f"{name:52s} {wall:6.2f} s  processor {processor:6.2f} s  {wall / bound[0]:6.1f} x bound"
    if goal is not None:
        line += f"  goal {goal} s: {'reached' if wall <= goal else 'MISSED'}"
    print(line)


def paid(result: Assessments, share: float) -> Payments:
    """Payments, ten days after the alarm, of a share of the charges."""
    drawn = np.random.default_rng(2).random(len(result.counted)) < share
    owing = result.counted[(result.prices.fee > 0) & drawn]
    return {
        result.names[row]: date.fromordinal(719_163 + day + 10)
        for row, day in zip(result.alarms.row[owing].tolist(), result.alarms.day[owing].tolist(), strict=True)
    }


def table(events: Events, count: int) -> bytes:
    """The first alarms as a CSV file."""
    rows = ["event,time,system,type,disposition,dispatched"]
    for number in range(min(count, len(events))):
        moment = np.datetime64(int(events.time[number]), "s")
        system = events.systems[int(events.system[number])]
        kind, found = TYPES[events.type[number]], DISPOSITIONS[events.disposition[number]]
        rows.append(f"{events.event[number]},{moment}Z,{system},{kind},{found},yes")
    return "\n".join(rows).encode()


def ordinance(key: str) -> Ordinance:
    """A shipped ordinance."""
    return read_ordinance((ORDINANCES / f"{key}.json").read_text())


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--systems", type=int, default=5_000)
    asked = parser.parse_args()
    events, permits = invented(asked.events, asked.systems), held(asked.systems)
    cores = os.cpu_count() or 1
    load = os.getloadavg()[0]
    busy = "" if load < 1 else "  BUSY: wall times are not to be trusted"
    print(
        f"{len(events):,} alarms of {asked.systems:,} systems over 10 years; {cores} cores, "
        f"load {load:.1f}{busy}"
    )
    bound = best(lambda: np.lexsort((events.time, events.system)))
    show("bound: sorting the same rows by system and time", bound, bound)
    for path in sorted(ORDINANCES.glob("*.json")):
        rules = ordinance(path.stem)
        taken = best(lambda rules=rules: assess(rules, events, as_of=LAST, permits=permits))
        show(path.stem, taken, bound, GOAL_SECONDS)
    rules = ordinance("texas-1694-06")
    result = assess(rules, events, as_of=LAST, permits=permits)
    show("  sums by system and year", best(result.totals), bound)
    places = range(0, len(result), max(len(result) // 10_000, 1))
    wall, processor = best(lambda: [result[place] for place in places], 3)
    print(f"  sentences: {wall / len(places) * 1e6:.1f} microseconds an alarm (processor {processor:.2f} s)")
    rules, back = ordinance("warrensville-heights-oh"), held(asked.systems, reinstated=True)
    payments = paid(assess(rules, events, as_of=LAST, permits=back), 0.9)
    debts = best(lambda: assess(rules, events, as_of=LAST, permits=back, payments=payments), 2)
    again = assess(rules, events, as_of=LAST, permits=back, payments=payments)
    show(f"  with debts: {len(again.cancellations):,} permits cancelled, one after another", debts, bound)
    content = table(events, 100_000)
    wall, _ = best(lambda: read_events(io.BytesIO(content), "America/Chicago"), 2)
    print(f"  reading CSV: {min(len(events), 100_000) / wall:,.0f} rows/s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
