"""A plan: where each stop walks on to; what it costs, and whether it keeps the rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from schoolward.analysis.walking_bus.instance import Floats, Instance

Parents = npt.NDArray[np.int64]


class BrokenPlan(ValueError):
    """A plan that does not keep the rule; the message names the stop."""


@dataclass(frozen=True)
class Plan:
    """Each point's next point on the way to the school; the school's own is itself. Shape (n + 1,)."""

    instance: Instance
    parents: Parents

    @cached_property
    def order(self) -> list[int]:
        """The points from the school outwards: each after the one it walks to."""
        below: list[list[int]] = [[] for _ in self.parents]
        for point, parent in enumerate(self.parents.tolist()):
            if point:
                below[parent].append(point)
        order = [0]
        for point in order:
            order.extend(below[point])
        return order

    @cached_property
    def walk_m(self) -> Floats:
        """Each point's way to the school, metres."""
        walk = np.zeros(len(self.parents))
        for point in self.order[1:]:
            parent = int(self.parents[point])
            walk[point] = self.instance.length_m[point, parent] + walk[parent]
        return walk

    @property
    def leaders(self) -> int:
        """How many leaders: one for each stop that nobody walks to."""
        return len(self.parents) - 1 - len(set(self.parents[1:].tolist()) - {0})

    @property
    def danger(self) -> float:
        """The sum of the danger of the tree's edges."""
        points = np.arange(1, len(self.parents))
        return float(self.instance.danger[points, self.parents[1:]].sum())

    def worth(self) -> tuple[int, float]:
        """What is to be small: leaders, then danger."""
        return self.leaders, self.danger

    def lines(self) -> list[list[int]]:
        """Each leader's way as points from where the leader begins to the school."""
        walked_to = set(self.parents[1:].tolist())
        lines: list[list[int]] = []
        for point in range(1, len(self.parents)):
            if point in walked_to:
                continue
            line = [point]
            while line[-1]:
                line.append(int(self.parents[line[-1]]))
            lines.append(line)
        return lines


def check(plan: Plan) -> None:
    """Raise BrokenPlan naming the first stop at which a plan does not keep its instance's rule."""
    instance = plan.instance
    count = len(instance.stops) + 1
    if plan.parents.shape != (count,) or not ((plan.parents >= 0) & (plan.parents < count)).all():
        raise BrokenPlan("the plan does not name a next point for each stop")
    if len(plan.order) != count:
        lost = sorted(set(range(count)) - set(plan.order))[0]
        raise BrokenPlan(f"stop {instance.stops[lost - 1].key} never comes to the school")
    for point in plan.order[1:]:
        if plan.walk_m[point] > instance.limit_m[point] * (1 + 1e-9):
            stop = instance.stops[point - 1].key
            raise BrokenPlan(
                f"stop {stop} walks {plan.walk_m[point]:.1f} m, more than {instance.limit_m[point]:.1f} m"
            )
    if instance.pupils_per_leader is None:
        return
    pupils = instance.pupils.copy()
    leaders = np.zeros(count, dtype=np.int64)
    for point in reversed(plan.order[1:]):
        leaders[point] = max(leaders[point], 1)
        if pupils[point] > instance.pupils_per_leader * leaders[point]:
            stop = instance.stops[point - 1].key
            raise BrokenPlan(f"from stop {stop} on {pupils[point]} pupils have {leaders[point]} leaders")
        parent = plan.parents[point]
        pupils[parent] += pupils[point]
        leaders[parent] += leaders[point]
