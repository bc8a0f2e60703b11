"""Simulated annealing over trees (Kirkpatrick, Gelatt and Vecchi, Science 220, 1983), compiled.

Three moves: a branch walks on to another point; one stop leaves its place and joins between two others or
at an end; two branches change places. A move is weighed by its change of leaves and danger before it is
tried, and what it leads to is tried whole: everybody comes to the school, nobody's walk is too long,
leaders suffice.
"""

from __future__ import annotations

import numba
import numpy as np

_NONE = -1


@numba.njit(cache=True)
def _random(state):  # type: ignore[no-untyped-def]
    """The next of a xorshift sequence (Marsaglia, 2003) as a number from 0 up to 1."""
    x = state[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state[0] = x
    return (x >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@numba.njit(cache=True)
def settle(parents, length, limit, pupils, most, walk, slack, order, first, following):  # type: ignore[no-untyped-def]
    """Work out walks and slacks; False where the tree does not keep the rule.

    `slack[v]` is how much longer the way of v may become before somebody who walks through v walks too far.
    """
    count = len(parents)
    first[:] = _NONE
    for v in range(1, count):
        p = parents[v]
        following[v] = first[p]
        first[p] = v
    order[0] = 0
    walk[0] = 0.0
    done, reached = 0, 1
    while done < reached:
        v = order[done]
        done += 1
        c = first[v]
        while c != _NONE:
            walk[c] = walk[v] + length[c, v]
            if walk[c] > limit[c]:
                return False
            order[reached] = c
            reached += 1
            c = following[c]
    if reached < count:
        return False
    for v in range(count):
        slack[v] = limit[v] - walk[v]
    if most > 0:
        carried = pupils.copy()
        leaders = np.zeros(count, dtype=np.int64)
        for at in range(count - 1, 0, -1):
            v = order[at]
            if first[v] == _NONE:
                leaders[v] = 1
            if carried[v] > most * leaders[v]:
                return False
            carried[parents[v]] += carried[v]
            leaders[parents[v]] += leaders[v]
    for at in range(count - 1, 0, -1):
        v = order[at]
        p = parents[v]
        if p and slack[v] < slack[p]:
            slack[p] = slack[v]
    return True


@numba.njit(cache=True)
def _is_below(parents, v, top):  # type: ignore[no-untyped-def]
    """Whether v is `top` or walks through it."""
    while v != 0:
        if v == top:
            return True
        v = parents[v]
    return top == 0


@numba.njit(cache=True)
def anneal(  # type: ignore[no-untyped-def]
    parents,
    length,
    danger,
    limit,
    pupils,
    most,
    starts,
    targets,
    a_leaf,
    hot,
    cold,
    turns,
    done,
    whole,
    state,
    best,
):
    """Try `turns` moves from `done` of `whole` on; keep the best tree in `best`. Returns (leaves, danger)
    of it.

    `targets[starts[v]:starts[v + 1]]` are the points that v may walk on to. `a_leaf` is what a leaf weighs
    against danger. The temperature falls from `hot` to `cold` geometrically over `whole` turns.
    """
    count = len(parents)
    walk = np.zeros(count)
    slack = np.zeros(count)
    order = np.zeros(count, dtype=np.int64)
    first = np.zeros(count, dtype=np.int64)
    following = np.zeros(count, dtype=np.int64)
    children = np.zeros(count, dtype=np.int64)
    changed = np.zeros(count, dtype=np.int64)
    before = np.zeros(count, dtype=np.int64)
    settle(parents, length, limit, pupils, most, walk, slack, order, first, following)
    leaves, total = 0, 0.0
    for v in range(1, count):
        children[parents[v]] += 1
        total += danger[v, parents[v]]
    for v in range(1, count):
        leaves += children[v] == 0
    best_leaves, best_total = 0, 0.0
    seen = np.zeros(count, dtype=np.int64)
    for v in range(1, count):
        seen[best[v]] += 1
        best_total += danger[v, best[v]]
    for v in range(1, count):
        best_leaves += seen[v] == 0
    temperature = hot * (cold / hot) ** (done / whole)
    for turn in range(turns):
        if turn % 256 == 0:
            temperature = hot * (cold / hot) ** ((done + turn) / whole)
        v = 1 + int(_random(state) * (count - 1))
        p = parents[v]
        kind = _random(state)
        edges = 0
        if kind < 0.4:
            u = targets[starts[v] + int(_random(state) * (starts[v + 1] - starts[v]))]
            if u == p or walk[u] + length[v, u] - walk[v] > slack[v] or _is_below(parents, u, v):
                continue
            changed[0], edges = v, 1
            before[0] = p
            parents[v] = u
        elif kind < 0.8:
            u = targets[starts[v] + int(_random(state) * (starts[v + 1] - starts[v]))]
            if u == v or _is_below(parents, u, v):
                continue
            if walk[u] + length[v, u] > limit[v]:
                continue
            c = first[u]
            if c != _NONE and _random(state) < 0.9:
                skip = int(_random(state) * children[u])
                while skip > 0 and following[c] != _NONE:
                    c = following[c]
                    skip -= 1
                if c == v or length[c, v] + length[v, u] - length[c, u] > slack[c]:
                    continue
            else:
                c = _NONE
            if c == _NONE and u == p:
                continue
            w = first[v]
            while w != _NONE:
                changed[edges] = w
                before[edges] = v
                edges += 1
                parents[w] = p
                w = following[w]
            changed[edges] = v
            before[edges] = p
            edges += 1
            parents[v] = u
            if c != _NONE:
                changed[edges] = c
                before[edges] = u
                edges += 1
                parents[c] = v
        else:
            q = targets[starts[v] + int(_random(state) * (starts[v + 1] - starts[v]))]
            if q == p or first[q] == _NONE:
                continue
            skip = int(_random(state) * children[q])
            w = first[q]
            while skip > 0 and following[w] != _NONE:
                w = following[w]
                skip -= 1
            if (
                w == v
                or walk[q] + length[v, q] - walk[v] > slack[v]
                or walk[p] + length[w, p] - walk[w] > slack[w]
            ):
                continue
            changed[0], changed[1], edges = v, w, 2
            before[0], before[1] = p, q
            parents[v] = q
            parents[w] = p
        more = 0
        gain = 0.0
        for e in range(edges):
            x = changed[e]
            gain += danger[x, parents[x]] - danger[x, before[e]]
            children[before[e]] -= 1
            if before[e] and children[before[e]] == 0:
                more += 1
            if parents[x] and children[parents[x]] == 0:
                more -= 1
            children[parents[x]] += 1
        cost = a_leaf * more + gain
        kept = cost <= 0 or _random(state) < np.exp(-cost / temperature)
        if kept and settle(parents, length, limit, pupils, most, walk, slack, order, first, following):
            leaves += more
            total += gain
            if leaves < best_leaves or (leaves == best_leaves and total < best_total - 1e-9):
                best_leaves, best_total = leaves, total
                best[:] = parents
        else:
            for e in range(edges - 1, -1, -1):
                x = changed[e]
                children[parents[x]] -= 1
                children[before[e]] += 1
                parents[x] = before[e]
            if kept:
                settle(parents, length, limit, pupils, most, walk, slack, order, first, following)
    return best_leaves, best_total
