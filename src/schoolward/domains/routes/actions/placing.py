"""Where guards protect most pupils, and how few leaders a walking bus needs, from pupils' addresses.

As with every question about pupils' ways, the file is read from memory and the answer is shown once and not
kept. What comes of it (a crossing, a post, a bus) is entered by a person on its own page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.analysis import crossing_guards, walking_bus
from schoolward.analysis.disclosure import SuppressionPolicy
from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.domains.routes import queries
from schoolward.domains.routes.actions.planning import laid_for, network_in_use, point_of, read_pupils
from schoolward.domains.routes.actions.recording import RouteRefused, known_value, within
from schoolward.domains.routes.actions.stops import Stop
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

if TYPE_CHECKING:
    # Imported where it is used: see `queries.networks`.
    from schoolward.analysis.routing import making
    from schoolward.analysis.routing.guarding import CrossingPlaces
    from schoolward.analysis.routing.meeting import Meetings

SECONDS = 10.0
"""So long a search may take by the clock; what is not proved by then comes with its bound."""

MOST_GUARDS = 1_000
MOST_CORNERS = 200
FARTHEST_M = (300, 5_000)
DETOURS = (1.0, 2.0)
_SAME_PLACE_M = 40.0
_SOME_DAY = date(2000, 1, 2)


@dataclass(frozen=True)
class Placed:
    """One crossing where a guard would stand; `alone` is how many only this one guards, None: not shown."""

    where: str
    longitude: float
    latitude: float
    is_guarded: bool
    alone: int | None


@dataclass(frozen=True)
class GuardsAnswer:
    """Where guards would stand. A count is None where it is too small to be shown."""

    guards: int
    posts_elsewhere: int
    """Posts of today at no crossing of a larger road; they count among the guards."""
    places: list[Placed]
    pupils: int | None
    """Whose way crosses a larger road."""
    protected: int | None
    bound: int | None
    greedy: int | None
    is_proved: bool
    without_crossing: int | None


@dataclass(frozen=True)
class BusLine:
    """One leader's walk: stops with their times, the school last, and how many pupils the leader takes."""

    stops: list[Stop]
    pupils: int
    walk_m: float


@dataclass(frozen=True)
class BusAnswer:
    """Walking buses to one school."""

    site: str
    lines: list[BusLine]
    fewest_leaders: int
    """No plan has fewer."""
    danger: float
    least_danger: float
    is_proved: bool
    pupils: int
    left_out: int


def place_guards(
    *, pupils: bytes, guards: int, by: Viewer, at: datetime, protects: str = "all", seconds: float = SECONDS
) -> GuardsAnswer:
    """Choose the crossings of larger roads where so many guards protect most pupils on their safest ways.

    Args:
        pupils: as for `plan_ways`; nothing of it is kept.
        guards: how many in all; posts of today keep theirs and count among them.
        by: who asks; needs `routes.plan`.
        at: the clock.
        protects: whether a pupil is protected when `all` crossings of the way are guarded, or `any`.
        seconds: how long the search may take.

    Raises:
        RouteRefused: as `plan_ways`, or there are more posts than guards.
        AccessDenied: without the permission.
    """
    from schoolward.analysis.routing.guarding import crossing_places, crossings_by_way
    from schoolward.analysis.routing.routes import find_routes

    check(by, "routes.plan")
    known_value(protects, [one.value for one in crossing_guards.Protects], "protects")
    within(guards, 1, MOST_GUARDS, "guards")
    network = network_in_use()
    made, laid = laid_for(network, queries.conditions(timezone.localdate(at)))
    walking = read_pupils(pupils, network, made, by=by, at=at)
    places = crossing_places(made)
    ways = crossings_by_way(
        laid.chains, places, walking.trip, find_routes(laid.chains, laid.stress, walking.trip)
    )
    guarded, elsewhere = _guarded(places, timezone.localdate(at), by)
    if len(guarded) + elsewhere > guards:
        raise RouteRefused(
            ngettext(
                "Guards stand at %(posts)d crossing today. Ask for so many guards or more.",
                "Guards stand at %(posts)d crossings today. Ask for so many guards or more.",
                len(guarded) + elsewhere,
            )
            % {"posts": len(guarded) + elsewhere},
            field="guards",
        )
    instance = crossing_guards.Instance(
        places.where, ways, min(guards - elsewhere, len(places)), guarded, crossing_guards.Protects(protects)
    )
    found = crossing_guards.place(instance, seconds=seconds)
    record(
        "routes.asked",
        by=by,
        at=by.at,
        subject=f"routes.StreetNetwork:{network.pk}",
        detail={"question": "guards", "guards": guards},
    )
    return _told(instance, found, places, guards, elsewhere)


def plan_bus(
    *,
    pupils: bytes,
    site: str,
    by: Viewer,
    at: datetime,
    arrives_at: time = time(7, 50),
    detour: float = 1.3,
    pupils_per_leader: int = 6,
    farthest_m: float = 1_600,
    seconds: float = SECONDS,
) -> BusAnswer:
    """Plan walking buses to a site with the fewest leaders, then the least danger.

    Args:
        pupils: as for `plan_ways`; those of other sites take no part. Nothing of it is kept.
        site: the site's short name.
        by: who asks; needs `routes.plan`.
        at: the clock.
        arrives_at: when the buses reach the school.
        detour: nobody walks more than so many times the safest way of the corner.
        pupils_per_leader: the most pupils for one leader.
        farthest_m: who walks farther is left out.
        seconds: how long the search may take.

    Raises:
        RouteRefused: as `plan_ways`; or no pupil of the site, or too many corners.
        AccessDenied: without the permission.
    """
    from schoolward.analysis.routing.meeting import meet_at_corners
    from schoolward.analysis.routing.routes import Trip, find_routes

    check(by, "routes.plan")
    within(detour, *DETOURS, "detour")
    within(pupils_per_leader, 1, 30, "pupils_per_leader")
    within(farthest_m, *FARTHEST_M, "farthest_m")
    network = network_in_use()
    made, laid = laid_for(network, queries.conditions(timezone.localdate(at)))
    walking = read_pupils(pupils, network, made, by=by, at=at)
    of_site = [place for place, campus in enumerate(walking.campuses) if campus.slug == site]
    if not of_site:
        raise RouteRefused(_("The file has no pupil of this site."), field="site")
    whole = walking.trip
    mine = whole.school_of == of_site[0]
    trip = Trip(
        whole.schools.take(np.array(of_site)), whole.pupils.take(mine), np.zeros(int(mine.sum()), np.int32)
    )
    routes = find_routes(laid.chains, laid.stress, trip)
    try:
        met = meet_at_corners(laid, trip, routes, farthest_m=farthest_m, most=MOST_CORNERS)
    except ValueError as problem:
        raise RouteRefused(
            _("%(problem)s Leave out who lives far away, or give part of the pupils.")
            % {"problem": f"{problem}"},
            field="farthest_m",
        ) from None
    if not len(met.pupils):
        raise RouteRefused(
            _("Nobody lives within reach of a walking bus: the school is next door, or too far."),
            field="farthest_m",
        )
    instance, corner_of = _instance(met, detour, pupils_per_leader)
    found = walking_bus.solve(instance, seconds=seconds)
    record(
        "routes.asked",
        by=by,
        at=by.at,
        subject=f"routes.StreetNetwork:{network.pk}",
        detail={"question": "bus"},
    )
    campus = walking.campuses[of_site[0]]
    return BusAnswer(
        campus.name,
        _lines(found.plan, met, corner_of, made, (campus.name, *point_of(made, trip.schools, 0)), arrives_at),
        found.bounds.leaders,
        found.plan.danger,
        found.bounds.danger,
        found.proved,
        int(met.pupils.sum()),
        met.left_out,
    )


def _guarded(places: CrossingPlaces, on: date, by: Viewer) -> tuple[frozenset[int], int]:
    """The places at which a post stands on a day, and how many other crossings have one."""
    found, elsewhere = set(), set()
    for longitude, latitude in queries.posts_on(by, on).values_list(
        "crossing__longitude", "crossing__latitude"
    ):
        east_m, north_m = (float(one) for one in metres_a_degree(latitude))
        away = np.hypot((places.longitude - longitude) * east_m, (places.latitude - latitude) * north_m)
        if len(places) and away.min() <= _SAME_PLACE_M:
            found.add(int(np.argmin(away)))
        else:
            elsewhere.add((longitude, latitude))
    return frozenset(found), len(elsewhere)


def _told(
    instance: crossing_guards.Instance,
    found: crossing_guards.Placement,
    places: CrossingPlaces,
    guards: int,
    elsewhere: int,
) -> GuardsAnswer:
    policy = SuppressionPolicy()

    def shown(count: int, *rests: int) -> int | None:
        """The count, unless it or what it leaves of a number beside it is small."""
        return None if any(policy.is_small(one) for one in (count, *rests)) else count

    everybody, protected = instance.pupils, found.pupils
    pupils = shown(everybody)
    greedy = instance.protected(crossing_guards.greedy(instance))
    placed = [
        Placed(
            places.where[place] or _("A crossing without street names"),
            round(float(places.longitude[place]), 6),
            round(float(places.latitude[place]), 6),
            place in instance.guarded,
            shown(alone, protected - alone) if pupils is not None else None,
        )
        for place, alone in found.lost_without().items()
        # What protects nobody by itself stands only where it is there already.
        if alone or place in instance.guarded
    ]
    placed.sort(key=lambda one: (one.alone is None, -(one.alone or 0), one.where))
    return GuardsAnswer(
        guards,
        elsewhere,
        placed,
        pupils,
        shown(protected, everybody - protected) if pupils is not None else None,
        shown(found.bound, everybody - found.bound, found.bound - protected) if pupils is not None else None,
        shown(greedy, everybody - greedy, protected - greedy) if pupils is not None else None,
        found.proved,
        shown(instance.without_crossing),
    )


def _instance(met: Meetings, detour: float, pupils_per_leader: int) -> tuple[walking_bus.Instance, list[int]]:
    """The corners as stops; one with more pupils than a leader takes becomes several, a step apart."""
    corner_of: list[int] = []
    stops = []
    for corner, pupils in enumerate(met.pupils.tolist()):
        parts = math.ceil(pupils / pupils_per_leader)
        for part in range(parts):
            corner_of.append(corner)
            share = pupils // parts + (part < pupils % parts)
            stops.append(walking_bus.Stop(f"{corner}.{part}", share))
    points = np.array([0, *(corner + 1 for corner in corner_of)])
    same = (points[:, None] == points[None, :]) & ~np.eye(len(points), dtype=bool)
    length, danger = (of[np.ix_(points, points)] for of in (met.length_m, met.danger))
    length, danger = np.where(same, 1.0, length), np.where(same, 1.0, danger)
    return walking_bus.Instance(tuple(stops), length, danger, detour, pupils_per_leader), corner_of


def _lines(
    plan: walking_bus.Plan,
    met: Meetings,
    corner_of: list[int],
    made: making.StreetNetwork,
    school: tuple[str, float, float],
    arrives_at: time,
) -> list[BusLine]:
    """Each leader's walk, the longest first."""
    from schoolward.analysis.routing.mending import names_at
    from schoolward.analysis.routing.sheds import METRES_A_SECOND

    names = names_at(made, met.nodes.astype(np.int64), np.arange(len(met.nodes)))
    network, walk = made.network, plan.walk_m
    led, lines = _led(plan), []
    for line in sorted(plan.lines(), key=lambda one: -walk[one[0]]):
        stops, before, last = [Stop(*school, arrives_at)], 0, -1
        # From the school backwards: each stop is left a minute before the next at the latest.
        for point in line[-2::-1]:
            corner = corner_of[point - 1]
            if corner == last:
                continue
            last, node = corner, int(met.nodes[corner])
            before = max(before + 1, math.ceil(float(walk[point]) / METRES_A_SECOND / 60))
            at = datetime.combine(_SOME_DAY, arrives_at) - timedelta(minutes=before)
            where = " and ".join(names[corner]) or _("A corner without street names")
            longitude, latitude = float(network.longitude[node]), float(network.latitude[node])
            stops.insert(0, Stop(where, round(longitude, 6), round(latitude, 6), at.time()))
        lines.append(BusLine(stops, led[line[0]], round(float(walk[line[0]]))))
    return lines


def _led(plan: walking_bus.Plan) -> dict[int, int]:
    """How many pupils each leader takes, by the point where the leader begins: who joins where leaders walk
    together goes with the one who has fewest, so that none has more than the rule lets.
    """
    led: dict[int, int] = {}
    through: dict[int, list[int]] = {}
    for point in reversed(plan.order[1:]):
        leaders = through.pop(point, None) or [point]
        for _pupil in range(plan.instance.stops[point - 1].pupils):
            fewest = min(leaders, key=lambda leader: led.get(leader, 0))
            led[fewest] = led.get(fewest, 0) + 1
        through.setdefault(int(plan.parents[point]), []).extend(leaders)
    return led
