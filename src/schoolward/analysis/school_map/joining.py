"""Pieces of a street, from junction to junction, as the lines that they are together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.compiling import compiled
from schoolward.analysis.school_map.framing import Point

__all__ = ["follow", "join_lines"]


def join_lines(lines: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """Join lines that meet end to end into longer ones, straight on where several meet."""
    if len(lines) == 1:
        return [list(lines[0])]
    open_ends: dict[Point, list[tuple[int, bool]]] = {}
    parts = [list(line) for line in lines]
    for number, line in enumerate(parts):
        open_ends.setdefault(line[0], []).append((number, False))
        open_ends.setdefault(line[-1], []).append((number, True))
    used = [False] * len(parts)
    joined = []
    for number in range(len(parts)):
        if used[number]:
            continue
        used[number] = True
        whole = parts[number]
        for _ in range(2):  # on from its end, then, turned around, from its beginning
            while True:
                follows = _next(whole, open_ends.get(whole[-1], ()), parts, used)
                if follows is None:
                    break
                which, from_end = follows
                used[which] = True
                whole += (parts[which][::-1] if from_end else parts[which])[1:]
            whole = whole[::-1]
        joined.append(whole)
    return joined


def _next(
    line: list[Point], ends: Iterable[tuple[int, bool]], parts: list[list[Point]], used: list[bool]
) -> tuple[int, bool] | None:
    (x0, y0), (x1, y1) = line[-2], line[-1]
    best, least = None, 0.5  # cosine: a turn of more than sixty degrees is another street
    for which, from_end in ends:
        if used[which]:
            continue
        x2, y2 = parts[which][-2] if from_end else parts[which][1]
        norm = math.hypot(x1 - x0, y1 - y0) * math.hypot(x2 - x1, y2 - y1)
        cosine = ((x1 - x0) * (x2 - x1) + (y1 - y0) * (y2 - y1)) / norm if norm else -1.0
        if cosine > least:
            best, least = (which, from_end), cosine
    return best


def follow(
    x: NDArray[np.float64], y: NDArray[np.float64], alike: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64]]:
    """Lines in an order in which each goes on where the one before ends, wherever exactly two meet.

    Args:
        x, y: where each of k lines begins and ends (k, 2).
        alike: lines of one number are joined (k).

    Returns:
        The lines in this order (k), which of them run backwards (k), and how many follow upon each other.
    """
    count = len(alike)
    group = np.repeat(alike, 2)
    order = np.lexsort((y.ravel(), x.ravel(), group))  # of ends: twice a line's number, plus one for its end
    places = np.column_stack((group, x.ravel(), y.ravel()))[order]
    new = np.concatenate(([True], (places[1:] != places[:-1]).any(axis=1)))
    begins = np.flatnonzero(new)
    pairs = begins[np.diff(np.append(begins, 2 * count)) == 2]
    mate = np.full(2 * count, -1)
    mate[order[pairs]], mate[order[pairs + 1]] = order[pairs + 1], order[pairs]
    return laid_out(mate)


@compiled
def laid_out(mate):  # type: ignore[no-untyped-def]
    """Lay lines out from the end that each end meets (twice a line's number, plus one for its end), or -1."""
    count = len(mate) // 2
    used = np.zeros(count, np.bool_)
    lines = np.empty(count, np.int64)
    backwards = np.empty(count, np.bool_)
    sizes = np.empty(count, np.int64)
    done = 0
    found = 0
    for line in range(count):
        if used[line]:
            continue
        # Back to where the whole begins, or once around.
        begin = 2 * line
        before = mate[begin]
        while before >= 0 and before ^ 1 != 2 * line:
            begin = before ^ 1
            before = mate[begin]
        end = begin
        already = done
        while end >= 0 and not used[end >> 1]:
            used[end >> 1] = True
            lines[done] = end >> 1
            backwards[done] = (end & 1) == 1
            done += 1
            end = mate[end ^ 1]
        sizes[found] = done - already
        found += 1
    return lines, backwards, sizes[:found].copy()
