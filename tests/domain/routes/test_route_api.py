"""What the pages of the way to school change can be changed over HTTP too."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.domain.routes.conftest import Person
from tests.domain.routes.test_barriers import PNG

from schoolward.domains.places.models import Campus
from schoolward.domains.routes import actions
from schoolward.domains.routes.models import Barrier, ClassTally, Crossing, GuardPost, WalkingBus
from schoolward.platform.access import clock
from schoolward.platform.access.models import Account, Agency


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "stands_still", lambda: True)


@pytest.fixture
def call(client_of: Callable[..., Client]) -> Callable[..., Any]:
    """Call an operation as the coordinator, with a body where one is given."""
    browser = client_of("safe_routes")

    def send(method: str, operation: str, *args: Any, **body: Any) -> Any:
        url = reverse(f"api:{operation}", args=args)
        return browser.generic(method, url, json.dumps(body), content_type="application/json")

    return send


def test_a_tally_is_taken_away(call: Any, tally: Callable[..., Any]) -> None:
    one = tally()
    assert call("GET", "route_tally_one", one.pk).json()["class_label"] == "Room 1"
    assert call("DELETE", "route_tally_one", one.pk).status_code == 204
    assert not ClassTally.objects.exists()
    assert call("DELETE", "route_tally_one", one.pk).status_code == 404


def test_a_tally_is_corrected_to_another_class(call: Any, tally: Callable[..., Any]) -> None:
    one, stands = tally(class_label="B o"), tally(class_label="Room 99")
    told = {
        name: value
        for name, value in call("GET", "route_tally_one", one.pk).json().items()
        if name not in ("id", "is_set_aside", "invented")
    }
    met = call("PUT", "route_tally_one", one.pk, **(told | {"class_label": "room 99"}))
    assert met.status_code == 422
    assert "replace" in met.json()["detail"]
    assert ClassTally.objects.count() == 2
    moved = call("PUT", "route_tally_one", one.pk, **(told | {"class_label": "room 99", "replace": True}))
    assert (moved.status_code, moved.json()["id"]) == (200, one.pk)
    assert list(ClassTally.objects.values_list("pk", flat=True)) == [one.pk]
    assert not ClassTally.objects.filter(pk=stands.pk).exists()


def test_a_barrier_is_changed_and_gets_its_photograph(
    call: Any, client_of: Callable[..., Client], barrier: Callable[..., Barrier]
) -> None:
    one = barrier()
    changed = call("PATCH", "route_barrier", one.pk, severity="urgent", place="Oak and Second")
    assert (changed.json()["severity"], changed.json()["title"]) == ("urgent", one.title)
    assert call("PATCH", "route_barrier", one.pk, severity="dire").status_code == 422
    url = reverse("api:route_barrier_photo", args=[one.pk])
    browser = client_of("safe_routes")
    assert browser.get(url).status_code == 404
    assert browser.post(url).status_code == 422
    sent = browser.post(url, {"file": SimpleUploadedFile("x.png", PNG, "image/png")})
    assert sent.json()["has_photo"] is True
    got: Any = browser.get(url)
    assert b"".join(got.streaming_content) == PNG
    refused = browser.post(url, {"file": SimpleUploadedFile("x.txt", b"words", "text/plain")})
    assert refused.status_code == 422


def test_a_recommendation_is_corrected_until_it_is_answered(
    call: Any, barrier: Callable[..., Barrier], person: Person, at: datetime
) -> None:
    one, by = barrier(), person("safe_routes")
    actions.decide_barrier(barrier_id=one.pk, move="accept", by=by, at=at)
    made = actions.recommend(barrier_id=one.pk, countermeasure="signs", text="Signs.", by=by, at=at)
    told = call("PATCH", "route_recommendation_change", made.pk, estimate_cents=500, text="Two signs.")
    assert (told.json()["estimate_cents"], told.json()["text"]) == (500, "Two signs.")
    assert call("PATCH", "route_recommendation_change", made.pk, sent_on="2010-01-01").status_code == 422
    actions.answer_recommendation(recommendation_id=made.pk, answer="agreed", by=by, at=at)
    late = call("PATCH", "route_recommendation_change", made.pk, text="Three signs.")
    assert (late.status_code, "answered" in late.json()["detail"]) == (422, True)


def test_a_crossing_with_its_post_and_its_guard(call: Any, oak: Campus, person: Person) -> None:
    person("safe_routes")
    told = {
        "campus_id": oak.pk,
        "place": "Oak and Third",
        "longitude": -121.47,
        "latitude": 38.53,
        "control": "stop",
        "lanes": 2,
        "width_ft": 36,
    }
    made = call("POST", "route_crossings", **told).json()
    crossing = Crossing.objects.get(pk=made["id"])
    changed = call("PUT", "route_crossing", crossing.pk, **told | {"lanes": 4, "has_refuge": True})
    assert (changed.json()["lanes"], changed.json()["reference"]) == (4, crossing.reference)
    assert call("PUT", "route_crossing", crossing.pk, **told | {"lanes": 40}).status_code == 422
    agency = Agency.objects.get(key="city")
    hours = {"morning_begins": "07:30", "morning_ends": "08:15", "valid_from": "2012-08-27"}
    post = call("POST", "route_post_set", crossing.pk, agency_id=agency.pk, **hours).json()
    wrong = call("PUT", "route_post", post["id"], agency_id=agency.pk, **hours | {"morning_ends": "07:00"})
    assert (wrong.status_code, "morning_ends" in wrong.json()["detail"]) == (422, True)
    assert call("PUT", "route_post", post["id"], agency_id=agency.pk, guards=2, **hours).json()["guards"] == 2
    guard = call("POST", "route_assignments", post["id"], valid_from="2012-08-27").json()
    assert (guard["account"], guard["shift"]) == (None, "both")
    ended = call("POST", "route_assignment_end", guard["id"], last_day="2012-09-30").json()
    assert ended["valid_to"] == "2012-09-30"
    assert call("GET", "route_assignments", post["id"]).json()[0]["guards"] == 1
    assert GuardPost.objects.get().guards == 2


def test_a_bus_with_stops_and_leaders(call: Any, oak: Campus, person: Person) -> None:
    leader = person("provider")
    told = {"campus_id": oak.pk, "name": "Oak, south", "capacity": 12, "valid_from": "2012-08-27"}
    key = call("POST", "route_buses", **told).json()["key"]
    assert call("PUT", "route_bus", key, **told | {"capacity": 18}).json()["capacity"] == 18
    stops = [
        {"place": "Park", "longitude": -121.48, "latitude": 38.53, "leaves_at": "07:35"},
        {"place": "School", "longitude": -121.47, "latitude": 38.53, "leaves_at": "07:55"},
    ]
    assert len(call("PUT", "route_stops", key, stops=stops).json()["stops"]) == 2
    assert call("PUT", "route_stops", key, stops=stops[::-1]).status_code == 422
    kept = call("POST", "route_leaders", key, account_id=leader.account_id, valid_from="2012-08-27").json()
    assert "vetted" in kept["against"]
    assert call("GET", "route_walks", key).json()["items"] == []
    bus = WalkingBus.objects.get()
    assert (bus.capacity, bus.leaders.get().account_id) == (18, leader.account_id)
    assert Account.objects.filter(pk=leader.account_id).exists()


def test_points_that_a_city_takes_into_its_map(
    call: Any, barrier: Callable[..., Barrier], crossing: Crossing, person: Person, at: datetime
) -> None:
    from pathlib import Path

    barrier()
    city = Agency.objects.get(key="city")
    hours = {"morning_begins": None, "morning_ends": None, "afternoon_begins": None, "afternoon_ends": None}
    from datetime import time

    actions.keep_post(
        crossing_id=crossing.pk,
        agency_id=city.pk,
        values={
            **hours,
            "morning_begins": time(7, 30),
            "morning_ends": time(8, 15),
            "guards": 1,
            "valid_from": date(2012, 8, 27),
            "valid_to": None,
            "note": "",
        },
        by=person("safe_routes"),
        at=at,
    )
    page = Path("docs/reference/route-points.md").read_text(encoding="utf-8")
    for name, part in (
        ("route_barrier_points", "Barriers"),
        ("route_crossing_points", "Crossings"),
        ("route_post_points", "Guards"),
    ):
        (feature,) = call("GET", name).json()["features"]
        assert feature["geometry"]["coordinates"] == [-121.471, 38.531]
        section = page.partition(f"## {part}\n")[2].partition("\n## ")[0]
        documented = {line.split("`")[1] for line in section.splitlines() if line.startswith("| `")}
        assert documented == set(feature["properties"]), part
