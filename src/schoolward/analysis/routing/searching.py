"""Cheapest ways from one place outwards over the chains, until all that were asked for are reached.

Junctions wait in buckets of equal width, nearest first, as Dial has them (Communications of the ACM 12,
1969); within a bucket they are taken in any order, and one whose cost still falls is taken again (Denardo and
Fox, Operations Research 27, 1979). Costs are those of Dijkstra's algorithm, to the last digit. Without numba
scipy searches instead, with the same costs; among ways that cost the same it may choose another one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.chains import Chains, Floats, Ints, Weights
from schoolward.analysis.routing.compiling import COMPILES
from schoolward.analysis.routing.loops import reaching

__all__ = ["BY_HEAD", "BY_TAIL", "UNREACHED", "Search", "components"]

BY_TAIL = -1
"""Instead of the arc that a junction was reached by: it is the first start, a place's chain's tail."""
BY_HEAD = -2
"""The same for the second start, the chain's head; further starts go on below."""
UNREACHED = reaching.UNREACHED


_NO_MARKS = np.zeros(0, bool)
_BUCKETS_AN_ARC = 2.0
"""How many buckets the mean arc is long: between 1 and 4 towns took the least time, and a grid no more."""
_MOST_BUCKETS = 2**16


@dataclass
class Search:
    """Room for a search that is used again for start after start, and what the last search found.

    All that lies nearer than `radius` is settled. What is not settled has a cost of infinity, or one that may
    still fall.
    """

    chains: Chains
    weights: Weights
    cost: Floats  # j, of the cheapest way to each junction
    arrived: Ints  # j, the arc that it comes by, or BY_TAIL, BY_HEAD, UNREACHED
    reached: Ints  # junctions with a cost, in no order; the first `count` hold
    count: int
    radius: float
    _dearest: float  # of all open arcs
    _width: float  # of a bucket
    _top: Ints  # of each bucket's pile
    _bucket_of: Ints  # j
    _above: Ints  # j
    _below: Ints  # j

    @classmethod
    def over(cls, chains: Chains, weights: Weights) -> Search:
        """Room for searches over these chains."""
        size = chains.size
        open_arcs = weights.arc[np.isfinite(weights.arc)]
        dearest = float(open_arcs.max(initial=1.0))
        mean = float(open_arcs.mean()) if len(open_arcs) else 1.0
        return cls(
            chains, weights, np.full(size, np.inf), np.full(size, UNREACHED, np.int32),
            np.empty(size, np.int32), 0, 0.0, dearest,
            max(mean / _BUCKETS_AN_ARC, dearest / _MOST_BUCKETS), np.zeros(0, np.int32),
            np.full(size, reaching.WAITS_NOT, np.int32), np.empty(size, np.int32), np.empty(size, np.int32),
        )  # fmt: skip

    def run(
        self,
        starts: Ints,
        costs: Floats,
        *,
        wanted: NDArray[np.bool_] | None = None,
        wanted_count: int = -1,
        limit: float = np.inf,
    ) -> None:
        """Search from junctions, each with what it costs to begin there (infinity: not at all).

        It ends when `wanted_count` of the junctions marked in `wanted` (j) are settled, and where the cost
        passes `limit`. Marks are left as they are.
        """
        reaching.forget(self.reached, self.count, self.cost, self.arrived, self._bucket_of)
        self.count = 0
        if not COMPILES:
            self._run_scipy(starts, costs)
            return
        begun = costs[np.isfinite(costs)]
        longest = max(self._dearest, float(np.ptp(begun)) if len(begun) else 0.0)
        ring = 2 ** (int(longest / self._width) + 2).bit_length()
        if ring > len(self._top):
            self._top = np.empty(ring, np.int32)
        self._top.fill(-1)
        self.count, self.radius = reaching.search(
            self.chains.arc_first, self.chains.arc_head, self.weights.arc, starts, costs,
            wanted if wanted is not None else _NO_MARKS, wanted_count, limit, self._width,
            self.cost, self.arrived, self.reached, self._bucket_of, self._above, self._below, self._top,
        )  # fmt: skip

    def _run_scipy(self, starts: Ints, costs: Floats) -> None:
        """Search everything."""
        from scipy.sparse import csr_matrix
        from scipy.sparse.csgraph import dijkstra

        chains, weights, size = self.chains, self.weights, self.chains.size
        open_arcs = np.flatnonzero(np.isfinite(weights.arc))
        heads = chains.arc_head[open_arcs]
        rows, columns = chains.arc_tail[open_arcs], np.where(heads < 0, ~heads, heads)
        # Of several arcs between two junctions a matrix would add up the costs: keep the cheapest.
        order = np.lexsort((weights.arc[open_arcs], columns, rows))
        rows, columns, open_arcs = rows[order], columns[order], open_arcs[order]
        kept = np.ones(len(rows), bool)
        kept[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
        rows, columns, open_arcs = rows[kept], columns[kept], open_arcs[kept]
        # The start is one more node. A cost of nothing would be no arc, so all ways from it cost one more.
        seeds: dict[int, tuple[float, int]] = {}
        for number, (junction, cost) in enumerate(zip(starts.tolist(), costs.tolist(), strict=True)):
            if cost < seeds.get(junction, (np.inf, 0))[0]:
                seeds[junction] = (cost, -1 - number)
        matrix = csr_matrix(
            (
                np.concatenate((weights.arc[open_arcs], [1.0 + cost for cost, _ in seeds.values()])),
                (
                    np.concatenate((rows, np.full(len(seeds), size))),
                    np.concatenate((columns, np.array(list(seeds), dtype=columns.dtype))),
                ),
            ),
            shape=(size + 1, size + 1),
        )
        found, before = dijkstra(matrix, indices=size, return_predecessors=True)
        reached = np.flatnonzero(np.isfinite(found[:size]))
        reached = reached[np.argsort(found[reached], kind="stable")]
        key = rows.astype(np.int64) * (size + 1) + columns
        by = before[reached]
        from_start = by == size
        at = np.searchsorted(key, by[~from_start].astype(np.int64) * (size + 1) + reached[~from_start])
        self.arrived[reached[~from_start]] = open_arcs[at]
        self.arrived[reached[from_start]] = [seeds[int(junction)][1] for junction in reached[from_start]]
        # Costs are added up along the way, from the start on: the one more would cost the last digits.
        for junction, arc in zip(reached.tolist(), self.arrived[reached].tolist(), strict=True):
            self.cost[junction] = (
                self.cost[chains.arc_tail[arc]] + weights.arc[arc] if arc >= 0 else seeds[junction][0]
            )
        self.count = len(reached)
        self.reached[: self.count] = reached
        self.radius = np.inf


def components(chains: Chains, weights: Weights) -> Ints:
    """A number for each junction (j), the same for two between which a way is open."""
    return np.asarray(reaching.components(chains.tail, chains.head, weights.total, chains.size))
