"""The map of a school: the streets around it, who guards them, what to keep away from, and which to walk.

All of it may be seen by anybody (ADR 0087). There is no count of pupils in it and nothing of a person; what
is known of pupils chose the suggested streets, by numbers that are shown.
"""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.core.cache import cache
from django.utils.dateformat import time_format
from django.utils.translation import get_language, gettext
from numpy.typing import NDArray

from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.analysis.routing.sheds import METRES_A_SECOND
from schoolward.analysis.school_collisions import five_years_before
from schoolward.analysis.school_map.content import Avoided, Entrance, GuardPost, MapContent, Position
from schoolward.analysis.school_map.drawing import draw
from schoolward.analysis.school_map.gathering import MINUTES, around
from schoolward.analysis.school_map.geojson import school_map_geojson
from schoolward.analysis.school_map.listing import Listing, listing
from schoolward.analysis.school_map.printing import print_sheet
from schoolward.analysis.school_map.words import MapWords, described
from schoolward.analysis.school_map.zoning import Zoning
from schoolward.domains.places import queries as places
from schoolward.domains.routes.models import (
    ACCEPTED_BARRIERS,
    OPEN_BARRIERS,
    Barrier,
    PositionQuality,
    SchoolPlan,
    StreetNetwork,
    WalkedStreet,
)
from schoolward.domains.routes.models import GuardPost as Post
from schoolward.domains.routes.queries.collisions import grave_near, last_day
from schoolward.domains.routes.queries.ground import WalkedGround, ground_on
from schoolward.domains.routes.queries.networks import current_network, streets_of
from schoolward.domains.routes.queries.plans import NEWEST_FIRST
from schoolward.domains.routes.queries.sheet_words import sheet_words
from schoolward.domains.routes.queries.zones import Zone, walk_zone_rule, zone_of

__all__ = [
    "Drawn",
    "MapSite",
    "Pictured",
    "SchoolMap",
    "drawn",
    "map_of",
    "pictured",
    "printed",
    "sites_with_map",
]

_KEPT_S = 24 * 3600
_ON_STREET_M = 5.0  # a street of a plan lies on its network, but for rounding


@dataclass(frozen=True)
class MapSite:
    """A site with a school that may have a map."""

    campus_id: int
    key: str
    school: str  # the names of its schools
    entrance: Position
    kinds: tuple[str, ...] = ()  # of its schools


@dataclass(frozen=True)
class SchoolMap:
    """What the map of one school is made of."""

    site: MapSite
    day: date
    ground: WalkedGround
    plan: SchoolPlan | None
    guards: tuple[GuardPost, ...]
    avoided: tuple[Avoided, ...]
    invented: str
    zone: Zone | None  # None where the district has set none

    @property
    def zone_m(self) -> float:
        """Metres along streets that the walk zone reaches."""
        return _zone_m(self.zone)

    @property
    def key(self) -> str:
        """Names what is made of it: equal ones make the same map."""
        plan = None if self.plan is None else (self.plan.pk, self.plan.made_at.isoformat())
        told = (
            self.site,
            self.day.isoformat(),
            self.ground.version,
            plan,
            self.guards,
            self.avoided,
            self.invented,
            self.zone,
            get_language(),
        )
        return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Drawn:
    """A map as it is sent: GeoJSON, packed; and as it is read."""

    packed: bytes  # gzip
    digest: str  # of the file
    lists: Listing
    minutes: float  # a walk to the edge of the zone
    zone_m: float | None  # how far it reaches, where the district says so


@dataclass(frozen=True)
class Pictured:
    """A map as SVG, what it shows in words, and whom its streets are from."""

    svg: str
    alt: str
    attribution: str


def sites_with_map(network: StreetNetwork, day: date, *, key: str | None = None) -> list[MapSite]:
    """Sites with a school on a day and a position on the network, by the school's name; or one of them.

    Where pupils walk to is the entrance of the newest plan, else the position of the site.
    """
    rows = places.campuses_with_school(day)
    if key is not None:
        rows = rows.filter(slug=key)
    schools = places.schools_by_campus(day)
    entrances = {
        campus: (longitude, latitude)
        for campus, longitude, latitude in SchoolPlan.objects.filter(network=network)
        .order_by("year", "-season")
        .values_list("campus", "longitude", "latitude")
    }
    west, south, east, north = _bounds(network)
    found = []
    for campus in rows:
        if campus.longitude is None or campus.latitude is None:
            continue
        at = entrances.get(campus.pk, (campus.longitude, campus.latitude))
        if not (west <= at[0] <= east and south <= at[1] <= north):
            continue
        there = schools.get(campus.pk, ())
        names = " · ".join(school.name for school in there)
        kinds = tuple(school.kind for school in there)
        found.append(MapSite(campus.pk, campus.slug, names or campus.name, at, kinds))
    return sorted(found, key=lambda site: (site.school, site.key))


def map_of(key: str, day: date, *, own_sites: frozenset[int] | None = None) -> SchoolMap | None:
    """The map of a site's key; None without a network, a school or a position there, or where the site is not
    among one's own (None: all are).
    """
    network = current_network()
    sites = sites_with_map(network, day, key=key) if network is not None else []
    if network is None or not sites or (own_sites is not None and sites[0].campus_id not in own_sites):
        return None
    return _school_map(sites[0], network, day)


def _school_map(site: MapSite, network: StreetNetwork, day: date) -> SchoolMap:
    """The map of a site on a day.

    Raises :class:`schoolward.analysis.routing.saved.SavedProblem` where the network's files are gone or
    damaged.
    """
    plan = SchoolPlan.objects.filter(campus=site.campus_id, network=network).order_by(*NEWEST_FIRST).first()
    zone = zone_of(walk_zone_rule(day), site.kinds)
    near_m = _zone_m(zone)
    guards, guards_invented = _guards(site, day, near_m)
    avoided, avoided_invented = _hazards(site, day, near_m)
    is_invented = (
        network.invented or guards_invented or avoided_invented or (plan is not None and plan.invented)
    )
    invented = _invented() if is_invented else ""
    return SchoolMap(site, day, ground_on(network, day), plan, guards, avoided, invented, zone)


def _zone_m(zone: Zone | None) -> float:
    """Metres along streets that the walk zone reaches."""
    return 60 * MINUTES * METRES_A_SECOND if zone is None else zone.metres


def _content_of(asked: SchoolMap) -> MapContent:
    """The map as plain values. Raises :class:`NoStreetNear` where no street is near the entrance."""
    return around(
        asked.ground.made,
        [Entrance(asked.site.entrance)],
        school=asked.site.school,
        day=asked.day,
        zone_m=None if asked.zone is None else asked.zone.metres,
        suggested=_suggested(asked),
        guards=asked.guards,
        avoided=asked.avoided,
        invented=asked.invented,
        words=sheet_words(),
    )


def drawn(asked: SchoolMap) -> Drawn:
    """The map as it is sent and read, kept for as long as nothing of it changes.

    Raises :class:`NoStreetNear` where no street is near the entrance.
    """
    key = f"routes.map.{asked.key}"
    found: Drawn | None = cache.get(key)
    if found is None:
        found = _drawn(_content_of(asked))
        cache.set(key, found, _KEPT_S)
    return found


def printed(asked: SchoolMap) -> bytes:
    """The map as one page of PDF for a parent, kept for as long as nothing of it changes.

    Raises :class:`NoStreetNear` as :func:`drawn`, and
    :class:`schoolward.analysis.typesetting.MissingCharacter` where a name cannot be set.
    """
    key = f"routes.sheet.{asked.key}"
    found: bytes | None = cache.get(key)
    if found is None:
        found = print_sheet(_content_of(asked), sheet_words())
        cache.set(key, found, _KEPT_S)
    return found


def pictured(asked: SchoolMap) -> Pictured:
    """The map as a picture for a paper, without its legend and lists.

    Raises :class:`NoStreetNear` as :func:`drawn`.
    """
    content, words = _content_of(asked), MapWords()
    return Pictured(draw(content, words=words), described(content, words), content.attribution)


def _drawn(content: MapContent) -> Drawn:
    zoning = Zoning(content)
    told = json.dumps(school_map_geojson(content, zoning), ensure_ascii=False, separators=(",", ":")).encode()
    return Drawn(
        packed=gzip.compress(told, compresslevel=6, mtime=0),
        digest=hashlib.sha256(told).hexdigest()[:32],
        lists=listing(content, zoning),
        minutes=content.zone.minutes,
        zone_m=content.zone.stated_m,
    )


def _suggested(asked: SchoolMap) -> NDArray[np.bool_] | None:
    """The network's edges that the plan's streets lie on, of those whose count is shown; None without any."""
    if asked.plan is None:
        return None
    lines = WalkedStreet.objects.filter(plan=asked.plan, pupils__isnull=False).values_list("line", flat=True)
    steps = [step for line in lines for step in itertools.pairwise(line)]
    if not steps:
        return None
    middles = np.array(steps, dtype=np.float64).mean(axis=1)
    met = asked.ground.snapper.snap(middles[:, 0], middles[:, 1], farthest_m=_ON_STREET_M)
    found = np.zeros(len(asked.ground.made.network.ends), np.bool_)
    found[met.edge[met.edge >= 0]] = True
    return found


def _guards(site: MapSite, day: date, near_m: float) -> tuple[tuple[GuardPost, ...], bool]:
    """The posts of a day within the walk zone of a site, and whether any is invented."""
    rows = Post.objects.filter(places.holding(day), **_near("crossing__", site.entrance, near_m))
    rows = rows.select_related("crossing").order_by("reference")
    found = tuple(
        GuardPost((one.crossing.longitude, one.crossing.latitude), one.crossing.place, _hours(one))
        for one in rows
    )
    return found, any(one.invented for one in rows)


def _hours(post: Post) -> str:
    """When a guard stands there: "7:30 to 8:15 a.m., 2:00 to 2:45 p.m."."""
    spans = ((post.morning_begins, post.morning_ends), (post.afternoon_begins, post.afternoon_ends))
    return ", ".join(
        gettext("%(begins)s to %(ends)s")
        % {"begins": time_format(begins, "g:i"), "ends": time_format(ends, "g:i a")}
        for begins, ends in spans
        if begins and ends
    )


def _hazards(site: MapSite, day: date, near_m: float) -> tuple[tuple[Avoided, ...], bool]:
    """Places to keep away from, and whether any is invented.

    They are barriers that were found to be some and are open, and grave collisions of five years whose
    position is sure.
    """
    known = set(OPEN_BARRIERS) & set(ACCEPTED_BARRIERS)
    barriers = list(
        Barrier.objects.filter(
            state__in=known, found_on__lte=day, **_near("", site.entrance, near_m)
        ).order_by("pk")
    )
    last = last_day(day)
    collisions = grave_near(five_years_before(last), last).filter(
        quality__gte=PositionQuality.GEOCODED, **_near("", site.entrance, near_m)
    )
    found = [
        Avoided(((one.longitude, one.latitude),), one.place, str(one.get_kind_display())) for one in barriers
    ]
    found += [
        Avoided(
            ((one.longitude, one.latitude),),
            one.streets,
            gettext("somebody on foot or by bike was killed or badly hurt here in %(year)s")
            % {"year": one.day.year},
        )
        for one in collisions.order_by("day", "pk")
        if one.longitude is not None and one.latitude is not None
    ]
    return tuple(found), any(one.invented for one in barriers)


def _near(path: str, at: Position, metres: float) -> dict[str, float]:
    """The condition that a row lies in the square around a walk zone."""
    east_m, north_m = (float(metres) for metres in metres_a_degree(at[1]))
    return {
        f"{path}longitude__gte": at[0] - metres / east_m,
        f"{path}longitude__lte": at[0] + metres / east_m,
        f"{path}latitude__gte": at[1] - metres / north_m,
        f"{path}latitude__lte": at[1] + metres / north_m,
    }


def _invented() -> str:
    return gettext(
        "Streets, guards and hazards on this map are invented for the demonstration. Do not walk by it."
    )


def _bounds(network: StreetNetwork) -> tuple[float, float, float, float]:
    made = streets_of(network).network
    return (
        float(made.longitude.min()),
        float(made.latitude.min()),
        float(made.longitude.max()),
        float(made.latitude.max()),
    )
