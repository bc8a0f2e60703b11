"""What a reader can see of a map's lines on paper, in as few strokes and corners as look the same.

A network ends a street at each junction and bends it at each survey point. Printed, a street is one line
from where it comes onto the sheet to where it leaves, and a bend of a tenth of a millimetre is none.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.school_map.content import Line
from schoolward.analysis.school_map.framing import Frame, Point
from schoolward.analysis.school_map.joining import follow
from schoolward.analysis.school_map.street_rows import FlatLines

__all__ = ["FINEST", "OnPaper"]

FINEST = 0.28
"""Points that are a tenth of a millimetre: what is smaller is not seen, and no line is moved so far."""

_Floats = NDArray[np.float64]


_MOST = 20_000  # tenths of a point whose texts are kept: nearly all that a sheet has


class OnPaper:
    """Lines, in points of the paper, as one row of points: what is done to all of them is done at once."""

    def __init__(self, x: _Floats, y: _Floats, sizes: NDArray[np.int64], of: NDArray[np.int64]) -> None:
        self.x, self.y, self.sizes = x, y, sizes
        self.of = of  # which of the lines that were given each is, or is a part of
        self._first = np.cumsum(sizes) - sizes

    @classmethod
    def of_lines(cls, lines: FlatLines | Sequence[Line], frame: Frame) -> OnPaper:
        """Lines in degrees."""
        flat = lines if isinstance(lines, FlatLines) else FlatLines.of(lines)
        x = (flat.longitude - frame.west) * frame.east_pt
        y = (frame.north - flat.latitude) * frame.north_pt
        return cls(x, y, flat.sizes, np.arange(len(flat.sizes)))

    @classmethod
    def of_points(cls, lines: Sequence[Sequence[Point]]) -> OnPaper:
        """Lines in points."""
        flat = FlatLines.of([tuple(line) for line in lines])
        return cls(flat.longitude, flat.latitude, flat.sizes, np.arange(len(lines)))

    def lines(self) -> list[list[Point]]:
        """Each line's points."""
        points = list(zip(self.x.tolist(), self.y.tolist(), strict=True))
        ends = np.cumsum(self.sizes).tolist()
        return [points[begin:end] for begin, end in itertools.pairwise([0, *ends])]

    def taken(self, which: NDArray[np.int64], backwards: NDArray[np.bool_] | None = None) -> OnPaper:
        """These lines alone, in this order, and those backwards that are told to be."""
        sizes = self.sizes[which]
        first = np.cumsum(sizes) - sizes
        line = np.repeat(np.arange(len(which)), sizes)
        along = np.arange(len(line)) - first[line]
        if backwards is not None:
            along = np.where(backwards[line], sizes[line] - 1 - along, along)
        points = self._first[which][line] + along
        return OnPaper(self.x[points], self.y[points], sizes, self.of[which])

    def touching(self, frame: Frame) -> OnPaper:
        """Those that may touch the paper."""
        if not len(self.sizes):
            return self
        (west, east), (north, south) = self._spans()
        on = (east > 0) & (west < frame.width) & (south > 0) & (north < frame.height)
        return self.taken(np.flatnonzero(on))

    def joined(self, alike: NDArray[np.int64]) -> OnPaper:
        """The lines through where exactly two that are alike (one number) meet end to end."""
        if len(self.sizes) < 2:
            return self
        order, backwards, sizes = follow(
            np.column_stack((self.x[self._first], self.x[self._first + self.sizes - 1])),
            np.column_stack((self.y[self._first], self.y[self._first + self.sizes - 1])),
            alike,
        )
        laid = self.taken(order, backwards)
        # Where two are joined their common point is there twice.
        begins = np.cumsum(sizes) - sizes
        is_begin = np.zeros(len(order), np.bool_)
        is_begin[begins] = True
        kept = np.ones(len(laid.x), np.bool_)
        kept[laid._first[~is_begin]] = False
        points = np.add.reduceat(laid.sizes, begins) - (sizes - 1)
        return OnPaper(laid.x[kept], laid.y[kept], points, laid.of[begins])

    def simplified(self, finest: float = FINEST) -> OnPaper:
        """The lines with no more corners than are seen (Douglas and Peucker, 1973).

        No point lies farther than half of `finest` from the line that is left, and both ends of a line stay.
        A line that is nowhere so long as `finest` is too small to be seen, and left out.
        """
        if not len(self.sizes):
            return self
        x, y, first = self.x, self.y, self._first
        last = first + self.sizes - 1
        kept = np.zeros(len(x), np.bool_)
        kept[first] = kept[last] = True
        # All lines at once, a round for each time that a part of any of them is parted again.
        begin, end = first, last
        while True:
            begin, end = begin[end - begin > 1], end[end - begin > 1]
            if not len(begin):
                break
            inner = end - begin - 1
            starts = np.cumsum(inner) - inner
            part = np.repeat(np.arange(len(begin)), inner)
            point = np.arange(len(part)) - starts[part] + begin[part] + 1
            off = _off(x, y, begin[part], end[part], point)
            worst = np.maximum.reduceat(off, starts)
            parted = worst > (finest / 2) ** 2
            # Of points that are off alike the first.
            at = np.flatnonzero(off == worst[part])
            _, first_of = np.unique(part[at], return_index=True)
            corner = point[at[first_of]][parted]
            kept[corner] = True
            begin, end = np.concatenate((begin[parted], corner)), np.concatenate((corner, end[parted]))
        (west, east), (north, south) = self._spans()
        fewer = OnPaper(x[kept], y[kept], np.add.reduceat(kept, first, dtype=np.int64), self.of)
        return fewer.taken(np.flatnonzero(np.maximum(east - west, south - north) >= finest))

    def held(self, frame: Frame) -> NDArray[np.bool_]:
        """Which lines have one of their points on the paper."""
        if not len(self.sizes):
            return np.zeros(0, np.bool_)
        held = (self.x >= 0) & (self.x <= frame.width) & (self.y >= 0) & (self.y <= frame.height)
        return np.asarray(np.logical_or.reduceat(held, self._first))

    def sampled(self, every: float) -> NDArray[np.float64]:
        """Places along the lines, half a step from the beginning of each and then step by step (k, 5): right,
        down, the direction, and which line.

        A line shorter than a step has one place, in its middle, if it is at least a third as long.
        """
        if not len(self.sizes):
            return np.zeros((0, 5))
        steps = np.hypot(np.diff(self.x, prepend=self.x[0]), np.diff(self.y, prepend=self.y[0]))
        steps[self._first] = 0.0
        along = np.cumsum(steps)
        begin = along[self._first]
        total = along[self._first + self.sizes - 1] - begin
        counts = np.where(total < every, total >= every / 3, total // every).astype(np.int64)
        of = np.repeat(np.arange(len(counts)), counts)
        number = np.arange(len(of)) - (np.cumsum(counts) - counts)[of]
        at = begin[of] + np.where(total[of] < every, total[of] / 2, every * (number + 0.5))
        # The piece on which each lies is of some length, and of its own line.
        end = np.clip(
            np.searchsorted(along, at, side="right"), self._first[of] + 1, (self._first + self.sizes)[of] - 1
        )
        dx, dy = self.x[end] - self.x[end - 1], self.y[end] - self.y[end - 1]
        long = np.maximum(np.hypot(dx, dy), 1e-12)
        dx, dy = dx / long, dy / long
        back = along[end] - at
        return np.column_stack((self.x[end] - back * dx, self.y[end] - back * dy, dx, dy, of))

    def path(self) -> str:
        """The `d` of an SVG path through all lines, to a tenth of a point; what is not so long is left out.

        Each line begins at a place and goes on by steps, which are shorter to say and to read.
        """
        if not len(self.sizes):
            return ""
        x, y = np.rint(self.x * 10).astype(np.int64), np.rint(self.y * 10).astype(np.int64)
        dx, dy = np.diff(x, prepend=0), np.diff(y, prepend=0)
        line = np.repeat(np.arange(len(self.sizes)), self.sizes)
        is_begin = np.zeros(len(x), np.bool_)
        is_begin[self._first] = True
        moves = ((dx != 0) | (dy != 0)) & ~is_begin
        kept = moves | (is_begin & (np.add.reduceat(moves, self._first, dtype=np.int64) > 0)[line])
        is_begin = is_begin[kept]
        dx, dy = np.where(is_begin, x[kept], dx[kept]), np.where(is_begin, y[kept], dy[kept])
        if not len(dx):
            return ""
        is_next = np.zeros(len(dx), np.int64)
        is_next[1:] = is_begin[:-1]
        if max(int(np.abs(dx).max()), int(np.abs(dy).max())) > _MOST:
            parts = zip(is_begin.tolist(), is_next.tolist(), dx.tolist(), dy.tolist(), strict=True)
            return "".join(f"{'M' if b else 'l' if n else ' '}{_said(u)} {_said(v)}" for b, n, u, v in parts)
        numbers = np.column_stack((dx + (is_begin + 2 * is_next) * (2 * _MOST + 1), dy)) + _MOST
        return "".join(map(_texts().__getitem__, numbers.ravel().tolist()))

    def _spans(self) -> tuple[tuple[_Floats, _Floats], ...]:
        """The least and the greatest of each line, to the right and down."""
        return tuple(
            (np.minimum.reduceat(axis, self._first), np.maximum.reduceat(axis, self._first))
            for axis in (self.x, self.y)
        )


def _off(
    x: _Floats, y: _Floats, begin: NDArray[np.int64], end: NDArray[np.int64], point: NDArray[np.int64]
) -> _Floats:
    """The square of each point's distance from the straight piece between two others."""
    dx, dy = x[end] - x[begin], y[end] - y[begin]
    to_x, to_y = x[point] - x[begin], y[point] - y[begin]
    long = dx * dx + dy * dy
    along = np.clip((to_x * dx + to_y * dy) / np.where(long > 0, long, 1.0), 0.0, 1.0)
    return np.asarray((to_x - along * dx) ** 2 + (to_y - along * dy) ** 2)


@cache
def _texts() -> tuple[str, ...]:
    """What is written for a number of tenths: as it goes on, where a line begins, where its steps do."""
    said = [_said(tenths) for tenths in range(-_MOST, _MOST + 1)]
    return tuple(f"{sign}{number}" for sign in (" ", "M", "l") for number in said)


def _said(tenths: int) -> str:
    whole, part = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}" + (f".{part}" if part else "")
