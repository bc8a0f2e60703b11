"""The tables of a grant application: what they count and withhold, and that numbers open their records."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from tests.domain.routes.conftest import Person

from domain.routes.plan_files import pupils_file, used_network
from schoolward.domains.places.models import Campus, Enrolment, School, SchoolOccupancy
from schoolward.domains.programs.models import Offering, Program, Provider, Session
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.models import Barrier, Collision, CollisionNear
from schoolward.domains.routes.queries.application.shapes import percent
from schoolward.platform.access import clock
from schoolward.platform.access.models import Agency

Browser = Callable[..., Any]
Keep = Callable[..., Any]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "stands_still", lambda: True)


@pytest.fixture
def school(oak: Campus) -> Campus:
    made = School.objects.create(cds_code="00000000000001", name="Oak", kind="elementary")
    SchoolOccupancy.objects.create(school=made, campus=oak)
    Enrolment.objects.create(school=made, school_year=2012, students=420)
    return oak


def _rows(table: queries.Table) -> list[dict[str, Any]]:
    return [dict(zip(table.names, values, strict=True)) for values in table.values()]


def _table(key: str, person: Person, campus: Campus, at: datetime) -> queries.Table:
    return queries.application_table(key, person("safe_routes"), [campus.pk], on=at.date())


def test_a_school_has_its_enrolment_and_few_are_withheld(
    school: Campus, person: Person, at: datetime
) -> None:
    row = _rows(_table("schools", person, school, at))[0]
    assert (row["cds_codes"], row["enrolled"], row["school_year"]) == ("00000000000001", 420, "2012-13")
    Enrolment.objects.update(students=7)
    table = _table("schools", person, school, at)
    place = table.names.index("enrolled")
    assert (table.rows[0][place].value, table.rows[0][place].withheld) == (None, True)


def test_walking_distance_comes_from_the_newest_plan(
    school: Campus, person: Person, at: datetime, tmp_path: Path
) -> None:
    assert not _table("walking", person, school, at).rows
    by = person("safe_routes")
    used_network([school], tmp_path, by=by, at=at)
    actions.plan_ways(pupils=pupils_file([school]), most_fixes=10, by=by, at=at)
    plan = queries.plan_of(by, "oak")
    assert plan is not None
    row = _rows(_table("walking", person, school, at))[0]
    assert (row["pupils"], row["half_year"]) == (plan.pupils, "Fall 2012")
    told = {one["minutes"]: one["pupils"] for one in plan.sheds}
    assert [row[f"within_{minutes}_minutes"] for minutes in (5, 10, 15, 20)] == list(told.values())
    assert row["can_walk"] == plan.tolerable["can"]
    frees = max((fix.frees or 0 for fix in queries.fixes(plan)), default=0)
    assert (row["freed"] or 0) == frees
    assert not queries.application_table("walking", by, [school.pk + 1], on=at.date()).rows


def test_trips_by_mode_with_intervals_and_small_ones_withheld(
    school: Campus, person: Person, tally: Keep, at: datetime
) -> None:
    for room in range(4):
        counts = {"walk": 6 + room, "family_vehicle": 12, "bike": 1}
        tally(class_label=f"Room {room}", counts=counts)
    rows = {row["mode"]: row for row in _rows(_table("travel", person, school, at))}
    # Walk and bike add up to what stands beside them: both are withheld where one is small.
    assert (rows["Walk"]["trips"], rows["Walk"]["classes"]) == (None, 4)
    by_mode = queries.by_mode(person("safe_routes"), date(2012, 1, 1), date(2012, 6, 30))
    assert (by_mode["walk"], by_mode["bike"], by_mode["family_vehicle"]) == (None, None, 48)
    assert rows["Bike"]["trips"] is None
    active = rows["On foot or by bike"]
    assert active["trips"] == 34
    assert active["share"] == pytest.approx(41.5)
    assert active["low"] < active["share"] < active["high"]
    assert rows["Family vehicle"]["trips"] == 48
    shown = _table("travel", person, school, at)
    told = [cell for row in shown.rows for cell in row[4:7] if cell.value is not None]
    assert told
    assert {len(cell.number.partition(".")[2]) for cell in told} == {1}
    assert (percent(0.31).number, str(percent(0.31).written)) == ("31.0", "31.0")
    assert {cell.withheld for cell in shown.rows[1][3:7]} == {True}


def test_collisions_by_year_open_their_list(school: Campus, person: Person, at: datetime) -> None:
    for day, grave, severity in (
        (date(2012, 3, 1), True, "fatal"),
        (date(2012, 4, 1), False, "visible"),
        (date(2010, 4, 1), False, "pain"),
    ):
        made = Collision.objects.create(
            layout="switrs",
            number=day.isoformat(),
            day=day,
            severity=severity,
            pedestrian=True,
            bicycle=False,
            grave=grave,
            longitude=-121.47,
            latitude=38.53,
            quality=3,
            recorded_at=at,
        )
        CollisionNear.objects.create(collision=made, campus=school, distance_m=100)
    table = _table("collisions", person, school, at)
    rows = {row["to"].year: row for row in _rows(table)}
    assert list(rows) == [2007, 2008, 2009, 2010, 2011, 2012]
    assert (rows[2012]["killed_or_seriously_injured"], rows[2012]["fatal"], rows[2012]["all"]) == (1, 1, 2)
    assert (rows[2010]["other_injury"], rows[2011]["all"]) == (1, 0)
    assert f"campus={school.pk}&from=2012-01-01" in table.rows[-1][4].url
    assert table.rows[-1][3].url.endswith("&grave=on")


def test_barriers_with_what_is_asked_for_and_the_money(
    school: Campus, person: Person, client_of: Browser, barrier: Callable[..., Barrier], at: datetime
) -> None:
    by = person("safe_routes")
    first, second, third = barrier(), barrier(title="Dark"), barrier(title="Only reported")
    for one in (first, second):
        actions.decide_barrier(barrier_id=one.pk, move="accept", by=by, at=at)
    actions.recommend(
        barrier_id=first.pk,
        countermeasure="crosswalk",
        text="Mark it.",
        estimate_cents=18_000_50,
        by=by,
        at=at,
    )
    rows = _rows(_table("infrastructure", person, school, at))
    assert [(row["barrier"], row["estimate"]) for row in rows] == [
        (first.reference, 18000.5),
        (second.reference, None),
    ]
    assert third.reference not in {row["barrier"] for row in rows}
    money = _rows(_table("money", person, school, at))
    assert money[0]["amount"] == 18000.5
    assert money[1]["count"] == 1
    assert (
        "18,000.50"
        in client_of("safe_routes").get(reverse("routes:application"), {"site": school.pk}).content.decode()
    )
    for key in ("infrastructure", "money"):
        file = client_of("safe_routes").get(
            reverse("routes:application_file", args=[key, "csv"]), {"site": school.pk}
        )
        assert ",18000.50," in b"".join(file.streaming_content).decode()


def test_the_page_and_its_files(client_of: Browser, school: Campus, elm: Campus, at: datetime) -> None:
    browser = client_of("safe_routes")
    url = reverse("routes:application")
    assert "To be confirmed against the form of the year" in browser.get(url).content.decode()
    page = browser.get(url, {"site": school.pk}).content.decode()
    assert "Collisions within 402 m" in page
    assert ">420<" in page
    wrong = browser.get(url, {"site": "999999"})
    assert wrong.status_code == 400
    file = browser.get(reverse("routes:application_file", args=["schools", "csv"]), {"site": school.pk})
    rows = list(csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode())))
    assert rows[0]["enrolled"] == "420"
    assert (
        browser.get(
            reverse("routes:application_file", args=["pupils", "csv"]), {"site": school.pk}
        ).status_code
        == 404
    )
    assert client_of("campus_monitor", [elm]).get(url).status_code == 403
    told = browser.get(reverse("api:route_application"), {"site": school.pk}).json()
    assert [table["key"] for table in told] == list(queries.APPLICATION_TABLES)
    assert told[0]["rows"][0][5] == 420


def test_sites_of_others_are_left_out(school: Campus, elm: Campus, person: Person, at: datetime) -> None:
    own = person("lead", [elm])
    assert queries.application_table("schools", own, [school.pk], on=at.date()).rows == []


def test_the_sites_panel_and_the_events_page(
    client_of: Browser, school: Campus, person: Person, at: datetime
) -> None:
    made = Collision.objects.create(
        layout="switrs",
        number="1",
        day=date(2012, 3, 1),
        severity="fatal",
        pedestrian=True,
        bicycle=False,
        grave=True,
        longitude=-121.47,
        latitude=38.53,
        quality=3,
        recorded_at=at,
    )
    CollisionNear.objects.create(collision=made, campus=school, distance_m=100)
    browser = client_of("safe_routes")
    panel = browser.get(reverse("routes:site_panel", args=[school.pk])).content.decode()
    assert "killed or seriously injured somebody" in panel
    assert reverse("collisions:site", args=[school.slug]) in panel
    assert "None is planned" in browser.get(reverse("routes:events")).content.decode()


def event(campus: Campus, day: date, **more: Any) -> Session:
    """A session of an invented program about the way to school."""
    provider, _made = Provider.objects.get_or_create(
        key="walkers", defaults={"name": "Walkers", "agency": Agency.objects.get()}
    )
    program, _made = Program.objects.get_or_create(
        key="safe-routes-walk-days", defaults={"title": "Walk days", "kind": "event", "provider": provider}
    )
    offering = Offering.objects.create(
        program=program,
        number=Offering.objects.count() + 1,
        starts_on=day,
        ends_on=day,
        campus=campus,
    )
    return Session.objects.create(offering=offering, number=1, on=day, minutes_planned=45, **more)


def test_events_as_a_calendar_tell_no_heads(
    client_of: Browser, school: Campus, elm: Campus, settings: Any
) -> None:
    settings.SITE_URL = "https://schools.example.gov"
    browser = client_of("site_lead", [school])
    for campus, day, more in (
        (school, date(2012, 10, 10), {}),
        (school, date(2012, 9, 3), {"state": "held", "minutes_held": 30, "attended": 213, "adults": 17}),
        (school, date(2012, 10, 17), {"state": "cancelled", "cancel_reason": "weather"}),
        (school, date(2012, 5, 1), {}),
        (elm, date(2012, 10, 11), {}),
    ):
        event(campus, day, **more)
    told = browser.get(reverse("routes:events_calendar"))
    assert told["Content-Type"] == "text/calendar; charset=utf-8"
    lines = told.content.decode().replace("\r\n ", "").splitlines()
    days = [line[-8:] for line in lines if line.startswith("DTSTART")]
    assert days == ["20120903", "20121010", "20121011", "20121017"]
    assert (lines.count("LOCATION:Oak"), lines.count("LOCATION:Elm")) == (3, 1)
    assert lines.count("STATUS:CANCELLED") == 1
    assert not [line for line in lines if "213" in line or "17 " in line]
    uids = {line.partition("@")[2] for line in lines if line.startswith("UID:session-")}
    assert uids == {"schools.example.gov"}
    assert sum(line.startswith(("SEQUENCE:", "LAST-MODIFIED:")) for line in lines) == 8
    over_http = browser.get(reverse("api:route_events_calendar"))
    assert over_http.content.count(b"BEGIN:VEVENT") == 4
