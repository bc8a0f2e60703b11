"""Least of one weight with at most so much of another: labels at junctions, best first."""
# mypy: allow-untyped-defs

import numpy as np

from schoolward.analysis.routing.compiling import compiled
from schoolward.analysis.routing.loops.reaching import between, drop_first, push


@compiled
def carry(reached, arrived, arc_tail, arc_cost, start_costs, other, waiting):
    """What another weight adds up to along the tree of a search, for all that is reached.

    `waiting` is room for as many junctions as there are.
    """
    for junction in reached:
        other[junction] = -1.0
    for junction in reached:
        # Up the tree to where it is known, and down again.
        left = 0
        here = junction
        while other[here] < 0:
            waiting[left] = here
            left += 1
            if arrived[here] < 0:
                break
            here = arc_tail[arrived[here]]
        for at in range(left - 1, -1, -1):
            here = waiting[at]
            arc = arrived[here]
            other[here] = other[arc_tail[arc]] + arc_cost[arc] if arc >= 0 else start_costs[-1 - arc]


@compiled
def bounded(
    pupils, most, pupil_chain, pupil_at, stress_tail, stress_head, length_tail, length_head,
    school_chain, school_at, school_stress, school_length, first, tail, head, stress_along, length_along,
    arc_first, arc_head, arc_tail, arc_way, arc_stress, arc_length,
    to_stress, stress_arrived, stress_radius, stress_length, to_length, length_arrived, length_radius,
    length_stress, most_labels, shortest, keys, waiting, label_stress, label_length, label_at, label_from,
    label_way, cost, proven, leaves, enters, begin, end, ways, used,
):  # fmt: skip
    """For each pupil the least stress with a length of at most `most`; return the ways and how many are used.

    `to_stress` and `to_length` are the trees from the school, which bound from below what is still to come;
    `stress_length` is the length along the tree of least stress, `length_stress` the stress along the
    shortest. Where the labels run out, the best that was found stays, and `proven` is less than its cost.
    """
    for number in range(len(pupils)):
        pupil = pupils[number]
        limit = most[number]
        chain = pupil_chain[pupil]
        best = np.inf
        # How the best goes on from its label: 0 straight to the school, 1 by the tree of stress, 2 of length,
        # 3 into the school's chain by its tail, 4 by its head.
        best_label = -1
        best_kind = 0
        size = 0
        left = 0
        if chain == school_chain:
            low = min(pupil_at[pupil], school_at)
            high = max(pupil_at[pupil], school_at)
            if between(length_along, first[chain], low, high) <= limit:
                best = between(stress_along, first[chain], low, high)
        for side in range(2):
            at = tail[chain] if side == 0 else head[chain]
            stress = stress_tail[pupil] if side == 0 else stress_head[pupil]
            length = length_tail[pupil] if side == 0 else length_head[pupil]
            if not stress < np.inf or to_length[at] > length_radius or not length + to_length[at] <= limit:
                continue
            label_stress[size] = stress
            label_length[size] = length
            label_at[size] = at
            label_from[size] = -1 - side
            if stress + length_stress[at] < best:
                best = stress + length_stress[at]
                best_label = size
                best_kind = 2
            left = push(keys, waiting, left, stress + min(to_stress[at], stress_radius), size)
            size += 1
        bound = np.inf
        full = False
        opened = 0
        while left > 0:
            label = waiting[0]
            least = keys[0]
            if least >= best:
                break
            left = drop_first(keys, waiting, left)
            here = label_at[label]
            stress = label_stress[label]
            length = label_length[label]
            # At one junction labels come up in the order of their stress: a later one must be shorter.
            if length >= shortest[here]:
                continue
            if shortest[here] == np.inf:
                waiting[most_labels + opened] = here
                opened += 1
            shortest[here] = length
            if (
                to_stress[here] <= stress_radius
                and stress + to_stress[here] < best
                and length + stress_length[here] <= limit
            ):
                # Nothing that waits can be better than the rest of the way by the tree of least stress.
                best = stress + to_stress[here]
                best_label = label
                best_kind = 1
                break
            for side in range(2):
                door = tail[school_chain] if side == 0 else head[school_chain]
                whole = stress + school_stress[side]
                if here == door and length + school_length[side] <= limit and whole < best:
                    best = whole
                    best_label = label
                    best_kind = 3 + side
            for arc in range(arc_first[here], arc_first[here + 1]):
                there = arc_head[arc]
                if there < 0:
                    continue
                longer = length + arc_length[arc]
                if longer >= shortest[there] or to_length[there] > length_radius:
                    continue
                if longer + to_length[there] > limit:
                    continue
                worse = stress + arc_stress[arc]
                key = worse + min(to_stress[there], stress_radius)
                if key >= best:
                    continue
                if size == most_labels:
                    full = True
                    break
                label_stress[size] = worse
                label_length[size] = longer
                label_at[size] = there
                label_from[size] = label
                label_way[size] = arc_way[arc]
                if worse + length_stress[there] < best:
                    best = worse + length_stress[there]
                    best_label = size
                    best_kind = 2
                left = push(keys, waiting, left, key, size)
                size += 1
            if full:
                bound = least
                break
        for at in range(opened):
            shortest[waiting[most_labels + at]] = np.inf
        if bound > best:
            bound = best
        cost[pupil] = best
        proven[pupil] = bound
        begin[pupil] = used
        end[pupil] = used
        if best == np.inf:
            leaves[pupil] = 3
            enters[pupil] = 3
            continue
        if best_label < 0:
            leaves[pupil] = 0
            enters[pupil] = 0
            continue
        if used + size + len(to_stress) > len(ways):
            more = np.empty(2 * len(ways) + size + len(to_stress), np.int32)
            more[:used] = ways[:used]
            ways = more
        label = best_label
        while label_from[label] >= 0:
            ways[used] = label_way[label]
            used += 1
            label = label_from[label]
        leaves[pupil] = 1 if label_from[label] == -1 else 2
        ways[begin[pupil] : used] = ways[begin[pupil] : used][::-1].copy()
        if best_kind >= 3:
            enters[pupil] = best_kind - 2
        else:
            here = label_at[best_label]
            arrived = stress_arrived if best_kind == 1 else length_arrived
            arc = arrived[here]
            while arc >= 0:
                ways[used] = arc_way[arc] ^ 1
                used += 1
                arc = arrived[arc_tail[arc]]
            enters[pupil] = 1 if arc == -1 else 2
        end[pupil] = used
    return ways, used
