"""Follow a tree to each pupil, and read nodes and costs along routes."""
# mypy: allow-untyped-defs

import numpy as np

from schoolward.analysis.routing.compiling import compiled
from schoolward.analysis.routing.loops.reaching import between


@compiled
def mark(pupils, pupil_chain, to_tail, to_head, tail, head, arc_first, label, one, other, wanted):
    """Mark the ends of the pupils' chains that a search can reach and a route can leave by; return them, each
    once.

    From a chain's dead end no route leads on, but where the chain comes back to it.
    """
    marked = np.empty(2 * len(pupils), np.int32)
    count = 0
    for pupil in pupils:
        chain = pupil_chain[pupil]
        for side in range(2):
            end = tail[chain] if side == 0 else head[chain]
            cost = to_tail[pupil] if side == 0 else to_head[pupil]
            if arc_first[end + 1] - arc_first[end] == 1 and tail[chain] != head[chain]:
                continue
            if cost < np.inf and not wanted[end] and (label[end] == one or label[end] == other):
                wanted[end] = True
                marked[count] = end
                count += 1
    return marked[:count]


@compiled
def trace(pupils, pupil_chain, pupil_at, to_tail, to_head, school_chain, school_at, first, tail, head, along,
           arc_tail, arc_way, reached, arrived, cost, leaves, enters, begin, end, ways, used):  # fmt: skip
    """Follow the tree of one school from each of its pupils; return the ways and how many are used."""
    for pupil in pupils:
        chain = pupil_chain[pupil]
        by_tail = reached[tail[chain]] + to_tail[pupil]
        by_head = reached[head[chain]] + to_head[pupil]
        straight = np.inf
        if chain == school_chain:
            straight = between(
                along, first[chain], min(pupil_at[pupil], school_at), max(pupil_at[pupil], school_at)
            )
        begin[pupil] = used
        end[pupil] = used
        best = min(straight, by_tail, by_head)
        cost[pupil] = best
        if best == np.inf:
            leaves[pupil] = 3
            enters[pupil] = 3
            continue
        if straight == best:
            leaves[pupil] = 0
            enters[pupil] = 0
            continue
        if by_tail <= by_head:
            leaves[pupil] = 1
            here = tail[chain]
        else:
            leaves[pupil] = 2
            here = head[chain]
        arc = arrived[here]
        while arc >= 0:
            if used == len(ways):
                more = np.empty(2 * used, np.int32)
                more[:used] = ways
                ways = more
            place = np.uintp(arc)
            ways[np.uintp(used)] = arc_way[place] ^ 1
            used += 1
            arc = arrived[np.uintp(arc_tail[place])]
        enters[pupil] = 1 if arc == -1 else 2
        end[pupil] = used
    return ways, used


@compiled
def read_along(leaves, enters, begin, end, ways, school_of, pupil_chain, pupil_at, pupil_tail, pupil_head,
                school_at, school_tail, school_head, first, along, total):  # fmt: skip
    """Add weights up along each route."""
    found = np.empty(len(leaves))
    for pupil in range(len(leaves)):
        school = school_of[pupil]
        if leaves[pupil] == 3:
            found[pupil] = np.inf
            continue
        if leaves[pupil] == 0:
            found[pupil] = between(
                along,
                first[pupil_chain[pupil]],
                min(pupil_at[pupil], school_at[school]),
                max(pupil_at[pupil], school_at[school]),
            )
            continue
        cost = pupil_tail[pupil] if leaves[pupil] == 1 else pupil_head[pupil]
        for at in range(begin[pupil], end[pupil]):
            cost += total[ways[at] >> 1]
        found[pupil] = cost + (school_tail[school] if enters[pupil] == 1 else school_head[school])
    return found


@compiled
def route_nodes(leaves, enters, begin, end, ways, school_of, pupil_chain, pupil_at, school_chain, school_at,
                 first, nodes):  # fmt: skip
    """Write every route's nodes one after another; where each route's begin, and the nodes."""
    starts = np.zeros(len(leaves) + 1, np.int64)
    for pupil in range(len(leaves)):
        size = 0
        if leaves[pupil] != 3:
            chain = pupil_chain[pupil]
            school = school_of[pupil]
            here = pupil_at[pupil]
            there = school_at[school]
            if leaves[pupil] == 0:
                low = min(here, there)
                high = max(here, there)
                size = max(0, int(np.floor(high)) - int(np.ceil(low)) + 1)
            else:
                if leaves[pupil] == 1:
                    size = int(np.floor(here)) + 1
                else:
                    size = first[chain + 1] - first[chain] - int(np.ceil(here)) + 1
                for at in range(begin[pupil], end[pupil]):
                    way = np.uintp(ways[np.uintp(at)] >> 1)
                    size += first[way + np.uintp(1)] - first[way]
                last = school_chain[school]
                if enters[pupil] == 1:
                    size += int(np.floor(there))
                else:
                    size += first[last + 1] - first[last] - int(np.ceil(there))
        starts[pupil + 1] = starts[pupil] + size
    found = np.empty(starts[-1], np.int32)
    for pupil in range(len(leaves)):
        if leaves[pupil] == 3:
            continue
        put = starts[pupil]
        chain = pupil_chain[pupil]
        school = school_of[pupil]
        here = pupil_at[pupil]
        there = school_at[school]
        row = first[chain] + chain
        if leaves[pupil] == 0:
            if here <= there:
                for at in range(int(np.ceil(here)), int(np.floor(there)) + 1):
                    found[put] = nodes[row + at]
                    put += 1
            else:
                for at in range(int(np.floor(here)), int(np.ceil(there)) - 1, -1):
                    found[put] = nodes[row + at]
                    put += 1
            continue
        if leaves[pupil] == 1:
            for at in range(int(np.floor(here)), -1, -1):
                found[put] = nodes[row + at]
                put += 1
        else:
            for at in range(int(np.ceil(here)), first[chain + 1] - first[chain] + 1):
                found[put] = nodes[row + at]
                put += 1
        for place in range(begin[pupil], end[pupil]):
            way = ways[np.uintp(place)]
            chain = np.uintp(way >> 1)
            low = np.uintp(first[chain]) + chain
            high = np.uintp(first[chain + np.uintp(1)]) + chain
            if way & 1:
                while high > low:
                    high -= np.uintp(1)
                    found[np.uintp(put)] = nodes[high]
                    put += 1
            else:
                while low < high:
                    low += np.uintp(1)
                    found[np.uintp(put)] = nodes[low]
                    put += 1
        chain = school_chain[school]
        row = first[chain] + chain
        if enters[pupil] == 1:
            for at in range(1, int(np.floor(there)) + 1):
                found[put] = nodes[row + at]
                put += 1
        else:
            for at in range(first[chain + 1] - first[chain] - 1, int(np.ceil(there)) - 1, -1):
                found[put] = nodes[row + at]
                put += 1
    return starts, found
