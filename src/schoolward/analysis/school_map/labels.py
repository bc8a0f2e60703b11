"""Names of streets on a map: each along a straight piece of its street, none over another or over a sign.

A name is written where its street runs straight enough for it, above the line, in the direction that is
read. Streets that matter more come first; a long street bears its name again after a while. A name that
finds no free place is left out: the list beside the map has it.
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.school_map import placing
from schoolward.analysis.school_map.framing import Frame, Point
from schoolward.analysis.school_map.joining import join_lines

__all__ = ["Free", "Label", "Named", "Places", "label_streets", "printable", "short", "width_of"]

# Advances of Source Sans Pro Regular from the space to the tilde, in thousandths of the size; semibold is
# 3 % wider.
_ADVANCES = (
    200, 289, 425, 497, 497, 824, 609, 249, 303, 303, 418, 497, 249, 311, 249, 350, 497, 497, 497, 497,
    497, 497, 497, 497, 497, 497, 249, 249, 497, 497, 497, 425, 847, 544, 588, 571, 615, 527, 494, 617,
    652, 263, 480, 579, 486, 727, 647, 664, 566, 664, 569, 534, 536, 645, 515, 786, 513, 476, 539, 303,
    350, 303, 497, 500, 542, 504, 553, 456, 555, 496, 292, 504, 544, 246, 247, 495, 255, 829, 547, 542,
    555, 555, 347, 419, 338, 544, 467, 718, 446, 467, 425, 303, 241, 303, 497,
)  # fmt: skip
Places = NDArray[np.float64]
"""Places of a name: the middle of its foot, and the direction in which it is read (k, 4)."""

_Floats = NDArray[np.float64]
_CELL = placing.CELL
_DOT = 1.0  # half a cell: its square touches no more than four
_APART = 250.0
"""Points along a street after which its name is written again."""
_SHARES = np.linspace(0, 1, 7)
_SPREAD = np.array([-0.4, -0.2, 0.0, 0.2, 0.4])
_BENDS = (0.9, 2.2)
"""Points by which a name's piece of street may leave its straight line; more if no place is so straight."""

#: What the sheet's typefaces have; a name in other letters is left off the map.
_PRINTABLE = re.compile("[ -~\u00a0-\u017f\u0370-\u03ff\u0400-\u045f\u1ea0-\u1ef9\u2010-\u2027]+")
_WORDS = {
    "Avenue": "Ave", "Boulevard": "Blvd", "Circle": "Cir", "Court": "Ct", "Drive": "Dr", "Highway": "Hwy",
    "Lane": "Ln", "Parkway": "Pkwy", "Place": "Pl", "Road": "Rd", "Square": "Sq", "Street": "St",
    "Terrace": "Ter", "Trail": "Trl", "North": "N", "South": "S", "East": "E", "West": "W",
    "Northeast": "NE", "Northwest": "NW", "Southeast": "SE", "Southwest": "SW", "Avenida": "Av.",
    "Rua": "R.", "Travessa": "Tv.", "Praça": "Pç.", "Largo": "Lg.",
}  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A street's line on the paper, its name, and how it is written."""

    name: str
    line: Sequence[Point]
    rank: int  # the higher, the sooner it finds a place
    size: float  # points
    above: float  # points between the street's middle and the foot of its name


@dataclass(frozen=True)
class Label:
    """A name where it is written: the middle of its foot, and degrees turned to the right."""

    text: str
    x: float
    y: float
    turned: float
    size: float
    strong: bool = False

    def ground(self) -> str:
        """The box behind the name as a part of a path: what is light there lets it be read over lines."""
        half, turn = width_of(self.text, self.size) / 2 + 0.6, math.radians(self.turned)
        dx, dy = math.cos(turn), math.sin(turn)
        low, high = -0.16 * self.size, 0.7 * self.size
        box = ((-half, low), (half, low), (half, high), (-half, high))
        at = [f"{self.x + a * dx + up * dy:.1f} {self.y + a * dy - up * dx:.1f}" for a, up in box]
        return f"M{'L'.join(at)}z"

    def svg(self) -> str:
        """The name."""
        turn = f' transform="rotate({self.turned:.1f} {self.x:.1f} {self.y:.1f})"' if self.turned else ""
        weight = ' font-weight="600"' if self.strong else ""
        return (
            f'<text x="{self.x:.1f}" y="{self.y:.1f}" font-size="{self.size:g}"{weight}{turn}>'
            f"{escape(self.text)}</text>"
        )


class Free:
    """Which parts of the paper are still free, in cells of two points."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        rows, columns = math.ceil(frame.height / _CELL) + 1, math.ceil(frame.width / _CELL) + 1
        self._taken = np.zeros((rows, columns), bool)

    def take(self, x: float, y: float, radius: float) -> None:
        """Take a square around a point."""
        rows, columns = self._span(y, radius), self._span(x, radius)
        self._taken[rows, columns] = True

    def take_dots(self, places: NDArray[np.float64]) -> None:
        """Take a point around each of many places (k, 2 or more): right and down."""
        rows, columns = self._taken.shape
        for right in (-_DOT, _DOT):
            for down in (-_DOT, _DOT):
                row = ((places[:, 1] + down) / _CELL).astype(np.int64)
                column = ((places[:, 0] + right) / _CELL).astype(np.int64)
                on = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
                self._taken[row[on], column[on]] = True

    def has(self, x: float, y: float, radius: float) -> bool:
        """Whether a square around a point is free."""
        return bool(placing.is_free_around(self._taken, x, y, radius))

    def take_box(self, x: float, y: float, dx: float, dy: float, width: float, height: float) -> bool:
        """Take a turned box if all of it is free and on the paper.

        `x, y` is the middle of its foot, `dx, dy` the direction of its foot.
        """
        on_paper = self.may_hold(np.array([[x, y, dx, dy]]), np.array([width]), np.array([height]))[0]
        if not on_paper or not placing.is_free(self._taken, x, y, dx, dy, width, height):
            return False
        placing.take(self._taken, x, y, dx, dy, width, height)
        return True

    def may_hold(self, places: Places, width: _Floats, height: _Floats) -> NDArray[np.bool_]:
        """Which of k turned boxes are on the paper and free at five places along their middle: few that are
        not free are left. Each is as :meth:`take_box` has it.
        """
        x, y, dx, dy = places.T
        along, up = width / 2 + _CELL, height + _CELL
        xs = np.stack([x + side * along * dx + high * up * dy for side in (-1, 1) for high in (0, 1)])
        ys = np.stack([y + side * along * dy - high * up * dx for side in (-1, 1) for high in (0, 1)])
        on = (xs.min(axis=0) >= 0) & (xs.max(axis=0) <= self._frame.width)
        on &= (ys.min(axis=0) >= 0) & (ys.max(axis=0) <= self._frame.height)
        found = np.flatnonzero(on)
        x, y, dx, dy = places[found].T[:, :, None]
        spread, middle = _SPREAD * width[found, None], height[found, None] / 2
        rows = ((y - middle * dx + spread * dy) / _CELL).astype(np.int64)
        columns = ((x + middle * dy + spread * dx) / _CELL).astype(np.int64)
        on[found] = ~self._taken[rows, columns].any(axis=1)
        return on

    def place_names(
        self,
        street: NDArray[np.int64],
        line: NDArray[np.int64],
        width: _Floats,
        height: _Floats,
        ends: NDArray[np.int64],
        places: Places,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Take places for names; see :func:`~schoolward.analysis.school_map.placing.place_names`."""
        found: tuple[NDArray[np.int64], NDArray[np.int64]] = placing.place_names(
            self._taken, street, line, width, height, ends, places, _APART
        )
        return found

    def _span(self, at: float, radius: float) -> slice:
        return slice(max(0, int((at - radius) / _CELL)), max(0, int((at + radius) / _CELL) + 1))


@lru_cache(maxsize=4096)
def width_of(text: str, size: float) -> float:
    """How many points a text is wide; a letter with an accent is as wide as without."""
    plain = unicodedata.normalize("NFD", text)
    wide = sum(
        _ADVANCES[ord(sign) - 32] if " " <= sign <= "~" else 560
        for sign in plain
        if not unicodedata.combining(sign)
    )
    return wide * size / 1000


@lru_cache(maxsize=4096)
def printable(name: str) -> bool:
    """Whether the sheet's typefaces have all of a name's letters."""
    return bool(_PRINTABLE.fullmatch(name))


def short(name: str) -> str:
    """A name with its usual words cut short: `Southeast 12th Avenue` is `SE 12th Ave`.

    The only word that is not of that kind stays: `Avenue Road` is no `Ave Rd`.
    """
    words = name.split()
    if sum(word not in _WORDS for word in words) == 0:
        return name
    return " ".join(_WORDS.get(word, word) for word in words)


def label_streets(streets: Iterable[Named], frame: Frame, free: Free) -> list[Label]:
    """Place the names; `free` knows afterwards where they are."""
    by_name: dict[str, list[Named]] = {}
    for street in streets:
        if street.name and printable(street.name):
            by_name.setdefault(street.name, []).append(street)
    joined = [join_lines([piece.line for piece in pieces]) for pieces in by_name.values()]
    seen = iter(_clipped([line for lines in joined for line in lines], frame))
    wanted = []
    for pieces, parts in zip(by_name.values(), joined, strict=True):
        best = max(pieces, key=lambda piece: piece.rank)
        lines = sorted(itertools.islice(seen, len(parts)), key=lambda one: one[1], reverse=True)
        wanted.append((best, lines))
    wanted.sort(key=lambda one: (-one[0].rank, -sum(length for _, length in one[1]), one[0].name))
    tries: list[_Try] = []
    line_numbers = itertools.count()
    for number, (street, lines) in enumerate(wanted):
        sized = [
            (text, width_of(text, street.size) + 2)
            for text in dict.fromkeys((street.name, short(street.name)))
        ]
        for line, length in lines:
            line_number = next(line_numbers)
            tries += [
                _Try(number, line_number, line, text, width, street.size * 0.75, street.above)
                for text, width in sized
                if length >= width
            ]
    if not tries:
        return []
    ends, places = _places(tries, free)
    texts, found = free.place_names(
        np.array([one.street for one in tries]),
        np.array([one.line_number for one in tries]),
        np.array([one.width for one in tries]),
        np.array([one.height for one in tries]),
        ends,
        places,
    )
    order = np.argsort([tries[text].street for text in texts.tolist()], kind="stable")
    labels = []
    for text, (x, y, dx, dy) in zip(texts[order].tolist(), places[found[order]].tolist(), strict=True):
        one = tries[text]
        size = wanted[one.street][0].size
        labels.append(Label(one.text, x, y, math.degrees(math.atan2(dy, dx)), size))
    return labels


@dataclass(frozen=True, slots=True)
class _Try:
    """A text along a line, which may find a place there; sizes in points."""

    street: int
    line_number: int
    line: list[Point]
    text: str
    width: float
    height: float
    above: float


def _places(tries: Sequence[_Try], free: Free) -> tuple[NDArray[np.int64], Places]:
    """For t texts places along their lines where so much of them is straight, from their middle outwards.

    Returned is where the places of each text begin and end (t + 1), and all of them (k, 4).

    All at once: the lines are laid end to end, and what is asked of them lies within one.
    """
    sizes = np.array([len(one.line) for one in tries])
    x, y = np.array(list(itertools.chain.from_iterable(one.line for one in tries))).T
    first = np.cumsum(sizes) - sizes
    steps = np.hypot(np.diff(x, prepend=x[0]), np.diff(y, prepend=y[0]))
    steps[first] = 1.0
    along = np.cumsum(steps)
    begin, total = along[first], along[first + sizes - 1] - along[first]
    width, height, above = (
        np.array([getattr(one, name) for one in tries]) for name in ("width", "height", "above")
    )
    step = np.maximum(4.0, total / 40)
    counts = ((total - width) / step + 1e-9).astype(np.int64) + 1
    of = np.repeat(np.arange(len(tries)), counts)
    starts = (np.arange(len(of)) - (np.cumsum(counts) - counts)[of]) * step[of]
    where = (begin[of] + starts)[:, None] + _SHARES * width[of, None]
    xs, ys = np.interp(where, along, x), np.interp(where, along, y)
    dx, dy = xs[:, -1] - xs[:, 0], ys[:, -1] - ys[:, 0]
    chord = np.maximum(np.hypot(dx, dy), 1e-9)
    dx, dy = dx / chord, dy / chord
    off = np.abs((xs - xs[:, :1]) * dy[:, None] - (ys - ys[:, :1]) * dx[:, None]).max(axis=1)
    # Read from left to right, or upwards.
    turn = np.where((dx < -1e-6) | ((np.abs(dx) <= 1e-6) & (dy > 0)), -1.0, 1.0)
    dx, dy = dx * turn, dy * turn
    feet = np.column_stack(
        ((xs[:, 0] + xs[:, -1]) / 2 + above[of] * dy, (ys[:, 0] + ys[:, -1]) / 2 - above[of] * dx, dx, dy)
    )
    good = np.flatnonzero((chord > 0.97 * width[of]) & (off < _BENDS[1]))
    good = good[free.may_hold(feet[good], width[of[good]], height[of[good]])]
    from_middle = np.abs(starts + (width - total)[of] / 2)
    good = good[np.lexsort((from_middle[good], off[good] >= _BENDS[0], of[good]))]
    ends = np.searchsorted(of[good], np.arange(len(tries) + 1))
    return ends, feet[good]


def _clipped(lines: Sequence[list[Point]], frame: Frame) -> list[tuple[list[Point], float]]:
    """Of each line the longest stretch on paper, with one point beyond at each end, and how long it is."""
    if not lines:
        return []
    sizes = np.array([len(line) for line in lines])
    points = np.fromiter(itertools.chain.from_iterable(itertools.chain.from_iterable(lines)), np.float64)
    x, y = points[::2], points[1::2]
    first = np.cumsum(sizes) - sizes
    inside = (x >= 0) & (x <= frame.width) & (y >= 0) & (y <= frame.height)
    whole = np.logical_and.reduceat(inside, first)
    steps = np.hypot(np.diff(x, prepend=x[0]), np.diff(y, prepend=y[0]))
    steps[first] = 0.0
    found = []
    for line, is_whole, length, at in zip(
        lines, whole.tolist(), np.add.reduceat(steps, first).tolist(), first.tolist(), strict=True
    ):
        if is_whole:
            found.append((line, length))
            continue
        part = _longest(line, inside[at : at + len(line)].tolist())
        found.append((part, _length(part)))
    return found


def _longest(line: list[Point], inside: Sequence[bool]) -> list[Point]:
    best, begin = (0, 0), None
    for at, holds in enumerate([*inside, False]):
        if holds and begin is None:
            begin = at
        elif not holds and begin is not None:
            best, begin = max(best, (begin, at), key=lambda span: span[1] - span[0]), None
    first, last = best
    return line[max(0, first - 1) : last + 1] if last > first else []


def _length(line: Sequence[Point]) -> float:
    return sum(math.hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in itertools.pairwise(line))
