"""Where a collision was, and how surely: geocoded, reported, or derived from other collisions at the
crossing.

California lies west of Greenwich, and the raw data of SWITRS leave the sign of the longitude out: it is put
back.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import median

from schoolward.protocols.collisions.records import Collision, Quality
from schoolward.protocols.police_records.fields import CALIFORNIA

_FARTHEST_M = 300.0
"""Farther from a crossing a street may have bent away from the compass direction."""
_METRES_A_DEGREE = 111_195.0  # of latitude, on the sphere of the IUGG mean radius
_STEPS = {"N": (0, 1), "S": (0, -1), "E": (1, 0), "W": (-1, 0)}
_SPREAD_DEGREES = 0.003
"""About 300 m: positions of one crossing that lie farther apart are of two crossings, and tell nothing."""

Streets = tuple[str, str, str]


def degrees(longitude: str, latitude: str) -> tuple[float, float] | str | None:
    """Two cells as degrees; None where there is no position; what is wrong as a sentence's end.

    Examples: ``degrees("118.74410", "33.74410")`` is ``(-118.7441, 33.7441)``; ``degrees("", "")`` and
    ``degrees("0", "0")`` are None.
    """
    east, north = longitude.strip().strip("-").strip(), latitude.strip()
    if not east and not north:
        return None
    try:
        x, y = float(longitude), float(latitude)
    except ValueError:
        return (
            "one of the two coordinates is missing" if not (east and north) else "is not a number of degrees"
        )
    if not (math.isfinite(x) and math.isfinite(y)):
        return "is not a number of degrees"
    if x == 0 and y == 0:
        return None
    x = -abs(x)
    if not (CALIFORNIA.west <= x <= CALIFORNIA.east and CALIFORNIA.south <= y <= CALIFORNIA.north):
        return "lies outside California"
    return x, y


def derive_positions(
    collisions: Sequence[Collision], crossings: Mapping[Streets, tuple[float, float]] | None = None
) -> list[Collision]:
    """The collisions, those that can be placed by their two streets placed so.

    A crossing's position is that of `crossings` (place code, and the two streets in capitals and
    alphabetical order: longitude, latitude), or else the median of the geocoded collisions of the same set
    that happened at it. Only a collision without a better position is derived: one that is geocoded keeps
    its own. A distance is walked off in the compass direction, up to 300 m; farther out nothing is derived.
    """
    known = dict(crossings or {})
    known.update({key: where for key, where in _crossings_of(collisions).items() if key not in known})
    return [_derived(collision, known) for collision in collisions]


def crossing_of(collision: Collision) -> Streets | None:
    """The crossing's key: place code and both streets; None where one street is missing or both are the
    same."""
    first, second = sorted((_street(collision.primary_street), _street(collision.secondary_street)))
    return (collision.place, first, second) if first and first != second else None


def _street(name: str) -> str:
    return " ".join(name.upper().replace(".", " ").split())


def _crossings_of(collisions: Iterable[Collision]) -> dict[Streets, tuple[float, float]]:
    seen: dict[Streets, list[tuple[float, float]]] = defaultdict(list)
    for collision in collisions:
        key = crossing_of(collision)
        if key is None or collision.quality is not Quality.GEOCODED or collision.distance_m:
            continue
        if collision.longitude is not None and collision.latitude is not None:
            seen[key].append((collision.longitude, collision.latitude))
    return {
        key: (median(x for x, _ in points), median(y for _, y in points))
        for key, points in seen.items()
        if all(
            max(values) - min(values) <= _SPREAD_DEGREES
            for values in ([x for x, _ in points], [y for _, y in points])
        )
    }


def _derived(collision: Collision, known: Mapping[Streets, tuple[float, float]]) -> Collision:
    if collision.quality >= Quality.INTERSECTION:
        return collision
    key = crossing_of(collision)
    if key is None or key not in known:
        return collision
    away = collision.distance_m or 0.0
    if away > _FARTHEST_M or (away and collision.direction not in _STEPS):
        return collision
    x, y = known[key]
    east, north = _STEPS.get(collision.direction, (0, 0))
    latitude = y + north * away / _METRES_A_DEGREE
    longitude = x + east * away / (_METRES_A_DEGREE * math.cos(math.radians(y)))
    return replace(collision, longitude=longitude, latitude=latitude, quality=Quality.INTERSECTION)


__all__ = ["Quality", "Streets", "crossing_of", "degrees", "derive_positions"]
