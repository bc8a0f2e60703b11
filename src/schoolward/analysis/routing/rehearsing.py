"""Once through every loop that is compiled, so that no question waits for a compiler."""

from __future__ import annotations

import numpy as np

from schoolward.analysis import walking_bus
from schoolward.analysis.routing.chains import Places
from schoolward.analysis.routing.fixes import Fix, Tolerance
from schoolward.analysis.routing.meeting import meet_at_corners
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.planning import Laid, plan_routes
from schoolward.analysis.routing.routes import Trip, find_routes
from schoolward.analysis.routing.school_plans import plan_schools
from schoolward.analysis.routing.suggested import suggested_chains
from schoolward.analysis.routing.whatif import Change, what_if

__all__ = ["rehearse"]

_SIDE = 24
_BLOCK = 0.001  # degrees from one corner to the next
_PUPILS = 40
_DETOUR = 1.3
_STOPS = 12
_SECONDS = 0.5


def rehearse() -> None:
    """Plan, ask, place and draw for invented pupils in an invented town, and throw it away.

    What numba compiles on the way is kept for every process of the installation (see `compiling`): it takes
    a quarter of a minute the first time, and a second later.
    """
    laid = Laid.of(_town())
    around = _around_the_middle(laid.network)
    closed = Change(laid.chains.edges[:1].copy(), np.array((np.inf,)))
    fix = Fix("", laid.chains.edges[:1].copy(), np.ones(1), np.zeros(1))
    no_names = np.zeros(len(laid.network.ends), np.int32)
    plan_schools(laid, no_names, around, detour=_DETOUR, tolerance=Tolerance.stated(), fixes=[fix])
    plan_routes(laid, around, detour=_DETOUR, nodes=True)
    routes = find_routes(laid.chains, laid.stress, around)
    what_if(laid.chains, laid.stress, around, routes, closed)
    suggested_chains(laid, around.schools, detour=_DETOUR)
    meet_at_corners(laid, around, routes, farthest_m=np.inf, most=_PUPILS)
    for _turn in ("compiling takes its seconds", "its bound is searched for"):
        walking_bus.solve(_bus(), seconds=_SECONDS)


def _town() -> Network:
    """Blocks of a hundred metres, every other street twice as hard."""
    nodes = np.arange(_SIDE * _SIDE, dtype=np.int32).reshape(_SIDE, _SIDE)
    along = np.stack((nodes[:, :-1].ravel(), nodes[:, 1:].ravel()), axis=1)
    across = np.stack((nodes[:-1].ravel(), nodes[1:].ravel()), axis=1)
    ends = np.concatenate((along, across))
    ends.flags.writeable = False  # as that of a network that is read: numba compiles for the one or the other
    up, right = np.divmod(nodes.ravel(), _SIDE)
    return Network(
        node_ids=nodes.ravel().astype(np.int64),
        longitude=right * _BLOCK,
        latitude=up * _BLOCK,
        ends=ends,
        length_m=np.full(len(ends), 100.0),
        factor=np.where(ends[:, 0] % 2, 2.0, 1.0),
        crossing_m=np.zeros(len(ends)),
        way_ids=np.zeros(len(ends), np.int64),
    )


def _around_the_middle(network: Network) -> Trip:
    """A school in the middle, and pupils on the edges next to it."""
    first = network.ends[:, 0]
    away = np.hypot(*(of[first] - of.mean() for of in (network.longitude, network.latitude)))
    near = np.argsort(away)[:_PUPILS].astype(np.int32)
    pupils = Places(near, np.full(_PUPILS, 0.25))
    return Trip(Places(near[:1], np.array((0.5,))), pupils, np.zeros(_PUPILS, np.int32))


def _bus() -> walking_bus.Instance:
    """Stops in a row and beside it, a hundred metres apart."""
    along, beside = np.divmod(np.arange(_STOPS + 1), 2)
    metres = 100.0 * (np.abs(along[:, None] - along[None, :]) + np.abs(beside[:, None] - beside[None, :]))
    stops = tuple(walking_bus.Stop(f"{number}", 1) for number in range(_STOPS))
    return walking_bus.Instance(stops, metres, metres / 100.0, _DETOUR, _STOPS // 2)
