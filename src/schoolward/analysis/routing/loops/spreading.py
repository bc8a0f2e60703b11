"""Carry costs of junctions into the chains between them."""
# mypy: allow-untyped-defs

import numpy as np

from schoolward.analysis.routing.compiling import compiled


@compiled
def spread(
    first, nodes, tail, head, junctions, along, arc_tail, arc_way, reached, arrived, start_chain,
    start, limit, cost, before,
):  # fmt: skip
    """Carry the junctions' costs into the chains. Every node is written, whatever was there."""
    for junction in range(len(junctions)):
        node = junctions[junction]
        if reached[junction] > limit or reached[junction] == np.inf:
            cost[node] = np.inf
            before[node] = -9999
            continue
        cost[node] = reached[junction]
        arc = arrived[junction]
        if arc >= 0:
            chain = arc_way[arc] >> 1
            begin = first[chain] + chain
            end = first[chain + 1] + chain
            before[node] = nodes[begin + 1] if arc_way[arc] & 1 else nodes[end - 1]
        else:
            begin = first[start_chain] + start_chain
            end = first[start_chain + 1] + start_chain
            if arc == -1:
                before[node] = nodes[begin + 1] if start >= 1 else -1
            else:
                before[node] = nodes[end - 1] if start <= end - begin - 1 else -1
    for chain in range(len(tail)):
        begin = first[chain]
        size = first[chain + 1] - begin
        row = begin + chain
        # From both ends towards each other, always the nearer one first: each node is written once.
        low = 1
        high = size - 1
        by_tail = reached[tail[chain]] + along[begin]
        by_head = reached[head[chain]] + along[begin + high]
        while low <= high:
            if by_tail <= by_head:
                if by_tail > limit or by_tail == np.inf:
                    break
                cost[nodes[row + low]] = by_tail
                before[nodes[row + low]] = nodes[row + low - 1]
                by_tail += along[begin + low]
                low += 1
            else:
                if by_head > limit:
                    break
                cost[nodes[row + high]] = by_head
                before[nodes[row + high]] = nodes[row + high + 1]
                high -= 1
                by_head += along[begin + high]
        for at in range(low, high + 1):
            cost[nodes[row + at]] = np.inf
            before[nodes[row + at]] = -9999
    begin = first[start_chain]
    size = first[start_chain + 1] - begin
    row = begin + start_chain
    far = 0.0
    for at in range(int(np.ceil(start)), size):
        low = max(start, at - 1.0)
        if at > low:
            part = at - low
            far += along[begin + at - 1] if part == 1.0 else part * along[begin + at - 1]
        if at == 0:
            continue
        if far > limit or far == np.inf:
            break
        if far < cost[nodes[row + at]]:
            cost[nodes[row + at]] = far
            before[nodes[row + at]] = nodes[row + at - 1] if at - 1 >= start and at > start else -1
    far = 0.0
    for at in range(int(np.floor(start)), 0, -1):
        high = min(start, at + 1.0)
        if high > at:
            part = high - at
            far += along[begin + at] if part == 1.0 else part * along[begin + at]
        if at == size:
            continue
        if far > limit or far == np.inf:
            break
        if far < cost[nodes[row + at]]:
            cost[nodes[row + at]] = far
            before[nodes[row + at]] = nodes[row + at + 1] if at + 1 <= start and at < start else -1
