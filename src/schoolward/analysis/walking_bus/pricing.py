"""The best chain of stops for given prices, by dynamic programming over walked lengths, compiled.

A chain is a leader's own way from a leaf to the point where it joins another's or reaches the school. The
programme is a relaxation that may not be too hard: lengths are rounded down to whole steps, a chain begins
at its end with the shortest way that is left from there, and a stop may come again, but not right after its
neighbor (Houck, Picard, Queyranne and Vemuganti, The travelling salesman problem as a constrained shortest
path problem, Opsearch 17, 1980). So its chains include all real ones, and a bound from them holds.
"""

from __future__ import annotations

import numba
import numpy as np

_NOTHING = -1e300


@numba.njit(cache=True)
def best_chains(steps, base, limit, reward, cost, joining, most, chains, lengths):  # type: ignore[no-untyped-def]
    """Fill `chains` with good chains, one for each outermost stop at most; return the best one's worth.

    `steps[v, u]` (whole steps from v to u, -1 where v may not walk on to u), `base[v]` (steps left at least
    from v), `limit[v]`; a chain is worth the sum of its stops' `reward`, less `cost[v, u]` for each link
    and less `joining[v]` at its end. Each row of `chains` is one, from its end outwards, `lengths` how many
    stops it has. Only chains worth more than `most` are kept.
    """
    count = len(base)
    grid = 0
    for v in range(1, count):
        grid = max(grid, limit[v])
    grid += 1
    worth = np.full((count, grid, 2), _NOTHING)
    inner = np.full((count, grid, 2), -1, dtype=np.int32)
    slot = np.zeros((count, grid, 2), dtype=np.int8)
    lowest = grid
    for v in range(1, count):
        if base[v] <= limit[v]:
            worth[v, base[v], 0] = reward[v] - joining[v]
            inner[v, base[v], 0] = 0
            lowest = min(lowest, base[v])
    for at in range(lowest, grid):
        for u in range(1, count):
            if worth[u, at, 0] == _NOTHING:
                continue
            for v in range(1, count):
                step = steps[v, u]
                if step < 0 or v == u:
                    continue
                there = at + step
                if there > limit[v]:
                    continue
                k = 0 if inner[u, at, 0] != v else 1
                if worth[u, at, k] == _NOTHING:
                    continue
                value = worth[u, at, k] + reward[v] - cost[v, u]
                if value > worth[v, there, 0]:
                    if inner[v, there, 0] != u:
                        worth[v, there, 1] = worth[v, there, 0]
                        inner[v, there, 1] = inner[v, there, 0]
                        slot[v, there, 1] = slot[v, there, 0]
                    worth[v, there, 0] = value
                    inner[v, there, 0] = u
                    slot[v, there, 0] = k
                elif value > worth[v, there, 1] and inner[v, there, 0] != u:
                    worth[v, there, 1] = value
                    inner[v, there, 1] = u
                    slot[v, there, 1] = k
    best = _NOTHING
    kept = 0
    for v in range(1, count):
        top, place = _NOTHING, 0
        for at in range(lowest, limit[v] + 1):
            if worth[v, at, 0] > top:
                top, place = worth[v, at, 0], at
        best = max(best, top)
        if top <= most or kept == len(chains):
            continue
        x, at, k, size = v, place, 0, 0
        while x > 0 and size < chains.shape[1]:
            chains[kept, size] = x
            size += 1
            u = inner[x, at, k]
            if u <= 0:
                break
            k, at, x = slot[x, at, k], at - steps[x, u], u
        lengths[kept] = size
        kept += 1
    return best, kept
