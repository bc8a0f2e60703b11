"""How soon the best places of 60 crossing guards are proved, beside the usual greedy choice.

    python bench/routing/guards.py [--seeds 3]

Invented districts of the size of a real one: 80 schools, 1,774 candidate crossings and about 1,849 distinct
sets of crossings on the ways to school. The ways of a school make a tree, so that ways nearer to it share
crossings, and one crossing in ten serves two schools. Processor seconds of one thread.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

from schoolward.analysis.crossing_guards import Instance, greedy, place

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from machine import state

SCHOOLS, CANDIDATES, SETS, GUARDS, GOAL = 80, 1_774, 1_849, 60, 5.0


def district(seed: int) -> Instance:
    """An invented district; the same seed draws the same one."""
    random = np.random.default_rng(seed)
    of_school = [list(part) for part in np.array_split(random.permutation(CANDIDATES), SCHOOLS)]
    for crossings in of_school:  # every tenth serves a neighbor, too
        crossings += random.choice(CANDIDATES, len(crossings) // 10, replace=False).tolist()
    ways: Counter[frozenset[int]] = Counter()
    while len(ways) < SETS:
        crossings = of_school[len(ways) % SCHOOLS]
        depth = 1 + min(int(random.geometric(0.45)), 6)
        # A tree by the order of the list: the way of a crossing leads over its half, its quarter and so on.
        at = int(random.integers(1, len(crossings) + 1))
        way = set()
        while at and len(way) < depth:
            way.add(int(crossings[at - 1]))
            at //= 2
        ways[frozenset(way)] += int(random.integers(1, 30))
    return Instance(tuple(map(str, range(CANDIDATES))), dict(ways), GUARDS)


def main() -> None:
    """Print one line a district."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    print(state())
    place(district(0), seconds=0.01)  # the solver's import is not timed
    for seed in range(1, arguments.seeds + 1):
        instance = district(seed)
        began = time.process_time()
        placement = place(instance, seconds=60)
        took = time.process_time() - began
        usual = instance.protected(greedy(instance))
        print(
            f"seed {seed}: {len(instance.ways):,} sets, {placement.pupils:,} of {instance.pupils:,} pupils, "
            f"bound {placement.bound:,} {'proved' if placement.proved else 'NOT proved'}  {took:.2f} CPU-s  "
            f"goal {GOAL:g} s: {'reached' if took <= GOAL and placement.proved else 'MISSED'}  "
            f"greedy {usual:,} ({1 - usual / placement.pupils:.1%} fewer)"
        )


if __name__ == "__main__":
    main()
