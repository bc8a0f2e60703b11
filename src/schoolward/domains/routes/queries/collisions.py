"""Collisions near schools, on foot or by bike: rows, windows of five years, and sites beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from schoolward.analysis.school_collisions import (
    ROLLING_YEARS,
    Change,
    Window,
    change,
    five_years_before,
    rolling,
    window,
)
from schoolward.domains.places import queries as places
from schoolward.domains.routes.models import Collision, CollisionNear, PositionQuality
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

ON_FOOT_OR_BICYCLE = Q(pedestrian=True) | Q(bicycle=True)
MOST_ON_MAP = 2_000
POSITION_QUALITIES = tuple(quality for quality in reversed(PositionQuality) if quality.value)
"""How sure a position may be where there is one, the surest first."""


def counted() -> QuerySet[Collision]:
    """The collisions that count: all but those whose report was withdrawn."""
    return Collision.objects.filter(retracted=False)


def collisions(viewer: Viewer) -> QuerySet[Collision]:
    """The collisions with a walker or cyclist that the viewer may see, newest first."""
    return visible(counted().filter(ON_FOOT_OR_BICYCLE), viewer)


def collision_by_pk(viewer: Viewer, pk: int) -> Collision | None:
    """One collision, a withdrawn one and one of cars alone too."""
    return visible(Collision.objects.all(), viewer).filter(pk=pk).first()


def sites_near(collision: Collision) -> QuerySet[CollisionNear]:
    """The sites that a collision happened near, the nearest first."""
    return CollisionNear.objects.filter(collision=collision).select_related("campus").order_by("distance_m")


def near_sites(rows: QuerySet[Collision], campus_id: int | None) -> QuerySet[Collision]:
    """Those that happened near a site, or near any; each once, however many sites it is near."""
    pairs = (
        CollisionNear.objects.all() if campus_id is None else CollisionNear.objects.filter(campus=campus_id)
    )
    return rows.filter(pk__in=pairs.order_by().values("collision"))


def grave_near(first: date, last: date, campus_id: int | None = None) -> QuerySet[Collision]:
    """Those near schools in which a walker or cyclist was killed or seriously injured, of these days
    (M27)."""
    return near_sites(counted().filter(grave=True, day__range=(first, last)), campus_id)


def known_days(today: date) -> tuple[date, date] | None:
    """The first and the last day of any collision that was imported, those of cars alone too.

    A day after ``today`` is a slip of a file, and known of nobody.
    """
    found = Collision.objects.filter(day__lte=today).aggregate(first=Min("day"), last=Max("day"))
    return None if found["first"] is None else (found["first"], found["last"])


def last_day(today: date) -> date:
    """The day that windows of five years end with: today, or the last of the records where they end before.

    A window up to today over an archive would count years of which nobody knows anything as quiet ones.
    """
    days = known_days(today)
    return today if days is None else days[1]


def five_years_to(today: date) -> tuple[date, date]:
    """The first and the last day of the five years that are told on a day."""
    last = last_day(today)
    return five_years_before(last), last


def whole_years(today: date) -> list[int]:
    """The years that are over and of which collisions were imported, but for a first and a last that the
    records only touch.

    A whole first year has a collision in January, a whole last one has one in December: somewhere in a
    district's file there is one each month.
    """
    days = known_days(today)
    if days is None:
        return []
    years = sorted(
        Collision.objects.filter(day__lte=today).order_by().values_list("day__year", flat=True).distinct()
    )
    begins = days[0].year + (days[0].month > 1)
    ends = min(days[1].year - (days[1].month < 12), today.year - 1)
    return [year for year in years if begins <= year <= ends]


def by_quality(rows: QuerySet[Collision]) -> dict[PositionQuality, int]:
    """How many of the rows have a position of each quality, the surest first."""
    found = dict(rows.order_by().values_list("quality").annotate(n=Count("pk")))
    return {quality: found.get(quality.value, 0) for quality in reversed(PositionQuality)}


@dataclass(frozen=True)
class Trend:
    """Windows of five whole years, the oldest first, and the newest against the one that ended five years
    before.

    `by_year` holds the count of each whole year that was imported. ``until`` is the last day of the records
    where its year is not among them: it is not over, or the records do not reach its end.
    """

    by_year: Mapping[int, int]
    windows: list[Window]
    change: Change | None
    until: date | None = None


def trend(campus_id: int | None = None, *, today: date) -> Trend:
    """How the grave collisions near one site, or near any, move over the years that are over."""
    days = known_days(today)
    if days is None:
        return Trend({}, [], None)
    per_year = Counter(grave_near(*days, campus_id).order_by().values_list("day__year", flat=True))
    by_year = {year: per_year[year] for year in whole_years(today)}
    windows = rolling(by_year)
    ended = {one.last_year: one for one in windows}
    earlier = ended.get(windows[-1].last_year - ROLLING_YEARS) if windows else None
    moved = change(earlier.count, windows[-1].count) if earlier else None
    return Trend(by_year, windows, moved, None if days[1].year in by_year else days[1])


@dataclass(frozen=True)
class SiteCollisions:
    """What happened near one site in the five years that end with a day."""

    campus_id: int
    name: str
    slug: str
    grave: Window
    on_foot_or_bicycle: int
    unsure: int
    """Of those on foot or by bike, how many stand where a report says, which is unreliable."""
    students: int | None
    """None where no enrollment is known, or where it is too small to be shown."""

    @property
    def rate(self) -> float | None:
        """Grave collisions in five years per 1,000 enrolled."""
        return 1000 * self.grave.count / self.students if self.students else None


def by_site_collisions(on: date) -> list[SiteCollisions]:
    """Every site with a school on the day, most grave collisions first."""
    first = five_years_before(on)
    near = Q(collision__retracted=False, collision__day__range=(first, on))
    moved = Q(collision__pedestrian=True) | Q(collision__bicycle=True)
    counts = {
        campus: (grave, all_, unsure)
        for campus, grave, all_, unsure in CollisionNear.objects.filter(near)
        .order_by()
        .values_list("campus")
        .annotate(
            grave=Count("pk", filter=Q(collision__grave=True)),
            all=Count("pk", filter=moved),
            unsure=Count("pk", filter=moved & Q(collision__quality=PositionQuality.REPORTED)),
        )
    }
    year = places.latest_enrolment_year(on)
    students = places.students_by_campus(year, on) if year is not None else {}
    sites = []
    for campus in places.campuses_with_school(on).order_by("name"):
        grave, moving, unsure = counts.get(campus.pk, (0, 0, 0))
        sites.append(
            SiteCollisions(
                campus.pk,
                campus.name,
                campus.slug,
                window(grave, on.year),
                moving,
                unsure,
                students.get(campus.pk),
            )
        )
    return sorted(sites, key=lambda site: (-site.grave.count, -site.on_foot_or_bicycle, site.name))


def collisions_geojson(viewer: Viewer, *, campus_id: int | None = None) -> dict[str, Any]:
    """The newest collisions on foot or by bike near schools as GeoJSON (RFC 7946), with how sure each point
    is."""
    rows = near_sites(collisions(viewer), campus_id).filter(longitude__isnull=False)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": row.pk,
                "geometry": {"type": "Point", "coordinates": [row.longitude, row.latitude]},
                "properties": {
                    "name": str(row.get_severity_display()),
                    "detail": f"{date_format(row.day, 'j M Y')} {row.streets}".strip(),
                    "system": row.layout,
                    "number": row.number,
                    "day": row.day.isoformat(),
                    "severity": row.severity,
                    "pedestrian": row.pedestrian,
                    "bicycle": row.bicycle,
                    "killed_or_seriously_injured_on_foot_or_bicycle": row.grave,
                    "position_quality": row.quality,
                    "approximate": row.quality < PositionQuality.GEOCODED,
                    "url": reverse("collisions:detail", args=[row.pk]),
                },
            }
            for row in rows[:MOST_ON_MAP]
        ],
    }
