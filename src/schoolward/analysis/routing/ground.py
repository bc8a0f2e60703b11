"""Metres on the ground for what is near: edges of a street, and an address beside one.

On the WGS 84 ellipsoid, with its radii of curvature (Torge and Mueller, Geodesy, 4th edition, section 4.1.3).
Within a kilometre the error is below a millimetre; :mod:`schoolward.analysis.geodesy` is for what is far.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

_A = 6_378_137.0  # semi-major axis in metres
_E2 = 0.006_694_379_990_14  # first eccentricity, squared


def metres_a_degree(latitude: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Metres of a degree of longitude, and of a degree of latitude, at latitudes in degrees."""
    phi = np.radians(np.asarray(latitude, dtype=np.float64))
    w = np.sqrt(1 - _E2 * np.sin(phi) ** 2)
    degree = np.pi / 180 * _A
    return np.asarray(degree * np.cos(phi) / w), np.asarray(degree * (1 - _E2) / w**3)


def edge_lengths_m(
    longitude: NDArray[np.float64], latitude: NDArray[np.float64], ends: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Metres of m edges over n points, `ends` of shape (m, 2); at least a centimetre: none is free."""
    a, b = ends[:, 0], ends[:, 1]
    east_m, north_m = metres_a_degree((latitude[a] + latitude[b]) / 2)
    across = np.hypot((longitude[b] - longitude[a]) * east_m, (latitude[b] - latitude[a]) * north_m)
    return np.asarray(np.maximum(across, 0.01))


def from_line_m(line: Sequence[tuple[float, float]], at: tuple[float, float]) -> float:
    """Metres from a place to the nearest point of a line, both in degrees, longitude first; infinity where
    the line has no point.
    """
    if not len(line):
        return float("inf")
    scale = np.array([float(metres) for metres in metres_a_degree(at[1])])
    points = (np.asarray(line, dtype=np.float64) - np.array(at)) * scale
    begin, step = points[:-1], np.diff(points, axis=0)
    if not len(begin):
        return float(np.hypot(*points[0]))
    squared = np.maximum((step**2).sum(axis=1), 1e-12)
    share = np.clip(-(begin * step).sum(axis=1) / squared, 0.0, 1.0)
    return float(np.hypot(*(begin + share[:, None] * step).T).min())
