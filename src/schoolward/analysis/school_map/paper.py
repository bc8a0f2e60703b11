"""What a reader can see of a map's lines on paper, in as few strokes and corners as look the same.

A network ends a street at each junction and bends it at each survey point. Printed, a street is one line
from where it comes onto the sheet to where it leaves, and a bend of a tenth of a millimetre is none.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.street_tags import Pavement
from schoolward.analysis.school_map.content import Line, MapStreet
from schoolward.analysis.school_map.framing import Frame, Point
from schoolward.analysis.school_map.joining import follow
from schoolward.analysis.school_map.strokes import WIDTH, Look, look_of

__all__ = ["FINEST", "OnPaper", "Stretch", "seen", "stretches"]

FINEST = 0.28
"""Points that are a tenth of a millimetre: what is smaller is not seen, and no line is moved so far."""

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A street of one name and kind on the paper, through all of its junctions."""

    street: MapStreet  # a piece of it
    look: Look
    line: list[Point]


class OnPaper:
    """Lines, in points of the paper, as one row of points: what is done to all of them is done at once."""

    def __init__(self, x: _Floats, y: _Floats, sizes: NDArray[np.int64], of: NDArray[np.int64]) -> None:
        self.x, self.y, self.sizes = x, y, sizes
        self.of = of  # which of the lines that were given each is, or is a part of
        self._first = np.cumsum(sizes) - sizes

    @classmethod
    def of_lines(cls, lines: Sequence[Line], frame: Frame) -> OnPaper:
        """Lines in degrees."""
        flat = itertools.chain.from_iterable(itertools.chain.from_iterable(lines))
        points = np.fromiter(flat, np.float64).reshape(-1, 2)
        return cls(
            (points[:, 0] - frame.west) * frame.east_pt,
            (frame.north - points[:, 1]) * frame.north_pt,
            np.fromiter(map(len, lines), np.int64, len(lines)),
            np.arange(len(lines)),
        )

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

    def _spans(self) -> tuple[tuple[_Floats, _Floats], ...]:
        """The least and the greatest of each line, to the right and down."""
        return tuple(
            (np.minimum.reduceat(axis, self._first), np.maximum.reduceat(axis, self._first))
            for axis in (self.x, self.y)
        )


def seen(lines: Sequence[Line], frame: Frame) -> NDArray[np.int64]:
    """Which lines, in degrees, have one of their points on the paper."""
    if not lines:
        return np.zeros(0, np.int64)
    laid = OnPaper.of_lines(lines, frame)
    held = (laid.x >= 0) & (laid.x <= frame.width) & (laid.y >= 0) & (laid.y <= frame.height)
    return np.flatnonzero(np.logical_or.reduceat(held, np.cumsum(laid.sizes) - laid.sizes))


def stretches(streets: Sequence[MapStreet], frame: Frame) -> list[Stretch]:
    """The streets that may touch the paper: pieces that are drawn and called alike are joined."""
    laid = OnPaper.of_lines([street.line for street in streets], frame).touching(frame)
    numbers: dict[Hashable, int] = {}
    alike = [
        numbers.setdefault(
            (
                street.name,
                look := look_of(street),
                street.pavement if look in WIDTH else Pavement.UNKNOWN,
                street.speed_kmh,
            ),
            len(numbers),
        )
        for street in map(streets.__getitem__, laid.of.tolist())
    ]
    found = laid.joined(np.array(alike, np.int64)).simplified()
    return [
        Stretch(streets[of], look_of(streets[of]), line)
        for of, line in zip(found.of.tolist(), found.lines(), strict=True)
    ]


def _off(
    x: _Floats, y: _Floats, begin: NDArray[np.int64], end: NDArray[np.int64], point: NDArray[np.int64]
) -> _Floats:
    """The square of each point's distance from the straight piece between two others."""
    dx, dy = x[end] - x[begin], y[end] - y[begin]
    to_x, to_y = x[point] - x[begin], y[point] - y[begin]
    long = dx * dx + dy * dy
    along = np.clip((to_x * dx + to_y * dy) / np.where(long > 0, long, 1.0), 0.0, 1.0)
    return np.asarray((to_x - along * dx) ** 2 + (to_y - along * dy) ** 2)
