"""Planning the ways to school from pupils' addresses, of which nothing is kept.

The file is read from memory, and only figures that `analysis.routing.school_plans` lets through are written.
No message tells a value of the file, and the audit's word is how many pupils and sites there were.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.analysis.routing.tolerable import TOLERABLE_CROSSING_M, TOLERABLE_FACTOR, TOLERABLE_MINUTES
from schoolward.domains.places import queries as places
from schoolward.domains.routes import queries
from schoolward.domains.routes.actions.plan_rows import earlier_of, earlier_plan, shown_by, write_plan
from schoolward.domains.routes.actions.recording import RouteRefused, within
from schoolward.domains.routes.models import SchoolPlan, StreetNetwork, season_of
from schoolward.domains.routes.models.plans import MOST_DETOUR
from schoolward.domains.routes.queries.conditions import MINUTE, Conditions
from schoolward.domains.routes.queries.mendable import Mendable
from schoolward.domains.routes.queries.zones import Zone
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

if TYPE_CHECKING:
    # Imported where it is used: see `queries.networks`.
    from schoolward.analysis.routing import making
    from schoolward.analysis.routing.chains import Places
    from schoolward.analysis.routing.planning import Laid
    from schoolward.analysis.routing.routes import Trip
    from schoolward.analysis.routing.school_plans import SchoolFigures

MOST_FIXES = 200
"""So many fixes are tried unless told otherwise."""

MOST_BYTES = 50_000_000
MARGIN = 0.02  # degrees around the network, about two kilometres


class Outcome(StrEnum):
    """What became of a site's plan."""

    PLANNED = "planned"
    STANDS = "stands"  # the earlier plan stands: too few came or went
    FEW = "few"  # too few pupils for a plan


@dataclass(frozen=True)
class SiteOutcome:
    """What became of one site's plan."""

    slug: str
    name: str
    outcome: Outcome
    plan: SchoolPlan | None


@dataclass(frozen=True)
class Planned:
    """What came of a file of pupils."""

    sites: list[SiteOutcome]
    pupils: int
    off_network: int  # farther than a kilometre from every street

    def count(self, outcome: Outcome) -> int:
        """Sites with this outcome."""
        return sum(one.outcome is outcome for one in self.sites)


@dataclass(frozen=True)
class Walking:
    """Pupils on a network, in memory: schools that have any, and where everybody starts."""

    trip: Trip
    campuses: list[Any]
    pupils: int


def plan_ways(
    *,
    pupils: bytes,
    by: Viewer,
    at: datetime,
    detour: float = 1.3,
    most_fixes: int = MOST_FIXES,
    invented: bool = False,
) -> Planned:
    """Plan the safest ways of every pupil of a file, and keep for each site what may be shown.

    Args:
        pupils: CSV `id,school,lon,lat`; `school` is a site's short name or a school's CDS code, degrees are
            WGS 84. Nothing of it is kept.
        by: who acts; needs `routes.plan`, and plans at its own sites alone.
        at: the clock; its half-year is the plan's.
        detour: how many times the shortest walk the safest way may be long.
        most_fixes: how many fixes are tried.
        invented: whether the pupils are invented.

    Raises:
        RouteRefused: no network is known, the file cannot be used, or a site is far from every street; then
            nothing was changed.
        AccessDenied: without the permission.
    """
    from schoolward.analysis.routing.fixes import Tolerance
    from schoolward.analysis.routing.school_plans import plan_schools

    check(by, "routes.plan")
    within(detour, 1, MOST_DETOUR, "detour")
    network = network_in_use()
    on = timezone.localdate(at)
    found = queries.conditions(on)
    made, laid = laid_for(network, found)
    walking = read_pupils(pupils, network, made, by=by, at=at)
    fixes = queries.mendable(made, queries.model_of(network), queries.snapper(network), found.barriers)
    figures = plan_schools(
        laid,
        made.name,
        walking.trip,
        detour=detour,
        tolerance=Tolerance.stated(),
        fixes=[one.fix for one in fixes],
        most_fixes=most_fixes,
    )
    season = season_of(on)
    rule, schools = queries.walk_zone_rule(on), places.schools_by_campus(on)
    values = {
        "network": network,
        "year": season[0],
        "season": season[1],
        "made_at": at,
        "made_by_id": by.account_id,
        "detour": detour,
        "basis": _basis(network, found, min(most_fixes, len(fixes))),
        "invented": invented or network.invented,
    }
    with transaction.atomic():
        sites = [
            _kept(
                campus,
                figures.get(place),
                _of_site(values, queries.zone_of(rule, [one.kind for one in schools.get(campus.pk, ())]))
                | _entrance(made, walking.trip.schools, place),
                fixes,
                made.names,
            )
            for place, campus in enumerate(walking.campuses)
        ]
        done = Planned(sites, walking.pupils, walking.pupils - len(walking.trip.pupils))
        record(
            "routes.planned",
            by=by,
            at=by.at,
            subject=f"routes.StreetNetwork:{network.pk}",
            detail={one.value: done.count(one) for one in Outcome} | {"invented": values["invented"]},
        )
    return done


def network_in_use() -> StreetNetwork:
    """The network that plans are made on. Raises :class:`RouteRefused` where none is known."""
    network = queries.current_network()
    if network is None:
        raise RouteRefused(
            _("No network of streets is known yet. Build one and name it: schoolward routes use FOLDER."),
            field="pupils",
        )
    return network


def laid_for(network: StreetNetwork, found: Conditions) -> tuple[making.StreetNetwork, Laid]:
    """A network under conditions, ready to route on. Raises :class:`RouteRefused` where it is not whole."""
    from schoolward.analysis.routing.saved import SavedProblem

    try:
        made = queries.streets_under(network, found)
        return made, queries.laid_under(queries.laid(network), made)
    except SavedProblem:
        raise RouteRefused(
            _(
                "Files of the network are missing or damaged. Whoever runs Schoolward names it again: "
                "schoolward routes use FOLDER."
            )
        ) from None


def read_pupils(
    data: bytes, network: StreetNetwork, made: making.StreetNetwork, *, by: Viewer, at: datetime
) -> Walking:
    """Pupils of a file, placed on the network. Raises :class:`RouteRefused`, telling no value of the file."""
    from schoolward.analysis.routing.plan_tables import PUPILS, Area, Placed, TableFaults, read_places
    from schoolward.analysis.routing.planning import places_from
    from schoolward.analysis.routing.routes import Trip

    if len(data) > MOST_BYTES:
        raise RouteRefused(
            _("The file is larger than %(most)d MB. Give it in parts of whole schools.")
            % {"most": MOST_BYTES // 1_000_000},
            field="pupils",
        )
    names, campuses, of_name = _schools(by, at)
    area = Area.of(made.network.longitude, made.network.latitude, margin=MARGIN)
    nowhere = np.zeros(len(names))
    known = Placed(names, nowhere, nowhere, np.zeros(len(names), np.int32), np.arange(len(names)))
    try:
        rows = read_places(data, _("pupils"), columns=PUPILS, area=area, schools=known)
    except TableFaults as faults:
        raise RouteRefused(str(faults.without_values()), field="pupils") from None
    used, school_of = np.unique(of_name[rows.school_of], return_inverse=True)
    chosen = [campuses[one] for one in used.tolist()]
    snapper = queries.snapper(network)
    placed = [one for one in chosen if one.longitude is not None]
    entrances = snapper.snap([one.longitude for one in placed], [one.latitude for one in placed])
    far = [one.name for one in chosen if one.longitude is None]
    far += [one.name for one, edge in zip(placed, entrances.edge.tolist(), strict=True) if edge < 0]
    if far:
        raise RouteRefused(
            _(
                "Farther than a kilometer from every street of the network, or without a position: "
                "%(sites)s. Set the site's position, leave its pupils out, or use a network that holds it."
            )
            % {"sites": ", ".join(far[:20])},
            field="pupils",
        )
    homes = snapper.snap(rows.longitude, rows.latitude)
    at_homes, met = places_from(homes.edge, homes.fraction)
    at_schools, _all = places_from(entrances.edge, entrances.fraction)
    return Walking(Trip(at_schools, at_homes, school_of[met].astype(np.int32)), chosen, len(rows))


def _schools(by: Viewer, at: datetime) -> tuple[list[str], list[Any], np.ndarray[Any, np.dtype[np.int64]]]:
    """Every name of a site that the viewer may plan for: its short name and its schools' codes."""
    on = timezone.localdate(at)
    campuses = [
        one for one in places.campuses().order_by("pk") if by.campus_ids is None or one.pk in by.campus_ids
    ]
    place_of = {one.pk: place for place, one in enumerate(campuses)}
    names = [one.slug for one in campuses]
    of_name = list(range(len(campuses)))
    codes = places.occupancies(on).order_by("pk").values_list("school__cds_code", "campus_id")
    for code, campus_id in codes:
        if campus_id in place_of and code not in names:
            names.append(code)
            of_name.append(place_of[campus_id])
    return names, campuses, np.array(of_name, np.int64)


def _entrance(made: making.StreetNetwork, schools: Places, number: int) -> dict[str, float]:
    longitude, latitude = point_of(made, schools, number)
    return {"longitude": longitude, "latitude": latitude}


def point_of(made: making.StreetNetwork, places: Places, number: int) -> tuple[float, float]:
    """Longitude and latitude of one of some places on a network: where pupils walk to, on the street."""
    network, edge, part = made.network, int(places.edge[number]), float(places.fraction[number])
    a, b = network.ends[edge]
    longitude, latitude = (
        round(float(of[a] + (of[b] - of[a]) * part), 6) for of in (network.longitude, network.latitude)
    )
    return longitude, latitude


def _of_site(values: dict[str, Any], zone: Zone | None) -> dict[str, Any]:
    """The values of a plan with the walk zone of its site, where the district has set one."""
    basis = values["basis"] | ({} if zone is None else {"walk_zone": zone.told()})
    return values | {"basis": basis}


def _basis(network: StreetNetwork, found: Conditions, fixes: int) -> dict[str, Any]:
    return {
        "stress_model": network.stress_version,
        "minute": MINUTE,
        "collisions": len(found.collisions.weight),
        "collisions_from": found.first.isoformat(),
        "collisions_to": found.last.isoformat(),
        "barriers": len(found.barriers),
        "fixes_tried_at_most": fixes,
        "tolerance": {
            "minutes": TOLERABLE_MINUTES,
            "factor": TOLERABLE_FACTOR,
            "crossing_m": TOLERABLE_CROSSING_M,
        },
    }


def _kept(
    campus: Any,
    figures: SchoolFigures | None,
    values: dict[str, Any],
    fixes: list[Mendable],
    names: tuple[str, ...],
) -> SiteOutcome:
    from schoolward.analysis.routing.plan_steps import stepped

    before = earlier_plan(campus.pk, values["year"], values["season"])
    if figures is None:
        return SiteOutcome(campus.slug, campus.name, Outcome.FEW, before)
    # Whoever has kept what any plan of the school year showed, a replaced one too, must learn of nobody.
    shown = [] if before is None else shown_by(before)
    figures = stepped(figures, [earlier_of(told) for told in shown], [one.key for one in fixes])
    if figures is None:
        return SiteOutcome(campus.slug, campus.name, Outcome.STANDS, before)
    plan = write_plan(campus.pk, figures, values | {"shown_before": shown}, fixes, names)
    return SiteOutcome(campus.slug, campus.name, Outcome.PLANNED, plan)
