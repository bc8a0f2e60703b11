"""The way to a school from one place: the shortest, the safest that is not much longer, and what more buys.

For a parent who asks "the safest way from here". Nothing is kept: a place goes in, ways come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from schoolward.analysis.routing.bounded import BoundedRoutes, find_bounded_routes
from schoolward.analysis.routing.chains import Places, Weights
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.planning import Laid, places_from
from schoolward.analysis.routing.routes import Routes, Trip, find_routes, read_along
from schoolward.analysis.routing.snapping import FARTHEST_M, Snapper
from schoolward.analysis.routing.tradeoff import DETOURS
from schoolward.analysis.routing.walked import Piece, pieces_of

__all__ = ["Choice", "NoWay", "Offer", "Way", "WayProblem", "ways_from"]

MARGIN = 0.02  # degrees around the network, about two kilometres, beyond which a place is of another town


class NoWay(StrEnum):
    """Why there is no answer."""

    OUTSIDE = "outside"  # the place is not on the map
    FAR = "far"  # farther than a kilometre from any street
    CUT_OFF = "cut_off"  # no way that is open leads to the school
    SCHOOL = "school"  # the school's own entrance is not on the network


class WayProblem(ValueError):
    """There is no way to offer; `reason` says why. The text names no place."""

    def __init__(self, reason: NoWay) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Way:
    """One way to school."""

    pieces: list[Piece]
    length_m: float
    stress: float  # metres of a quiet path that would be as pleasant


@dataclass(frozen=True)
class Offer:
    """The least stress of a way that is at most so many times the shortest walk."""

    detour: float
    length_m: float
    stress: float


@dataclass(frozen=True)
class Choice:
    """What a parent may choose from."""

    shortest: Way
    safest: Way
    detour: float  # the safest is no longer than so many times the shortest
    offers: tuple[Offer, ...]  # by detour, stress never growing
    from_street_m: float  # metres from the place to the street where the ways begin


def ways_from(
    laid: Laid,
    snapper: Snapper,
    place: tuple[float, float],
    school: tuple[float, float],
    *,
    detour: float = 1.3,
    detours: Sequence[float] = DETOURS,
) -> Choice:
    """The ways from a place to a school, both in degrees, longitude first.

    `detour` and `detours` are 1 or more. Raises :class:`WayProblem` where there is no way to offer.
    """
    _check_on_map(laid.network, place)
    begins, from_street_m = _met(snapper, place, NoWay.FAR)
    ends, _ = _met(snapper, school, NoWay.SCHOOL)
    trip = Trip(ends, begins, np.zeros(1, np.int32))
    short = find_routes(laid.chains, laid.length, trip)
    if not short.reached[0]:
        raise WayProblem(NoWay.CUT_OFF)
    bounded: dict[float, BoundedRoutes] = {}
    last: BoundedRoutes | None = None
    for times in sorted({*detours, detour}, reverse=True):
        # What is best with more room is best with less, where it fits.
        if last is None or last.route_m[0] > times * short.cost[0]:
            last = find_bounded_routes(laid.chains, laid.stress, laid.length, trip, detour=times)
        bounded[times] = last
    if not bounded[detour].routes.reached[0]:
        raise WayProblem(NoWay.CUT_OFF)
    return Choice(
        shortest=_way(laid, trip, short),
        safest=_way(laid, trip, bounded[detour].routes),
        detour=detour,
        offers=tuple(
            Offer(times, float(bounded[times].route_m[0]), float(bounded[times].routes.cost[0]))
            for times in sorted(set(detours))
        ),
        from_street_m=from_street_m,
    )


def _way(laid: Laid, trip: Trip, routes: Routes) -> Way:
    def sum_of(weights: Weights) -> float:
        return float(read_along(laid.chains, weights, trip, routes)[0])

    return Way(pieces_of(laid.chains, trip, routes), sum_of(laid.length), sum_of(laid.stress))


def _check_on_map(network: Network, place: tuple[float, float]) -> None:
    for at, along in zip(place, (network.longitude, network.latitude), strict=True):
        if not float(along.min()) - MARGIN <= at <= float(along.max()) + MARGIN:
            raise WayProblem(NoWay.OUTSIDE)


def _met(snapper: Snapper, at: tuple[float, float], otherwise: NoWay) -> tuple[Places, float]:
    met = snapper.snap([at[0]], [at[1]], farthest_m=FARTHEST_M)
    places, which = places_from(met.edge, met.fraction)
    if not len(which):
        raise WayProblem(otherwise)
    return places, float(met.distance_m[0])
