"""The map of a school and the way from here, for members and for anybody. Every place in them is invented."""

from __future__ import annotations

import dataclasses
import gzip
import json
import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from schoolward.analysis.school_map.words import MapWords
from schoolward.domains.places.models import Campus
from schoolward.domains.routes.models import (
    Barrier,
    BarrierState,
    Control,
    Crossing,
    GuardPost,
    SchoolPlan,
    WalkedStreet,
    WalkZoneRule,
)
from schoolward.domains.routes.queries import sheet_words as words_of_the_sheet
from schoolward.domains.routes.views import school_maps
from schoolward.platform.access.models import Agency
from schoolward.platform.audit.models import Event
from unit.analysis.routing.drawn import position
from unit.analysis.school_map.sheets import text_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
PUBLIC = "/walk-to-school/"
PACKED = {"accept-encoding": "gzip"}


@pytest.fixture
def member(client_of: ClientOf) -> Client:
    """A coordinator."""
    return client_of("safe_routes")


@pytest.fixture
def anybody(settings: LazySettings) -> Client:
    """A parent without an account, where the installation opens the maps."""
    settings.PUBLIC_ROUTES = True
    return Client()


def url(school: Campus, tail: str = "") -> str:
    return f"/routes/schools/{school.slug}/map{tail or '/'}"


def features(client: Client, address: str) -> dict[str, list[dict[str, Any]]]:
    """The features of a map by their layer."""
    found: dict[str, list[dict[str, Any]]] = {}
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    for one in json.loads(gzip.decompress(answer.content))["features"]:
        found.setdefault(one["properties"]["layer"], []).append(one)
    return found


def stand(school: Campus, at: datetime, *, east: float = 201, north: float = 61) -> GuardPost:
    """A post at the signal."""
    agency, _ = Agency.objects.get_or_create(
        key="city", defaults={"name": "City", "kind": "city", "created_at": at}
    )
    longitude, latitude = position(east, north)
    crossing = Crossing.objects.create(
        reference=f"C{east}", campus=school, place="Elm Street and Main Street", longitude=longitude,
        latitude=latitude, control=Control.SIGNAL, lanes=4, width_ft=60,
    )  # fmt: skip
    return GuardPost.objects.create(
        reference=f"P{east}", crossing=crossing, agency=agency, morning_begins=time(7, 30),
        morning_ends=time(8, 15), valid_from=date(2010, 9, 1),
    )  # fmt: skip


def bar(school: Campus, state: str, title: str) -> Barrier:
    longitude, latitude = position(0, 30)
    return Barrier.objects.create(
        reference=title, campus=school, kind="sidewalk", title=title, place="West Avenue near Oak Street",
        longitude=longitude, latitude=latitude, severity="high", time_of_day="always", owner="city",
        state=state, found_on=date(2012, 9, 1), accepted_on=date(2012, 9, 1),
    )  # fmt: skip


def test_the_page_shows_the_map_and_says_the_same_in_words(
    member: Client, school: Campus, at: datetime
) -> None:
    stand(school, at)
    bar(school, BarrierState.ACCEPTED, "B1")
    page = member.get(url(school)).content.decode()
    for told in (
        "The way to Acorn",
        "Elm Street and Main Street",
        "7:30 to 8:15 a.m.",
        "West Avenue near Oak Street",
        "At a traffic signal (1)",
        "40 mph",
        "Invented streets",
        "walk or less",
        "are invented for the demonstration",
    ):
        assert told in page, told


def test_the_file_has_every_layer_and_no_count(member: Client, school: Campus, at: datetime) -> None:
    stand(school, at)
    bar(school, BarrierState.ACCEPTED, "B1")
    found = features(member, url(school, ".geojson"))
    streets = {one["properties"]["name"]: one["properties"] for one in found["street"]}
    assert streets["Main Street"]["speed_mph"] == 40
    assert (streets["Bare Road"]["sidewalk"], streets["Oak Street"]["sidewalk"]) == ("none", "both")
    assert streets["Oak Street"]["in_zone"] is True
    assert {one["properties"]["name"] for one in found["avoid"]} == {"Bare Road"}
    assert [one["properties"]["hours"] for one in found["guard"]] == ["7:30 to 8:15 a.m."]
    assert [one["properties"]["name"] for one in found["signal"]] == ["Main Street and Elm Street"]
    assert [one["properties"]["name"] for one in found["hazard"]] == ["West Avenue near Oak Street"]
    assert found["entrance"][0]["properties"]["name"] == "Acorn"
    assert found["suggested"]
    assert not [one for rows in found.values() for one in rows if "pupils" in one["properties"]]


def test_what_nobody_has_accepted_stands_on_no_map(member: Client, school: Campus) -> None:
    for state in (BarrierState.REPORTED, BarrierState.CLOSED, BarrierState.DECLINED):
        Barrier.objects.all().delete()
        row = bar(school, BarrierState.ACCEPTED, "B1")
        extra = {"closed_on": date(2012, 9, 2)} if state == BarrierState.CLOSED else {}
        Barrier.objects.filter(pk=row.pk).update(state=state, **extra)
        assert "hazard" not in features(member, url(school, ".geojson"))


def test_a_plan_chooses_the_suggested_streets_by_what_it_shows(
    member: Client, school: Campus, network: Any, at: datetime
) -> None:
    longitude, latitude = position(398, 0)
    plan = SchoolPlan.objects.create(
        campus=school, network=network, year=2012, season="fall", made_at=at, longitude=longitude,
        latitude=latitude, detour=1.3, pupils=40,
    )  # fmt: skip
    main = [list(position(200, 60)), list(position(200, 400))]
    oak = [list(position(0, 0)), list(position(200, 0))]
    WalkedStreet.objects.create(
        plan=plan, name="Main Street", line=main, length_m=340, pupils=12, factor=1, crossing_m=0
    )
    WalkedStreet.objects.create(
        plan=plan, name="Oak Street", line=oak, length_m=200, pupils=None, factor=1, crossing_m=0
    )
    found = features(member, url(school, ".geojson"))
    assert "Main Street" in {one["properties"]["name"] for one in found["suggested"]}
    assert "12" not in json.dumps([one["properties"] for one in found["suggested"]])
    # The same street without a number that may be shown adds nothing.
    WalkedStreet.objects.update(pupils=None)
    cache.clear()
    unshown = features(member, url(school, ".geojson"))
    assert "Main Street" not in {one["properties"]["name"] for one in unshown["suggested"]}
    assert found["entrance"][0]["geometry"]["coordinates"] == pytest.approx([longitude, latitude], abs=1e-6)


def test_the_file_is_sent_once_and_asked_for_by_its_digest(member: Client, school: Campus) -> None:
    first = member.get(url(school, ".geojson"), headers={"accept-encoding": "gzip"})
    again = member.get(url(school, ".geojson"), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = member.get(url(school, ".geojson"))
    assert plain.content == gzip.decompress(first.content)
    assert first["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in first["Vary"]


def test_taking_the_file_away_is_on_record_and_looking_is_not(member: Client, school: Campus) -> None:
    member.get(url(school, ".geojson"))
    assert not Event.objects.filter(action="list.exported").exists()
    answer = member.get(url(school, ".geojson") + "?download")
    assert answer["Content-Disposition"] == f'attachment; filename="walk-to-{school.slug}.geojson"'
    assert Event.objects.get(action="list.exported").detail == {"format": "geojson"}


@pytest.mark.parametrize("typed", ["Oak St & West Ave", "{0:.6f}, {1:.6f}", "{1:.6f} {0:.6f}"])
def test_a_place_is_typed_as_a_corner_or_as_degrees(member: Client, school: Campus, typed: str) -> None:
    longitude, latitude = position(0, 0)
    answer = member.post(url(school), {"place": typed.format(latitude, longitude), "detour": "1.5"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The safest way: " in page
    assert "Cross Main Street at the signal." in page
    assert "You are at Acorn." in page
    assert "the shortest</th>" in page


def test_a_danger_on_the_way_is_told_with_it(member: Client, school: Campus) -> None:
    longitude, latitude = position(0, 0)
    sent = {"latitude": latitude, "longitude": longitude, "detour": "1.5"}
    assert "Take care on this way" not in member.post(url(school), sent).content.decode()
    bar(school, BarrierState.ACCEPTED, "B1")
    page = member.post(url(school), sent).content.decode()
    assert "Take care on this way" in page
    assert "West Avenue near Oak Street: " in page
    address = f"/api/v1/routes/schools/{school.slug}/way"
    told = member.post(address, json.dumps(sent | {"detour": 1.5}), content_type="application/json").json()
    assert [one["where"] for one in told["hazards"]] == ["West Avenue near Oak Street"]
    assert told["in_walk_zone"] is True


def test_who_starts_beyond_the_walk_zone_is_told(member: Client, school: Campus, at: datetime) -> None:
    sent = {"place": "Oak St & West Ave", "detour": "1.5"}
    assert "farther than the walk zone" not in member.post(url(school), sent).content.decode()
    WalkZoneRule.objects.create(
        elementary_m=170, middle_m=170, high_m=170, valid_from=date(2012, 1, 1), source="Policy", set_at=at
    )
    assert "farther than the walk zone" in member.post(url(school), sent).content.decode()


def test_a_phone_sends_its_position_in_hidden_fields(member: Client, school: Campus) -> None:
    longitude, latitude = position(0, 2)
    answer = member.post(
        url(school), {"latitude": latitude, "longitude": longitude}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert b"<html" not in answer.content
    assert b"way-lines" in answer.content


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Say where you start"),
        ({"place": "Oak Street"}, "Name two streets that meet"),
        ({"place": "West Ave & East Ave"}, "do not meet on our map"),
        ({"place": "Oka Street & Main Street"}, "Did you mean Oak Street"),
        ({"place": "95, 95"}, "no degrees"),
        ({"place": "0, 0"}, "not on our map of streets"),
        ({"latitude": "91", "longitude": "0"}, "less than or equal to 90"),
        ({"latitude": "nan", "longitude": "0"}, "Enter a number"),
        ({"place": "Oak St & West Ave", "detour": "9"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_answered_is_said_with_the_mend(
    member: Client, school: Campus, sent: dict[str, str], says: str
) -> None:
    answer = member.post(url(school), sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_nothing_of_a_place_is_kept_logged_or_audited(
    member: Client, school: Campus, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    events = Event.objects.count()
    longitude, latitude = position(0, 2)
    answer = member.post(url(school), {"latitude": f"{latitude:.6f}", "longitude": f"{longitude:.6f}"})
    assert answer["Cache-Control"] == "private, no-store"
    assert Event.objects.count() == events
    assert f"{latitude:.4f}" not in caplog.text
    far = member.post(url(school), {"latitude": f"{latitude + 0.015:.6f}", "longitude": f"{longitude:.6f}"})
    assert far.status_code == 422
    assert f"{latitude + 0.015:.4f}" not in caplog.text


def test_only_members_and_only_at_their_sites(client_of: ClientOf, school: Campus) -> None:
    other = Campus.objects.create(name="Elm", slug="elm", address="1 Elm St", address_key="1 ELM ST")
    assert client_of("site_lead", campuses=[other]).get(url(school)).status_code == 404
    assert client_of("site_lead", campuses=[school]).get(url(school)).status_code == 200
    assert Client().get(url(school)).status_code == 302


def test_without_a_network_there_is_no_map(member: Client, school: Campus, network: Any) -> None:
    network.current = False
    network.save()
    assert member.get(url(school)).status_code == 404
    network.current = True
    network.save()
    school.longitude = school.latitude = None
    school.save()
    assert member.get(url(school)).status_code == 404


def test_parents_need_no_account_and_get_no_cookie_but_the_forms(anybody: Client, school: Campus) -> None:
    listed = anybody.get(PUBLIC)
    assert "Acorn" in listed.content.decode()
    assert not listed.cookies
    page = anybody.get(f"{PUBLIC}{school.slug}/")
    assert page.status_code == 200
    assert set(page.cookies) <= {"csrftoken"}
    assert "/routes/" not in page.content.decode().replace("/static/routes/", "")
    answer = anybody.post(f"{PUBLIC}{school.slug}/", {"place": "Oak St & West Ave"})
    wrong = anybody.post(f"{PUBLIC}{school.slug}/", {"place": ""}).content.decode()
    assert "Not answered yet: please mend this first" in wrong
    assert "You are at Acorn." in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert features(anybody, f"{PUBLIC}{school.slug}/map.geojson")["street"]


def test_a_parents_form_needs_its_token(school: Campus, settings: LazySettings) -> None:
    settings.PUBLIC_ROUTES = True
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{PUBLIC}{school.slug}/", {"place": "Oak St & West Ave"}).status_code == 403


def test_parents_pages_are_there_only_where_the_installation_opens_them(
    school: Campus, settings: LazySettings
) -> None:
    settings.PUBLIC_ROUTES = False
    for address in (PUBLIC, f"{PUBLIC}{school.slug}/", f"{PUBLIC}{school.slug}/map.geojson"):
        assert Client().get(address).status_code == 404


def test_one_address_may_not_ask_without_end(
    anybody: Client, school: Campus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(school_maps, "MOST_LOOK_UPS", 2)
    answers = [anybody.post(f"{PUBLIC}{school.slug}/", {"place": "Oak St & West Ave"}) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert "Try again in ten minutes" in answers[2].content.decode()


def ask(client: Client, school: Campus, **sent: Any) -> Any:
    address = f"/api/v1/routes/schools/{school.slug}/way"
    return client.post(address, json.dumps(sent), content_type="application/json")


def test_the_api_gives_the_map_the_sheet_and_the_way(member: Client, school: Campus) -> None:
    told = member.get(f"/api/v1/routes/schools/{school.slug}/map").json()
    assert (told["type"], told["school"], told["zone_minutes"]) == ("FeatureCollection", "Acorn", 20)
    sheet = member.get(f"/api/v1/routes/schools/{school.slug}/map/sheet")
    assert (sheet["Content-Type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")
    longitude, latitude = position(0, 2)
    answer = ask(member, school, longitude=longitude, latitude=latitude, detour=1.5)
    found = answer.json()
    assert answer["Cache-Control"] == "private, no-store"
    assert found["shortest"]["length_m"] == pytest.approx(405, abs=1)
    assert "Cross Main Street at the signal." in [step["words"] for step in found["safest"]["steps"]]
    assert found["invented"]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "place: Say where you start"),
        ({"place": "Oak Street"}, "place: Name two streets"),
        ({"place": "0, 0"}, "place: This place is not on our map"),
        ({"place": "Oak St & West Ave", "detour": 7}, "detour: "),
        ({"longitude": 500, "latitude": 1}, "longitude: "),
        ({"from": "Oak"}, "there is no such parameter"),
    ],
)
def test_the_api_says_what_to_mend(member: Client, school: Campus, sent: dict[str, Any], says: str) -> None:
    answer = ask(member, school, **sent)
    assert answer.status_code == 422
    assert says in answer.json()["detail"]


def test_the_api_knows_no_map_of_another_site(client_of: ClientOf, member: Client, school: Campus) -> None:
    assert member.get("/api/v1/routes/schools/nothing/map").status_code == 404
    assert ask(client_of("site_lead", campuses=[]), school, place="Oak St & West Ave").status_code == 404


def test_the_sheet_is_for_members_and_for_parents(member: Client, anybody: Client, school: Campus) -> None:
    for client, address in ((member, url(school, ".pdf")), (anybody, f"{PUBLIC}{school.slug}/map.pdf")):
        sheet = client.get(address)
        assert (sheet.status_code, sheet.content[:5]) == (200, b"%PDF-")


def set_zone(school: Campus, at: datetime, metres: float) -> None:
    """The district states one distance for every level."""
    WalkZoneRule.objects.create(
        valid_from=date(2009, 8, 1),
        elementary_m=metres,
        middle_m=metres,
        high_m=metres,
        source="Board policy 1 (invented)",
        set_at=at,
    )


def test_the_walk_zone_is_the_districts(
    member: Client, anybody: Client, school: Campus, at: datetime
) -> None:
    before = json.loads(gzip.decompress(member.get(url(school, ".geojson"), headers=PACKED).content))
    assert (before["zone_minutes"], before["zone_m"]) == (20, None)
    assert (
        "20 minutes\N{RIGHT SINGLE QUOTATION MARK} walk or less" in member.get(url(school)).content.decode()
    )
    set_zone(school, at, 0.25 * 1609.344)
    for client, address in ((member, url(school)), (anybody, f"{PUBLIC}{school.slug}/")):
        page = client.get(address).content.decode()
        assert "Walk zone: 0.25 miles or less on foot" in page
        assert "20 minutes\N{RIGHT SINGLE QUOTATION MARK} walk or less" not in page
    told = json.loads(gzip.decompress(member.get(url(school, ".geojson"), headers=PACKED).content))
    assert told["zone_m"] == pytest.approx(402.336)
    inside = [one for one in told["features"] if one["properties"].get("in_zone")]
    assert 0 < len(inside) < sum(one["properties"].get("in_zone", False) for one in before["features"]) + 1
    assert "Walk zone: 0.25 mi or less on foot" in text_of(member.get(url(school, ".pdf")).content)


def test_the_walk_zones_are_set_on_their_page_and_over_the_api(member: Client, client_of: ClientOf) -> None:
    address = "/routes/schools/walk-zones/"
    assert (
        "The district has set none: maps show 20 minutes\N{RIGHT SINGLE QUOTATION MARK} walk (0.8 miles)"
        in (member.get(address).content.decode())
    )
    day = timezone.localdate()
    first, second, later = (f"{day + timedelta(days=days)}" for days in (-60, -30, 90))
    given = {"elementary_m": "1", "middle_m": "1.5", "high_m": "2", "valid_from": first, "source": ""}
    wrong = member.post(f"{address}set/", given)
    assert wrong.status_code == 422
    assert not WalkZoneRule.objects.exists()
    assert member.post(f"{address}set/", given | {"source": "Policy 1"}).status_code == 302
    page = member.get(address).content.decode()
    assert "Elementary 1 mile, middle 1.5 miles, high school 2 miles along streets." in page
    assert "holds today" in page
    assert "Set the walk zones" not in client_of("site_lead").get(address).content.decode()
    api = "/api/v1/routes/walk-zones"
    (row,) = member.get(api).json()
    assert (row["middle_m"], row["source"]) == (2414.02, "Policy 1")
    sent = {"valid_from": second, "elementary_m": 1, "middle_m": 2000, "high_m": 2000, "source": "P"}
    refused = member.post(api, sent, content_type="application/json")
    assert refused.status_code == 422
    assert "elementary_m" in refused.content.decode()
    made = member.post(api, sent | {"elementary_m": 1000}, content_type="application/json")
    assert made.status_code == 200
    assert [one["elementary_m"] for one in member.get(api).json()] == [1000, 1609.34]
    assert made.json()["set_at"] == member.get(api).json()[0]["set_at"]
    waits = sent | {"elementary_m": 1000, "valid_from": later}
    number = member.post(api, waits, content_type="application/json").json()["id"]
    assert member.delete(f"{api}/{made.json()['id']}").status_code == 422
    assert f"{address}{number}/remove/" in member.get(address).content.decode()
    assert "They will not hold" in member.get(f"{address}{number}/remove/").content.decode()
    assert member.post(f"{address}{number}/remove/").status_code == 302
    number = member.post(api, waits, content_type="application/json").json()["id"]
    assert member.delete(f"{api}/{number}").status_code == 204
    assert member.delete(f"{api}/{number}").status_code == 404


def test_the_words_of_the_sheet_are_those_of_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    with override("en-us"):
        assert words_of_the_sheet.sheet_words() == MapWords()
    # Django knows the months of a language in which nobody has translated the sheet.
    with override("es"):
        assert words_of_the_sheet.sheet_words() == MapWords()
    monkeypatch.setattr(words_of_the_sheet, "gettext", lambda text: f"<{text}>")
    with override("es"):
        spoken = words_of_the_sheet.sheet_words()
    assert (spoken.language, spoken.region, spoken.months[0]) == ("es", "us", "enero")
    # Each of them is looked up.
    told = dataclasses.asdict(words_of_the_sheet.sheet_words())
    for name, text in dataclasses.asdict(MapWords()).items():
        if name not in ("language", "region", "months"):
            assert told[name] == f"<{text}>"
