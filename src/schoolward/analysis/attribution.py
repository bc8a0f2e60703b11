"""Which campus an incident belongs to: by its address first, by distance second.

A police record can be geocoded 242 m from the school whose address it carries (a street address is placed on
the street, a school by its building), so a radius alone would miss large high schools. A record therefore
belongs to the campus at its normalised address if a school was in operation there on its date, and otherwise
to the nearest campus in operation within 1,000 feet (305 m), the distance of the school-zone laws
(California Penal Code 626.9; 21 U.S.C. 860).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.geodesy import chord_length, haversine_m, unit_vectors

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

SCHOOL_ZONE_M: Final = 305.0
"""1,000 feet, the radius of a school zone, in metres."""

NONE, ADDRESS, DISTANCE = 0, 1, 2
"""How an incident was attributed: not at all, by address, by distance."""

ALWAYS_FROM: Final = -(2**31)
ALWAYS_TO: Final = 2**31 - 1
"""Days for "since ever" and "until today and on" in `Campuses.first_day` and `last_day`."""

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Campuses:
    """Spans in which campuses held a school in operation; a campus may have several rows.

    `campus` holds the campus's own number, `address_key` its normalised address ("" for none), `longitude`
    and `latitude` its point in degrees (NaN for none), `first_day` and `last_day` the span as days since
    1970-01-01, both included. All have one length n.
    """

    campus: Integers
    address_key: Sequence[str]
    longitude: Floats
    latitude: Floats
    first_day: Integers
    last_day: Integers

    @cached_property
    def rows_by_address(self) -> dict[str, list[int]]:
        """The rows at each address."""
        found: dict[str, list[int]] = {}
        for row, key in enumerate(self.address_key):
            if key:
                found.setdefault(key, []).append(row)
        return found

    @cached_property
    def placed(self) -> Integers:
        """The rows that have a point."""
        return np.flatnonzero(~np.isnan(self.longitude) & ~np.isnan(self.latitude))

    @cached_property
    def tree(self) -> "cKDTree":
        """A tree over the points of `placed`, as vectors on the unit sphere."""
        from scipy.spatial import cKDTree  # half a second of start-up, for whoever attributes alone

        return cKDTree(unit_vectors(self.longitude[self.placed], self.latitude[self.placed]))


@dataclass(frozen=True)
class Attribution:
    """One element per incident.

    `campus` is the campus's number, -1 for none; `method` is NONE, ADDRESS or DISTANCE; `distance_m` is the
    great-circle distance to that campus's point (NaN where either has no point); `near` tells whether any
    campus in operation lies within the radius, whatever the method.
    """

    campus: Integers
    method: NDArray[np.int8]
    distance_m: Floats
    near: NDArray[np.bool_]


def attribute(
    address_keys: Sequence[str],
    longitude: Floats,
    latitude: Floats,
    day: Integers,
    campuses: Campuses,
    *,
    radius_m: float = SCHOOL_ZONE_M,
) -> Attribution:
    """Attribute n incidents to campuses.

    Takes normalised addresses ("" for none), degrees (NaN for none) and local dates as days since 1970-01-01,
    each of length n. The radius is inclusive. Among campuses at one distance the first row wins, so that the
    result does not depend on the order of the incidents.
    """
    count = len(address_keys)
    row, distance = _nearest(longitude, latitude, day, campuses, radius_m)
    near = row >= 0
    method = np.where(near, DISTANCE, NONE).astype(np.int8)
    for index, at in _at_address(address_keys, day, campuses):
        method[index], row[index] = ADDRESS, at
        distance[index] = haversine_m(
            longitude[index], latitude[index], campuses.longitude[at], campuses.latitude[at]
        )
    campus = np.full(count, -1, dtype=np.int64)
    campus[row >= 0] = campuses.campus[row[row >= 0]]
    return Attribution(campus, method, distance, near)


def _at_address(address_keys: Sequence[str], day: Integers, campuses: Campuses) -> list[tuple[int, int]]:
    """Return (incident, campus row) for incidents at the address of a campus in operation that day."""
    rows_by_address = campuses.rows_by_address
    found: list[tuple[int, int]] = []
    for index, key in enumerate(address_keys):
        if key in rows_by_address:
            for row in rows_by_address[key]:
                if campuses.first_day[row] <= day[index] <= campuses.last_day[row]:
                    found.append((index, row))
                    break
    return found


def _nearest(
    longitude: Floats, latitude: Floats, day: Integers, campuses: Campuses, radius_m: float
) -> tuple[Integers, Floats]:
    """Return each incident's nearest campus row in operation within the radius (-1 for none) and metres."""
    nearest = np.full(len(longitude), -1, dtype=np.int64)
    metres = np.full(len(longitude), np.nan)
    todo = np.flatnonzero(~np.isnan(longitude) & ~np.isnan(latitude))
    placed = campuses.placed
    if not len(todo) or not len(placed):
        return nearest, metres
    # A hair of slack in the tree's chord; the haversine below draws the exact line.
    reach = float(chord_length(radius_m)) * (1 + 1e-9) + 1e-12
    neighbours = 1  # nine records in ten have no campus within reach, and are done with the first question
    while len(todo):
        _, index = campuses.tree.query(
            unit_vectors(longitude[todo], latitude[todo]),
            k=[*range(1, neighbours + 1)],
            distance_upper_bound=reach,
        )
        hit = index[:, 0] < len(placed)
        todo, index = todo[hit], index[hit]
        found = index < len(placed)
        rows = placed[np.where(found, index, 0)]
        away = haversine_m(
            longitude[todo, None], latitude[todo, None], campuses.longitude[rows], campuses.latitude[rows]
        )
        open_then = (campuses.first_day[rows] <= day[todo, None]) & (
            day[todo, None] <= campuses.last_day[rows]
        )
        away[~found | ~open_then | (away > radius_m)] = np.inf
        # All neighbours asked for lie within reach: there may be more, so ask again for four times as many.
        more = found[:, -1] & (neighbours < len(placed))
        order = np.where(np.isinf(away), np.inf, rows)
        ties = away == away.min(axis=1, keepdims=True)
        best = np.where(ties, order, np.inf).argmin(axis=1)
        chosen = away[np.arange(len(todo)), best]
        within = ~more & np.isfinite(chosen)
        nearest[todo[within]] = rows[np.arange(len(todo)), best][within]
        metres[todo[within]] = chosen[within]
        todo = todo[more]
        neighbours = min(4 * neighbours, len(placed))
    return nearest, metres
