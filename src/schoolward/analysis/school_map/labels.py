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

from schoolward.analysis.school_map.framing import Frame, Point

__all__ = ["Free", "Label", "Named", "join_lines", "label_streets", "printable", "short", "width_of"]

# Advances of Source Sans Pro Regular from the space to the tilde, in thousandths of the size; semibold is
# 3 % wider.
_ADVANCES = (
    200, 289, 425, 497, 497, 824, 609, 249, 303, 303, 418, 497, 249, 311, 249, 350, 497, 497, 497, 497,
    497, 497, 497, 497, 497, 497, 249, 249, 497, 497, 497, 425, 847, 544, 588, 571, 615, 527, 494, 617,
    652, 263, 480, 579, 486, 727, 647, 664, 566, 664, 569, 534, 536, 645, 515, 786, 513, 476, 539, 303,
    350, 303, 497, 500, 542, 504, 553, 456, 555, 496, 292, 504, 544, 246, 247, 495, 255, 829, 547, 542,
    555, 555, 347, 419, 338, 544, 467, 718, 446, 467, 425, 303, 241, 303, 497,
)  # fmt: skip
_CELL = 2.0
_APART = 250.0
"""Points along a street after which its name is written again."""
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

    def svg(self) -> str:
        """The name, with a white rim so that it can be read over lines."""
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

    def has(self, x: float, y: float, radius: float) -> bool:
        """Whether a square around a point is free."""
        return not self._taken[self._span(y, radius), self._span(x, radius)].any()

    def take_box(self, x: float, y: float, dx: float, dy: float, width: float, height: float) -> bool:
        """Take a turned box if all of it is free and on the paper.

        `x, y` is the middle of its foot, `dx, dy` the direction of its foot.
        """
        middle_x, middle_y = x + height / 2 * dy, y - height / 2 * dx
        for share in (0.0, -0.4, 0.4):  # most boxes that do not fit are told by three of their cells
            row = int((middle_y + share * width * dy) / _CELL)
            column = int((middle_x + share * width * dx) / _CELL)
            if not (0 <= row < len(self._taken) and 0 <= column < len(self._taken[0])):
                return False
            if self._taken[row, column]:
                return False
        along = np.arange(-width / 2, width / 2 + _CELL, _CELL)
        up = np.arange(0.0, height + 0.1, _CELL)
        # To the left of the direction is up on the paper, where y grows downwards.
        xs = (x + along[:, None] * dx + up[None, :] * dy).ravel()
        ys = (y + along[:, None] * dy - up[None, :] * dx).ravel()
        frame = self._frame
        if xs.min() < 2 or ys.min() < 2 or xs.max() > frame.width - 2 or ys.max() > frame.height - 2:
            return False
        cells = (ys / _CELL).astype(np.intp), (xs / _CELL).astype(np.intp)
        if self._taken[cells].any():
            return False
        self._taken[cells] = True
        return True

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
    wanted = []
    for pieces in by_name.values():
        best = max(pieces, key=lambda piece: piece.rank)
        lines = join_lines([piece.line for piece in pieces])
        wanted.append((best, [_clipped(part, frame) for part in lines]))
    wanted.sort(key=lambda one: (-one[0].rank, -sum(map(_length, one[1])), one[0].name))
    labels: list[Label] = []
    for street, lines in wanted:
        labels += _place(street, sorted(lines, key=_length, reverse=True), free)
    return labels


def _place(street: Named, lines: list[list[Point]], free: Free) -> list[Label]:
    placed: list[Label] = []
    for line in lines:
        long = _length(line)
        for text in dict.fromkeys((street.name, short(street.name))):
            width = width_of(text, street.size) + 2
            if long < width:
                continue
            for x, y, dx, dy in _straight(line, width):
                if any(math.hypot(x - one.x, y - one.y) < _APART for one in placed):
                    continue
                if dx < -1e-6 or (abs(dx) <= 1e-6 and dy > 0):  # read from left to right, or upwards
                    dx, dy = -dx, -dy
                foot_x, foot_y = x + street.above * dy, y - street.above * dx
                if free.take_box(foot_x, foot_y, dx, dy, width, street.size * 0.75):
                    turned = math.degrees(math.atan2(dy, dx))
                    placed.append(Label(text, foot_x, foot_y, turned, street.size))
            if placed:
                break
    return placed


def _straight(line: list[Point], width: float) -> list[tuple[float, float, float, float]]:
    """Places along a line where so much of it is straight, from its middle outwards: x, y, direction."""
    at = np.array(line)
    steps = np.hypot(*np.diff(at, axis=0).T)
    along = np.concatenate(([0.0], np.cumsum(steps)))
    total = float(along[-1])
    starts = np.arange(0.0, total - width + 1e-6, max(4.0, total / 40))
    if not len(starts):
        return []
    fractions = np.linspace(0, 1, 7)
    where = starts[:, None] + fractions * width
    xs, ys = np.interp(where, along, at[:, 0]), np.interp(where, along, at[:, 1])
    dx, dy = xs[:, -1] - xs[:, 0], ys[:, -1] - ys[:, 0]
    chord = np.hypot(dx, dy)
    with np.errstate(invalid="ignore", divide="ignore"):
        dx, dy = dx / chord, dy / chord
        off = np.abs((xs - xs[:, :1]) * dy[:, None] - (ys - ys[:, :1]) * dx[:, None]).max(axis=1)
    good = np.flatnonzero((chord > 0.97 * width) & (off < _BENDS[1]))
    from_middle = np.abs(starts[good] + width / 2 - total / 2)
    order = good[np.lexsort((from_middle, off[good] >= _BENDS[0]))]
    middle_x, middle_y = (xs[:, 0] + xs[:, -1]) / 2, (ys[:, 0] + ys[:, -1]) / 2
    return [
        (float(middle_x[one]), float(middle_y[one]), float(dx[one]), float(dy[one])) for one in order.tolist()
    ]


def join_lines(lines: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """Join lines that meet end to end into longer ones, straight on where several meet."""
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
                whole = whole + (parts[which][::-1] if from_end else parts[which])[1:]
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


def _clipped(line: list[Point], frame: Frame) -> list[Point]:
    """The longest stretch of a line whose points lie on the paper, with one point beyond at each end."""
    inside = [frame.holds(point) for point in line]
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
