"""Somebody in an emergency finds a child by the exact name and day of birth, reads what helps, no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.domain.cases.conftest import make_youth

from schoolward.domains.cases.models import Guardian, Youth
from schoolward.platform.access import persons, sealing
from schoolward.platform.access.models import Emergency
from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event

SignIn = Callable[..., Client]
PAGE = "/privacy/emergency"
API = "/api/v1/privacy/emergencies"
SENT = {
    "name": "invented  person",
    "born_on": "1998-03-01",
    "reason": "The child has run from school, a train line is near.",
}
#: Who may, from which agency.
MAY = [
    ("school_resource_officer", "police"),
    ("lead", "police"),
    ("lead", "district"),
    ("site_lead", "district"),
    ("program_coordinator", "community"),
]


@pytest.mark.parametrize(("role", "agency"), MAY)
def test_who_may_reads_the_reduced_mask_for_three_hours(
    client_of: SignIn, youth: Youth, guardian: Guardian, role: str, agency: str
) -> None:
    client = client_of(role, agency, purpose="school_safety")
    answer = client.post(PAGE, SENT)
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(answer["Location"])

    text = page.content.decode()
    assert "Vinny" in text
    assert "Invented Grandmother" in text
    assert "(916) 555-0100" in text
    assert "1998" not in text  # the mask has no birthday
    assert "Invented Person" not in text.partition("<main")[0]  # no name in the title, nor before the content

    opened = Emergency.objects.get()
    reads = Event.objects.filter(action="record.read", detail__basis=f"emergency {opened.pk}")
    assert set(reads.values_list("subject", flat=True)) == {youth.subject}
    told = client.get(f"{API}/{opened.pk}/look").json()
    assert told[0]["record"] == youth.subject
    assert set(told[0]["fields_read"]) <= {"legal_name", "preferred_name", "home_language", "school"}

    early = timezone.now() - timedelta(hours=3, seconds=1)
    ended = Emergency.objects.create(
        membership=opened.membership,
        account=opened.account,
        subject=opened.subject,
        reason=opened.reason,
        opened_at=early,
        closes_at=early + timedelta(hours=3),
    )
    over = client.get(f"{PAGE}/{ended.pk}")
    assert over.status_code == 410
    assert "Vinny" not in over.content.decode()
    assert client.get(f"{API}/{ended.pk}/look").status_code == 422


@pytest.mark.parametrize("role", sorted({str(role) for role in HUMAN_ROLES} - {role for role, _kind in MAY}))
def test_nobody_else_finds_or_reads(client_of: SignIn, youth: Youth, role: str) -> None:
    client = client_of(role, purpose="school_safety")
    sent = client.post(PAGE, SENT)
    assert sent.status_code == (422 if role == "alarm_operator" else 403)
    assert "Vinny" not in sent.content.decode()
    by_api = client.post(API, SENT, content_type="application/json")
    assert by_api.status_code == (422 if role == "alarm_operator" else 403)
    assert not Emergency.objects.exists()


def test_an_emergency_opens_no_other_page(client_of: SignIn, youth: Youth) -> None:
    officer = client_of("school_resource_officer", "police", purpose="school_safety")
    officer.post(PAGE, SENT)
    assert officer.get(f"/cases/youths/{youth.pk}/").status_code == 403
    other = client_of("school_resource_officer", "police", who="another", purpose="school_safety")
    looked = f"{PAGE}/{Emergency.objects.get().pk}"
    assert officer.get(looked).status_code == 200
    assert other.get(looked).status_code == 404
    assert other.get(f"{API}/{Emergency.objects.get().pk}/look").status_code == 404


@pytest.mark.parametrize(
    "told",
    [
        {"name": "Invented"},
        {"name": "Invented Persons"},
        {"name": "Vinny"},
        {"born_on": "1998-03-02"},
        {"name": "%"},
    ],
)
def test_half_a_name_or_another_day_finds_nobody_and_is_on_the_record(
    client_of: SignIn, youth: Youth, told: dict[str, str]
) -> None:
    officer = client_of("school_resource_officer", "police", purpose="school_safety")
    answer = officer.post(PAGE, SENT | told)
    assert answer.status_code == 422
    assert "Nobody of exactly this name" in answer.content.decode()
    event = Event.objects.get(action=persons.SOUGHT)
    assert event.detail == {"for": "emergency.open", "found": 0}
    assert not Emergency.objects.exists()


def test_who_guesses_is_stopped(client_of: SignIn, youth: Youth) -> None:
    officer = client_of("school_resource_officer", "police", purpose="school_safety")
    for number in range(persons.MOST_MISSES):
        officer.post(PAGE, SENT | {"name": f"Guess {number}"})
    stopped = officer.post(PAGE, SENT)
    assert stopped.status_code == 422
    assert "Wait an hour" in stopped.content.decode()
    assert not Emergency.objects.exists()


def test_a_sealed_child_is_not_there(client_of: SignIn, youth: Youth, coordinator: Viewer, at: Any) -> None:
    system = Viewer.system(at=at)
    with within(system, sealing=True):
        Youth.objects.filter(pk=youth.pk).update(sealed_at=at)
    officer = client_of("school_resource_officer", "police", purpose="school_safety")
    assert officer.post(PAGE, SENT).status_code == 422


def test_two_agencies_that_know_the_child_open_two_looks(
    client_of: SignIn, youth: Youth, person: Callable[..., Viewer]
) -> None:
    make_youth(person("program_coordinator", "community"), preferred_name="Vin")
    officer = client_of("school_resource_officer", "police", purpose="school_safety")
    page = officer.post(PAGE, SENT, follow=True)
    assert Emergency.objects.count() == 2
    assert "Also open" in page.content.decode()
    again = officer.post(API, SENT, content_type="application/json")
    assert again.status_code == 201
    assert len(again.json()) == 2
    assert Emergency.objects.count() == 2
    neither = officer.post(API, {"reason": SENT["reason"]}, content_type="application/json")
    assert neither.status_code == 422


def test_somebody_else_judges_it_and_that_closes_it(client_of: SignIn, youth: Youth) -> None:
    officer = client_of("school_resource_officer", "police", purpose="school_safety")
    looked = officer.post(PAGE, SENT)["Location"]
    assert officer.get(looked).status_code == 200
    emergency = Emergency.objects.get()
    judge = client_of("lead", "district", purpose="school_safety")
    seen = judge.get(f"/privacy/emergencies/{emergency.pk}/judge").content.decode()
    assert "cases.Youth" in seen
    sent = {"judgement": "justified", "note": "A train line was near."}
    assert judge.post(f"/privacy/emergencies/{emergency.pk}/judge", sent).status_code == 302
    assert officer.get(looked).status_code == 410


def test_the_page_asks_for_name_and_birthday_or_a_reference(client_of: SignIn, youth: Youth) -> None:
    officer = client_of("school_resource_officer", "police", purpose="school_safety")
    empty = officer.post(PAGE, {"reason": SENT["reason"]})
    assert empty.status_code == 422
    assert "Give the whole name" in empty.content.decode()
    by_reference = officer.post(PAGE, {"reason": SENT["reason"], "subject": youth.subject}, follow=True)
    assert "Vinny" in by_reference.content.decode()
    assert "/privacy/emergency/" in officer.get(PAGE).content.decode()


def test_of_a_sealed_child_neither_the_number_nor_the_reason_is_shown(
    client_of: SignIn, youth: Youth, person: Callable[..., Viewer], at: datetime
) -> None:
    looker = client_of("school_resource_officer", "police", purpose="school_safety")
    reason = "Invented Person has run from school, a train line is near."
    assert looker.post(PAGE, {**SENT, "reason": reason}).status_code == 302
    look = Emergency.objects.get()
    judge = client_of("privacy_officer", purpose="records")
    pages = {
        "/privacy/emergencies": judge,
        f"/privacy/emergencies/{look.pk}/judge": judge,
        API: judge,
        PAGE: looker,
        f"{PAGE}/{look.pk}": looker,
    }

    def told() -> dict[str, str]:
        return {path: who.get(path).content.decode() for path, who in pages.items()}

    before = told()
    assert youth.subject in before["/privacy/emergencies"]
    assert "a train line is near" in before[API]
    guard = person("privacy_officer", purpose="records")
    order = sealing.order(
        record_name=youth.subject, ground="court_order", reason="12-7", due_on=at.date(), by=guard, at=at
    )
    sealing.seal(sealing_id=order.pk, by=guard, at=at)
    for path, text in told().items():
        assert str(youth.pk) not in text, path
        assert "Invented Person" not in text, path
        assert "train line" not in text, path
    assert "not shown, as the record is sealed" in judge.get("/privacy/emergencies").content.decode()
    judged = judge.post(
        f"{API}/{look.pk}/judge",
        {"judgement": "justified", "note": "It was so"},
        content_type="application/json",
    )
    assert judged.status_code == 200
    assert "train line" not in judged.content.decode()
