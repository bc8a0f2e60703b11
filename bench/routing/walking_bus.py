"""How many leaders a walking school bus needs, beside greedy with exchanges, and what no plan can beat.

    python bench/routing/walking_bus.py [--stops 100] [--seeds 3] [--seconds 60]

Invented schools: stops in a square of 2 km around it, walks by the air line, dangers in proportion to the
walk with a factor drawn for each pair, nobody more than 1.3 times the direct way. Greedy with exchanges is
the first plan with the same moves for as long as one of them helps (two million tries). Processor seconds
beside the clock: the search ends by the clock.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

from schoolward.analysis.walking_bus import Instance, Plan, Stop, check, greedy, solve
from schoolward.analysis.walking_bus.annealing import anneal

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from machine import state

EXCHANGES = 2_000_000


def school(stops: int, seed: int) -> Instance:
    """An invented school; the same seed draws the same one."""
    random = np.random.default_rng(seed)
    points = np.vstack([[0.0, 0.0], random.uniform(-1000, 1000, (stops, 2))])
    length = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    danger = np.triu(np.round(length / 1000 * random.uniform(0.2, 1.8, length.shape), 2), 1)
    return Instance(tuple(Stop(str(index)) for index in range(stops)), length, danger + danger.T, 1.3)


def with_exchanges(instance: Instance) -> Plan:
    """Greedy, then every exchange that helps and none that does not."""
    first = greedy(instance)
    points, targets = np.nonzero(instance.allowed)
    starts = np.searchsorted(points, np.arange(len(instance.stops) + 2)).astype(np.int64)
    best = first.parents.copy()
    fixed = (instance.length_m, instance.danger, instance.limit_m, instance.pupils, 0, starts, targets)
    cold = 1e-9
    state_ = np.array([1], dtype=np.uint64)
    anneal(first.parents.copy(), *fixed, 50.0, cold, cold, EXCHANGES, 0, EXCHANGES, state_, best)
    return Plan(instance, best)


def main() -> None:
    """Print one line a school."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stops", type=int, default=100)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=60.0)
    arguments = parser.parse_args()
    print(state())
    solve(school(10, 0), seconds=0.1)  # compiled, or read from the cache, before anything is timed
    for seed in range(1, arguments.seeds + 1):
        instance = school(arguments.stops, seed)
        began = time.process_time()
        check(greedy(instance))
        first = time.process_time() - began
        peer = with_exchanges(instance)
        began = time.process_time()
        answer = solve(instance, seconds=arguments.seconds, seed=seed)
        took = time.process_time() - began
        plan = answer.plan
        check(plan)
        fewer = 1 - plan.leaders / peer.leaders
        print(
            f"{arguments.stops} stops, seed {seed}: feasible in {first:.3f} CPU-s; {plan.leaders} leaders, "
            f"danger {plan.danger:.2f} (no plan below {answer.bounds.leaders}, and "
            f"{answer.bounds.danger:.2f} with as many); "
            f"greedy {answer.first.leaders}/{answer.first.danger:.2f}, with exchanges "
            f"{peer.leaders}/{peer.danger:.2f}: {fewer:.0%} fewer leaders, goal 10 %: "
            f"{'reached' if fewer >= 0.1 else 'MISSED'}; {took:.1f} CPU-s of {answer.seconds:.1f} s"
        )


if __name__ == "__main__":
    main()
