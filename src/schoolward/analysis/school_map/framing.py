"""From degrees to points on paper: which part of the ground a map shows, and how large."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.analysis.school_map.content import Line, MapContent, Position

__all__ = ["Frame", "Point", "frame_of"]

Point = tuple[float, float]
"""Points to the right and points down, from the upper left corner."""

_AROUND = 0.03  # of the width or height, kept free around what must be seen
_LEAST_M = 400.0  # a map shows at least so many metres, however small the zone


@dataclass(frozen=True)
class Frame:
    """A piece of paper of so many points, and the ground under it: true to scale about its middle."""

    width: float
    height: float
    west: float  # degrees of the left edge
    north: float  # degrees of the upper edge
    east_pt: float  # points of a degree east
    north_pt: float  # points of a degree north
    points_a_metre: float

    def at(self, position: Position) -> Point:
        """Where a position lies on the paper; it may be beyond its edges."""
        return (position[0] - self.west) * self.east_pt, (self.north - position[1]) * self.north_pt

    def along(self, line: Line) -> list[Point]:
        """A line on the paper."""
        west, north, east_pt, north_pt = self.west, self.north, self.east_pt, self.north_pt
        return [((x - west) * east_pt, (north - y) * north_pt) for x, y in line]

    def holds(self, point: Point, *, inset: float = 0.0) -> bool:
        """Whether a point lies on the paper, so far from its edges."""
        x, y = point
        return inset <= x <= self.width - inset and inset <= y <= self.height - inset


def frame_of(content: MapContent, width: float, height: float) -> Frame:
    """The frame that shows the walk zone, the entrances and the guards, as large as they fit."""
    positions = [*_positions(content.zone.lines), *(one.at for one in content.entrances)]
    positions += [one.at for one in content.guards]
    lons, lats = [one[0] for one in positions], [one[1] for one in positions]
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    east_m, north_m = (float(metres) for metres in metres_a_degree((south + north) / 2))
    across = max((east - west) * east_m, _LEAST_M) * (1 + 2 * _AROUND)
    up = max((north - south) * north_m, _LEAST_M) * (1 + 2 * _AROUND)
    scale = min(width / across, height / up)
    east_pt, north_pt = east_m * scale, north_m * scale
    return Frame(
        width,
        height,
        west=(west + east) / 2 - width / 2 / east_pt,
        north=(south + north) / 2 + height / 2 / north_pt,
        east_pt=east_pt,
        north_pt=north_pt,
        points_a_metre=scale,
    )


def _positions(lines: Iterable[Line]) -> Iterable[Position]:
    for line in lines:
        yield from line
