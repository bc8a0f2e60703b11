"""What no plan can beat: how many leaders there must be, and how much danger with so many.

Each plan falls into as many chains as it has leaders. A linear programme covers the stops with chains, made
as they are asked for (column generation); from its prices a bound follows even when it was not solved to
the end (A. A. Farley, A note on bounding a class of linear programming problems, Operations Research 38,
1990). For the danger the same chains carry their links' danger, and there may be as many as the plan has
leaders; the least spanning tree over the links that may be walked bounds it too.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from schoolward.analysis.walking_bus.instance import Floats, Instance
from schoolward.analysis.walking_bus.plan import Plan

_STEPS = 1_500
_HAIR = 1e-7


@dataclass(frozen=True, slots=True)
class Bounds:
    """No plan has fewer leaders; none with as many leaders as the plan at hand has less danger."""

    leaders: int
    danger: float
    exact_leaders: float
    """The leaders' bound before it was rounded up, to tell how near it came."""


def bounds(plan: Plan, *, seconds: float = 10.0) -> Bounds:
    """Bounds for a plan's instance: they hold whenever the time ends, and grow tighter until then."""
    instance = plan.instance
    end = time.monotonic() + seconds
    least = _least_leaders(instance)
    tree = _tree_bound(instance)
    chains = _Chains.of(instance, plan)
    leaders = chains.leaders_bound(end - seconds * 0.5)
    danger = chains.danger_bound(plan.leaders, end)
    return Bounds(max(least, math.ceil(leaders - 1e-6)), max(tree, danger, 0.0), max(leaders, float(least)))


def _least_leaders(instance: Instance) -> int:
    """One leader at least, and one for each `pupils_per_leader` pupils."""
    if instance.pupils_per_leader is None:
        return 1
    return math.ceil(int(instance.pupils.sum()) / instance.pupils_per_leader)


def _tree_bound(instance: Instance) -> float:
    """The danger of the least spanning tree over links that may be walked in either direction, and each
    stop's least link: whichever is more."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import minimum_spanning_tree

    dear = np.where(instance.allowed, instance.danger, np.inf)
    either = np.minimum(dear, dear.T)
    # One is added to each link, since a link of danger 0 would count as none.
    points = np.isfinite(either)
    weights = csr_array(np.where(points, either + 1.0, 0.0))
    spanning = float(minimum_spanning_tree(weights).sum()) - len(instance.stops)
    return max(spanning, float(dear[1:].min(axis=1).sum()))


class _Chains:
    """The chains found so far, and the programme over them."""

    def __init__(self, instance: Instance) -> None:
        count = len(instance.stops) + 1
        self.instance = instance
        self.count = count
        per_step = float(instance.limit_m.max()) / _STEPS
        steps = np.floor(instance.length_m / per_step).astype(np.int64)
        raised = (steps == 0) & instance.allowed
        raised[:, 0] = False
        steps = np.maximum(steps, 1)
        # A link that was raised to one whole step is made up for in the limit: a chain has a stop but once.
        room = int(raised.any(axis=1).sum())
        steps[~instance.allowed] = -1
        self.steps = steps
        self.base = np.floor(instance.nearest_m / per_step).astype(np.int64)
        self.limit = np.floor(instance.limit_m / per_step).astype(np.int64) + room + 1
        self.limit[0] = 0
        dear = np.where(instance.allowed, instance.danger, np.inf)
        self.joining = np.concatenate([[0.0], dear[1:].min(axis=1)])
        self.members: list[npt.NDArray[np.int64]] = []
        self.dangers: list[float] = []
        self._known: set[bytes] = set()

    @classmethod
    def of(cls, instance: Instance, plan: Plan) -> _Chains:
        """Begin with each stop alone and the chains of a plan."""
        chains = cls(instance)
        for point in range(1, chains.count):
            chains.add(np.array([point]))
        taken: set[int] = set()
        for line in sorted(plan.lines(), key=len, reverse=True):
            own = [point for point in line[:-1] if point not in taken]
            taken.update(own)
            chains.add(np.array(own[::-1]))
        return chains

    def add(self, chain: npt.NDArray[np.int64]) -> bool:
        """Keep a chain, from its end outwards; False where it is known."""
        name = chain.astype(np.int64).tobytes()
        if name in self._known:
            return False
        self._known.add(name)
        self.members.append(chain)
        links = self.instance.danger[chain[1:], chain[:-1]].sum()
        self.dangers.append(float(links + self.joining[chain[0]]))
        return True

    def leaders_bound(self, end: float) -> float:
        """The least number of chains that covers each stop."""
        best = 0.0
        nothing = np.zeros((self.count, self.count))
        alone = np.zeros(self.count)
        while time.monotonic() < end:
            prices, _ = self._prices(np.ones(len(self.members)), None, end)
            if prices is None:
                break
            top, new = self._price(prices, nothing, alone, 1.0 + _HAIR)
            best = max(best, float(prices.sum()) / max(top, 1.0))
            if top <= 1.0 + _HAIR or not new:
                break
        return best

    def danger_bound(self, leaders: int, end: float) -> float:
        """The least danger of at most so many chains that cover each stop."""
        best = 0.0
        while time.monotonic() < end:
            prices, chain_price = self._prices(np.array(self.dangers), leaders, end)
            if prices is None:
                break
            top, new = self._price(prices, self.instance.danger, self.joining, chain_price + _HAIR)
            best = max(best, float(prices.sum()) - leaders * max(top, 0.0))
            if top <= chain_price + _HAIR or not new:
                break
        return best

    def _prices(self, costs: Floats, most: int | None, end: float) -> tuple[Floats | None, float]:
        """The stops' prices in the programme over the chains at hand, and that of one more chain."""
        from scipy.optimize import linprog
        from scipy.sparse import csr_array, vstack

        rows = np.concatenate(self.members)
        columns = np.repeat(np.arange(len(self.members)), [len(chain) for chain in self.members])
        cover = csr_array(
            (np.ones(len(rows)), (rows - 1, columns)), shape=(self.count - 1, len(self.members))
        )
        left, right = -cover, -np.ones(self.count - 1)
        if most is not None:
            left = vstack([left, csr_array(np.ones((1, len(self.members))))])
            right = np.append(right, float(most))
        found: Any = linprog(
            costs,
            A_ub=left,
            b_ub=right,
            method="highs",
            options={"time_limit": max(end - time.monotonic(), 0.05)},
        )
        if found.status != 0:
            return None, 0.0
        marginals = -np.asarray(found.ineqlin.marginals)
        prices = np.concatenate([[0.0], np.maximum(marginals[: self.count - 1], 0.0)])
        return prices, float(max(marginals[self.count - 1], 0.0)) if most is not None else 0.0

    def _price(self, prices: Floats, cost: Floats, joining: Floats, most: float) -> tuple[float, bool]:
        """The worth of the best chain there could be; adds good ones and tells whether any was new."""
        from schoolward.analysis.walking_bus.pricing import best_chains

        chains = np.zeros((self.count, 3 * self.count), dtype=np.int64)
        lengths = np.zeros(self.count, dtype=np.int64)
        top, kept = best_chains(
            self.steps, self.base, self.limit, prices, cost, joining, most, chains, lengths
        )
        new = [self.add(chains[row, : lengths[row]].copy()) for row in range(kept)]
        return float(top), any(new)
