"""What the desk is told of lost systems: which, where, how many now; and that they were lost again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.domain.alarms.journal_writer import NIGHT, Receiver

from schoolward.domains.alarms import topics
from schoolward.domains.alarms.builder.running import run_once
from schoolward.domains.alarms.models import AlarmSystem, Case, LinkState
from schoolward.domains.alarms.models.receiving import NEVER
from schoolward.domains.alarms.receiver.notes import LinkRestored, SupervisionLost
from schoolward.domains.places.models import Campus

SECOND = timedelta(seconds=1)


def add(system: AlarmSystem, campus: Campus, *accounts: str) -> list[int]:
    return [
        AlarmSystem.objects.create(
            line=system.line, account=account, campus=campus, supervision_seconds=200, changed_at=NIGHT
        ).pk
        for account in accounts
    ]


def texts(case: Case) -> list[str]:
    return list(case.entries.order_by("pk").values_list("text", flat=True))


def test_one_lost_panel_and_another_site_minutes_later_are_two_cases(
    receiver: Receiver, system: AlarmSystem, other_site: Campus
) -> None:
    elms = add(system, other_site, "E001", "E002")
    receiver.note(SupervisionLost([system.pk]))
    receiver.note(SupervisionLost(elms), at=NIGHT + 266 * SECOND).commit()

    run_once(at=NIGHT)

    assert list(Case.objects.order_by("pk").values_list("title", "campus__name")) == [
        ("Not heard from · 0012 at Oak", "Oak"),
        ("2 systems are not heard from: E001, E002 at Elm", "Elm"),
    ]


def test_an_outage_of_several_sites_is_one_case_of_none_of_them(
    receiver: Receiver, system: AlarmSystem, other_site: Campus
) -> None:
    elms = add(system, other_site, *(f"E00{number}" for number in range(8)))
    receiver.note(SupervisionLost([system.pk])).note(SupervisionLost(elms), at=NIGHT + 9 * SECOND).commit()

    run_once(at=NIGHT)

    case = Case.objects.get()
    assert case.title == "9 systems are not heard from: Elm (8), Oak (1)"
    assert (case.campus, case.system) == (None, None), "no site's call list would be the right one"
    assert texts(case) == [
        "1 system is not heard from: 0012 at Oak",
        "8 systems are not heard from: E000, E001, E002, E003, E004, E005 and 2 more at Elm",
    ]
    assert case.signals.filter(meaning="Not heard from within its time: E007 at Elm").exists()


def test_how_many_are_lost_now_and_that_they_were_lost_again(
    receiver: Receiver, system: AlarmSystem, site: Campus
) -> None:
    more = add(system, site, "0013", "0014")
    receiver.note(SupervisionLost([system.pk, *more]))
    receiver.note(LinkRestored(more), at=NIGHT + 60 * SECOND).commit()
    run_once(at=NIGHT)
    case = Case.objects.get()
    assert case.title == "Not heard from · 0012 at Oak"
    seen = case.entries.order_by("pk").last()
    assert seen is not None
    assert seen.text == "Still 1 system is not heard from: 0012 at Oak"

    receiver.note(SupervisionLost(more), at=NIGHT + 280 * SECOND).commit()
    run_once(at=NIGHT)

    case.refresh_from_db()
    assert case.title == "3 systems are not heard from: 0012, 0013, 0014 at Oak"
    assert texts(case)[-1] == "2 systems are again not heard from: 0013, 0014 at Oak"
    (change,) = topics.changes(seen.pk, 10)
    assert change.data["rings"] is True
    assert not any("rings" in one.data for one in topics.changes(0, 2)), "opening rings by itself"


ENDED = {"disposition": "technical", "cause": "line"}


@pytest.fixture
def outage(receiver: Receiver, system: AlarmSystem, site: Campus) -> Case:
    """Three lost systems of a site, of which one is heard again."""
    lost = [system.pk, *add(system, site, "0013", "0014")]
    for pk in lost:
        LinkState.objects.create(system_id=pk, heard_at=NIGHT, lost_at=NIGHT)
    receiver.note(SupervisionLost(lost)).commit()
    run_once(at=NIGHT)
    receiver.note(LinkRestored(lost[2:]), at=NIGHT + 60 * SECOND).commit()
    LinkState.objects.filter(system_id=lost[2]).update(lost_at=None)
    run_once(at=NIGHT)
    return Case.objects.get()


def test_a_case_of_lost_systems_closes_while_some_are_lost_with_a_word_only(
    client_of: Any, outage: Case
) -> None:
    client: Client = client_of("alarm_operator")
    url = reverse("alarms:answer", args=[outage.number, "close"])

    shown = client.get(reverse("alarms:case", args=[outage.number])).content.decode()
    refused = client.post(url, ENDED)
    api = client.post(f"/api/v1/alarms/cases/{outage.number}/close", ENDED, content_type="application/json")

    assert "Not heard from still: 0012 at Oak, 0013 at Oak. If it is closed all the same: why?" in shown
    assert refused.status_code == api.status_code == 409
    assert "Not heard from still: 0012 at Oak, 0013 at Oak. Leave the case open" in refused.content.decode()
    outage.refresh_from_db()
    assert outage.state == "waiting"

    told = ENDED | {"confirmation": "The carrier is out, ticket 12"}
    assert client.post(url, told).status_code == 302
    closed = client.get(reverse("alarms:case", args=[outage.number])).content.decode()
    assert (
        "not heard from still: 0012 at Oak, 0013 at Oak; closed all the same: The carrier is out, ticket 12"
        in closed
    )
    last = outage.entries.order_by("pk").last()
    assert last is not None
    (change,) = topics.changes(last.pk - 1, 10)
    assert change.data["forgets"] is True, "open desks ask again what is lost"


def test_systems_whose_case_was_closed_stay_on_the_desk_until_they_are_heard(
    client_of: Any, outage: Case, receiver: Receiver, system: AlarmSystem
) -> None:
    client: Client = client_of("alarm_operator")
    assert _forgotten(client) == []

    told = ENDED | {"confirmation": "The carrier is out"}
    client.post(reverse("alarms:answer", args=[outage.number, "close"]), told)
    assert _forgotten(client) == ["Oak 0012", "Oak 0013"]

    LinkState.objects.filter(system=system).update(lost_at=None)
    receiver.note(LinkRestored([system.pk]), at=NIGHT + 120 * SECOND).commit()
    run_once(at=NIGHT)
    assert _forgotten(client) == ["Oak 0013"]

    LinkState.objects.filter(system=system).update(lost_at=NIGHT)
    receiver.note(SupervisionLost([system.pk]), at=NIGHT + 240 * SECOND).commit()
    run_once(at=NIGHT)
    again = Case.objects.exclude(pk=outage.pk).get()
    assert (again.title, again.state) == ("Not heard from · 0012 at Oak", "waiting")
    assert _forgotten(client) == ["Oak 0013"], "the other is told of by the new case"


def test_what_a_receiver_has_heard_since_is_not_asked_for(client_of: Any, outage: Case) -> None:
    client: Client = client_of("alarm_operator")
    LinkState.objects.update(lost_at=None)

    assert client.get(f"/api/v1/alarms/cases/{outage.number}").json()["still_lost"] == []
    assert client.post(reverse("alarms:answer", args=[outage.number, "close"]), ENDED).status_code == 302


def _forgotten(client: Client) -> list[str]:
    part = client.get(reverse("alarms:desk"), headers={"X-Desk": "lost"}).content.decode()
    page = client.get(reverse("alarms:desk")).content.decode()
    assert part.strip() in page
    return re.findall(r'/systems/\d+/">([^<]+)</a>', part)


@pytest.mark.parametrize("name", ["alarms:receivers", "alarms:system"])
def test_a_system_that_was_never_heard_has_no_last_time(
    client_of: Any, system: AlarmSystem, name: str
) -> None:
    AlarmSystem.objects.update(supervision_seconds=200)
    LinkState.objects.create(system=system, heard_at=NEVER, lost_at=NIGHT)
    client: Client = client_of("facilities")

    page = client.get(reverse(name, args=[system.pk] if name == "alarms:system" else [])).content.decode()

    assert "never heard from" in page
    assert "last heard" not in page
    assert client.get("/api/v1/alarms/systems").json()["items"][0]["heard_at"] is None
