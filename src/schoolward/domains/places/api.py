"""Sites and schools over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from schoolward.domains.places import queries
from schoolward.domains.places.actions import verify_former_name
from schoolward.domains.places.actions.campuses import UnfitName
from schoolward.domains.places.models import Campus, School
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import Text

router = Router()


class SchoolOut(Schema):
    """A school."""

    cds_code: str
    name: str
    kind: str
    level: str
    grades: str
    is_charter: bool
    charter_funding: str
    former_name_note: str
    former_name_verified: bool
    opened: date | None
    closed: date | None


class FormerNameIn(Schema):
    """A former name as a public source writes it; blank if the school never had another name."""

    former_name: Text


class SiteOut(Schema):
    """A site, with the schools that are there on the day asked about."""

    id: int
    name: str
    slug: str
    address: str
    zip_code: str
    jurisdiction: str
    longitude: float | None
    latitude: float | None
    as_of: date
    schools: list[SchoolOut]


class SitesOnMap(Schema):
    """Sites as GeoJSON (RFC 7946)."""

    type: str
    features: list[dict[str, Any]]


def _site(campus: Campus, schools: list[School], day: date) -> dict[str, Any]:
    fields = ("id", "name", "slug", "address", "zip_code", "jurisdiction", "longitude", "latitude")
    return {name: getattr(campus, name) for name in fields} | {"as_of": day, "schools": schools}


@router.get("", url_name="places", response=list[SiteOut])
def sites(request: HttpRequest, as_of: date | None = None, operating: bool = False) -> list[dict[str, Any]]:
    """Every site with its schools on the day ``as_of`` (today without it); ``operating`` leaves the
    district's own."""
    viewer = viewer_of(request)
    check(viewer, "places.view")
    day = as_of or today(viewer.at)
    rows = visible(queries.operating_campuses(day) if operating else queries.campuses(), viewer)
    schools = queries.schools_by_campus(day)
    return [_site(campus, schools.get(campus.pk, []), day) for campus in rows]


@router.get("/sites.geojson", url_name="places_geojson", response=SitesOnMap)
def sites_as_geojson(request: HttpRequest, as_of: date | None = None) -> dict[str, Any]:
    """Sites as a GeoJSON FeatureCollection."""
    viewer = viewer_of(request)
    check(viewer, "places.view")
    return queries.geojson(viewer, as_of or today(viewer.at))


@router.post("/schools/{cds_code}/former-name", url_name="place_former_name", response=SchoolOut)
def former_name(request: HttpRequest, cds_code: str, given: FormerNameIn) -> School:
    """Say that a school's former name was checked against a public source, and how it reads there."""
    viewer = viewer_of(request)
    check(viewer, "places.edit")
    school = queries.school_by_cds(cds_code)
    if school is None:
        raise HttpError(404, f"no school has the CDS code {cds_code}; a code has 14 digits")
    try:
        return verify_former_name(school=school, former_name=given.former_name, by=viewer, at=viewer.at)
    except UnfitName as error:
        raise HttpError(422, str(error)) from error


@router.get("/{slug}", url_name="place", response=SiteOut)
def site(request: HttpRequest, slug: str, as_of: date | None = None) -> dict[str, Any]:
    """One site by its short name, with its schools on the day ``as_of`` (today without it)."""
    viewer = viewer_of(request)
    check(viewer, "places.view")
    campus = visible(queries.campuses(), viewer).filter(slug=slug).first()
    if campus is None:
        raise HttpError(404, f"there is no site {slug!r}")
    day = as_of or today(viewer.at)
    return _site(campus, list(queries.schools_on(campus.pk, day)), day)
