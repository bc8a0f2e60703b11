"""A records officer finds whose records a request is about, by whole name and birthday; nobody else does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from domain.cases.conftest import make_youth
from schoolward.domains.cases.models import Referral, Youth
from schoolward.platform.access.persons import SOUGHT
from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

SignIn = Callable[..., Client]
PAGE, API = "/privacy/persons", "/api/v1/privacy/persons"
SENT = {"name": "Invented Person", "born_on": "1998-03-01"}


def test_a_youth_whom_no_referral_names_is_found(client_of: SignIn, youth: Youth) -> None:
    officer = client_of("privacy_officer", purpose="records")
    page = officer.post(PAGE, SENT).content.decode()
    assert youth.subject in page
    told = officer.post(API, SENT, content_type="application/json")
    assert told.json() == [{"subject": youth.subject}]
    events = Event.objects.filter(action=SOUGHT)
    assert {event.subject for event in events} == {youth.subject}
    assert "Invented" not in str(list(events.values()))


def test_the_log_of_one_whom_nobody_read_is_empty_and_of_nobody_is_refused(
    client_of: SignIn, youth: Youth
) -> None:
    officer = client_of("privacy_officer", purpose="records")
    page = officer.post("/privacy/disclosures", {"subject": youth.subject})
    assert (page.status_code, "Nobody has read anything" in page.content.decode()) == (200, True)
    unknown = officer.post("/privacy/disclosures", {"subject": "cases.Youth:999"})
    assert unknown.status_code == 422
    assert "keeps nothing of this reference" in unknown.content.decode()
    assert "Nobody has read anything" not in unknown.content.decode()
    told = officer.post(
        "/api/v1/privacy/disclosures", {"subject": "cases.Youth:999"}, content_type="application/json"
    )
    assert told.status_code == 422


@pytest.mark.parametrize("told", [{"name": "Invented"}, {"born_on": "1998-03-02"}, {"name": "Vinny"}])
def test_half_of_it_finds_nobody(client_of: SignIn, youth: Youth, told: dict[str, str]) -> None:
    answer = client_of("privacy_officer", purpose="records").post(PAGE, SENT | told)
    assert answer.status_code == 422
    assert youth.subject not in answer.content.decode()


def test_another_agencys_person_is_not_found(client_of: SignIn, person: Callable[..., Viewer]) -> None:
    make_youth(person("program_coordinator", "community"))
    assert client_of("privacy_officer", purpose="records").post(PAGE, SENT).status_code == 422


@pytest.mark.parametrize("role", sorted({str(role) for role in HUMAN_ROLES} - {"privacy_officer"}))
def test_no_other_role_finds(client_of: SignIn, youth: Youth, role: str) -> None:
    client = client_of(role, purpose="records")
    assert client.post(PAGE, SENT).status_code == 403
    assert client.post(API, SENT, content_type="application/json").status_code == 403


def test_the_page_of_a_youth_tells_the_officer_the_reference(client_of: SignIn, referral: Referral) -> None:
    page = client_of("privacy_officer", purpose="records").get(
        reverse("cases:youth", args=[referral.youth_id])
    )
    assert f"cases.Youth:{referral.youth_id}" in page.content.decode()
