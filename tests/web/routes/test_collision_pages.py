"""Pages and API of collisions: the district, a site, one collision, points. All rows are invented."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from schoolward.domains.places.models import Campus
from schoolward.domains.places.queries import campus_for_cds
from schoolward.domains.routes.models import Collision
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.running import run

pytestmark = pytest.mark.django_db
BringIn = Callable[..., None]

SCHOOLS = """cds_code,name,kind,level,charter,address,lat,lon,opened,closed
34670000000001,Oak,Elementary,K-6,N,1 Oak Street,38.53,-121.47,1980-07-01,
"""
HEADER = (
    "CASE_ID,COLLISION_DATE,COLLISION_SEVERITY,PEDESTRIAN_ACCIDENT,BICYCLE_ACCIDENT,PRIMARY_RD,"
    "SECONDARY_RD,CNTY_CITY_LOC,POINT_X,POINT_Y"
)
GRAVE = "1,20120508,2,Y,,OAK ST,ELM ST,3404,-121.471,38.531"
BIKE = "2,20100203,4,,Y,OAK ST,ELM ST,3404,,"
FAR = "3,20120508,1,Y,,FAR ST,AWAY ST,3404,-121.30,38.60"
CAR = "4,20120508,1,,,OAK ST,,3404,-121.47,38.53"


@pytest.fixture
def bring_in(db: None, by: Viewer, at: datetime) -> BringIn:
    """Import rows under the header."""

    def make(*rows: str) -> None:
        text = "\n".join([HEADER, *rows, ""])
        assert run("collisions", io.BytesIO(text.encode()), by=by, at=at).rejected == []

    return make


@pytest.fixture
def oak(db: None, by: Viewer, at: datetime) -> Campus:
    """A site with a school."""
    run("schools", io.BytesIO(SCHOOLS.encode()), by=by, at=at)
    campus = campus_for_cds("34670000000001")
    assert campus is not None
    return campus


def test_pages_map_and_list(oak: Campus, bring_in: BringIn, client_of: Callable[..., Client]) -> None:
    browser = client_of("safe_routes")
    assert b"No collisions yet" in browser.get("/collisions/").content
    bring_in(GRAVE, BIKE, FAR, CAR)
    pk = Collision.objects.get(number="1").pk
    overview = browser.get("/collisions/").content.decode()
    assert "1 collision killed or seriously injured somebody" in overview
    assert f"/collisions/sites/{oak.slug}" in overview
    assert f"Collisions near {oak.name}" in browser.get(f"/collisions/sites/{oak.slug}").content.decode()
    assert "gravest injury" in browser.get(f"/collisions/{pk}").content.decode()
    assert browser.get("/collisions/sites/none").status_code == 404
    assert browser.get("/collisions/999999").status_code == 404
    for query, shown in (
        ("", 3),
        ("?near=on", 2),
        ("?grave=on", 2),
        ("?grave=on&near=on", 1),
        ("?quality=2", 1),
    ):
        assert browser.get(f"/collisions/all{query}").context["table"].paginator.count == shown, query
    answer = browser.get(f"/collisions/points.geojson?site={oak.slug}")
    assert answer["Content-Type"] == "application/geo+json"
    told = json.loads(answer.content)["features"]
    assert [one["properties"]["position_quality"] for one in told] == [3, 2]
    assert told[0]["geometry"] == {"type": "Point", "coordinates": [-121.471, 38.531]}


def test_over_http(oak: Campus, bring_in: BringIn, client_of: Callable[..., Client]) -> None:
    bring_in(GRAVE, BIKE, FAR)
    browser = client_of("safe_routes")
    told = browser.get("/api/v1/collisions?near=true").json()
    assert [(one["number"], one["grave"]) for one in told["items"]] == [("1", True), ("2", False)]
    assert len(browser.get("/api/v1/collisions?site=34670000000001&grave=true").json()["items"]) == 1
    (site,) = browser.get("/api/v1/collisions/sites?on=2012-09-06").json()
    assert (site["site"], site["grave"], site["first"]) == (oak.slug, 1, "2007-09-07")
    assert site["grave_low"] < 1 < site["grave_high"]
