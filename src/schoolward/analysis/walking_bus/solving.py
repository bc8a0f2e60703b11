"""A plan within a time, and what it could be better by: greedy first, then annealing, then the bounds."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from schoolward.analysis.walking_bus.bounding import Bounds, bounds
from schoolward.analysis.walking_bus.greedy import greedy
from schoolward.analysis.walking_bus.instance import Instance
from schoolward.analysis.walking_bus.plan import Plan, check

_SEARCH_SHARE = 0.75
_FIRST_TURNS = 200_000
_MOST_TURNS = 1 << 28
# Weights and temperatures in units of the first plan's mean danger of a link. The first looks for fewer
# leaders: one weighs as much as fifty links. The second starts from the best and looks for less danger.
_SCHEDULES = ((50.0, 40.0, 0.05), (25.0, 4.0, 0.02))


@dataclass(frozen=True)
class Answer:
    """The plan, the first one that was there at once, what no plan can beat, and the seconds it took."""

    plan: Plan
    first: Plan
    bounds: Bounds
    seconds: float

    @property
    def proved(self) -> bool:
        """Whether no plan can be better."""
        near = 1e-9 * max(self.plan.danger, 1.0)
        return self.plan.leaders == self.bounds.leaders and self.plan.danger <= self.bounds.danger + near


def solve(instance: Instance, *, seconds: float = 30.0, seed: int = 0) -> Answer:
    """The best plan found within so many seconds by the clock, three quarters of them for the search.

    Whatever the time, the plan keeps the rule and the bounds hold: with no time at all it is the greedy plan.
    The same seed on a machine of the same speed gives mostly the same plan; the time cuts the search off.
    """
    began = time.monotonic()
    first = greedy(instance)
    best = _search(instance, first, began + seconds * _SEARCH_SHARE, seed)
    check(best)
    left = max(seconds - (time.monotonic() - began), 0.0)
    proved = bounds(best, seconds=left)
    return Answer(best, first, proved, time.monotonic() - began)


def _search(instance: Instance, first: Plan, end: float, seed: int) -> Plan:
    """Anneal anew from the first plan and on from the best one, in turns that grow longer each time."""
    if time.monotonic() >= end or len(instance.stops) < 2:
        return first
    from schoolward.analysis.walking_bus.annealing import anneal

    count = len(instance.stops) + 1
    points, targets = np.nonzero(instance.allowed)
    starts = np.searchsorted(points, np.arange(count + 1))
    fixed = (
        np.ascontiguousarray(instance.length_m),
        np.ascontiguousarray(instance.danger),
        instance.limit_m,
        instance.pupils,
        instance.pupils_per_leader or 0,
        starts.astype(np.int64),
        targets.astype(np.int64),
    )
    unit = max(first.danger / (count - 1), 1e-9)
    state = np.array([_mixed(seed)], dtype=np.uint64)
    best = first.parents.copy()
    turns, rate, round_ = _FIRST_TURNS, 0.0, 0
    while (left := end - time.monotonic()) > 0:
        if rate and turns > left * rate:
            turns = int(left * rate) + 1
        leaf, hot, cold = _SCHEDULES[round_ % 2]
        current = (first.parents if round_ % 2 == 0 else best).copy()
        done = 0
        step = 50_000 if not rate else max(min(int(rate), turns), 1)
        while done < turns and time.monotonic() < end:
            began = time.monotonic()
            now = min(step, turns - done)
            anneal(current, *fixed, leaf * unit, hot * unit, cold * unit, now, done, turns, state, best)
            done += now
            if done > now or round_:  # the first call may have been compiled
                rate = now / max(time.monotonic() - began, 1e-6)
        round_ += 1
        turns = min(turns * 2 if round_ % 2 == 0 else turns, _MOST_TURNS)
    return Plan(instance, best)


def _mixed(seed: int) -> int:
    """A seed's bits well mixed and not all 0 (SplitMix64: Steele, Lea and Flood, OOPSLA 2014)."""
    mixed = (seed + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
    return (mixed ^ (mixed >> 31)) or 1
