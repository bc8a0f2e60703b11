"""Plans of schools on pages, over HTTP and on the command line, and uploads that never touch the disk."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse

from domain.routes.plan_files import pupils_file, used_network
from schoolward.domains.places.models import Campus
from schoolward.domains.routes import actions
from schoolward.domains.routes.models import PlannedFix, SchoolPlan, StreetNetwork
from schoolward.platform.files import in_memory

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


@pytest.fixture
def network(oak: Campus, person: Any, at: datetime, tmp_path: Path) -> StreetNetwork:
    """The network around the site."""
    return used_network([oak], tmp_path, by=person("safe_routes"), at=at)


@pytest.fixture
def plan(network: StreetNetwork, oak: Campus, person: Any, at: datetime) -> SchoolPlan:
    """A plan of the site."""
    actions.plan_ways(pupils=pupils_file([oak]), by=person("safe_routes"), at=at, invented=True)
    return SchoolPlan.objects.get()


@pytest.fixture
def no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where an upload would be written to a temporary file."""

    def refuse(*_given: Any, **_named: Any) -> None:
        raise AssertionError("an upload of pupils went to the disk")

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", refuse)


def sent(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("pupils.csv", data, content_type="text/csv")


def long_file(oak: Campus) -> bytes:
    """A file of pupils of more than 3 MB: above what Django keeps in memory."""
    data = pupils_file([oak])
    return (
        data.replace(b"id,school,lon,lat", b"id,school,lon,lat,note")
        .replace(b"\r\n", b"," + b"x" * 12_000 + b"\r\n")
        .replace(b"note," + b"x" * 12_000, b"note")
    )


def test_pages_of_a_plan(plan: SchoolPlan, client_of: Browser, oak: Campus, elm: Campus) -> None:
    browser = client_of("safe_routes")
    listed = browser.get(reverse("routes:plans")).content.decode()
    assert reverse("routes:plan", args=["oak"]) in listed
    assert "Invented" in listed
    page = browser.get(reverse("routes:plan", args=["oak"])).content.decode()
    for words in (
        "Within so many minutes",
        "What a longer walk buys",
        "Invented streets: no such map exists",
    ):
        assert words in page
    assert "<svg" in page
    exported = b"".join(browser.get(reverse("routes:plans"), {"export": "csv"}).streaming_content)
    assert b"oak,2012-fall,260" in exported.replace(b" ", b"")
    made = json.loads(browser.get(reverse("routes:plan_streets", args=["oak"])).content)
    assert made["features"][0]["properties"]["pupils"] >= 11
    assert made["features"][0]["geometry"]["type"] == "LineString"
    assert browser.get(reverse("routes:plan", args=["elm"])).status_code == 404
    assert client_of("campus_monitor", [elm]).get(reverse("routes:plan", args=["oak"])).status_code == 404
    quality = browser.get(reverse("routes:network")).content.decode()
    for words in ("Assumed where the map is silent", "Places where walkers cross a main road", "Invented"):
        assert words in quality


def test_without_a_network_pages_say_what_to_do(client_of: Browser, oak: Campus) -> None:
    browser = client_of("safe_routes")
    assert "schoolward routes use" in browser.get(reverse("routes:plans")).content.decode()
    assert "schoolward routes build" in browser.get(reverse("routes:network")).content.decode()
    refused = browser.post(reverse("routes:plan_new"), {"pupils": sent(pupils_file([oak])), "detour": "1.3"})
    assert refused.status_code == 422
    assert "No network of streets is known yet" in refused.content.decode()


def test_a_fix_becomes_a_barrier(plan: SchoolPlan, client_of: Browser) -> None:
    fix = PlannedFix.objects.get(rank=1)
    browser = client_of("safe_routes")
    link = f"{reverse('routes:barrier_new')}?fix={fix.pk}"
    assert link in browser.get(reverse("routes:plan", args=["oak"])).content.decode()
    page = browser.get(link).content.decode()
    assert fix.where in page
    assert f'value="{fix.latitude}"' in page
    for wrong in ("0", "x", "9" * 30):
        assert browser.get(reverse("routes:barrier_new"), {"fix": wrong}).status_code == 200


def test_a_long_upload_is_planned_and_never_touches_the_disk(
    network: StreetNetwork, client_of: Browser, oak: Campus, no_disk: None
) -> None:
    data = long_file(oak)
    assert len(data) > 3_000_000
    browser = client_of("safe_routes")
    done = browser.post(reverse("routes:plan_new"), {"pupils": sent(data), "detour": "1.3"}, follow=True)
    assert "1 site is planned." in done.content.decode()
    assert SchoolPlan.objects.get().pupils == 260
    over_http = browser.post("/api/v1/routes/schools", {"pupils": sent(data), "detour": "1.2"})
    assert over_http.json() == {"sites": [{"site": "oak", "outcome": "planned"}], "off_network": 0}
    asked = browser.post(
        reverse("routes:plan_ask"),
        {"pupils": sent(data), "change": "closed", "longitude": "-121.47", "latitude": "38.53"},
    )
    assert "would walk another way" in asked.content.decode()


def test_other_uploads_still_go_where_they_went(client_of: Browser, no_disk: None, oak: Campus) -> None:
    """The test of the disk can fail."""
    with pytest.raises(AssertionError, match="went to the disk"):
        client_of("safe_routes").post(reverse("routes:barrier_new"), {"photo": sent(long_file(oak))})


def test_the_token_is_still_asked_for(network: StreetNetwork, client_of: Browser, oak: Campus) -> None:
    browser = client_of("safe_routes")
    browser.handler.enforce_csrf_checks = True
    for address in (reverse("routes:plan_new"), "/api/v1/routes/schools"):
        assert browser.post(address, {"pupils": sent(pupils_file([oak])), "detour": "1.3"}).status_code == 403
    assert not SchoolPlan.objects.exists()


def test_an_upload_that_is_too_long_says_so(
    network: StreetNetwork, client_of: Browser, oak: Campus, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("routes:plan_new", "api:route_plans"):
        monkeypatch.setitem(in_memory._most_of, name, 1_000)
    browser = client_of("safe_routes")
    page = browser.post(reverse("routes:plan_new"), {"pupils": sent(pupils_file([oak])), "detour": "1.3"})
    assert page.status_code == 422
    assert "The file is too long" in page.content.decode()
    told = browser.post("/api/v1/routes/schools", {"pupils": sent(pupils_file([oak]))})
    assert (told.status_code, "too long" in told.content.decode()) == (422, True)


def test_a_wrong_file_is_refused_on_the_page_without_its_values(
    network: StreetNetwork, client_of: Browser
) -> None:
    data = b"id,school,lon,lat\nSecret Name,oak,1 Hidden Street,38.5"
    page = client_of("safe_routes").post(reverse("routes:plan_new"), {"pupils": sent(data), "detour": "1.3"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "row 2, lon" in text
    assert "Secret" not in text
    assert "Hidden" not in text


def test_plans_over_http(plan: SchoolPlan, client_of: Browser, elm: Campus) -> None:
    browser = client_of("safe_routes")
    (told,) = browser.get("/api/v1/routes/schools").json()["items"]
    assert (told["site"], told["pupils"], told["network"]) == ("oak", 260, "tried-streets")
    assert [one["minutes"] for one in told["sheds"]] == [5, 10, 15, 20]
    assert told["fixes"][0]["rank"] == 1
    assert browser.get("/api/v1/routes/schools/oak").json()["site"] == "oak"
    assert browser.get("/api/v1/routes/schools/elm").status_code == 404
    assert browser.get("/api/v1/routes/schools/oak/streets").json()["type"] == "FeatureCollection"
    (network,) = browser.get("/api/v1/routes/networks").json()["items"]
    assert network["about"]["data_quality"]["assumed"]
    assert browser.post("/api/v1/routes/schools").status_code == 422
    assert browser.post("/api/v1/routes/ask", {"change": "closed"}).status_code == 422
    assert client_of("site_lead", [elm]).post("/api/v1/routes/schools").status_code == 403
