"""Which fixes are worth trying: those that could let enough pupils walk who cannot now.

A fix frees no pupil from whom, over the fix to the school, even a straight line is too long. That tells most
fixes apart without a search, and is never wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.disclosure import SuppressionPolicy
from schoolward.analysis.routing.chains import Places
from schoolward.analysis.routing.fixes import Fix, Freed, Tolerance, Walkers, free_by_fixes, who_can_walk
from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.analysis.routing.mending import Mend
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.planning import Laid
from schoolward.analysis.routing.routes import Trip, find_routes
from schoolward.analysis.routing.showing import shown_sets

__all__ = ["FixSearch", "Shown", "find_fixes", "show_fixes"]

_AT_ONCE = 256  # fixes held against all pupils together


@dataclass(frozen=True)
class FixSearch:
    """Who can walk of k pupils, and whom single fixes free, the one that frees most first."""

    now: Walkers
    near: NDArray[np.bool_]  # k, who could walk if every street and crossing were tolerable
    mends: tuple[Mend, ...]
    freed: tuple[NDArray[np.int64], ...]  # of each mend the pupils
    tried: int  # how many mends were tried


@dataclass(frozen=True)
class Shown:
    """The numbers that may stand side by side; None: not shown."""

    can_walk: int | None
    near_enough: int | None
    but_for_one: int | None  # whom any one of the mends frees
    frees: tuple[int | None, ...]


def find_fixes(
    laid: Laid,
    trip: Trip,
    mends: Sequence[Mend],
    tolerance: Tolerance,
    *,
    least: int,
    tell: Callable[[int, int | None, str], None] = lambda _done, _of, _says: None,
) -> FixSearch:
    """Try each mend that could free `least` pupils or more; those that free none are left out."""
    network, chains = laid.network, laid.chains
    now = who_can_walk(network, chains, trip, tolerance)
    near = find_routes(chains, laid.length, trip).cost <= tolerance.metres
    mends = [mend for mend in mends if _helps(network, mend, tolerance)]
    at_most = _could_free(network, trip, np.flatnonzero(near & ~now.can), mends, tolerance.metres)
    wanted = [mends[place] for place in np.flatnonzero(at_most >= max(1, least)).tolist()]
    found: list[tuple[Mend, Freed]] = []
    for number, mend in enumerate(wanted):
        fix = Fix(mend.where, mend.edges, mend.factor, mend.crossing_m)
        (freed,) = free_by_fixes(network, chains, trip, tolerance, [fix], now=now)
        if len(freed.pupils):
            found.append((mend, freed))
        tell(number + 1, len(wanted), "")
    found.sort(key=lambda one: -len(one[1].pupils))
    return FixSearch(
        now,
        near,
        tuple(mend for mend, _ in found),
        tuple(freed.pupils for _, freed in found),
        len(wanted),
    )


def show_fixes(found: FixSearch, policy: SuppressionPolicy) -> Shown:
    """The numbers that may be shown beside the number of all pupils. Fixes come before sums."""
    can, near = found.now.can, found.near
    freed = np.zeros(len(can), np.bool_)
    for pupils in found.freed:
        freed[pupils] = True
    sets = [np.flatnonzero(can), np.flatnonzero(near), np.flatnonzero(freed), *found.freed]
    counts = [len(pupils) for pupils in sets]
    pupils = np.concatenate(sets)
    of_set = np.repeat(np.arange(len(sets)), counts)
    order = np.lexsort((of_set, pupils))
    shown = shown_sets(
        pupils[order],
        of_set[order],
        of_pupils=len(can),
        of_sets=len(sets),
        policy=policy,
        worth=[-3, -2, -1, *counts[3:]],
    )
    numbers = [count if visible else None for count, visible in zip(counts, shown.tolist(), strict=True)]
    return Shown(numbers[0], numbers[1], numbers[2], tuple(numbers[3:]))


def _helps(network: Network, mend: Mend, tolerance: Tolerance) -> bool:
    """Whether a mend makes an edge tolerable that is not."""
    edges = mend.edges
    before = (network.factor[edges] <= tolerance.factor) & (network.crossing_m[edges] <= tolerance.crossing_m)
    after = (mend.factor <= tolerance.factor) & (mend.crossing_m <= tolerance.crossing_m)
    return bool((after & ~before).any())


def _could_free(
    network: Network, trip: Trip, pupils: NDArray[np.int64], mends: Sequence[Mend], metres: float
) -> NDArray[np.int64]:
    """Of each mend how many of the pupils are not too far from it and it from their school."""
    east_m, north_m = metres_a_degree(float(network.latitude.mean()))
    ground = np.stack((network.longitude * float(east_m), network.latitude * float(north_m)), axis=1)
    homes = _middle(ground, network, trip.pupils.take(pupils))
    schools = _middle(ground, network, trip.schools)[trip.school_of[pupils]]
    counts = np.zeros(len(mends), np.int64)
    for begin in range(0, len(mends), _AT_ONCE):
        part = mends[begin : begin + _AT_ONCE]
        nodes = [ground[np.unique(network.ends[mend.edges])] for mend in part]
        centre = np.stack([each.mean(axis=0) for each in nodes])
        # What is half as wide as the mend may be nearer than its middle, on both sides.
        wide = np.array(
            [np.hypot(*(each - middle).T).max() for each, middle in zip(nodes, centre, strict=True)]
        )
        way = np.hypot(*(homes[None] - centre[:, None]).transpose(2, 0, 1))
        way += np.hypot(*(schools[None] - centre[:, None]).transpose(2, 0, 1))
        counts[begin : begin + len(part)] = (way - 2 * wide[:, None] <= metres * _SLACK).sum(axis=1)
    return counts


_SLACK = 1.01  # one scale for the whole network, and places taken as the middle of their edge's ends


def _middle(ground: NDArray[np.float64], network: Network, places: Places) -> NDArray[np.float64]:
    a, b = network.ends[places.edge].T
    share = places.fraction[:, None]
    return np.asarray(ground[a] * (1 - share) + ground[b] * share)
