"""Published test problems as instances of a funding plan: how near the best published value in 60 seconds.

    python bench/portfolio/library.py [--seconds 60]

Multidimensional knapsack and generalised assignment of OR-Library (`orlib/`), and larger ones drawn by their
published generators (no published value: HiGHS alone has the same time). The proved gap is printed beside it.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from schoolward.analysis.portfolio import (
    Candidate,
    Fund,
    Instance,
    Limit,
    Option,
    as_json,
    plan,
    solver,
)
from schoolward.analysis.portfolio.writing import build

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests")]

from machine import state  # noqa: E402

from unit.analysis.portfolio import checker  # noqa: E402

FILES = Path(__file__).resolve().parent / "orlib"
GAPD_BEST = (6353,)
WITHIN = 0.002
DAY = date(2026, 1, 15)


@dataclass(frozen=True)
class Problem:
    """A published problem. Where least cost is asked for, costs are `top` less the benefits."""

    name: str
    instance: Instance
    best: float | None
    top: float | None = None

    def value(self, benefit: float) -> float:
        """Turn a benefit into the published problem's own value."""
        return benefit if self.top is None else self.top - benefit


def knapsack(name: str, profit: np.ndarray, use: np.ndarray, room: np.ndarray, best: float | None) -> Problem:
    """Items are candidates that cost nothing, resources are limits."""
    works = [f"item {number}" for number in range(len(profit))]
    return Problem(
        name,
        Instance(
            funds=(Fund(id="fund", amount=0, categories=None, expires=DAY),),
            candidates=tuple(
                Candidate(id=work, site="site", category="item", cost=0, benefit=float(value))
                for work, value in zip(works, profit, strict=True)
            ),
            limits=tuple(
                Limit(
                    name=f"resource {row}",
                    weights={work: float(weight) for work, weight in zip(works, use[row], strict=True)},
                    max=float(room[row]),
                )
                for row in range(len(room))
            ),
            today=DAY,
        ),
        best,
    )


def assignment(name: str, cost: np.ndarray, use: np.ndarray, room: np.ndarray, best: float | None) -> Problem:
    """Agents are funds, jobs are candidates of a site each where something must be spent."""
    agents, jobs = cost.shape
    most = int(cost.max()) + 1
    return Problem(
        name,
        Instance(
            funds=tuple(
                Fund(id=f"agent {agent}", amount=int(room[agent]), categories=None, expires=DAY)
                for agent in range(agents)
            ),
            candidates=tuple(
                Candidate(
                    id=f"job {job}",
                    site=f"job {job}",
                    category="job",
                    cost=0,
                    benefit=0.0,
                    options=tuple(
                        Option(
                            fund=f"agent {agent}",
                            cost=int(use[agent, job]),
                            benefit=float(most - cost[agent, job]),
                        )
                        for agent in range(agents)
                    ),
                )
                for job in range(jobs)
            ),
            site_min={f"job {job}": 1 for job in range(jobs)},
            today=DAY,
        ),
        best,
        top=float(most * jobs),
    )


def published() -> list[Problem]:
    """Read the problems of OR-Library."""
    found = []
    numbers = iter([int(word) for word in (FILES / "mknapcb1.txt").read_text().split()])

    def take(*shape: int) -> np.ndarray:
        return np.array([next(numbers) for _one in range(int(np.prod(shape)))]).reshape(shape)

    for problem in range(next(numbers)):
        items, resources, best = next(numbers), next(numbers), next(numbers)
        parts = take(items), take(resources, items), take(resources)
        found.append(knapsack(f"mknapcb1 number {problem + 1}, {resources} x {items}", *parts, best))
    numbers = iter([int(word) for word in (FILES / "gapd.txt").read_text().split()])
    for problem in range(next(numbers)):
        agents, jobs = next(numbers), next(numbers)
        shape = agents, jobs
        found.append(
            assignment(
                f"gapd {agents} x {jobs}", take(*shape), take(*shape), take(agents), GAPD_BEST[problem]
            )
        )
    return found


def drawn() -> list[Problem]:
    """Draw larger problems by the published generators: of Chu and Beasley 1998, and of type e."""
    draw = np.random.default_rng(1)
    found = []
    for resources, items, tightness in ((10, 250, 0.5), (30, 500, 0.25)):
        use = draw.integers(1, 1001, (resources, items))
        profit = np.floor(use.sum(axis=0) / resources + 500 * draw.random(items))
        room = np.floor(tightness * use.sum(axis=1))
        found.append(knapsack(f"drawn as mknapcb, {resources} x {items}", profit, use, room, None))
    use = np.maximum(np.floor(1 - 10 * np.log(1 - draw.random((10, 100)))), 1).astype(int)
    cost = np.maximum(np.floor(1000 / use - 10 * draw.random((10, 100))), 1).astype(int)
    found.append(assignment("drawn as gape, 10 x 100", cost, use, np.floor(0.8 * use.sum(axis=1) / 10), None))
    return found


def main() -> None:
    """Plan each problem, and say how near the best published value the plan is."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60.0)
    given = parser.parse_args()
    print(state())
    for problem in [*published(), *drawn()]:
        begun, wall = time.process_time(), time.perf_counter()
        answer = plan(problem.instance, seconds=given.seconds, gap=0.0)
        taken, wall = time.process_time() - begun, time.perf_counter() - wall
        faults = checker.faults(as_json(problem.instance), as_json(answer))
        assert not faults, faults
        assert answer.objective is not None
        assert answer.bound is not None
        value, bound = problem.value(answer.objective), problem.value(answer.bound)
        proved = abs(bound - value) / value
        print(
            f"{problem.name}: {value:,.0f}, proved {proved:.3%}, {taken:.1f} CPU-s, {wall:.1f} s", flush=True
        )
        if problem.best is not None:
            away = abs(value - problem.best) / problem.best
            verdict = "reached" if away <= WITHIN else "MISSED"
            print(f"  best published {problem.best:,}: {away:.3%} away, {verdict}")
            continue
        model = build(problem.instance, closing=False)
        begun = time.process_time()
        peer = solver.branch(model, np.zeros(model.columns), model.upper, seconds=given.seconds, gap=0.0)
        taken = time.process_time() - begun
        if peer.values is None:
            print("  HiGHS alone: no plan")
            continue
        theirs, bound = problem.value(float(model.benefit @ peer.values)), problem.value(peer.bound)
        print(f"  HiGHS alone: {theirs:,.0f}, proved {abs(bound - theirs) / theirs:.3%}, {taken:.1f} CPU-s")


if __name__ == "__main__":
    main()
