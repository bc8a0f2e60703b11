"""Search over arcs, join components, and measure along a chain."""
# mypy: allow-untyped-defs

import numpy as np

from schoolward.analysis.routing.compiling import compiled

UNREACHED = -(2**31)
WAITS_NOT = -1
WAS_TAKEN = -2


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
def pile(bucket_of, above, below, top, junction, bucket):
    """Lay a junction on the pile of a bucket, off the pile on which it lies."""
    old = bucket_of[junction]
    if old == bucket:
        return
    if old >= 0:
        up = above[junction]
        down = below[junction]
        if up >= 0:
            below[np.uintp(up)] = down
        else:
            top[np.uintp(old)] = down
        if down >= 0:
            above[np.uintp(down)] = up
    bucket_of[junction] = bucket
    place = np.uintp(bucket)
    under = top[place]
    above[junction] = -1
    below[junction] = under
    if under >= 0:
        above[np.uintp(under)] = junction
    top[place] = junction


@compiled
def forget(reached, count, cost, arrived, bucket_of):
    """Take back what the last search has written."""
    for number in range(count):
        junction = np.uintp(reached[number])
        cost[junction] = np.inf
        arrived[junction] = UNREACHED
        bucket_of[junction] = WAITS_NOT


@compiled
def search(
    arc_first, arc_head, arc_cost, starts, start_costs, wanted, wanted_count, limit, width, cost, arrived,
    reached, bucket_of, above, below, top,
):  # fmt: skip
    """Search; return how many junctions are reached, and the cost below which all of them are settled.

    Buckets are `width` wide and used again as a ring, longer than any arc: a power of two. `bucket_of` is
    WAITS_NOT for a junction in no bucket and WAS_TAKEN for one that has been taken out of one.
    """
    ring = len(top) - 1
    buckets_a_cost = 1.0 / width
    marks = len(wanted) > 0
    count = 0
    waiting = 0
    bucket = np.int64(2**62)
    for number in range(len(starts)):
        start = starts[number]
        if not start_costs[number] < cost[start]:
            continue
        if cost[start] == np.inf:
            reached[count] = start
            count += 1
            waiting += 1
        cost[start] = start_costs[number]
        arrived[start] = -1 - number
        place = np.int64(start_costs[number] * buckets_a_cost)
        bucket = min(bucket, place)
        pile(bucket_of, above, below, top, start, np.int32(place & ring))
    while waiting > 0 and not (marks and wanted_count <= 0):
        if bucket > limit * buckets_a_cost:
            return count, limit
        slot = np.uintp(bucket & ring)
        while top[slot] >= 0:
            here = np.uintp(top[slot])
            under = below[here]
            top[slot] = under
            if under >= 0:
                above[np.uintp(under)] = -1
            bucket_of[here] = WAS_TAKEN
            waiting -= 1
            if marks and wanted[here]:
                wanted_count -= 1
            key = cost[here]
            for arc in range(np.uintp(arc_first[here]), np.uintp(arc_first[here + np.uintp(1)])):
                head = arc_head[arc]
                dead_end = head < 0
                there = np.uintp(~head) if dead_end else np.uintp(head)
                if dead_end and marks and not wanted[there]:
                    continue
                far = key + arc_cost[arc]
                before = cost[there]
                if not far < before:
                    continue
                if before == np.inf:
                    reached[count] = there
                    count += 1
                    if dead_end and marks and wanted[there]:
                        wanted_count -= 1
                cost[there] = far
                arrived[there] = arc
                if dead_end:
                    # Nothing else leads there, and nothing leads on: it need not wait.
                    continue
                old = bucket_of[there]
                if old < 0:
                    waiting += 1
                    if old == WAS_TAKEN and marks and wanted[there]:
                        wanted_count += 1
                pile(bucket_of, above, below, top, there, np.int32(np.int64(far * buckets_a_cost) & ring))
        bucket += 1
    # The cost of a bucket's edge may be rounded up.
    return count, np.inf if waiting == 0 else bucket * width * (1.0 - 1e-12)


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
