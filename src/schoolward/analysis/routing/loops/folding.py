"""Lay edges into chains, and chains into arcs; see Chains for the shapes."""
# mypy: allow-untyped-defs

import numpy as np

from schoolward.analysis.routing.compiling import compiled


@compiled
def find_junctions(ends, count):
    """Return which nodes are junctions, ascending, and each node's edges: where they begin, and which."""
    size = len(ends)
    first_at = np.zeros(count + 1, np.int32)
    for edge in range(size):
        first_at[ends[edge, 0] + 1] += 1
        first_at[ends[edge, 1] + 1] += 1
    junctions = np.empty(count, np.int32)
    found = 0
    for node in range(count):
        degree = first_at[node + 1]
        if degree != 2 and degree != 0:
            junctions[found] = node
            found += 1
        first_at[node + 1] += first_at[node]
    fill = first_at[:-1].copy()
    touching = np.empty(2 * size, np.int32)
    for edge in range(size):
        for side in range(2):
            node = ends[edge, side]
            touching[fill[node]] = edge
            fill[node] += 1
    return junctions[:found].copy(), first_at, touching


@compiled
def hilbert(across, up):
    """Where cells of a square of 256 by 256 stand along Hilbert's curve: what is near on it is near on the
    ground.
    """
    place = np.empty(len(across), np.uint16)
    for number in range(len(across)):
        x = np.int64(across[number])
        y = np.int64(up[number])
        along = 0
        side = 128
        while side > 0:
            right = 1 if x & side else 0
            above = 1 if y & side else 0
            along += side * side * ((3 * right) ^ above)
            x &= side - 1
            y &= side - 1
            if above == 0:
                if right == 1:
                    x = side - 1 - x
                    y = side - 1 - y
                x, y = y, x
            side >>= 1
        place[number] = along
    return place


@compiled
def walk_chains(ends, count, known, first_at, touching):
    """Lay all edges into chains, beginning at the junctions in the order in which they are given; see Chains
    for what is returned.
    """
    size = len(ends)
    number = np.full(count, -1, np.int32)
    junctions = np.empty(count, np.int32)
    found = len(known)
    for place in range(found):
        junctions[place] = known[place]
        number[known[place]] = place
    first = np.zeros(size + 1, np.int32)
    nodes = np.empty(2 * size, np.int32)
    edges = np.empty(size, np.int32)
    chain_of = np.full(size, -1, np.int32)
    order_of = np.empty(size, np.int32)
    forward = np.empty(size, np.bool_)
    chain = 0
    laid = 0
    # Junctions first; what is left then are rings without a junction, of which one node is made one.
    place = 0
    ring = 0
    while True:
        if place < found:
            node = junctions[place]
            place += 1
        else:
            while ring < size and chain_of[ring] >= 0:
                ring += 1
            if ring == size:
                break
            node = ends[ring, 0]
            number[node] = found
            junctions[found] = node
            found += 1
            place = found
        for at in range(first_at[node], first_at[node + 1]):
            edge = touching[at]
            if chain_of[edge] >= 0:
                continue
            here = node
            nodes[laid + chain] = here
            begun = laid
            while True:
                step = np.uintp(edge)
                near_first = ends[step, 0] == here
                here = ends[step, 1] if near_first else ends[step, 0]
                chain_of[step] = chain
                order_of[step] = laid - begun
                forward[step] = near_first
                edges[np.uintp(laid)] = edge
                laid += 1
                nodes[np.uintp(laid + chain)] = here
                place_of_here = np.uintp(here)
                if number[place_of_here] >= 0:
                    break
                at_here = np.uintp(first_at[place_of_here])
                onward = touching[at_here]
                edge = touching[at_here + np.uintp(1)] if onward == edge else onward
            chain += 1
            first[chain] = laid
    return (
        first[: chain + 1].copy(), nodes[: size + chain].copy(), edges, chain_of, order_of, forward,
        number, junctions[:found].copy(),
    )  # fmt: skip


@compiled
def arcs(tail, head, size):
    """Arcs of the junctions: where each junction's begin, their heads, tails and ways."""
    first = np.zeros(size + 1, np.int32)
    for chain in range(len(tail)):
        if tail[chain] != head[chain]:
            first[tail[chain] + 1] += 1
            first[head[chain] + 1] += 1
    for junction in range(size):
        first[junction + 1] += first[junction]
    fill = first[:-1].copy()
    arc_head = np.empty(first[size], np.int32)
    arc_tail = np.empty(first[size], np.int32)
    way = np.empty(first[size], np.int32)
    for chain in range(len(tail)):
        begin = tail[chain]
        end = head[chain]
        if begin == end:
            continue
        arc_head[fill[begin]] = ~end if first[end + 1] - first[end] == 1 else end
        arc_tail[fill[begin]] = begin
        way[fill[begin]] = 2 * chain
        fill[begin] += 1
        arc_head[fill[end]] = ~begin if first[begin + 1] - first[begin] == 1 else begin
        arc_tail[fill[end]] = end
        way[fill[end]] = 2 * chain + 1
        fill[end] += 1
    return first, arc_head, arc_tail, way
