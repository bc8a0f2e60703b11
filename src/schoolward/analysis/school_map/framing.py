"""From degrees to points on paper: which part of the ground a map shows, and how large."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.analysis.routing.plan_tables import Area
from schoolward.analysis.school_map.content import Line, MapContent, Position

__all__ = ["HEIGHTS", "WIDTH", "Frame", "Point", "frame_of", "ground_of"]

Point = tuple[float, float]
"""Points to the right and points down, from the upper left corner."""

WIDTH = 540.0
HEIGHTS = (420.0, 672.0)
"""Points of the map on a sheet; how high it is depends on how much there is to say below it."""

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
    positions = [*itertools.chain.from_iterable(content.zone.lines), *(one.at for one in content.entrances)]
    positions += [one.at for one in content.guards]
    lon, lat, across, up, east_m, north_m = _box(positions)
    scale = min(width / across, height / up)
    east_pt, north_pt = east_m * scale, north_m * scale
    return Frame(
        width,
        height,
        west=lon - width / 2 / east_pt,
        north=lat + height / 2 / north_pt,
        east_pt=east_pt,
        north_pt=north_pt,
        points_a_metre=scale,
    )


def ground_of(positions: Iterable[Position], *, at_least_m: float = 0.0) -> Area:
    """All that a sheet can show which shows these positions, however high it is, and so much around them."""
    lon, lat, across, up, east_m, north_m = _box(list(positions))
    wide = max(across, WIDTH * up / HEIGHTS[0]) / 2
    high = max(up, HEIGHTS[1] * across / WIDTH) / 2
    east, north = max(wide, across / 2 + at_least_m) / east_m, max(high, up / 2 + at_least_m) / north_m
    return Area(lon - east, lat - north, lon + east, lat + north)


def _box(positions: list[Position]) -> tuple[float, float, float, float, float, float]:
    """The middle of what must be seen, its metres across and up with some room, and metres of a degree."""
    flat = np.fromiter(itertools.chain.from_iterable(positions), np.float64, 2 * len(positions))
    (west, east), (south, north) = (
        (float(axis.min()), float(axis.max())) for axis in (flat[::2], flat[1::2])
    )
    east_m, north_m = (float(metres) for metres in metres_a_degree((south + north) / 2))
    room = 1 + 2 * _AROUND
    across = max((east - west) * east_m, _LEAST_M) * room
    up = max((north - south) * north_m, _LEAST_M) * room
    return (west + east) / 2, (south + north) / 2, across, up, east_m, north_m
