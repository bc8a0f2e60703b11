"""Search over arcs, join components, and measure along a chain."""
# mypy: allow-untyped-defs

import numpy as np

from schoolward.analysis.routing.compiling import compiled


@compiled
def push(keys, waiting, left, key, junction):
    """Put a junction into the heap; return how many wait now."""
    at = left
    while at > 0:
        up = (at - 1) >> 2
        if keys[up] <= key:
            break
        keys[at] = keys[up]
        waiting[at] = waiting[up]
        at = up
    keys[at] = key
    waiting[at] = junction
    return left + 1


@compiled
def drop_first(keys, waiting, left):
    """Take the first out of the heap; return how many wait now."""
    left -= 1
    key = keys[left]
    junction = waiting[left]
    at = 0
    while True:
        below = 4 * at + 1
        if below >= left:
            break
        least = below
        least_key = keys[below]
        for other in range(below + 1, min(below + 4, left)):
            if keys[other] < least_key:
                least = other
                least_key = keys[other]
        if least_key >= key:
            break
        keys[at] = least_key
        waiting[at] = waiting[least]
        at = least
    keys[at] = key
    waiting[at] = junction
    return left


@compiled
def begin(starts, costs, cost, arrived, keys, waiting):
    """Put the starts into an empty heap; return how many wait."""
    left = 0
    for number in range(len(starts)):
        if costs[number] < cost[starts[number]]:
            cost[starts[number]] = costs[number]
            arrived[starts[number]] = -1 - number
            left = push(keys, waiting, left, costs[number], starts[number])
    return left


@compiled
def search(
    arc_first, arc_head, arc_cost, wanted, wanted_count, limit, cost, arrived, settled, keys, waiting, left
):
    """Search; return how many junctions are settled, how many wait, and up to which cost all are settled."""
    count = 0
    marks = len(wanted) > 0
    if marks and wanted_count == 0:
        return count, left, 0.0
    while left > 0:
        here = waiting[0]
        key = keys[0]
        if key > limit:
            return count, left, limit
        left = drop_first(keys, waiting, left)
        if key > cost[here]:
            continue
        settled[count] = here
        count += 1
        if marks and wanted[here]:
            wanted_count -= 1
        for arc in range(arc_first[here], arc_first[here + 1]):
            there = arc_head[arc]
            dead_end = there < 0
            if dead_end:
                there = ~there
            reached = key + arc_cost[arc]
            if reached < cost[there]:
                cost[there] = reached
                arrived[there] = arc
                if dead_end:
                    # Nothing else leads there, and nothing leads on: it need not wait.
                    settled[count] = there
                    count += 1
                    if marks and wanted[there]:
                        wanted_count -= 1
                else:
                    left = push(keys, waiting, left, reached, there)
        if marks and wanted_count <= 0:
            return count, left, key
    return count, left, np.inf


@compiled
def components(tail, head, total, size):
    """Union-find with halved paths over the chains that are open."""
    above = np.arange(size).astype(np.int32)
    for chain in range(len(tail)):
        if total[chain] == np.inf:
            continue
        one = tail[chain]
        other = head[chain]
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        while above[other] != other:
            above[other] = above[above[other]]
            other = above[other]
        if one < other:
            above[other] = one
        elif other < one:
            above[one] = other
    for junction in range(size):
        above[junction] = above[above[junction]]
    return above


@compiled
def between(along, first, begin, end):
    """What walking a chain whose edges begin at `first` costs from coordinate `begin` up to `end`."""
    cost = 0.0
    at = int(begin)
    while at < end:
        low = max(begin, float(at))
        high = min(end, at + 1.0)
        if high > low:
            cost += along[first + at] if high - low == 1.0 else (high - low) * along[first + at]
        at += 1
    return cost


@compiled
def offsets(first, along, chain, coordinate):
    """What it costs from each place to its chain's tail and head: two arrays as long as `chain`."""
    to_tail = np.empty(len(chain))
    to_head = np.empty(len(chain))
    for place in range(len(chain)):
        begin = first[chain[place]]
        size = first[chain[place] + 1] - begin
        to_tail[place] = between(along, begin, 0.0, coordinate[place])
        to_head[place] = between(along, begin, coordinate[place], float(size))
    return to_tail, to_head
