"""Where guards protect most pupils, how few leaders a bus needs: asked with a file; nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from domain.routes.plan_files import pupils_file, used_network
from schoolward.domains.places.models import Campus
from schoolward.domains.routes import actions
from schoolward.domains.routes.forms import StopsForm
from schoolward.domains.routes.models import Crossing, GuardPost, SchoolPlan, StreetNetwork, WalkingBus
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]


@pytest.fixture
def planner(person: Any) -> Viewer:
    by: Viewer = person("safe_routes")
    return by


@pytest.fixture
def network(oak: Campus, planner: Viewer, at: datetime, tmp_path: Path) -> StreetNetwork:
    return used_network([oak], tmp_path, by=planner, at=at)


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("pupils.csv", data, content_type="text/csv")


def test_more_guards_protect_more_up_to_the_bound_and_nothing_is_kept(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime
) -> None:
    data = pupils_file([oak])
    few, many = (actions.place_guards(pupils=data, guards=number, by=planner, at=at) for number in (1, 30))
    assert few.is_proved
    assert many.is_proved
    assert many.protected is not None
    assert many.pupils is not None
    assert few.protected is not None
    assert 11 <= few.protected < many.protected <= many.pupils
    assert few.bound == few.protected
    assert (few.greedy or 0) <= few.protected
    assert len(few.places) == 1
    assert few.places[0].alone in (None, few.protected)
    assert not any(place.alone is not None and 0 < place.alone < 11 for place in many.places)
    assert not GuardPost.objects.exists()
    event = Event.objects.filter(action="routes.asked").latest("pk")
    assert event.detail == {"question": "guards", "guards": 30}


def test_a_post_of_today_keeps_its_guard(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime, crossing: Crossing
) -> None:
    def guarded(place: actions.Placed, reference: str) -> None:
        crossing.pk, crossing.reference = None, reference
        crossing.longitude, crossing.latitude = place.longitude, place.latitude
        crossing.save(force_insert=True)
        hours = dict.fromkeys(("afternoon_begins", "afternoon_ends", "valid_to"))
        actions.keep_post(
            crossing_id=crossing.pk,
            agency_id=planner.agency_id or 0,
            values={
                "morning_begins": time(7, 30), "morning_ends": time(8, 15), "guards": 1,
                "valid_from": at.date(), "note": "", **hours,
            },
            by=planner,
            at=at,
        )  # fmt: skip

    data = pupils_file([oak])
    far = actions.Placed("Far away", -121.30, 38.40, False, None)
    two = actions.place_guards(pupils=data, guards=2, by=planner, at=at).places
    guarded(two[0], "X-8")
    again = actions.place_guards(pupils=data, guards=2, by=planner, at=at)
    assert [one.where for one in again.places if one.is_guarded] == [two[0].where]
    guarded(two[1], "X-9")
    with pytest.raises(actions.RouteRefused, match="Guards stand at 2 crossings today"):
        actions.place_guards(pupils=data, guards=1, by=planner, at=at)
    guarded(far, "X-10")
    three = actions.place_guards(pupils=data, guards=3, by=planner, at=at)
    assert (three.posts_elsewhere, len(three.places)) == (1, 2)
    with pytest.raises(actions.RouteRefused, match="Guards stand at 3 crossings today"):
        actions.place_guards(pupils=data, guards=2, by=planner, at=at)


def test_a_bus_meets_at_corners_in_time_and_its_lines_fit_a_bus(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime
) -> None:
    found = actions.plan_bus(
        pupils=pupils_file([oak]), site="oak", by=planner, at=at, arrives_at=time(8, 0), seconds=1.0
    )
    assert found.site == oak.name
    assert found.fewest_leaders <= len(found.lines)
    assert found.least_danger <= found.danger + 1e-6
    assert sum(line.pupils for line in found.lines) == found.pupils
    for line in found.lines:
        assert 1 <= line.pupils <= 6
        assert line.stops[-1].place == oak.name
        assert line.stops[-1].leaves_at == time(8, 0)
        assert all(before.leaves_at < after.leaves_at for before, after in pairwise(line.stops))
        form = StopsForm({"stops": StopsForm.text_of(line.stops)})
        assert form.is_valid(), form.errors
        assert [stop.place for stop in form.cleaned_data["stops"]] == [stop.place for stop in line.stops]
    assert not WalkingBus.objects.exists()
    assert not SchoolPlan.objects.exists()
    assert Event.objects.filter(action="routes.asked").latest("pk").detail == {"question": "bus"}


def test_fewer_pupils_for_a_leader_take_more_leaders(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime
) -> None:
    data = pupils_file([oak])
    lines = [
        len(
            actions.plan_bus(
                pupils=data, site="oak", by=planner, at=at, pupils_per_leader=each, seconds=1.0
            ).lines
        )
        for each in (2, 30)
    ]
    assert lines[0] > lines[1]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"site": "elm"}, "no pupil of this site"),
        ({"detour": 3.0}, "Write a number from 1 to 2"),
        ({"pupils_per_leader": 0}, "Write a number from 1 to 30"),
        ({"farthest_m": 10.0}, "Write a number from 300 to 5000"),
        ({"pupils": b"id,school,lon,lat\n1,oak,x,1\n"}, "lon"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    network: StreetNetwork, oak: Campus, planner: Viewer, at: datetime, given: dict[str, Any], says: str
) -> None:
    values: dict[str, Any] = {"pupils": pupils_file([oak]), "site": "oak", **given}
    with pytest.raises(actions.RouteRefused, match=says):
        actions.plan_bus(by=planner, at=at, seconds=0.5, **values)


def test_who_may_not_plan_may_not_ask(network: StreetNetwork, oak: Campus, person: Any, at: datetime) -> None:
    by = person("campus_monitor")
    with pytest.raises(AccessDenied):
        actions.place_guards(pupils=pupils_file([oak]), guards=1, by=by, at=at)
    with pytest.raises(AccessDenied):
        actions.plan_bus(pupils=pupils_file([oak]), site="oak", by=by, at=at)


def test_pages_and_the_api_give_the_same_answers(
    network: StreetNetwork, oak: Campus, client_of: Browser
) -> None:
    browser, data = client_of("safe_routes"), pupils_file([oak])
    page = browser.post(
        reverse("routes:guards_ask"), {"pupils": upload(data), "guards": "3", "protects": "all"}
    )
    told = browser.post("/api/v1/routes/ask/guards", {"pupils": upload(data), "guards": "3"})
    assert (page.status_code, told.status_code) == (200, 200)
    shown = page.content.decode()
    answer = json.loads(told.content)
    assert f"3 guards protect {answer['protected']} of {answer['pupils']} pupils" in shown
    assert "this is proved" in shown
    for place in answer["places"]:
        assert place["where"] in shown
    link = f"{reverse('routes:crossing_new')}?latitude={answer['places'][0]['latitude']:.6f}&amp;longitude="
    assert link in shown
    bus = browser.post(
        reverse("routes:bus_ask"),
        {
            "pupils": upload(data), "site": "oak", "arrives_at": "08:00", "detour": "1.3",
            "pupils_per_leader": "6", "farthest_m": "1600",
        },
    )  # fmt: skip
    assert bus.status_code == 200
    assert "Line 1: from" in bus.content.decode()
    told = browser.post("/api/v1/routes/ask/bus", {"pupils": upload(data), "site": "oak"})
    assert told.json()["lines"][0]["stops"][-1]["place"] == oak.name


def test_a_wrong_file_is_told_at_its_field_and_no_value_of_it(
    network: StreetNetwork, oak: Campus, client_of: Browser
) -> None:
    browser = client_of("safe_routes")
    wrong = b"id,school,lon,lat\nA17,oak,-121.47x9,38.53\n"
    page = browser.post(
        reverse("routes:guards_ask"), {"pupils": upload(wrong), "guards": "3", "protects": "all"}
    )
    told = browser.post("/api/v1/routes/ask/guards", {"pupils": upload(wrong), "guards": "3"})
    assert (page.status_code, told.status_code) == (422, 422)
    assert "Not answered yet: please mend this first" in page.content.decode()
    for text in (page.content.decode(), told.content.decode()):
        assert "row 2" in text
        assert "121.47x9" not in text
        assert "A17" not in text
    assert browser.post("/api/v1/routes/ask/guards", {"guards": "3"}).status_code == 422
