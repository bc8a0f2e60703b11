"""Lists, systems, zones, signals down to their bytes, and the forms that keep what the desk stands on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.alarms.journal_writer import NIGHT, Receiver, make_case

from schoolward.domains.alarms.builder.running import run_once
from schoolward.domains.alarms.models import (
    ActionPlan,
    AlarmSystem,
    ArmingSchedule,
    CallContact,
    Case,
    JournalSegment,
    Line,
    OnTest,
    Signal,
    Zone,
)
from schoolward.domains.alarms.views.journal import dump
from schoolward.domains.places.models import Campus

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def facilities(client_of: Any) -> Client:
    return client_of("facilities")


@pytest.fixture
def received(system: AlarmSystem, receiver: Receiver) -> Signal:
    """A burglary that came over the wire."""
    receiver.frame("NBA3").commit()
    run_once(at=NIGHT + timedelta(seconds=1))
    return Signal.objects.get()


@pytest.mark.parametrize(
    "name",
    ["cases", "signals", "systems", "plans", "contacts", "schedules", "lines", "receivers", "journal"],
)
def test_pages_open_with_and_without_anything_in_them(
    facilities: Client, name: str, request: pytest.FixtureRequest
) -> None:
    assert facilities.get(reverse(f"alarms:{name}")).status_code == 200
    request.getfixturevalue("received")
    assert facilities.get(reverse(f"alarms:{name}")).status_code == 200


def test_cases_are_narrowed_sorted_and_exported(facilities: Client, system: AlarmSystem) -> None:
    make_case(system, title="North door", urgency=10)
    make_case(system, title="South door", urgency=90)
    url = reverse("alarms:cases")

    assert [row.title for row in facilities.get(url, {"q": "north"}).context["table"].data] == ["North door"]
    assert facilities.get(url, {"state": "closed"}).context["table"].page.paginator.count == 0
    by_urgency = facilities.get(url, {"sort": "-urgency"}).context["table"].data
    assert [row.title for row in by_urgency] == ["South door", "North door"]
    exported = facilities.get(url, {"export": "csv", "sort": "urgency"})
    lines = b"".join(exported.streaming_content).decode().splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("Number,Began,What,Site")
    assert "North door" in lines[1]


def test_a_signal_shows_its_frame_to_those_who_keep_or_audit(client_of: Any, received: Signal) -> None:
    url = reverse("alarms:signal", args=[received.pk])
    for role in ("facilities", "accountability", "lead"):
        page = client_of(role).get(url)
        assert page.context["frame"] is not None
        assert "SIA-DCS" in text(page)
    operator = client_of("alarm_operator").get(url)
    assert operator.context["frame"] is None
    assert "SIA-DCS" not in text(operator)


@given(st.binary(max_size=200))
def test_a_dump_holds_every_byte(data: bytes) -> None:
    held = b"".join(bytes.fromhex(line[6:53].strip()) for line in dump(data).splitlines())

    assert held == data


def test_the_journal_page_finds_a_changed_segment(
    client_of: Any, received: Signal, receiver: Receiver
) -> None:
    client = client_of("accountability")
    url = reverse("alarms:journal")
    assert client.get(url).context["broken"] == []

    bad = receiver.frame("NBA4").commit()
    # The wall of the database lets nobody change a segment; a chain that was written wrongly is the same.
    JournalSegment.objects.create(
        receiver="r1",
        sequence=bad.sequence + 1,
        stored_at=NIGHT,
        frames=1,
        payload=b"x",
        previous_hash=bytes(bad.hash),
        hash=bytes(32),
    )

    (broken,) = client.get(url).context["broken"]
    assert broken.fault == (bad.sequence + 1, "changed")


def test_the_journal_page_finds_a_missing_segment(client_of: Any, receiver: Receiver, db: None) -> None:
    receiver.frame("NBA3").commit()
    receiver.sequence += 1
    receiver.frame("NBA4").commit()

    (broken,) = client_of("lead").get(reverse("alarms:journal")).context["broken"]
    assert broken.fault == (2, "missing")


def test_the_receivers_page_says_what_is_behind(facilities: Client, receiver: Receiver, db: None) -> None:
    receiver.frame("NBA3").commit()

    page = facilities.get(reverse("alarms:receivers"))

    assert page.context["waiting"] == 1
    assert "Behind" in text(page)


def test_what_the_desk_stands_on_is_kept_by_forms(facilities: Client, site: Campus) -> None:
    def kept(name: str, sent: dict[str, Any], *args: Any) -> None:
        response = facilities.post(reverse(f"alarms:{name}", args=args), sent)
        assert response.status_code == 302, text(response)

    kept("line_new", {"name": "north", "title": "North", "profile": "standard", "outage_policy": "hold"})
    kept("line_edit", {"title": "Up north", "profile": "standard", "outage_policy": "spool"}, "north")
    assert Line.objects.values_list("name", "title", "outage_policy").get() == ("north", "Up north", "spool")
    sent = {
        "campus_id": site.pk,
        "line": "north",
        "account": "ab12",
        "title": "Gym",
        "supervision_seconds": 200,
    }
    kept("system_new", sent | {"key": "00112233445566778899aabbccddeeff"})
    system = AlarmSystem.objects.get()
    assert (system.account, system.supervision_seconds, bool(system.sealed_key)) == ("AB12", 200, True)
    kept("system_edit", {"campus_id": site.pk, "title": "Gymnasium", "supervision_seconds": ""}, system.pk)
    system.refresh_from_db()
    assert (system.title, system.supervision_seconds, bool(system.sealed_key)) == ("Gymnasium", None, True)
    kept("zone_new", {"number": "007", "title": "Door", "device": "door"}, system.pk)
    zone = Zone.objects.get()
    kept("zone_edit", {"title": "East door", "device": "door", "camera_link": "https://c.example/7"}, zone.pk)
    zone.refresh_from_db()
    assert (zone.number, zone.title, zone.camera_link) == ("7", "East door", "https://c.example/7")
    week = {"opens": "06:00", "closes": "18:00", "tolerance_minutes": 20}
    kept("schedule_new", week | {"weekday": 0, "on_school_days": "yes"}, system.pk)
    row = ArmingSchedule.objects.get()
    kept("schedule_edit", week | {"closes": "19:00"}, row.pk)
    row.refresh_from_db()
    assert (row.closes.hour, row.weekday) == (19, 0)
    kept("schedule_remove", {}, row.pk)
    assert not ArmingSchedule.objects.exists()
    contact = {"title": "Office", "phone": "555-0100", "wait_seconds": 30}
    kept("contact_new", contact | {"campus_id": site.pk, "order": 1})
    kept("contact_edit", contact | {"phone": "555-0101"}, CallContact.objects.get().pk)
    assert CallContact.objects.get().phone == "555-0101"
    kept("contact_remove", {}, CallContact.objects.get().pk)
    assert not CallContact.objects.exists()
    plan = {"signal_kind": "burglary", "title": "Burglary", "steps": "call: Call\n? inform: Tell"}
    kept("plan_new", plan)
    made = ActionPlan.objects.get()
    assert [(step.kind, step.text, step.is_required) for step in made.steps.all()] == [
        ("call", "Call", True),
        ("inform", "Tell", False),
    ]
    kept("plan_edit", {"title": "Burglary", "steps": "call: Call twice"}, made.pk)
    assert [step.text for step in made.steps.all()] == ["Call twice"]


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("nonsense", "Line 1 begins with none of"),
        ("call: A\nfly: B", "Line 2 begins with none of"),
        ("call:", "Line 1 needs a text"),
        ("call: " + "x" * 301, "Line 1 needs a text"),
        ("\n\n", "This field is required"),
        ("\n".join(["call: A"] * 31), "1 to 30 steps"),
    ],
)
def test_steps_that_cannot_be_read_are_named_by_their_line(facilities: Client, steps: str, said: str) -> None:
    sent = {"signal_kind": "burglary", "title": "Burglary", "steps": steps}

    response = facilities.post(reverse("alarms:plan_new"), sent)

    assert response.status_code == 422
    assert said in text(response)
    assert not ActionPlan.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"account": "xyz"}, "3 to 16 hexadecimal digits"),
        ({"key": "12"}, "key"),
        ({"supervision_seconds": 0}, "greater than or equal to 1"),
    ],
)
def test_a_system_that_cannot_be_is_refused_at_its_field(
    facilities: Client, site: Campus, changed: dict[str, Any], said: str
) -> None:
    sent = {"campus_id": site.pk, "line": "main", "account": "0012"} | changed

    response = facilities.post(reverse("alarms:system_new"), sent)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(changed)
    assert said in text(response)


def test_a_system_goes_on_test_and_ends_it(client_of: Any, system: AlarmSystem, at: datetime) -> None:
    operator = client_of("alarm_operator")
    url = reverse("alarms:test_begin", args=[system.pk])

    assert operator.post(url, {"hours": 1, "reason": ""}).status_code == 422
    assert operator.post(url, {"hours": 1, "reason": "Service"}).status_code == 302
    page = operator.get(reverse("alarms:system", args=[system.pk]))
    assert "On test until" in text(page)
    test = OnTest.objects.get()
    assert operator.post(reverse("alarms:test_end", args=[test.pk])).status_code == 302
    assert "On test until" not in text(operator.get(reverse("alarms:system", args=[system.pk])))


def test_operators_keep_nothing(client_of: Any, system: AlarmSystem) -> None:
    operator = client_of("alarm_operator")

    assert operator.get(reverse("alarms:system_edit", args=[system.pk])).status_code == 403
    assert operator.get(reverse("alarms:plans")).status_code == 403
    assert "Put on test" in text(operator.get(reverse("alarms:system", args=[system.pk])))


def test_a_zone_says_when_and_by_what_it_is_set_off(client_of: Any, system: AlarmSystem) -> None:
    zone = system.zones.get(number="3")
    for hour in (1, 1, 2):
        made = make_case(system, zone=zone, opened_at=NIGHT.replace(hour=8 + hour))
        Case.objects.filter(pk=made.pk).update(
            state="closed", disposition="false", cause="hvac", closed_at=NIGHT + timedelta(days=1)
        )

    page = client_of("lead").get(reverse("alarms:zone", args=[zone.pk]))

    assert page.context["worst"] == (2, 2)
    assert [(str(label), count) for label, count in page.context["causes"]] == [
        ("Heating, cooling, moving air", 3)
    ]
    assert (page.context["closed"], page.context["false"]) == (3, 3)


def test_the_sites_panel_tells_of_its_systems(
    client_of: Any, system: AlarmSystem, case: Case, other_site: Campus
) -> None:
    client = client_of("lead")

    assert "1 open case at the desk" in text(client.get(reverse("alarms:panel", args=[case.campus_id])))
    assert "No alarm system" in text(client.get(reverse("alarms:panel", args=[other_site.pk])))
    assert client.get(reverse("alarms:panel", args=[2**31])).status_code == 404
