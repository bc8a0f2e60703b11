"""What is sent twice, by Back and Send or by two hands, is there once, and the page leads to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.domain.routes.conftest import Person
from tests.domain.routes.test_believable import _bring

from schoolward.domains.places.models import Campus
from schoolward.domains.routes import actions
from schoolward.domains.routes.models import Barrier, Crossing, WalkingBus
from schoolward.platform.access import clock

Browser = Callable[..., Client]
METER = 1 / 111_195
"""Degrees of latitude in a meter."""


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "stands_still", lambda: True)


def test_a_barrier_sent_twice_is_reported_once(client_of: Browser, oak: Campus) -> None:
    browser = client_of("safe_routes")
    told = {
        "campus_id": oak.pk, "kind": "crossing", "title": "No crosswalk", "place": "Oak and First",
        "longitude": -121.471, "latitude": 38.531, "owner": "city", "severity": "high",
        "time_of_day": "always", "found_on": "2012-05-08",
    }  # fmt: skip
    assert browser.post(reverse("routes:barrier_new"), told).status_code == 302
    again = browser.post(reverse("routes:barrier_new"), told)
    made = Barrier.objects.get()
    page = again.content.decode()
    assert again.status_code == 422
    assert f"{made.reference} says the same about this place and is open." in page
    assert f'<a href="{reverse("routes:barrier", args=[made.pk])}">Open the one that is there</a>' in page
    assert "Oak and First" in page
    api = browser.post("/api/v1/routes/barriers", told, content_type="application/json")
    assert (api.status_code, made.reference in api.json()["detail"]) == (422, True)
    assert Barrier.objects.count() == 1


def test_words_are_told_apart_by_more_than_capitals_and_spaces(
    barrier: Callable[..., Barrier], person: Person, at: datetime
) -> None:
    first = barrier()
    with pytest.raises(actions.StandsAlready) as refused:
        barrier(title="no crosswalk  at the Library ", reference="OURS-1", latitude=38.531 + 40 * METER)
    assert (refused.value.row, refused.value.field) == (first, "title")
    for other in (
        {"title": "No curb ramp"},
        {"place": "Oak Street and Second Avenue"},
        {"latitude": 38.531 + 300 * METER},
    ):
        assert barrier(**other).pk
    actions.decide_barrier(
        barrier_id=first.pk, move="decline", reason="It is there.", by=person("safe_routes"), at=at
    )
    assert barrier().pk


def test_a_file_brings_no_second_barrier(
    barrier: Callable[..., Barrier], person: Person, at: datetime
) -> None:
    first = barrier(title="No ramp", place="Oak and First")
    head = "reference,site,kind,title,place,longitude,latitude\n"
    row = "oak,crossing,No ramp,Oak and First,-121.471,38.531\n"
    (fault,) = _bring("route-barriers", f"{head}OURS-9,{row}", person, at).rejected
    assert (fault.row, fault.column) == (2, "title")
    assert first.reference in fault.error
    twice = head + f"OURS-1,{row}OURS-2,{row}".replace("No ramp", "A ditch")
    (fault,) = _bring("route-barriers", twice, person, at).rejected
    assert (fault.row, "OURS-1" in fault.error) == (3, True)


def test_a_crossing_stands_once_at_its_point(
    client_of: Browser, crossing: Crossing, oak: Campus, person: Person, at: datetime
) -> None:
    browser = client_of("safe_routes")
    told: dict[str, Any] = {
        "campus_id": oak.pk, "place": "Library", "longitude": -121.471, "latitude": 38.531 + 3 * METER,
        "control": "none", "lanes": 2, "width_ft": 36.0,
    }  # fmt: skip
    page = browser.post(reverse("routes:crossing_new"), told)
    assert page.status_code == 422
    assert "X-1, Oak Street and First Avenue, is at this point already" in page.content.decode()
    assert reverse("routes:crossing", args=[crossing.pk]) in page.content.decode()
    api = browser.post("/api/v1/routes/crossings", told, content_type="application/json")
    assert (api.status_code, api.json()["detail"][:11]) == (422, "place: X-1,")
    text = (
        "reference,site,place,longitude,latitude,control,lanes,width_ft\n"
        "X-9,oak,A,-121.471,38.531,none,2,36\n"
    )
    assert "X-1" in _bring("route-crossings", text, person, at).rejected[0].error
    assert Crossing.objects.count() == 1
    other_leg = told | {"latitude": 38.531 + 12 * METER}
    assert browser.post(reverse("routes:crossing_new"), other_leg).status_code == 302
    changed = {name: getattr(crossing, name) for name in actions.CROSSING_FIELDS} | {"lanes": 4}
    kept = actions.keep_crossing(
        campus_id=oak.pk, values=changed, crossing_id=crossing.pk, by=person("safe_routes"), at=at
    )
    assert kept.lanes == 4


def test_a_bus_is_entered_once_for_its_days(
    client_of: Browser, bus: WalkingBus, oak: Campus, person: Person, at: datetime
) -> None:
    browser = client_of("safe_routes")
    told: dict[str, Any] = {
        "campus_id": oak.pk, "name": "oak,  North", "capacity": 12, "pupils_per_leader": 6,
        "weekdays": ["0", "1", "2", "3", "4"], "valid_from": "2012-09-01",
    }  # fmt: skip
    page = browser.post(reverse("routes:bus_new"), told)
    assert page.status_code == 422
    assert reverse("routes:bus", args=[bus.key]) in page.content.decode()
    sent = told | {"weekdays": [0, 1, 2, 3, 4]}
    api = browser.post("/api/v1/routes/buses", sent, content_type="application/json")
    assert (api.status_code, bus.key in api.json()["detail"]) == (422, True)
    text = (
        "bus,site,name,capacity,pupils_per_leader,weekdays,valid_from\n"
        'oak-2,oak,"Oak, north",12,6,"MO,TU,WE,TH,FR",2012-09-01\n'
    )
    (fault,) = _bring("walking-buses", text, person, at).rejected
    assert (fault.row, fault.column) == (2, "name")
    assert WalkingBus.objects.count() == 1
    assert browser.post(reverse("routes:bus_new"), told | {"weekdays": ["2"]}).status_code == 302
    ended: dict[str, Any] = {
        "campus_id": oak.pk,
        "name": bus.name,
        "capacity": 12,
        "valid_from": bus.valid_from,
    }
    by = person("safe_routes")
    actions.keep_bus(bus_id=bus.pk, valid_to=date(2013, 6, 14), by=by, at=at, **ended)
    next_year = ended | {"valid_from": date(2013, 8, 26)}
    assert actions.keep_bus(by=by, at=at, **next_year).pk != bus.pk
