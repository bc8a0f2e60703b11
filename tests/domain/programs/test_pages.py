"""Pages and API of programs: who sees heads, what a wrong form says, and a count that is sent twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.initiatives.actions import open_initiative
from schoolward.domains.places.models import Campus
from schoolward.domains.programs import actions
from schoolward.domains.programs.models import Contest, Program, Session, SessionCount, SessionState
from schoolward.platform.access import clock
from schoolward.platform.access.viewer import Viewer

Clients = Callable[..., Client]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Pages call the day of the tests today."""
    monkeypatch.setattr(clock, "stands_still", lambda: True)


@pytest.fixture
def counted(session: Callable[..., Session], by: Viewer, at: datetime) -> Session:
    """A session at which seven came."""
    return actions.record_count(session_id=session().pk, attended=7, minutes=45, by=by, at=at)


def test_a_form_sent_twice_from_a_telephone_counts_once(
    session: Callable[..., Session], client_of: Clients
) -> None:
    made, client = session(), client_of("provider", "community")
    url = reverse("programs:session", args=[made.pk])
    assert 'inputmode="numeric"' in client.get(url).content.decode()
    sent = {"attended": "9", "minutes": "45", "receipt": str(uuid4())}
    for _time in range(2):
        assert client.post(url, sent).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.attended) == (SessionState.HELD, 9)
    assert SessionCount.objects.count() == 1


@pytest.mark.parametrize("attended", ["", "-3", "many", "1.5", "999999999999"])
def test_a_wrong_count_says_so_at_its_field(
    session: Callable[..., Session], client_of: Clients, attended: str
) -> None:
    made = session()
    sent = {"attended": attended, "minutes": "45", "receipt": str(uuid4())}
    answer = client_of("program_coordinator").post(reverse("programs:session", args=[made.pk]), sent)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == SessionState.PLANNED


@pytest.mark.parametrize(
    ("role", "agency", "is_shown"),
    [
        ("program_coordinator", "district", True),
        ("accountability", "district", True),
        ("provider", "community", True),
        ("provider", "city", False),
        ("trustee", "district", False),
        ("facilities", "district", False),
    ],
)
def test_heads_are_shown_to_those_who_run_or_answer_for_the_program(
    counted: Session, client_of: Clients, role: str, agency: str, is_shown: bool
) -> None:
    client = client_of(role, agency)
    page = client.get(reverse("programs:session", args=[counted.pk])).content.decode()
    assert ("7 of 12 expected" in page) is is_shown
    listed = client.get(reverse("programs:offering", args=[counted.offering_id])).content.decode()
    assert ("7 / 12" in listed) is is_shown
    found = client.get(f"/api/v1/programs/sessions?offering={counted.offering_id}").json()
    assert [(one["attended"], one["heads_are_shown"]) for one in found] == [
        (7 if is_shown else None, is_shown)
    ]


def test_the_lead_of_the_site_sees_heads_there_and_not_elsewhere(
    counted: Session, campus: Campus, client_of: Clients
) -> None:
    other = Campus.objects.create(name="Elm", slug="elm", address="1 Elm", address_key="1 elm")
    url = reverse("programs:session", args=[counted.pk])
    assert "7 of 12" in client_of("site_lead", "district", [campus]).get(url).content.decode()
    assert "7 of 12" not in client_of("site_lead", "charter", [other]).get(url).content.decode()


def test_the_catalogue_tells_of_the_initiative_beside_it_and_back(
    program: Callable[..., Program], client_of: Clients, by: Viewer, at: datetime
) -> None:
    made = program("event", title="River day", key="river-day")
    started = open_initiative(
        key="river-day", title="The River Day", owner_role="lead", start=date(2012, 1, 1), by=by, at=at
    )
    started.facts.create(text="Held since 1998.", mark="public", source="A newspaper")
    client = client_of("trustee")
    page = client.get(reverse("programs:detail", args=[made.key])).content.decode()
    assert "Held since 1998." in page
    assert reverse("initiatives:detail", args=["river-day"]) in page
    beside = client.get(reverse("initiatives:detail", args=["river-day"])).content.decode()
    assert reverse("programs:detail", args=["river-day"]) in beside


def test_anybody_contests_a_rule_and_the_answer_stands_beside_it(
    program: Callable[..., Program], client_of: Clients, by: Viewer, at: datetime
) -> None:
    made = program("case", title="Help")
    rule = actions.write_rule(
        program_id=made.pk, text="Is 10 to 17.", source="Manual", valid_from=date(2012, 1, 1), by=by, at=at
    )
    url = reverse("programs:contest", args=[rule.pk])
    monitor = client_of("campus_monitor")
    refused = monitor.post(url, {"ground": "excludes", "argument": "Born 3/4/1999, was kept out."})
    assert refused.status_code == 422
    assert monitor.post(url, {"ground": "excludes", "argument": "Keeps out 18."}).status_code == 302
    contest = Contest.objects.get()
    answer = reverse("programs:contest_answer", args=[contest.pk])
    assert monitor.get(answer).status_code == 403
    sent = {"outcome": "kept", "reason": "The law says 17."}
    assert client_of("lead").post(answer, sent).status_code == 302
    page = monitor.get(reverse("programs:detail", args=[made.key])).content.decode()
    assert "The rule stays" in page
    assert "The law says 17." in page


def test_a_program_is_entered_offered_planned_and_counted_by_its_pages(
    client_of: Clients, campus: Campus, client: Client
) -> None:
    coordinator = client_of("program_coordinator")
    agency = str(
        coordinator.get(reverse("programs:provider_new")).context["form"].fields["agency_id"].choices[1][0]
    )
    pages = [
        (reverse("programs:provider_new"), {"name": "The district", "agency_id": agency}),
    ]
    for url, sent in pages:
        assert coordinator.post(url, sent).status_code == 302
    provider = coordinator.get(reverse("programs:new")).context["form"].fields["provider_id"].choices[1][0]
    sent = {"title": "Chess", "kind": "team", "provider_id": str(provider), "languages": ["en"]}
    assert coordinator.post(reverse("programs:new"), sent).status_code == 302
    offer = {
        "starts_on": "2012-08-27",
        "ends_on": "2012-09-14",
        "campus_id": str(campus.pk),
        "days": ["MO", "WE"],
        "language": "en",
        "seats": "20",
    }
    assert coordinator.post(reverse("programs:offering_new", args=["chess"]), offer).status_code == 302
    made = Program.objects.get(key="chess").offerings.get()
    numbers = reverse("programs:numbers", args=[made.pk])
    assert coordinator.post(numbers, {"registered": "25"}).status_code == 422
    assert coordinator.post(numbers, {"registered": "15"}).status_code == 302
    plan = {"first": "2012-08-27", "last": "2012-09-14", "days": ["MO", "WE"], "minutes": "60"}
    assert coordinator.post(reverse("programs:sessions", args=[made.pk]), plan).status_code == 302
    assert made.sessions.count() == 6
    page = coordinator.get(reverse("programs:to_count")).content.decode()
    assert "4 sessions were to take place" in page


@pytest.mark.parametrize("kind", ["case", "therapy"])
def test_a_case_service_has_places_and_no_sessions(
    program: Callable[..., Program], client_of: Clients, kind: str
) -> None:
    made = program(kind)
    page = client_of("program_coordinator").get(reverse("programs:detail", args=[made.key])).content.decode()
    assert reverse("programs:capacity", args=[made.key]) in page
    assert reverse("programs:offering_new", args=[made.key]) not in page


def test_the_directory_file_is_taken_by_page_and_api_and_is_on_record(
    program: Callable[..., Program], client_of: Clients
) -> None:
    program("event", title="River day")
    client = client_of("trustee")
    page = client.get(reverse("programs:services"))
    assert page["Content-Disposition"] == 'attachment; filename="services.json"'
    assert [one["name"] for one in json.loads(page.content)["contents"]] == ["River day"]
    assert client.get("/api/v1/programs/services").json() == json.loads(page.content)


def test_over_http_a_count_is_refused_by_name(session: Callable[..., Session], client_of: Clients) -> None:
    made, client = session("class", parent_required=True), client_of("program_coordinator")
    url = f"/api/v1/programs/sessions/{made.pk}/count"
    answer = client.post(url, {"attended": 3, "minutes": 45}, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("adults: ")
    sent = {"attended": 3, "minutes": 45, "adults": 3, "receipt": str(uuid4())}
    assert client.post(url, sent, content_type="application/json").json()["attended"] == 3
    assert client.post(url, sent, content_type="application/json").json()["attended"] == 3
    assert SessionCount.objects.count() == 1
