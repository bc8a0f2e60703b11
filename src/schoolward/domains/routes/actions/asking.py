"""What would become of the ways to school if one place changed. The answer is shown once and not kept.

A kept plan knows no address, so the pupils' file is needed for each question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.analysis.disclosure import SuppressionPolicy
from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.domains.routes import queries
from schoolward.domains.routes.actions.planning import laid_for, network_in_use, read_pupils
from schoolward.domains.routes.actions.recording import RouteRefused, known_value, on_earth
from schoolward.domains.routes.models import StreetNetwork
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

if TYPE_CHECKING:
    # Imported where it is used: see `queries.networks`.
    from schoolward.analysis.routing import making
    from schoolward.analysis.routing.mending import Mend
    from schoolward.analysis.routing.planning import Laid
    from schoolward.analysis.routing.whatif import Change

CHANGES = ("closed", "signal", "sidewalk")

NEAR_M = 100.0
"""A change is about what is nearest, within so many metres."""


@dataclass(frozen=True)
class SiteAnswer:
    """What a change does at one site; None where the number is too small to be shown."""

    name: str
    pupils: int | None
    touched: int | None
    without_way: int | None
    change_m: float | None
    """Mean change of the stress of those who keep a way and walk another, to ten metres."""


@dataclass(frozen=True)
class Answer:
    """What a change does."""

    place: str
    sites: list[SiteAnswer]
    touched: int | None


def ask_about_change(
    *, pupils: bytes, change: str, longitude: float, latitude: float, by: Viewer, at: datetime
) -> Answer:
    """Find who would walk another way if one place changed, by the safest way however long it is.

    Args:
        pupils: as for `plan_ways`; nothing of it is kept.
        change: `closed`, `signal` or `sidewalk`.
        longitude, latitude: where, in degrees; the nearest street or crossing counts.
        by: who asks; needs `routes.plan`.
        at: the clock.

    Raises:
        RouteRefused: as `plan_ways`, or there is nothing near that could change so.
        AccessDenied: without the permission.
    """
    from schoolward.analysis.routing.routes import find_routes
    from schoolward.analysis.routing.whatif import what_if

    check(by, "routes.plan")
    known_value(change, CHANGES, "change")
    on_earth(longitude, latitude)
    network = network_in_use()
    made, laid = laid_for(network, queries.conditions(timezone.localdate(at)))
    place, changed = _change(change, network, made, laid, longitude, latitude)
    walking = read_pupils(pupils, network, made, by=by, at=at)
    before = find_routes(laid.chains, laid.stress, walking.trip)
    after = what_if(laid.chains, laid.stress, walking.trip, before, changed)
    policy = SuppressionPolicy()

    def shown(count: int) -> int | None:
        return None if policy.is_small(count) else count

    sites = []
    for number, campus in enumerate(walking.campuses):
        mine = walking.trip.school_of == number
        touched = mine & after.affected
        kept = touched & np.isfinite(after.change)
        enough = int(kept.sum()) >= policy.threshold
        if not touched.any():
            continue
        sites.append(
            SiteAnswer(
                campus.name,
                shown(int(mine.sum())),
                shown(int(touched.sum())),
                shown(int((touched & np.isposinf(after.change)).sum())),
                round(float(after.change[kept].mean()) / 10) * 10.0 if enough else None,
            )
        )
    record(
        "routes.asked",
        by=by,
        at=by.at,
        subject=f"routes.StreetNetwork:{network.pk}",
        detail={"change": change, "sites": len(walking.campuses)},
    )
    return Answer(place, sites, shown(int(after.affected.sum())))


def _change(
    change: str,
    network: StreetNetwork,
    made: making.StreetNetwork,
    laid: Laid,
    longitude: float,
    latitude: float,
) -> tuple[str, Change]:
    """What is changed, in words, and its edges with their new costs."""
    from schoolward.analysis.routing.mending import crossing_mends, pavement_mends
    from schoolward.analysis.routing.street_tags import Street
    from schoolward.analysis.routing.whatif import Change

    if change == "closed":
        met = queries.snapper(network).snap([longitude], [latitude], farthest_m=NEAR_M)
        if met.edge[0] < 0:
            raise RouteRefused(
                _("There is no street within %(most)d meters.") % {"most": NEAR_M}, field="longitude"
            )
        chain = int(laid.chains.chain_of[met.edge[0]])
        edges = laid.chains.edges[laid.chains.first[chain] : laid.chains.first[chain + 1]]
        return made.names[made.name[met.edge[0]]], Change(edges, np.full(len(edges), np.inf))
    model = queries.model_of(network)
    if change == "signal":
        mends = crossing_mends(made, model, least=Street.RESIDENTIAL)
    else:
        mends = pavement_mends(made, model)
    nearest = _nearest(mends, made, longitude, latitude)
    if nearest is None:
        raise RouteRefused(
            _("Within %(most)d meters there is nothing that it would make better.") % {"most": NEAR_M},
            field="longitude",
        )
    costs = made.network.length_m[nearest.edges] * nearest.factor + nearest.crossing_m
    return nearest.where, Change(nearest.edges, costs)


def _nearest(mends: list[Mend], made: making.StreetNetwork, longitude: float, latitude: float) -> Mend | None:
    """The mend of which an edge's middle is nearest, if it is near at all."""
    east_m, north_m = (float(one) for one in metres_a_degree(latitude))
    network = made.network
    a, b = network.ends.T
    away = np.hypot(
        ((network.longitude[a] + network.longitude[b]) / 2 - longitude) * east_m,
        ((network.latitude[a] + network.latitude[b]) / 2 - latitude) * north_m,
    )
    distance = [float(away[one.edges].min()) for one in mends]
    if not distance or min(distance) > NEAR_M:
        return None
    return mends[int(np.argmin(distance))]
