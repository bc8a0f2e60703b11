"""The pages of the center and of diversion, as those see them who use them, and over HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from domain.cases.conftest import make_youth
from schoolward.domains.cases.models import CentreVisit, DiversionCase
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stands_still(settings: LazySettings) -> None:
    settings.DEMO = True


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


INTAKE = {
    "delivery": "none",
    "brought_by": "parent",
    "legal_name": "Invented Newcomer",
    "born_on": "1997-05-04",
    "local_number": "2200017",
    "home_language": "es",
    "guardian": "Invented Parent",
    "reach_at": "(916) 555-0100",
    "counted_in": "school",
}


def test_a_student_goes_through_the_centre(client_of: Callable[..., Client]) -> None:
    officer = client_of("school_resource_officer", "police", purpose="school_safety")
    advocate = client_of("program_coordinator")
    assert (
        officer.post("/centre/deliveries/", {"from_where": "park", "legal_basis": "ec_48264"}).status_code
        == 302
    )
    assert "On the way" in text(officer.get("/centre/deliveries/"))
    assert "1 on the way, 0 here" in text(advocate.get("/centre/"))
    form = advocate.get("/centre/intake/").content.decode()
    chosen = re.search(r'name="delivery" value="(\d+)"[^>]*checked', form)
    assert chosen, "the only one on the way is chosen already"

    sent = {**INTAKE, "delivery": chosen[1], "brought_by": ""}
    visit = advocate.post("/centre/intake/", sent)["Location"]
    assert "Call home" in text(advocate.get(visit))
    steps: list[tuple[str, dict[str, Any], str]] = [
        ("contact/", {"by_means": "call", "was_reached": "yes"}, "Ask for the cause"),
        ("cause/", {"cause": "transport"}, "Agree on steps"),
        ("steps/", {"kinds": ["ride"], "due_on": "2012-09-14"}, "The student leaves"),
        ("release/", {"released_to": "officer"}, "Tell the parent now"),
        ("notice/", {"exempt": "no"}, "minutes after the release"),
    ]
    for name, body, next_words in steps:
        assert advocate.post(visit + name, body).status_code == 302, name
        assert next_words in text(advocate.get(visit)), name
    seen = text(officer.get("/centre/deliveries/"))
    assert "Returned" in seen
    assert "Invented" not in seen
    assert advocate.get("/centre/").content.decode().count("Invented Newcomer") == 0  # due in six weeks
    assert officer.get(visit).status_code == 403


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"brought_by": ""}, "Choose who came along."),
        ({"born_on": "1980-01-01"}, "Check the date of birth"),
        ({"born_on": "0197-01-01"}, "Check the year"),
        ({"legal_name": ""}, "This field is required."),
        ({"local_number": "123-45-6789"}, "social security"),
        ({"delivery": "77"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    client_of: Callable[..., Client], change: dict[str, str], words: str
) -> None:
    answer = client_of("program_coordinator").post("/centre/intake/", {**INTAKE, **change})
    assert answer.status_code == 422
    assert words in text(answer)
    assert not CentreVisit.objects.exists()


def test_without_the_purpose_the_page_says_what_is_wanting(client_of: Callable[..., Client]) -> None:
    client = client_of("program_coordinator", purpose="school_safety")
    assert "I am running a youth program" in text(client.get("/centre/"))
    answer = client.post("/centre/intake/", INTAKE)
    assert answer.status_code == 422
    assert "Running a youth program" in text(answer)


def test_a_diversion_from_the_event_to_the_contract(
    client_of: Callable[..., Client], coordinator: Viewer
) -> None:
    youth = make_youth(coordinator)
    client = client_of("program_coordinator")
    made = client.post(
        f"/diversion/youth/{youth.pk}/new/", {"event_on": "2012-09-04", "path": "827.95", "kind": "vandalism"}
    )
    case = made["Location"].removesuffix("facts/")
    assert "Not known" in text(client.get(case))
    answer = client.post(case + "offer/")
    assert "Not known yet." in text(client.get(answer["Location"]))
    facts = {
        "kind": "vandalism",
        "level": "misdemeanor",
        "accepts_responsibility": "yes",
        "guardian_agrees": "yes",
        "victim_heard": "yes",
        "group": "black",
    }
    client.post(case + "facts/", facts)
    assert "Offer diversion" in text(client.get(case))
    client.post(case + "offer/")
    client.post(case + "sign/", {"signed_on": "2012-09-06"})
    page = text(client.get(case))
    assert "0 of 20 proven, by February 3, 2013" in page
    assert client.post(case + "end/", {"outcome": "completed"}).status_code == 422
    assert "Contract runs" in text(client.get("/diversion/"))
    for address in ("/diversion/rules/", "/diversion/by-group/", "/centre/results/"):
        assert client_of("trustee").get(address).status_code == 200
    assert client_of("provider", "community").get(case).status_code == 403
    assert client_of("program_coordinator", who="another").get(case).status_code == 404
    denied = Event.objects.filter(action="access.denied").values_list("detail", flat=True)
    assert not any("Invented" in str(detail) for detail in denied)


def test_the_same_over_http(client_of: Callable[..., Client], coordinator: Viewer, at: datetime) -> None:
    client = client_of("program_coordinator")

    def post(address: str, /, **sent: Any) -> Any:
        return client.post(f"/api/v1/cases/{address}", sent, content_type="application/json")

    arrival = {"legal_name": "Invented Newcomer", "born_on": "1997-05-04", "brought_by": "parent"}
    visit = post("centre/visits", **arrival).json()
    assert [look["days"] for look in visit["follow_ups"]] == [30, 60, 90]
    told = post(f"centre/visits/{visit['id']}/release", released_to="officer").json()
    assert told["notice_due_at"] is not None
    assert post(f"centre/visits/{visit['id']}/notice").json()["notice_due_at"] is None
    late = post(f"centre/visits/{visit['id']}/release", released_to="parent")
    assert late.status_code == 422, late.content
    youth = visit["youth"]
    assert post(f"truancy/{youth}/deeds", kind="report", on="2012-09-03").json()["days_known"] == 0
    case = post("diversion/cases", youth=youth, event_on="2012-09-04", path="827.95").json()
    assert {rule["answer"] for rule in case["rules"]} == {"yes", "not_known"}
    facts = {
        "kind": "vandalism",
        "level": "felony",
        "accepts_responsibility": "yes",
        "guardian_agrees": "yes",
        "victim_heard": "yes",
    }
    assert post(f"diversion/cases/{case['id']}/facts", **facts).status_code == 200
    decided = post(f"diversion/cases/{case['id']}/decide").json()
    assert (decided["answer"], decided["was_offered"]) == ("no", False)
    assert client.get("/api/v1/cases/centre/visits/999").status_code == 404
    assert client.get("/api/v1/cases/centre/due?until=2013-06-30").json()[0]["due_on"] > "2012-10-01"
    told = client.get("/api/v1/cases/centre/results").json()
    assert (told["value"], told["verdict"]) == (None, "too few to judge")
    assert len(client.get("/api/v1/cases/diversion/rules").json()) == 2
    assert client.get("/api/v1/cases/diversion/by-group").json() == []
    with within(Viewer.system(at=at)):
        assert DiversionCase.objects.get().decided_on == date(2012, 9, 6)


def test_a_twin_at_the_desk_is_asked_about(client_of: Callable[..., Client]) -> None:
    advocate = client_of("program_coordinator")
    assert advocate.post("/centre/intake/", INTAKE).status_code == 302
    twin = {**INTAKE, "legal_name": "Imagined Newcomer"}
    asked = advocate.post("/centre/intake/", twin)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Yes: Invented Newcomer, entered" in page
    assert CentreVisit.objects.count() == 0 or "No: make a new record" in page
    found = re.search(r'name="known" value="(\d+)"', page)
    assert found
    assert advocate.post("/centre/intake/", {**twin, "known": "new"}).status_code == 302
    sent = advocate.post(
        "/api/v1/cases/centre/visits",
        {"legal_name": "Invented Newcomer", "born_on": "1997-05-04", "local_number": "2200017"},
        content_type="application/json",
    )
    assert (sent.status_code, "known" in sent.content.decode()) == (422, True)
    sent = advocate.post(
        "/api/v1/cases/centre/visits",
        {"legal_name": "Invented Newcomer", "born_on": "1997-05-04", "known": found[1]},
        content_type="application/json",
    )
    assert (sent.status_code, sent.json()["youth"]) == (201, int(found[1]))


def test_an_officer_who_did_not_announce(client_of: Callable[..., Client]) -> None:
    advocate = client_of("program_coordinator")
    told = {**INTAKE, "brought_by": "officer", "from_where": "park", "arrived_at": "07:05"}
    visit = advocate.post("/centre/intake/", told)["Location"]
    assert "7:05" in text(advocate.get(visit))
    late = advocate.post("/centre/intake/", {**told, "arrived_at": "23:59"})
    assert (late.status_code, "a time of today" in text(late)) == (422, True)
    patterned = advocate.post("/centre/intake/", {**INTAKE, "reach_at": "CII A12345678 / DL A1234567"})
    assert (patterned.status_code, "CII number" in text(patterned)) == (422, True)
