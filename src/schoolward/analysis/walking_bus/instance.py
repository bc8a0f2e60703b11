"""What a walking school bus is planned from: stops, walking lengths and dangers between them, and the
limits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from schoolward.analysis.told_instances import BadInstance, entries

Floats = npt.NDArray[np.float64]

MOST_STOPS = 1_000
_LEAST_DETOUR, _MOST_DETOUR = 1.0, 10.0
_KEYS = {"stops", "length_m", "danger", "detour", "pupils_per_leader"}


@dataclass(frozen=True, slots=True)
class Stop:
    """Where pupils join: a name of the user's (never a child's) and how many they are."""

    key: str
    pupils: int = 1


@dataclass(frozen=True)
class Instance:
    """n stops and the school, which is point 0 of both matrices; stop i is point i + 1.

    `length_m[a, b]` is the walk from a to b in metres, `danger[a, b]` what that walk adds of danger, in any
    unit, not below 0; both (n + 1) x (n + 1). Nobody walks more than `detour` times `length_m[stop, 0]`. At
    every point of the way there is a leader for each `pupils_per_leader` pupils, where that is given.
    """

    stops: tuple[Stop, ...]
    length_m: Floats
    danger: Floats
    detour: float
    pupils_per_leader: int | None = None

    @cached_property
    def limit_m(self) -> Floats:
        """The longest walk of each point, metres; a hair more than the product, so that rounding refuses
        nobody."""
        limit: Floats = self.length_m[:, 0] * self.detour
        return limit + 1e-9 * np.maximum(limit, 1.0)

    @cached_property
    def nearest_m(self) -> Floats:
        """The shortest way of each point to the school over all others, metres: no plan can be shorter."""
        shortest = self.length_m[:, 0].copy()
        done = np.zeros(len(shortest), dtype=bool)
        for _ in range(len(shortest)):  # Dijkstra on a full matrix: no heap is quicker
            point = int(np.argmin(np.where(done, np.inf, shortest)))
            done[point] = True
            shortest = np.minimum(shortest, self.length_m[:, point] + shortest[point])
        return shortest

    @cached_property
    def allowed(self) -> npt.NDArray[np.bool_]:
        """Whether a point may walk on to another, by the shortest that is left from there: (n + 1) x (n +
        1)."""
        ways = self.length_m + self.nearest_m[None, :] <= self.limit_m[:, None]
        ways[:, 0] = True
        ways[0, :] = False
        np.fill_diagonal(ways, False)
        return ways

    @cached_property
    def pupils(self) -> npt.NDArray[np.int64]:
        """How many pupils join at each point; none at the school."""
        return np.array([0, *(stop.pupils for stop in self.stops)], dtype=np.int64)


def read_instance(told: object) -> Instance:
    """An instance from what JSON holds. Raises BadInstance.

    Example::

        {"detour": 1.3, "stops": [{"id": "Oak and Elm", "pupils": 3}],
         "length_m": [[0, 400], [400, 0]], "danger": [[0, 1], [1, 0]]}
    """
    told = entries(told, _KEYS, "stops, length_m, danger and detour")
    stops = _stops(told.get("stops"))
    count = len(stops) + 1
    length = _matrix("length_m", told.get("length_m"), count)
    danger = _matrix("danger", told.get("danger"), count)
    alone = np.argwhere((length == 0) & ~np.eye(count, dtype=bool))
    if len(alone):
        a, b = alone[0].tolist()
        raise BadInstance(
            f"length_m[{a}][{b}]", "is 0 between two points. Make one stop of stops at the same place."
        )
    detour = _number("detour", told.get("detour"))
    if not _LEAST_DETOUR <= detour <= _MOST_DETOUR:
        raise BadInstance("detour", f"is {detour:g}. Write a factor from 1 to 10, for example 1.3.")
    most = told.get("pupils_per_leader")
    if most is not None and (isinstance(most, bool) or not isinstance(most, int) or most < 1):
        raise BadInstance("pupils_per_leader", f"is {most!r}. Write a whole number from 1, or leave it out.")
    for index, stop in enumerate(stops):
        if most is not None and stop.pupils > most:
            message = f"{stop.pupils} pupils join, and a leader takes {most}. Make two stops of it."
            raise BadInstance(f"stops[{index}].pupils", message)
    return Instance(stops, length, danger, detour, most)


def _stops(told: object) -> tuple[Stop, ...]:
    if not isinstance(told, list) or not told:
        raise BadInstance("stops", "must be a list of at least one stop.")
    if len(told) > MOST_STOPS:
        raise BadInstance("stops", f"holds {len(told):,}; at most {MOST_STOPS:,} can be planned at once.")
    stops: list[Stop] = []
    seen: set[str] = set()
    for index, entry in enumerate(told):
        where = f"stops[{index}]"
        if not isinstance(entry, Mapping) or not str(entry.get("id", "")).strip():
            raise BadInstance(where, 'must be an object with an id, for example {"id": "Oak and Elm"}.')
        key = str(entry["id"]).strip()
        if key in seen:
            raise BadInstance(where, f"has the id {key!r}, which an earlier stop has. Ids must differ.")
        seen.add(key)
        pupils: Any = entry.get("pupils", 1)
        if isinstance(pupils, bool) or not isinstance(pupils, int) or not 1 <= pupils <= 1000:
            raise BadInstance(f"{where}.pupils", f"is {pupils!r}. Write a whole number from 1 to 1000.")
        stops.append(Stop(key, pupils))
    return tuple(stops)


def _matrix(name: str, told: object, count: int) -> Floats:
    if not isinstance(told, list) or len(told) != count:
        held = len(told) if isinstance(told, list) else "no"
        raise BadInstance(name, f"holds {held} rows; the school and the stops make {count}.")
    rows = np.zeros((count, count))
    for a, row in enumerate(told):
        if not isinstance(row, list) or len(row) != count:
            held = len(row) if isinstance(row, list) else "no"
            raise BadInstance(f"{name}[{a}]", f"holds {held} numbers; it must hold {count}.")
        for b, cell in enumerate(row):
            rows[a, b] = _number(f"{name}[{a}][{b}]", cell)
            if rows[a, b] < 0:
                raise BadInstance(f"{name}[{a}][{b}]", f"is {cell!r}. It must not be below 0.")
    return rows


def _number(where: str, told: object) -> float:
    if isinstance(told, bool) or not isinstance(told, int | float) or not math.isfinite(told):
        raise BadInstance(where, f"is {told!r}. Write a number.")
    return float(told)
