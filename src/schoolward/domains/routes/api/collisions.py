"""Collisions over HTTP: the rows of the pages, and sites beside each other."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.

from datetime import date, time
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from schoolward.analysis.school_collisions import five_years_before
from schoolward.domains.places.queries import known_campus
from schoolward.domains.routes import queries
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import Slices

router = Router()


class CollisionOut(Schema):
    """A collision with a walker or cyclist. Positions in degrees (WGS 84); null where there is none.

    `grave` tells whether somebody on foot or by bike was killed or seriously injured, null where nobody
    knows. `quality` is 3 for a geocoded position, 2 for one derived from the streets, 1 for one as
    reported, which is unreliable, and 0 for none. The counts of the hurt are null where the table of the
    injured was not imported.
    """

    id: int
    layout: str
    number: str
    day: date
    hour: time | None
    severity: str
    pedestrian: bool
    bicycle: bool
    killed: int | None
    injured: int | None
    walking_killed: int | None
    walking_serious: int | None
    walking_other: int | None
    cycling_killed: int | None
    cycling_serious: int | None
    cycling_other: int | None
    grave: bool | None
    primary_street: str
    secondary_street: str
    longitude: float | None
    latitude: float | None
    quality: int
    invented: bool


class SiteCollisionsOut(Schema):
    """A site in the five years that end with a day: counts, the interval of the grave ones (95 %), the
    rate."""

    site: str = Field(description="The site's short name.")
    name: str
    first: date
    last: date
    grave: int = Field(
        description="Collisions in which somebody on foot or by bike was killed or seriously hurt."
    )
    grave_low: float
    grave_high: float
    on_foot_or_bicycle: int
    positions_as_reported: int = Field(description="Of those on foot or by bike: their place is unreliable.")
    students: int | None = Field(description="Null where unknown, or fewer than 11.")
    per_1000_students: float | None


class Narrowed(Schema):
    """How the list is narrowed."""

    first: date | None = Field(None, alias="from", description="First day.")
    last: date | None = Field(None, alias="to", description="Last day, itself included.")
    site: str | None = Field(
        None, description="CDS code of a school: only collisions within 402 m of its site."
    )
    near: bool = Field(False, description="Only those within 402 m of any site with a school on their day.")
    grave: bool | None = None


@router.get("", url_name="collisions", response=list[CollisionOut])
@paginate(Slices)
def collisions(request: HttpRequest, narrowed: Query[Narrowed]) -> Any:
    """Collisions with a walker or cyclist, newest first."""
    viewer = viewer_of(request)
    check(viewer, "collisions.view")
    rows = queries.collisions(viewer)
    if narrowed.first is not None:
        rows = rows.filter(day__gte=narrowed.first)
    if narrowed.last is not None:
        rows = rows.filter(day__lte=narrowed.last)
    if narrowed.grave is not None:
        rows = rows.filter(grave=narrowed.grave)
    if narrowed.site is not None:
        campus = known_campus(narrowed.site, narrowed.last or today(viewer.at))
        return queries.near_sites(rows, campus.pk)
    return queries.near_sites(rows, None) if narrowed.near else rows


@router.get("/sites", url_name="collision_sites", response=list[SiteCollisionsOut])
def sites(request: HttpRequest, on: date | None = None) -> Any:
    """Every site with a school on the day (by default today, or the last day of the records where they end
    before), most grave collisions first."""
    viewer = viewer_of(request)
    check(viewer, "collisions.view")
    last = on or queries.last_day(today(viewer.at))
    first = five_years_before(last)
    return [
        {
            "site": one.slug,
            "name": one.name,
            "first": first,
            "last": last,
            "grave": one.grave.count,
            "grave_low": round(one.grave.interval.low, 3),
            "grave_high": round(one.grave.interval.high, 3),
            "on_foot_or_bicycle": one.on_foot_or_bicycle,
            "positions_as_reported": one.unsure,
            "students": one.students,
            "per_1000_students": None if one.rate is None else round(one.rate, 3),
        }
        for one in queries.by_site_collisions(last)
    ]
