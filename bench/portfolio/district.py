"""How fast a funding plan is made, and how good it is for certain, beside HiGHS alone on the same programme.

    python bench/portfolio/district.py [--seeds 3] [--candidates 2000 --sites 80] [--no-peer]

Processor seconds of one thread, from an instance in memory to an answer, without the reasons for what is left
out (told separately). Every answer is held against the checker of the tests. The districts are invented.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from instances import district

from schoolward.analysis.portfolio import Instance, Status, as_json, explain, plan, solver
from schoolward.analysis.portfolio.writing import build

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests")]

from machine import state  # noqa: E402

from unit.analysis.portfolio import checker  # noqa: E402

BUDGETS = (0.15, 0.3)
ANY = 1e9  # a gap that every plan reaches
GOALS = {2000: {ANY: 0.3, 0.01: 2.0, 0.002: 20.0}, 10_000: {0.01: 10.0}}
PATIENCE = 100.0  # seconds by the clock, for each question


def ours(instance: Instance, gap: float) -> tuple[float, float | None]:
    """Processor seconds to a plan within a gap, and the gap that was proved."""
    begun = time.process_time()
    answer = plan(instance, seconds=PATIENCE, gap=gap, why_left_out=False)
    taken = time.process_time() - begun
    assert answer.status in (Status.OPTIMAL, Status.FEASIBLE), answer
    told = as_json(answer) | {"left_out": as_json(answer)["left_out"]}
    broken = [fault for fault in checker.faults(as_json(instance), told) if not fault.startswith("left_out")]
    assert not broken, broken
    return taken, answer.gap


def alone(instance: Instance, gap: float) -> tuple[float, float | None]:
    """The same for HiGHS on the programme as it is written."""
    begun = time.process_time()
    model = build(instance, closing=False)
    outcome = solver.branch(model, np.zeros(model.columns), model.upper, seconds=PATIENCE, gap=gap)
    taken = time.process_time() - begun
    if outcome.values is None:
        return taken, None
    worth = float(model.benefit @ outcome.values)
    return taken, (outcome.bound - worth) / worth


def line(name: str, gap: float, taken: tuple[float, float | None], goal: float | None) -> str:
    """One line: seconds, gap proved, goal."""
    seconds, proved = taken
    shown = "no plan" if proved is None else f"{proved:.3%}"
    reached = proved is not None and (gap == ANY or proved <= gap * (1 + 1e-6))
    verdict = (
        "" if goal is None else f"  goal {goal} s: {'reached' if reached and seconds <= goal else 'MISSED'}"
    )
    return f"  {name:18s} {seconds:7.2f} CPU-s  proved {shown:>8s}{verdict}"


def main() -> None:
    """Plan invented districts of several seeds and budgets."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--candidates", type=int, default=2000)
    parser.add_argument("--sites", type=int, default=80)
    parser.add_argument("--no-peer", action="store_true")
    given = parser.parse_args()
    plan(district(50, 5, 0), seconds=5)  # imports are not what is measured
    print(state())
    goals = GOALS.get(given.candidates, {0.01: None})
    for seed in range(1, given.seeds + 1):
        for budget in BUDGETS:
            instance = district(given.candidates, given.sites, seed, budget=budget)
            print(f"{given.candidates} candidates, {given.sites} sites, seed {seed}, budget {budget:.0%}")
            for gap, goal in goals.items():
                name = "feasible" if gap == ANY else f"gap {gap:.1%}"
                print(line(name, gap, ours(instance, gap), goal), flush=True)
                if gap != ANY and not given.no_peer:
                    print(line(f"HiGHS alone {gap:.1%}", gap, alone(instance, gap), None), flush=True)
    answer = plan(instance, seconds=PATIENCE, gap=0.01, why_left_out=False)
    begun = time.process_time()
    told = explain(instance, answer)
    print(f"reasons for {len(told):,} candidates left out: {time.process_time() - begun:.2f} CPU-s")


if __name__ == "__main__":
    main()
