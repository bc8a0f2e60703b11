"""The attack: work out hidden counts from what is published.

The attacker knows every published cell, every relation between cells, and that counts are whole
numbers from zero up. For a hidden cell the smallest and the largest value that fit are two integer
programs; HiGHS solves them exactly. The attacker is given the public table only, never the truth.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from schoolward.analysis.disclosure.tables import Cell, CountTable, Sum, SuppressionPolicy, sum_matrix

_INFEASIBLE = 2
_UNBOUNDED = 3


@dataclass(frozen=True)
class Interval:
    """The values a hidden cell may have; ``high`` is None where nothing bounds it."""

    low: int
    high: int | None

    def hides(self, policy: SuppressionPolicy) -> bool:
        """Whether every small count fits: the attacker has learnt nothing beyond the rule."""
        return self.low <= 1 and (self.high is None or self.high >= policy.threshold - 1)


@dataclass(frozen=True)
class Exposure:
    """A small count that the publication gives away, wholly or to a narrow band."""

    cell: Cell
    interval: Interval

    def __str__(self) -> str:
        if self.interval.low == self.interval.high:
            found = f"is exactly {self.interval.low}"
        else:
            found = f"lies between {self.interval.low} and {self.interval.high}"
        return f"{' / '.join(self.cell)} {found}"


def attack(
    published: Mapping[Cell, int | None],
    sums: Sequence[Sum],
    *,
    cells: Collection[Cell] | None = None,
) -> dict[Cell, Interval]:
    """Find the range of each hidden cell that agrees with everything published.

    Args:
        published: the count, or None where hidden, for each cell.
        sums: the relations between cells.
        cells: attack only these hidden cells (all of them unless given).

    Returns:
        An interval for each hidden cell attacked.

    Raises:
        ValueError: no table of counts agrees with what is published.
    """
    from scipy.optimize import (  # half a second of start-up, for whoever protects a table
        Bounds,
        LinearConstraint,
        milp,
    )

    order = list(published)
    hidden = [cell for cell in order if published[cell] is None]
    if not hidden:
        return {}
    matrix = sum_matrix(order, sums)
    known = np.array([0 if published[cell] is None else published[cell] for cell in order], dtype=float)
    is_hidden = np.array([published[cell] is None for cell in order])
    unknown = matrix[:, is_hidden]
    used = np.flatnonzero(np.diff(unknown.indptr))
    right = -(matrix @ known)
    if np.any(np.delete(right, used)):
        raise ValueError("The published cells contradict their own totals.")
    constraints = LinearConstraint(unknown[used], right[used], right[used]) if used.size else None
    bounds = Bounds(np.zeros(len(hidden)), np.full(len(hidden), np.inf))
    targets = hidden if cells is None else [cell for cell in hidden if cell in set(cells)]
    position = {cell: index for index, cell in enumerate(hidden)}

    def extreme(cell: Cell, sign: float) -> int | None:
        goal = np.zeros(len(hidden))
        goal[position[cell]] = sign
        answer = milp(goal, constraints=constraints, bounds=bounds, integrality=np.ones(len(hidden)))
        if answer.status == _INFEASIBLE:
            raise ValueError("No table of counts agrees with what is published.")
        return None if answer.x is None else round(float(answer.x[position[cell]]))

    result = {}
    for cell in targets:
        low = extreme(cell, 1.0)
        result[cell] = Interval(0 if low is None else low, extreme(cell, -1.0))
    return result


def exposures(
    table: CountTable,
    published: Mapping[Cell, int | None],
    policy: SuppressionPolicy,
    *,
    sensitive: Iterable[Cell] | None = None,
) -> list[Exposure]:
    """Attack a publication and list each small count that it gives away.

    Args:
        table: the truth, used only to say which cells are small.
        published: what readers see.
        policy: which counts are small.
        sensitive: judge these cells (all the small ones unless given).
    """
    small = [cell for cell, value in table.values.items() if policy.is_small(value)]
    judged = small if sensitive is None else [cell for cell in sensitive if cell in set(small)]
    shown = [
        Exposure(cell, Interval(value, value)) for cell in judged if (value := published[cell]) is not None
    ]
    found = attack(published, table.sums, cells=judged)
    return shown + [
        Exposure(cell, interval) for cell, interval in found.items() if not interval.hides(policy)
    ]
