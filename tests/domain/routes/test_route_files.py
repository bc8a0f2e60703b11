"""Tables in and out with the same columns, and what the API answers."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from schoolward.domains.people.seed import agencies_and_accounts
from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.domains.routes import queries
from schoolward.domains.routes.models import (
    Barrier,
    BarrierState,
    BusRun,
    BusStop,
    ClassTally,
    Crossing,
    GuardPost,
    ParentSurvey,
    WalkingBus,
)
from schoolward.domains.routes.seed import routes
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access import clock
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext
from schoolward.platform.exchange import registry
from schoolward.platform.exchange.registry import ImportContext
from schoolward.platform.exchange.writers import write_csv

Keep = Callable[..., Any]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Pages call the day of the tests today."""
    monkeypatch.setattr(clock, "stands_still", lambda: True)


def _bring(key: str, text: str | bytes, by: Viewer, at: datetime) -> Any:
    context = ImportContext(by=by, at=at)
    registry.get(key).run_stream(io.BytesIO(text.encode() if isinstance(text, str) else text), context)
    return context.report


def _out(key: str, by: Viewer) -> bytes:
    exchange = registry.get(key)
    return b"".join(write_csv(exchange.column_names, exchange.export_rows(by)))


FILES: dict[str, str] = {
    "travel-tallies": (
        "Site,Class,Grade,Students enrolled,Day,AM/PM,Weather,Walk,Bike,School bus,Family vehicle\n"
        "oak,Room 1,K,24,5/8/2012,AM,S,5,2,4,8\noak,Room 1,K,24,2012-05-08,pm,Sn,6,1,4,8\n"
    ),
    "parent-surveys": (
        "site,number,day,grade,distance,mode,allowed,changes\n"
        'oak,A-1,2012-05-08,3,half,walk,g35,"crossings, speed"\n'
        "oak,A-2,2012-05-08,K,half,walk,g35,\n"
    ),
    "route-barriers": (
        "reference,site,kind,title,place,longitude,latitude,owner,severity,time_of_day,found_on\n"
        "B-1,oak,crossing,No crosswalk,Oak and First,-121.471,38.531,city,high,morning,2012-05-08\n"
    ),
    "route-crossings": (
        "reference,site,place,longitude,latitude,control,lanes,width_ft\n"
        "X-1,oak,Oak and First,-121.471,38.531,none,2,36\n"
    ),
    "route-crossing-counts": (
        "crossing,day,begins,minutes,vehicles,pupils,gaps\nX-1,2012-05-08,7:30 am,60,410,46,52\n"
    ),
    "guard-posts": (
        "reference,crossing,agency,morning_begins,morning_ends,valid_from\n"
        "G-1,X-1,district,07:30,08:15,2012-08-27\n"
    ),
    "guard-assignments": "post,account,guards,shift,valid_from\nG-1,,1,morning,2012-08-27\n",
    "walking-buses": (
        'bus,name,site,capacity,weekdays,valid_from\noak-north,Oak north,oak,12,"MO,WE",2012-08-27\n'
    ),
    "bus-stops": (
        "bus,number,place,longitude,latitude,leaves_at\n"
        "oak-north,2,School,-121.47,38.53,07:55\noak-north,1,Park,-121.48,38.54,07:35\n"
    ),
    "bus-leaders": (
        "bus,account,vetted_on,vetted_until,valid_from\n"
        "oak-north,lead@example.org,2012-08-01,2013-07-31,2012-08-27\n"
    ),
    "bus-walks": ("bus,day,direction,pupils,leaders\noak-north,2012-09-05,arrival,5,lead@example.org\n"),
}


def test_a_class_or_a_number_of_another_spelling_is_no_other_row(
    oak: Campus, person: Callable[..., Viewer], at: datetime
) -> None:
    by = person("lead")
    for key, cell, other in (
        ("travel-tallies", "Room 1", "room1"),
        ("parent-surveys", "A-1", "a-1"),
    ):
        first = _bring(key, FILES[key], by, at)
        again = _bring(key, FILES[key].replace(cell, other), by, at)
        assert (again.created, again.updated, again.unchanged) == (0, 0, first.created), key


def test_every_table_comes_in_goes_out_and_comes_in_unchanged(
    oak: Campus, person: Callable[..., Viewer], at: datetime
) -> None:
    by = person("lead")
    for key, text in FILES.items():
        report = _bring(key, text, by, at)
        assert report.rejected_rows == 0, (key, report.rejected)
        assert report.created == text.count("\n") - 1, key
    for key in FILES:
        again = _bring(key, _out(key, by), by, at)
        assert (again.created, again.updated, again.rejected_rows) == (0, 0, 0), key
        assert again.unchanged == FILES[key].count("\n") - 1, key
    assert [stop.place for stop in BusStop.objects.order_by("number")] == ["Park", "School"]


@pytest.mark.parametrize(
    ("key", "old", "new", "column", "words"),
    [
        ("travel-tallies", "Room 1,K,24,5/8/2012", "Ms Lee,K,24,5/8/2012", "class", "no name"),
        ("travel-tallies", "5/8/2012", "5/7/2012", "day", "Tuesday"),
        ("travel-tallies", "24,5/8/2012,AM,S,5", "24,5/8/2012,AM,S,50", "enrolled", "hands were raised"),
        ("travel-tallies", "oak,Room 1,K,24,5/8", "ash,Room 1,K,24,5/8", "site", "is not known"),
        ("parent-surveys", "crossings, speed", "candy", "changes", "not known: candy"),
        ("route-barriers", "-121.471,38.531", "38.531,-121.471", "latitude", "below -90"),
        ("route-crossings", "none,2,36", "none,0,36", "lanes", "below 1"),
    ],
)
def test_a_row_that_cannot_be_names_its_cell(
    oak: Campus,
    person: Callable[..., Viewer],
    at: datetime,
    key: str,
    old: str,
    new: str,
    column: str,
    words: str,
) -> None:
    assert old in FILES[key]
    report = _bring(key, FILES[key].replace(old, new, 1), person("lead"), at)
    assert report.rejected_rows == 1
    rejection = report.rejected[0]
    assert rejection.column == column
    assert words in f"{rejection.error} {rejection.mend}"


def test_stops_that_are_not_numbered_on_are_left_as_they_were(
    oak: Campus, person: Callable[..., Viewer], at: datetime
) -> None:
    by = person("lead")
    _bring("walking-buses", FILES["walking-buses"], by, at)
    report = _bring("bus-stops", FILES["bus-stops"].replace("north,2", "north,3"), by, at)
    assert report.rejected_rows == 2
    assert not BusStop.objects.exists()


def test_a_barrier_goes_its_way_over_http(oak: Campus, client_of: Callable[..., Client]) -> None:
    engineer = client_of("safe_routes")

    def post(path: str, **sent: Any) -> Any:
        return engineer.post(f"/api/v1/routes/{path}", sent, content_type="application/json")

    told = {
        "campus_id": oak.pk,
        "kind": "crossing",
        "title": "No crosswalk",
        "place": "Oak and First",
        "longitude": -121.471,
        "latitude": 38.531,
    }
    made = post("barriers", **told)
    assert made.status_code == 201, made.content
    pk = made.json()["id"]
    wrong = post("barriers", **{**told, "latitude": 138.5})
    assert wrong.status_code == 422
    assert "latitude" in wrong.json()["detail"]
    assert post(f"barriers/{pk}/recommendations", countermeasure="signs", text="Signs.").status_code == 422
    assert post(f"barriers/{pk}/move", move="accept").json()["state"] == "accepted"
    asked = post(f"barriers/{pk}/recommendations", countermeasure="signs", text="Signs.", owner="city").json()
    assert post(f"recommendations/{asked['id']}/answer", answer="agreed").status_code == 200
    opened = post(f"recommendations/{asked['id']}/work")
    assert opened.json()["work_id"]
    assert Barrier.objects.get().state == "in_work"
    points = engineer.get("/api/v1/routes/barriers.geojson", {"state": "open"}).json()
    assert points["features"][0]["geometry"]["coordinates"] == [-121.471, 38.531]
    assert engineer.get("/api/v1/routes/barriers", {"state": "closed"}).json()["items"] == []


def test_a_tally_and_its_season_over_http(oak: Campus, client_of: Callable[..., Client], tally: Keep) -> None:
    monitor = client_of("campus_monitor", [oak])
    sent = {
        "campus_id": oak.pk,
        "class_label": "Room 2",
        "grade": "3",
        "enrolled": 40,
        "day": "2012-05-08",
        "direction": "arrival",
        "weather": "sunny",
        "walk": 14,
        "family_vehicle": 20,
    }
    path = "/api/v1/routes/tallies"
    assert monitor.post(path, sent, content_type="application/json").status_code == 201
    refused = monitor.post(path, {**sent, "day": "2012-05-07"}, content_type="application/json")
    assert refused.status_code == 422
    assert refused.json()["detail"].startswith("day: ")
    assert ClassTally.objects.count() == 1
    season = client_of("trustee").get("/api/v1/routes/travel").json()
    assert season["season"] == "2012-spring"
    assert season["sites"][0]["share"]["active"] == 14
    assert client_of("trustee").get("/api/v1/routes/travel", {"season": "1999-fall"}).status_code == 422
    assert client_of("trustee").get(path).status_code == 403
    times = {
        "before_from": "2011-01-01",
        "before_to": "2011-06-30",
        "after_from": "2012-01-01",
        "after_to": "2012-06-30",
    }
    compared = client_of("trustee").get("/api/v1/routes/comparison", times).json()
    assert compared["difference"] is None


def test_the_demonstration_is_made_once_and_says_that_it_is_invented(db: None, seeding: SeedContext) -> None:
    assert routes(seeding) == "no site has a position"
    agencies_and_accounts(seeding)
    for number in range(10):
        campus = Campus.objects.create(
            name=f"Site {number} Elementary",
            slug=f"site-{number}",
            address=f"{number} A St",
            address_key=f"{number} A ST",
            longitude=-121.5,
            latitude=38.5,
        )
        school = School.objects.create(cds_code=f"{number:014d}", name=campus.name, kind="elementary")
        SchoolOccupancy.objects.create(school=school, campus=campus)
    assert routes(seeding) == "720 tallies, 480 forms of parents, 12 barriers, all invented"
    assert routes(seeding) == "already there"
    assert set(Barrier.objects.values_list("state", flat=True)) == set(BarrierState.values)
    for model in (ClassTally, ParentSurvey, Barrier, Crossing, GuardPost, WalkingBus, BusRun):
        assert not model.objects.exclude(invented=True).exists()
    assert not WorkItem.objects.exclude(kind="task", invented=True).exists()
    viewer = seeding.by
    fix = queries.closed_fixes(viewer).order_by("campus_id").first()
    assert fix is not None
    assert fix.closed_on is not None
    assert len(queries.unguarded(viewer, seeding.today)) == 1
    assert queries.vetting_to_renew(viewer, seeding.today).count() == 1
    spring, last = queries.days_of_season(2012, "spring"), queries.days_of_season(2011, "spring")
    first = queries.two_times(viewer, last, spring, today=seeding.today, campus_ids=[fix.campus_id])
    assert first.is_collected
