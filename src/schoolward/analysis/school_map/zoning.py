"""What of a map lies in the walk zone, and what near enough to be drawn with it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.analysis.school_map.content import Line, MapContent

__all__ = ["Zoning"]

AROUND_M = 100.0
"""Streets are shown so far around the zone; all that a sheet of paper shows would be twice as much."""
_AT_M = 30.0  # a crossing so near to a street of the zone is on it
_SAME_M = 0.5


class Zoning:
    """A map's walk zone on a plane, in metres about the first entrance."""

    def __init__(self, content: MapContent) -> None:
        """Of this map."""
        self._origin = np.array(content.entrances[0].at)
        self._scale = np.array([float(metres) for metres in metres_a_degree(self._origin[1])])
        points = [at for line in content.zone.lines for at in line]
        self._tree = cKDTree(self._flat(points or [one.at for one in content.entrances]))

    def inside(self, lines: Sequence[Line]) -> NDArray[np.int64]:
        """Which of the lines lie in the zone by half or more."""
        if not lines:
            return np.zeros(0, np.int64)
        shares = np.add.reduceat(self._away(lines) <= _SAME_M, self._starts(lines)) / [
            len(line) for line in lines
        ]
        return np.flatnonzero(shares >= 0.5)

    def at(self, lines: Sequence[Line]) -> NDArray[np.int64]:
        """Which of the lines or places touch a street of the zone."""
        return self._within(lines, _AT_M)

    def shown(self, lines: Sequence[Line]) -> NDArray[np.int64]:
        """Which of the lines or places are near enough to be drawn."""
        return self._within(lines, AROUND_M)

    def length_m(self, line: Line) -> float:
        """Metres of a line."""
        return float(np.hypot(*np.diff(self._flat(line), axis=0).T).sum())

    def _within(self, lines: Sequence[Line], metres: float) -> NDArray[np.int64]:
        if not lines:
            return np.zeros(0, np.int64)
        return np.flatnonzero(np.minimum.reduceat(self._away(lines), self._starts(lines)) <= metres)

    def _away(self, lines: Sequence[Line]) -> NDArray[np.float64]:
        """Metres from each point of the lines to the zone."""
        return np.asarray(self._tree.query(self._flat([at for line in lines for at in line]))[0])

    def _starts(self, lines: Sequence[Line]) -> NDArray[np.int64]:
        return np.concatenate(([0], np.cumsum([len(line) for line in lines])[:-1]))

    def _flat(self, points: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
        return np.asarray((np.array(points) - self._origin) * self._scale)
