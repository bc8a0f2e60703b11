"""What a school's plan shows: means, walk-sheds, the trade-off, streets and fixes; nobody can be found in it.

Pupils come in as places on the network and go out as counts. A count of 1 to 10 is not shown, nor one from
which such a count could be worked out (`analysis.disclosure`). Means are over all pupils of a school that
have a way, and to ten metres, so that a plan made again does not tell how far a newcomer walks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.disclosure import Cell, CountTable, Sum, SuppressionPolicy, protect
from schoolward.analysis.routing.bounded import find_bounded_routes
from schoolward.analysis.routing.chains import Chains, Floats
from schoolward.analysis.routing.fixes import Fix, Tolerance, Walkers, free_by_fixes, who_can_walk
from schoolward.analysis.routing.planning import Laid
from schoolward.analysis.routing.routes import Routes, Trip
from schoolward.analysis.routing.segments import count_segments, walked_segments
from schoolward.analysis.routing.sheds import MINUTES, reach
from schoolward.analysis.routing.suggested import suggested_chains
from schoolward.analysis.routing.tradeoff import trade_off

__all__ = ["DETOURS", "FixShown", "SchoolFigures", "StreetShown", "plan_schools"]

DETOURS = (1.0, 1.1, 1.2, 1.3, 1.5)
"""At these the trade-off is told."""

_LABELS = 1 << 14  # a trade-off that is told to ten metres needs no more
_TEN = 10.0


@dataclass(frozen=True)
class StreetShown:
    """A piece of street from one junction to the next, and how many walk it; None where that is not shown.

    None also stands where nobody walks: it tells nothing.
    """

    line: list[tuple[float, float]]
    name: int  # which of the network's names
    length_m: float
    factor: float
    crossing_m: float
    pupils: int | None


@dataclass(frozen=True)
class StreetWalked:
    """A piece of street as it would be shown, and how many walk it indeed: to hold a plan against an earlier
    one, and neither shown nor kept.
    """

    shown: StreetShown
    pupils: int = field(repr=False)
    suggested: bool  # drawn without a number too: ways from many corners lead along it


@dataclass(frozen=True)
class FixShown:
    """One of the given fixes, by its place in their list, and how many it frees; None: not shown."""

    fix: int
    frees: int | None


@dataclass(frozen=True)
class SchoolFigures:
    """What may be shown of one school; by `tried` and `walked` it is held against earlier plans."""

    pupils: int
    shortest_m: float | None
    route_m: float | None
    shortest_stress_m: float | None
    stress_m: float | None
    sheds: list[tuple[int, int | None]]  # minutes and pupils
    trade_off: list[tuple[float, float, float]]  # detour, mean length and mean stress
    can_walk: int | None
    cannot_walk: int | None
    streets: list[StreetShown]
    fixes: list[FixShown]
    tried: frozenset[int] = field(repr=False, compare=False)  # fixes of which it is known whom they free
    walked: list[StreetWalked] = field(repr=False, compare=False)


def plan_schools(
    laid: Laid,
    name: NDArray[np.int32],
    trip: Trip,
    *,
    detour: float,
    tolerance: Tolerance,
    fixes: Sequence[Fix],
    most_fixes: int | None = None,
    policy: SuppressionPolicy | None = None,
) -> dict[int, SchoolFigures]:
    """Plan for every school of a trip that has enough pupils, and return what may be shown of each.

    Args:
        laid: the network with the stress that counts.
        name: of each of its m edges, which name it bears.
        trip: schools and pupils that were met by a street.
        detour: how many times the shortest walk a route may be long.
        tolerance: what counts as a way that a pupil can walk.
        fixes: what could be mended.
        most_fixes: so many are tried, those on the ways of most pupils who cannot walk now; None: all.
        policy: which counts are small.

    Returns:
        Figures by the number of the school; a school with fewer pupils than may be shown is left out.
    """
    policy = policy or SuppressionPolicy()
    counts = np.bincount(trip.school_of, minlength=len(trip.schools))
    planned = np.flatnonzero(counts >= policy.threshold)
    if not len(planned):
        return {}
    found = find_bounded_routes(laid.chains, laid.stress, laid.length, trip, detour=detour)
    curve = trade_off(laid.chains, laid.stress, laid.length, trip, detours=DETOURS, most_labels=_LABELS)
    stress_means, length_means = curve.means(trip)
    walkers = who_can_walk(laid.network, laid.chains, trip, tolerance)
    tried = _worth_trying(laid.chains, trip, found.routes, walkers, tolerance, fixes)[:most_fixes]
    freed = free_by_fixes(
        laid.network, laid.chains, trip, tolerance, [fixes[one] for one in tried], now=walkers
    )
    number_of = {id(fixes[one]): one for one in tried}
    shown: dict[int, SchoolFigures] = {}
    for school in planned.tolist():
        mine = np.flatnonzero(trip.school_of == school)
        reached = np.isfinite(found.shortest_m[mine])
        walked = _walked(laid, name, trip, school, mine, found.routes, detour, policy)
        means = _Means(int(reached.sum()) >= policy.threshold)
        can = int(walkers.can[mine].sum())
        sheds, can_is_shown = _counts(found.shortest_m[mine], can, tolerance, policy)
        shown[school] = SchoolFigures(
            pupils=len(mine),
            shortest_m=means.of(found.shortest_m[mine][reached]),
            route_m=means.of(found.route_m[mine][reached]),
            shortest_stress_m=means.of(curve.stress[0][mine][reached]),
            stress_m=means.of(found.routes.cost[mine][reached]),
            sheds=sheds,
            trade_off=[
                (one, means.to_ten(length_means[place, school]), means.to_ten(stress_means[place, school]))
                for place, one in enumerate(DETOURS)
            ]
            if means.enough
            else [],
            can_walk=can if can_is_shown else None,
            cannot_walk=len(mine) - can if can_is_shown else None,
            streets=_drawn(walked),
            walked=walked,
            tried=frozenset(tried),
            fixes=_fixes(
                [
                    (number_of[id(one.fix)], int((trip.school_of[one.pupils] == school).sum()))
                    for one in freed
                ],
                [rest - can for rest in (len(mine), _within(sheds, tolerance)) if rest is not None],
                policy,
            )
            if can_is_shown
            else [],
        )
    return shown


@dataclass(frozen=True)
class _Means:
    enough: bool

    def of(self, metres: Floats) -> float | None:
        return self.to_ten(float(metres.mean())) if self.enough else None

    @staticmethod
    def to_ten(metres: float) -> float:
        return round(metres / _TEN) * _TEN


def _counts(
    shortest_m: Floats, can: int, tolerance: Tolerance, policy: SuppressionPolicy
) -> tuple[list[tuple[int, int | None]], bool]:
    """Pupils within each number of minutes, and whether the number of those who `can` walk may be shown.

    They are protected together, with what lies between two of them: who can walk does so within the
    tolerance's minutes, and is counted there as well.
    """
    within = reach(shortest_m).pupils
    names = [f"{minutes}" for minutes in MINUTES]
    bounds = [0, *within, len(shortest_m)]
    values: dict[Cell, int] = {
        ("to", one): count for one, count in zip([*names, "all"], bounds[1:], strict=True)
    }
    values |= {("band", one): bounds[place + 1] - bounds[place] for place, one in enumerate([*names, "all"])}
    sums = [Sum(("to", names[0]), (("band", names[0]),))]
    for before, one in zip(names, [*names[1:], "all"], strict=True):
        sums.append(Sum(("to", one), (("to", before), ("band", one))))
    around = next((f"{minutes}" for minutes in MINUTES if minutes >= tolerance.minutes), "all")
    for whole in dict.fromkeys((around, "all")):
        values |= {("can", "all"): can, ("cannot", whole): values["to", whole] - can}
        sums.append(Sum(("to", whole), (("can", "all"), ("cannot", whole))))
    if around == names[-1]:
        sums.append(Sum(("cannot", "all"), (("cannot", around), ("band", "all"))))
    public = protect(CountTable(values, tuple(sums)), policy, public={("to", "all")}).public()
    return [(minutes, public["to", f"{minutes}"]) for minutes in MINUTES], public["can", "all"] is not None


def _within(sheds: list[tuple[int, int | None]], tolerance: Tolerance) -> int | None:
    """How many live within the tolerance's minutes, as far as that is shown."""
    return next((count for minutes, count in sheds if minutes >= tolerance.minutes), None)


def _fixes(freed: list[tuple[int, int]], rests: list[int], policy: SuppressionPolicy) -> list[FixShown]:
    """The fixes that free anybody to be shown, most first; those left out are not counted.

    `rests` are those who cannot walk now: of all, and of those near enough.
    """
    shown = []
    for fix, frees in freed:
        if frees < policy.threshold:
            continue
        # Who still cannot walk afterwards must not be few either.
        few = any(policy.is_small(rest - frees) for rest in rests)
        shown.append((frees, FixShown(fix, None if few else frees)))
    return [one for _frees, one in sorted(shown, key=lambda pair: (pair[1].frees is None, -pair[0]))]


def _worth_trying(
    chains: Chains,
    trip: Trip,
    routes: Routes,
    walkers: Walkers,
    tolerance: Tolerance,
    fixes: Sequence[Fix],
) -> list[int]:
    """The fixes on the ways of most pupils who cannot walk now, most first, then by their order."""
    pupils, segments = walked_segments(chains, trip, routes)
    waiting = np.bincount(segments[~walkers.can[pupils]], minlength=len(chains.tail))
    weight = []
    for place, fix in enumerate(fixes):
        if not ((fix.factor <= tolerance.factor) & (fix.crossing_m <= tolerance.crossing_m)).all():
            continue
        most = int(waiting[chains.chain_of[fix.edges]].max(initial=0))
        if most:
            weight.append((-most, place))
    return [place for _most, place in sorted(weight)]


def _drawn(walked: list[StreetWalked]) -> list[StreetShown]:
    """The streets with a count to be shown, and those on the ways from many corners, whoever lives there."""
    drawn = [one.shown for one in walked if one.suggested or one.shown.pupils is not None]
    return sorted(drawn, key=lambda one: -(one.pupils or 0))


def _walked(
    laid: Laid,
    name: NDArray[np.int32],
    trip: Trip,
    school: int,
    mine: NDArray[np.int64],
    routes: Routes,
    detour: float,
    policy: SuppressionPolicy,
) -> list[StreetWalked]:
    """Every street that somebody walks, or that the ways from many corners lead along."""
    chains = laid.chains
    own = Trip(
        trip.schools.take(slice(school, school + 1)), trip.pupils.take(mine), np.zeros(len(mine), np.int32)
    )
    part = Routes(
        routes.cost[mine], routes.leaves[mine], routes.enters[mine], routes.begin[mine], routes.end[mine],
        routes.ways,
    )  # fmt: skip
    counts = count_segments(chains, own, part, policy)
    suggested = np.zeros(len(chains.tail), bool)
    suggested[suggested_chains(laid, own.schools, detour=detour)] = True
    return [
        StreetWalked(
            _street(laid, name, chain, int(counts.shown[chain]), policy),
            int(counts.walked[chain]),
            bool(suggested[chain]),
        )
        for chain in np.flatnonzero(suggested | (counts.walked > 0)).tolist()
    ]


def _street(
    laid: Laid, name: NDArray[np.int32], chain: int, count: int, policy: SuppressionPolicy
) -> StreetShown:
    chains, network = laid.chains, laid.network
    edges = chains.edges[chains.first[chain] : chains.first[chain + 1]]
    nodes = chains.nodes[chains.first[chain] + chain : chains.first[chain + 1] + chain + 1]
    length = network.length_m[edges]
    names, sizes = np.unique(name[edges], return_inverse=True)
    longest = names[np.argmax(np.bincount(sizes, weights=length))]
    return StreetShown(
        line=[
            (round(float(network.longitude[node]), 6), round(float(network.latitude[node]), 6))
            for node in nodes
        ],
        name=int(longest),
        length_m=round(float(length.sum()), 1),
        factor=round(float((network.factor[edges] * length).sum() / length.sum()), 3),
        crossing_m=round(float(network.crossing_m[edges].sum()), 1),
        pupils=count if count >= policy.threshold else None,
    )
