"""Choose the cells to hide so that the attack learns nothing about a small count.

Method. For each small cell we look for two *witnesses*: whole-number tables that agree with every
published cell, one with the small cell at most 1, one with at least ``threshold - 1``. A witness is
the true table plus an integer flow that keeps every sum; the cells that the flow touches must be
hidden. Each witness is the cheapest flow, where cells already hidden cost nothing (the idea of Kelly,
Golden and Assad, "Cell suppression: disclosure protection for sensitive tabular data", Networks 22,
1992). Two passes then take back what turned out not to be needed, and small tables go to an exact
search for a smaller set. Safety never rests on the search: whatever set comes out, every small cell
holds both its witnesses, and a witness is a proof.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.disclosure.tables import (
    Cell,
    CountTable,
    Protected,
    Status,
    SuppressionPolicy,
    sum_matrix,
)

if TYPE_CHECKING:
    from scipy import sparse

_ZERO_WEIGHT = 3.0  # a zero is worth showing: "none" is news, and no child is in it
_TOTAL_WEIGHT = 4.0  # totals are what people quote
_NEARLY_FREE = 1e-4  # among equal answers, touch as few hidden cells as possible


class CannotProtectError(ValueError):
    """Cells that must stay public give a small count away whatever else is hidden."""

    def __init__(self, cells: Collection[Cell]) -> None:
        self.cells = tuple(cells)
        names = "; ".join(" / ".join(cell) for cell in self.cells)
        super().__init__(
            f"No choice of hidden cells protects: {names}. Cells that are already public give them away: "
            "publish this table without these rows, or with wider groups."
        )


def protect(
    table: CountTable,
    policy: SuppressionPolicy,
    *,
    public: Collection[Cell] = (),
    sensitive: Collection[Cell] | None = None,
) -> Protected:
    """Hide the small counts of a table, and as little more as makes them safe.

    Args:
        table: counts and their totals; totals are judged like any other cell.
        policy: which counts are small.
        public: cells that readers already have, and which therefore cannot be hidden.
        sensitive: the small cells to protect (all of them unless given).

    Raises:
        CannotProtectError: the public cells give a small count away.
    """
    from schoolward.analysis.disclosure.exact import smaller_set  # brings scipy, as searching does

    search = _Search.over(table, policy, public=public, sensitive=sensitive)
    search.cover()
    search.take_back()
    better = smaller_set(
        search.matrix,
        search.values,
        search.primary,
        search.fixed,
        search.weights,
        search.hidden,
        policy.threshold,
    )
    if better is not None:
        search.adopt(better)
    order = list(table.values)
    status = {
        cell: Status.PRIMARY
        if index in search.primary_set
        else Status.COMPLEMENTARY
        if search.hidden[index]
        else Status.PUBLISHED
        for index, cell in enumerate(order)
    }
    return Protected(table, policy, status)


@dataclass
class _Search:
    """The growing set of hidden cells, with the two witnesses of each small one."""

    order: list[Cell]
    matrix: sparse.csr_matrix
    values: NDArray[np.float64]
    weights: NDArray[np.float64]
    primary: list[int]
    fixed: NDArray[np.bool_]
    hidden: NDArray[np.bool_]
    threshold: int
    witnesses: dict[tuple[int, bool], NDArray[np.float64]]

    @classmethod
    def over(
        cls,
        table: CountTable,
        policy: SuppressionPolicy,
        *,
        public: Collection[Cell],
        sensitive: Collection[Cell] | None,
    ) -> _Search:
        order = list(table.values)
        values = np.array([table.values[cell] for cell in order], dtype=float)
        small = {cell for cell in order if policy.is_small(table.values[cell])}
        if sensitive is not None:
            small &= set(sensitive)
        if already := [cell for cell in order if cell in small and cell in set(public)]:
            raise CannotProtectError(already)
        totals = table.totals
        # A total of totals is quoted more than a total: weigh each cell by the sums it is the total of.
        weights = np.array(
            [
                (
                    _TOTAL_WEIGHT ** sum(relation.total == cell for relation in table.sums)
                    if cell in totals
                    else 1.0
                )
                * (_ZERO_WEIGHT if table.values[cell] == 0 else 1.0)
                for cell in order
            ]
        )
        return cls(
            order=order,
            matrix=sum_matrix(order, table.sums),
            values=values,
            weights=weights,
            primary=[index for index, cell in enumerate(order) if cell in small],
            fixed=np.array([cell in set(public) for cell in order], dtype=bool),
            hidden=np.array([cell in small for cell in order], dtype=bool),
            threshold=policy.threshold,
            witnesses={},
        )

    @property
    def primary_set(self) -> set[int]:
        return set(self.primary)

    def cover(self) -> None:
        """Find both witnesses for every small cell, hiding what each needs."""
        for index in self._hardest_first():
            for upward in (False, True):
                flow = self._witness(index, upward, self.fixed)
                if flow is None:
                    raise CannotProtectError([self.order[index]])
                self.witnesses[index, upward] = flow
                self.hidden |= np.abs(flow) > 0.5  # flows are whole numbers

    def take_back(self) -> None:
        """Show again each complementary cell that the witnesses can do without, dearest first."""
        complementary = [index for index in np.flatnonzero(self.hidden) if index not in self.primary_set]
        for index in sorted(
            complementary, key=lambda index: (-self.weights[index], -self.values[index], index)
        ):
            shown = ~self.hidden
            shown[index] = True
            renewed = self._renew(shown)
            if renewed is not None:
                self.witnesses |= renewed
                self.hidden[index] = False

    def adopt(self, hidden: NDArray[np.bool_]) -> None:
        """Take another hidden set, if every small cell holds both witnesses within it."""
        renewed = self._renew(~hidden)
        if renewed is not None:
            self.witnesses |= renewed
            self.hidden = hidden

    def _renew(self, shown: NDArray[np.bool_]) -> dict[tuple[int, bool], NDArray[np.float64]] | None:
        """New witnesses for those that touch a cell now shown; None when one cannot be had."""
        renewed = {}
        for key, flow in self.witnesses.items():
            if np.any(np.abs(flow[shown]) > 0.5):
                other = self._witness(*key, shown)
                if other is None:
                    return None
                renewed[key] = other
        return renewed

    def _hardest_first(self) -> list[int]:
        """Totals before parts: what protects a total often protects its parts as well."""
        return sorted(self.primary, key=lambda index: (-self.weights[index], self.values[index], index))

    def _witness(self, index: int, upward: bool, shown: NDArray[np.bool_]) -> NDArray[np.float64] | None:
        """The cheapest integer flow that moves one small cell to its far end, or None.

        Variables: an increase and a decrease for each cell, whole numbers; a decrease cannot pass zero.
        """
        from scipy import sparse
        from scipy.optimize import Bounds, LinearConstraint, milp

        size = len(self.order)
        cost = np.where(self.hidden, _NEARLY_FREE, self.weights)
        rise = np.where(shown, 0.0, np.inf)
        fall = np.where(shown, 0.0, self.values)
        least = np.zeros(2 * size)
        if upward:
            least[index] = max(0.0, self.threshold - 1 - self.values[index])
            fall[index] = 0.0
        else:
            least[size + index] = max(0.0, self.values[index] - 1)
            rise[index] = 0.0
        if not least.any():
            return np.zeros(size)
        answer = milp(
            np.concatenate([cost, cost]),
            constraints=LinearConstraint(sparse.hstack([self.matrix, -self.matrix], format="csr"), 0.0, 0.0),
            bounds=Bounds(least, np.concatenate([rise, fall])),
            integrality=np.ones(2 * size),
        )
        if answer.x is None:
            return None
        flow = np.round(answer.x[:size] - answer.x[size:])
        return np.asarray(flow, dtype=np.float64)
