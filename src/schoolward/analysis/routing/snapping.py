"""From an address to the network: the nearest point of the nearest street, not only its nearest node.

A house in the middle of a long block stands at the block's middle, not at a corner. The point is where a
straight line from the address meets the street at right angles, or the street's end.

Streets are cut into pieces no longer than a cell of a grid. A point looks at its own cell and the eight
around it; only those that find nothing as near as a cell is wide look again, twice as far.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.analysis.routing.network import Network

Floats = NDArray[np.float64]
CELL_M = 30.0
FARTHEST_M = 1_000.0
"""Farther than this from any street an address is taken for a mistake."""
_AT_ONCE = 20_000  # points whose candidates are held in memory together


class Snapped(NamedTuple):
    """Where each of k points meets the network."""

    edge: NDArray[np.int32]  # k, which edge; -1 where none is near enough
    fraction: Floats  # k, how far along the edge: 0 at ends[:, 0], 1 at ends[:, 1]; nan where none
    distance_m: Floats  # k, metres from the point to the edge; inf where none


def snap(
    network: Network, longitude: ArrayLike, latitude: ArrayLike, *, farthest_m: float = FARTHEST_M
) -> Snapped:
    """The nearest point of the network to each point, given in degrees as two arrays of shape (k,).

    A point farther than `farthest_m` from every edge, or whose position is not a number, meets none. For
    several calls on one network keep a :class:`Snapper`: it makes its grid once.
    """
    return Snapper(network).snap(longitude, latitude, farthest_m=farthest_m)


@dataclass(frozen=True)
class _Grid:
    """Pieces of edges by the cells that they touch, in the order of the cells' numbers."""

    cell: NDArray[np.int64]  # ascending: row times columns, plus column
    edge: NDArray[np.int32]
    columns: int


class Snapper:
    """Snaps points to one network, whose grid is made when the first point comes."""

    def __init__(self, network: Network, *, edges: NDArray[np.int64] | None = None) -> None:
        """Snap to every edge of the network, or to these alone; what is met is numbered as in the network."""
        longitude, latitude = network.longitude, network.latitude
        self._ends = network.ends
        self._only = edges
        self._longitude, self._latitude = longitude, latitude
        self._west, self._south = (
            (float(longitude.min()), float(latitude.min())) if len(longitude) else (0.0, 0.0)
        )
        # Metres are taken as where they are shortest: the grid shows no two points farther apart than they
        # are, so that what is outside the cells looked at is at least as far as they reach.
        _, self._north_m = metres_a_degree(np.abs(latitude).min(initial=90.0))
        self._east_m, _ = metres_a_degree(np.abs(latitude).max(initial=0))
        self._grid: _Grid | None = None

    def snap(self, longitude: ArrayLike, latitude: ArrayLike, *, farthest_m: float = FARTHEST_M) -> Snapped:
        """As :func:`snap`."""
        at = np.asarray(longitude, dtype=np.float64), np.asarray(latitude, dtype=np.float64)
        if at[0].shape != at[1].shape or at[0].ndim != 1:
            raise ValueError(
                f"longitudes and latitudes are two lists of one length, not {at[0].shape} and {at[1].shape}"
            )
        found = Snapped(
            np.full(len(at[0]), -1, dtype=np.int32),
            np.full(len(at[0]), np.nan),
            np.full(len(at[0]), np.inf),
        )
        left = np.flatnonzero(np.isfinite(at[0]) & np.isfinite(at[1]))
        if not len(self._ends) or not len(left):
            return found
        if self._grid is None:
            self._grid = self._made()
        column, row = self._cells(at[0][left], at[1][left])
        left = left[np.lexsort((column, row))]  # neighbours find their streets in the same stretch of memory
        around = 1
        while len(left):
            for start in range(0, len(left), _AT_ONCE // around):
                self._look(self._grid, left[start : start + _AT_ONCE // around], *at, around, found)
            # What lies farther than the cells reach may have something nearer beyond them.
            left = left[found.distance_m[left] > around * CELL_M]
            if around * CELL_M >= farthest_m:
                break
            around *= 2
        far = found.distance_m > farthest_m
        found.edge[far], found.fraction[far], found.distance_m[far] = -1, np.nan, np.inf
        return found

    def _look(
        self,
        grid: _Grid,
        which: NDArray[np.int64],
        longitude: Floats,
        latitude: Floats,
        around: int,
        found: Snapped,
    ) -> None:
        """Put into `found` the best of each point's cell and of so many cells around it on every side."""
        lon, lat = longitude[which], latitude[which]
        column, row = self._cells(lon, lat)
        # Cells beside each other in a row have numbers in a row: a few stretches of the list are all of them.
        low, high = np.maximum(column - around, 0), np.minimum(column + around, grid.columns - 1)
        rows = row[:, None] + np.arange(-around, around + 1)
        first = np.searchsorted(grid.cell, rows * grid.columns + low[:, None], "left")
        last = np.searchsorted(grid.cell, rows * grid.columns + high[:, None], "right")
        counts = np.where((low <= high)[:, None], last - first, 0)
        total = int(counts.sum())
        if not total:
            return
        flat = counts.ravel()
        before = np.cumsum(flat) - flat
        candidate = grid.edge[np.repeat(first.ravel() - before, flat) + np.arange(total)]
        point = np.repeat(np.arange(len(which)), counts.sum(axis=1))
        fraction, squared = self._nearest_point(candidate, lon, lat, point)

        some = np.flatnonzero(counts.any(axis=1))
        starts = (np.cumsum(counts.sum(axis=1)) - counts.sum(axis=1))[some]
        best = np.full(len(which), np.inf)
        best[some] = np.minimum.reduceat(squared, starts)
        winners = np.flatnonzero(squared == best[point])
        # Of edges equally near the one with the lowest number, whatever the grid.
        winners = winners[np.lexsort((candidate[winners], point[winners]))]
        _, first_of = np.unique(point[winners], return_index=True)
        chosen = winners[first_of]
        to = which[point[chosen]]
        found.edge[to], found.fraction[to] = candidate[chosen], fraction[chosen]
        found.distance_m[to] = np.sqrt(squared[chosen])

    def _nearest_point(
        self, edge: NDArray[np.int32], lon: Floats, lat: Floats, point: NDArray[np.int64]
    ) -> tuple[Floats, Floats]:
        """How far along each edge its nearest point is, and the square of the distance to it in metres."""
        east_m, north_m = metres_a_degree(lat)
        a, b = self._ends[edge, 0], self._ends[edge, 1]
        scale_x, scale_y, x, y = east_m[point], north_m[point], lon[point], lat[point]
        ax, ay = (self._longitude[a] - x) * scale_x, (self._latitude[a] - y) * scale_y
        dx = (self._longitude[b] - x) * scale_x - ax
        dy = (self._latitude[b] - y) * scale_y - ay
        length = dx * dx + dy * dy
        with np.errstate(divide="ignore", invalid="ignore"):
            along = np.where(length > 0, -(ax * dx + ay * dy) / length, 0.0)
        along = np.clip(along, 0.0, 1.0)
        return along, (ax + along * dx) ** 2 + (ay + along * dy) ** 2

    def _cells(self, lon: Floats, lat: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        column = np.floor((lon - self._west) * (self._east_m / CELL_M))
        row = np.floor((lat - self._south) * (self._north_m / CELL_M))
        return column.astype(np.int64), row.astype(np.int64)

    def _made(self) -> _Grid:
        x = (self._longitude - self._west) * (self._east_m / CELL_M)
        y = (self._latitude - self._south) * (self._north_m / CELL_M)
        ends = self._ends if self._only is None else self._ends[self._only]
        a, b = ends[:, 0], ends[:, 1]
        # Pieces no wider than a cell touch at most two columns and two rows.
        pieces = np.maximum(np.ceil(np.maximum(np.abs(x[b] - x[a]), np.abs(y[b] - y[a]))), 1).astype(np.int64)
        edge = np.repeat(np.arange(len(a), dtype=np.int32), pieces)
        start = np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
        share = 1.0 / pieces[edge]
        x0, y0 = x[a][edge], y[a][edge]
        dx, dy = (x[b] - x[a])[edge] * share, (y[b] - y[a])[edge] * share
        west, south = np.floor(x0 + start * dx), np.floor(y0 + start * dy)
        east, north = np.floor(x0 + (start + 1) * dx), np.floor(y0 + (start + 1) * dy)
        columns = int(x.max()) + 2
        wide, high = west != east, south != north
        column = np.concatenate((west, east[wide], west[high], east[wide & high]))
        row = np.concatenate((south, south[wide], north[high], north[wide & high]))
        of = np.concatenate((edge, edge[wide], edge[high], edge[wide & high]))
        if self._only is not None:
            of = self._only[of]
        cell = row.astype(np.int64) * columns + column.astype(np.int64)
        # Sorted as one number, cell before edge, which is five times as quick as sorting by the cell.
        bits = len(self._ends).bit_length()
        both = np.sort(cell << bits | of)
        return _Grid(both >> bits, (both & ((1 << bits) - 1)).astype(np.int32), columns)
