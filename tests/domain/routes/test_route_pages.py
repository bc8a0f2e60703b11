"""Pages of the way to school, walked as the people who use them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.domain.routes.conftest import Person
from tests.domain.routes.test_barriers import PNG

from schoolward.domains.places.models import Campus
from schoolward.domains.routes import actions
from schoolward.domains.routes.models import (
    Barrier,
    BusRun,
    ClassTally,
    Crossing,
    GuardPost,
    ParentSurvey,
    WalkingBus,
)
from schoolward.platform.access import clock

Browser = Callable[..., Client]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Pages call the day of the tests today."""
    monkeypatch.setattr(clock, "stands_still", lambda: True)


Keep = Callable[..., Any]
TALLY = {
    "class_label": "Room 4",
    "grade": "3",
    "enrolled": "24",
    "day": "2012-09-05",
    "direction": "arrival",
    "weather": "sunny",
    "walk": "9",
    "family_vehicle": "12",
}


def test_a_class_is_tallied_on_a_phone(client_of: Browser, oak: Campus) -> None:
    browser = client_of("campus_monitor", [oak])
    page = browser.get(reverse("routes:tally_new"))
    assert page.context["form"].initial["campus_id"] == str(oak.pk)
    assert "one more" in page.content.decode()
    wrong = browser.post(reverse("routes:tally_new"), {**TALLY, "campus_id": oak.pk, "day": "2012-09-03"})
    assert wrong.status_code == 422
    assert "Tuesday, Wednesday or Thursday" in wrong.content.decode()
    kept = browser.post(reverse("routes:tally_new"), {**TALLY, "campus_id": oak.pk})
    assert "21 hands, 9 on foot or by bike" in kept.content.decode()
    tally = ClassTally.objects.get()
    assert tally.walk == 9
    assert browser.get(reverse("routes:tally", args=[tally.pk])).status_code == 200
    corrected = browser.post(
        reverse("routes:tally_edit", args=[tally.pk]), {**TALLY, "campus_id": oak.pk, "walk": "8"}
    )
    assert "20 hands" in corrected.content.decode()
    assert "takes" not in browser.get(reverse("routes:tally_remove", args=[tally.pk])).content.decode()
    browser.post(reverse("routes:tally_remove", args=[tally.pk]))
    assert not ClassTally.objects.exists()


def test_a_site_of_others_is_not_offered(client_of: Browser, oak: Campus, elm: Campus) -> None:
    browser = client_of("campus_monitor", [elm])
    refused = browser.post(reverse("routes:tally_new"), {**TALLY, "campus_id": oak.pk})
    assert refused.status_code == 422
    assert not ClassTally.objects.exists()
    assert client_of("trustee").get(reverse("routes:tally_new")).status_code == 403


def test_a_tally_of_the_wrong_class_moves_and_asks_where_one_stands(
    client_of: Browser, oak: Campus, tally: Keep
) -> None:
    browser = client_of("safe_routes")
    one, stands = tally(class_label="B o"), tally(class_label="Room 99", day=date(2012, 9, 5))
    edit = reverse("routes:tally_edit", args=[one.pk])
    assert "Put this tally in the place" not in browser.get(edit).content.decode()
    sent = {**TALLY, "campus_id": oak.pk, "class_label": "room99"}
    asked = browser.post(edit, sent)
    assert asked.status_code == 422
    assert "stands already, with 22 hands" in asked.content.decode()
    assert "Put this tally in the place" in asked.content.decode()
    kept = browser.post(edit, {**sent, "replace": "on"})
    assert "The tally is kept" in kept.content.decode()
    assert list(ClassTally.objects.values_list("pk", "class_label")) == [(one.pk, "room99")]
    assert not ClassTally.objects.filter(pk=stands.pk).exists()


def test_seasons_are_shown_with_intervals(client_of: Browser, tally: Keep) -> None:
    browser = client_of("trustee")
    assert "No class has tallied yet" in browser.get(reverse("routes:travel")).content.decode()
    for room in range(4):
        tally(class_label=f"Room {room}", counts={"walk": 6 + room, "family_vehicle": 14 - room})
        tally(
            class_label=f"Room {room}",
            day=date(2011, 5, 10),
            counts={"walk": 4, "family_vehicle": 16},
        )
    page = browser.get(reverse("routes:travel")).content.decode()
    assert "37.5 %" in page
    assert "Spring 2012" in page
    assert "<svg" in page
    old = browser.get(reverse("routes:travel"), {"season": "2011-spring"}).content.decode()
    assert "20 %" in old
    compared = browser.get(reverse("routes:compare")).content.decode()
    assert "percentage points" in compared
    assert "Classes asked at both times" in compared
    wrong = browser.get(
        reverse("routes:compare"),
        {
            "before_from": "2012-01-01",
            "before_to": "2012-06-30",
            "after_from": "2011-01-01",
            "after_to": "2011-06-30",
        },
    )
    assert wrong.status_code == 400
    assert "begins before the first has ended" in wrong.content.decode()
    assert "Not answered yet: please mend this first" in wrong.content.decode()
    assert "Not saved yet" not in wrong.content.decode()
    csv = b"".join(
        client_of("safe_routes").get(reverse("routes:tallies"), {"export": "csv"}).streaming_content
    )
    assert b"site,class,grade" in csv


def test_a_fix_is_compared_on_the_page_and_over_http(client_of: Browser, tally: Keep, barrier: Keep) -> None:
    """Closed in December: a fall and a spring before, and only a spring so far after."""
    one = barrier()
    Barrier.objects.filter(pk=one.pk).update(
        state="closed", accepted_on=date(2011, 9, 1), closed_on=date(2011, 12, 14)
    )
    for day, more in ((date(2011, 5, 10), 0), (date(2011, 10, 4), 3), (date(2012, 5, 8), 6)):
        for room in range(6):
            tally(class_label=f"Room {room}", day=day, counts={"walk": 4 + more, "family_vehicle": 16 - more})
    browser = client_of("trustee")
    page = browser.get(reverse("routes:compare"), {"fix": one.pk}).content.decode()
    assert "The time after is not over: it is known until September 6, 2012" in page
    assert "Tallied in the first time: Spring 2011. In the second: Spring 2012." in page
    assert "not the same halves" not in page
    beside = {"fix": one.pk, "before_from": "2012-01-01", "campus_id": one.campus_id}
    refused = browser.get("/api/v1/routes/comparison", beside)
    assert refused.status_code == 422
    assert refused.json()["detail"].endswith("leave out before_from, campus_id")
    told = browser.get("/api/v1/routes/comparison", {"fix": one.pk}).json()
    assert (told["before_from"], told["before_to"]) == ("2011-01-01", "2011-12-31")
    assert (told["after_from"], told["after_to"], told["until"]) == ("2012-01-01", "2012-12-31", "2012-09-06")
    assert (told["before_seasons"], told["after_seasons"]) == (["2011-spring"], ["2012-spring"])
    assert told["difference"] == pytest.approx(0.3)
    assert told["is_clear"] == (told["p_value"] < 0.05) == (told["low"] > 0)
    mixed = {
        "before_from": "2011-01-01",
        "before_to": "2011-12-31",
        "after_from": "2012-01-01",
        "after_to": "2012-12-31",
    }
    page = browser.get(reverse("routes:compare"), mixed).content.decode()
    assert "These are not the same halves of the year" in page
    assert "The second time is not over: tallies until September 6, 2012 are in it." in page
    told = browser.get("/api/v1/routes/comparison", mixed).json()
    assert (told["is_like_with_like"], told["until"]) == (False, "2012-09-06")
    days = browser.get("/api/v1/routes/comparison", {**mixed, "after_to": "2012-05-09"})
    assert days.status_code == 422
    assert days.json()["detail"].startswith("after_from, after_to: give whole seasons")
    assert browser.get(reverse("routes:compare"), {**mixed, "after_to": "2012-05-09"}).status_code == 400
    assert browser.get("/api/v1/routes/comparison", {"fix": one.pk + 1}).status_code == 404


def test_a_parents_form_is_entered_and_printed(client_of: Browser, oak: Campus) -> None:
    browser = client_of("safe_routes")
    answers = {
        "campus_id": oak.pk,
        "grade": "3",
        "distance": "half",
        "mode": "walk",
        "allowed": "g35",
        "changes": ["crossings"],
        "day": "2012-09-05",
    }
    kept = browser.post(reverse("routes:survey_new"), answers)
    assert kept.url.endswith(f"?site={oak.pk}")
    assert ParentSurvey.objects.get().changes == ["crossings"]
    page = browser.get(reverse("routes:surveys")).content.decode()
    assert "hidden" in page
    paper = browser.get(reverse("routes:survey_paper")).content.decode()
    assert "do not write a name" in paper
    assert client_of("trustee").get(reverse("routes:survey_new")).status_code == 403


def test_a_barrier_goes_from_a_phone_to_work(
    client_of: Browser, oak: Campus, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_DIR = tmp_path
    volunteer = client_of("provider", [oak])
    told = {
        "campus_id": oak.pk,
        "kind": "crossing",
        "title": "No crosswalk",
        "place": "Oak Street and First Avenue",
        "latitude": "38.531",
        "longitude": "-121.471",
        "severity": "high",
        "time_of_day": "morning",
        "owner": "unknown",
        "found_on": "2012-09-05",
    }
    assert "data-position" in volunteer.get(reverse("routes:barrier_new")).content.decode()
    photo = SimpleUploadedFile("corner.png", PNG, content_type="image/png")
    made = volunteer.post(reverse("routes:barrier_new"), {**told, "photo": photo})
    one = Barrier.objects.get()
    assert made.url == reverse("routes:barrier", args=[one.pk])
    photo_page = volunteer.get(reverse("routes:photo", args=[one.pk]))
    assert photo_page["Content-Type"] == "image/png"
    assert b"".join(photo_page.streaming_content) == PNG
    assert "decide/accept" not in volunteer.get(made.url).content.decode()
    engineer = client_of("safe_routes")
    engineer.post(reverse("routes:decide", args=[one.pk, "accept"]))
    asked = {
        "countermeasure": "crosswalk",
        "text": "Mark it.",
        "estimate": "18,000.50",
        "sent_on": "2012-09-06",
    }
    engineer.post(reverse("routes:recommend", args=[one.pk]), {**asked, "owner": "city"})
    recommendation = one.recommendations.get()
    assert recommendation.estimate_cents == 1_800_050
    assert "$18,000.50" in engineer.get(made.url).content.decode()
    said = {"answer": "agreed", "text": "", "answered_on": "2012-09-06"}
    engineer.post(reverse("routes:answer", args=[recommendation.pk]), said)
    assert "Open work" in engineer.get(made.url).content.decode()
    engineer.post(reverse("routes:open_work", args=[recommendation.pk]))
    one.refresh_from_db()
    assert one.state == "in_work"
    page = engineer.get(made.url).content.decode()
    recommendation.refresh_from_db()
    assert reverse("work:detail", args=[recommendation.work_id]) in page
    assert engineer.get(reverse("work:detail", args=[recommendation.work_id])).status_code == 200
    again = engineer.post(reverse("routes:open_work", args=[recommendation.pk]), follow=True)
    assert "once only" in again.content.decode()
    assert engineer.get(reverse("routes:decide", args=[one.pk, "accept"])).status_code == 404


def test_barriers_as_a_list_a_map_and_points(client_of: Browser, barrier: Keep) -> None:
    barrier()
    barrier(title="Dark path", severity="low", owner="county")
    browser = client_of("trustee")
    page = browser.get(reverse("routes:barriers"), {"owner": "county"}).content.decode()
    assert "Dark path" in page
    assert "No crosswalk" not in page
    points = browser.get(reverse("routes:barrier_points"), {"severity": "high"})
    assert points["Content-Type"] == "application/geo+json"
    assert len(points.json()["features"]) == 1
    assert "2 barriers" in browser.get(reverse("routes:barrier_map")).content.decode()
    assert len(browser.get(reverse("routes:barrier_points")).json()["features"]) == 2
    csv = b"".join(browser.get(reverse("routes:barriers"), {"export": "csv"}).streaming_content)
    assert csv.count(b"\n") == 3


def test_a_crossing_shows_why_a_guard_is_warranted(client_of: Browser, crossing: Crossing) -> None:
    browser = client_of("safe_routes")
    page = reverse("routes:crossing", args=[crossing.pk])
    assert "counts are wanting" in browser.get(page).content.decode()
    count = {"day": "2012-09-05", "minutes": "60", "turning": "", "rows": "1"}
    for begins, vehicles, pupils in (("07:30", "420", "45"), ("14:00", "351", "40")):
        sent = {**count, "begins": begins, "vehicles": vehicles, "pupils": pupils, "gaps": "70"}
        browser.post(reverse("routes:count_new", args=[crossing.pk]), sent)
    shown = browser.get(page).content.decode()
    assert "A guard is warranted." in shown
    assert "To be confirmed" in shown
    assert "at least 350 in each of 2 hours" in shown
    assert "at least 40 in each of 2 hours" in shown
    assert "Palo Alto" in browser.get(page, {"warrants": "palo-alto"}).content.decode()
    post = {
        "agency": browser.get(reverse("routes:post_new", args=[crossing.pk]))
        .context["form"]
        .initial["agency"],
        "morning_begins": "07:30",
        "morning_ends": "08:15",
        "guards": "1",
        "valid_from": "2012-08-27",
    }
    browser.post(reverse("routes:post_new", args=[crossing.pk]), post)
    made = GuardPost.objects.get()
    assert "1 post of today has too few guards" in browser.get(reverse("routes:posts")).content.decode()
    browser.post(
        reverse("routes:assign", args=[made.pk]),
        {"guards": "1", "shift": "both", "valid_from": "2012-08-27", "account": ""},
    )
    assert "1 guard of the agency" in browser.get(reverse("routes:post", args=[made.pk])).content.decode()
    hidden = client_of("trustee").get(reverse("routes:post", args=[made.pk])).content.decode()
    assert "guard of the agency" not in hidden


def test_a_walk_is_written_down_by_who_is_vetted(
    client_of: Browser, bus: WalkingBus, membership: Callable[..., Any], person: Person, at: datetime
) -> None:
    manager, volunteer = client_of("safe_routes"), client_of("provider")
    lines = "07:35, 38.54, -121.47, Oak and 5th\nnonsense"
    stops = reverse("routes:stops", args=[bus.key])
    assert "Line 2 is not" in manager.post(stops, {"stops": lines}).content.decode()
    manager.post(stops, {"stops": "07:35, 38.54, -121.47, Oak and 5th\n07:55, 38.53, -121.47, School"})
    assert bus.stops.count() == 2
    account = membership("provider").account_id
    manager.post(reverse("routes:leader", args=[bus.key]), {"account": account, "valid_from": "2012-08-27"})
    leader = bus.leaders.get()
    walk = {"day": "2012-09-05", "direction": "arrival", "pupils": "5", "leaders": [leader.pk]}
    refused = volunteer.post(reverse("routes:run", args=[bus.key]), walk)
    assert "has not been vetted" in refused.content.decode()
    actions.keep_leader(
        bus_id=bus.pk,
        account_id=account,
        vetted_on=date(2012, 8, 1),
        vetted_until=date(2013, 7, 31),
        valid_from=date(2012, 8, 27),
        by=person("lead"),
        at=at,
    )
    volunteer.post(reverse("routes:run", args=[bus.key]), walk)
    assert BusRun.objects.get().pupils == 5
    page = volunteer.get(reverse("routes:bus", args=[bus.key])).content.decode()
    assert "vetted until" in page
    assert "1 walk, 5 pupils" in page
    assert (
        "vetted until" not in client_of("trustee").get(reverse("routes:bus", args=[bus.key])).content.decode()
    )
    assert "not written down" in volunteer.get(reverse("routes:buses")).content.decode()


def test_a_site_tells_of_its_way_to_school(
    client_of: Browser, oak: Campus, barrier: Keep, tally: Keep
) -> None:
    barrier()
    tally(counts={"walk": 3, "family_vehicle": 15})
    page = client_of("trustee").get(reverse("routes:site_panel", args=[oak.pk])).content.decode()
    assert "1 open barrier" in page
    assert "Too few trips" in page


def test_pages_that_only_show_refuse_to_be_sent_to(client_of: Browser) -> None:
    browser = client_of("safe_routes")
    for name in ("travel", "compare", "surveys", "survey_paper", "barrier_map", "barrier_points", "buses"):
        assert browser.post(reverse(f"routes:{name}"), {"x": BytesIO(b"")}).status_code == 405
