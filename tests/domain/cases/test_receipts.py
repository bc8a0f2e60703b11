"""What is sent twice is there once; other content with one receipt is refused, and so is somebody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from domain.cases.conftest import booking
from schoolward.domains.cases import actions
from schoolward.domains.cases.actions import centre
from schoolward.domains.cases.actions.newcomers import Newcomer
from schoolward.domains.cases.models import CentreVisit, Delivery, Referral
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

OTHER = "other content or by somebody else"
WHO = Newcomer(legal_name="Invented First", born_on=date(1997, 3, 1), local_number="7-1")


def kept(model: Any, at: datetime) -> int:
    with within(Viewer.system(at=at)):
        return int(model.objects.count())


@pytest.mark.parametrize(
    "change",
    [
        {"legal_name": "Invented Second"},
        {"born_on": date(1998, 3, 2)},
        {"need": "family"},
        {"guardian_name": "Invented Aunt"},
        {"reach_at": "(916) 555-0199"},
    ],
)
def test_a_receipt_is_of_one_referral_with_all_its_words(
    principal: Viewer, coordinator: Viewer, at: datetime, change: dict[str, Any]
) -> None:
    first = booking(receipt=uuid4())
    made = [actions.refer(booking=first, by=principal, at=at).pk for _time in range(2)]
    assert made[0] == made[1]
    with pytest.raises(Refusal, match=OTHER):
        actions.refer(booking=replace(first, **change), by=principal, at=at)
    assert kept(Referral, at) == 1


def test_a_receipt_is_of_whoever_sent_it(principal: Viewer, coordinator: Viewer, at: datetime) -> None:
    first = booking(receipt=uuid4())
    actions.refer(booking=first, by=principal, at=at)
    with pytest.raises(Refusal, match=OTHER):
        actions.refer(booking=first, by=coordinator, at=at)


def test_the_page_of_a_referral_says_so_and_the_second_child_is_not_swallowed(
    client_of: Callable[..., Client], coordinator: Viewer, at: datetime, settings: LazySettings
) -> None:
    settings.DEMO = True  # its day stands still, so that nobody of this test grows up
    client, receipt = client_of("program_coordinator"), str(uuid4())
    sent = {
        "legal_name": "Invented First",
        "born_on": "1998-03-01",
        "need": "family",
        "home_language": "en",
        "guardian_name": "Invented Aunt",
        "relation": "parent",
        "reach_by": "call",
        "reach_at": "(916) 555-0100",
        "receipt": receipt,
    }
    page = reverse("cases:refer")
    answers = [client.post(page, {**sent, "legal_name": name}) for name in ("Invented First",) * 2]
    assert [answer.status_code for answer in answers] == [302, 302]
    refused = client.post(page, {**sent, "legal_name": "Invented Second"})
    assert refused.status_code == 422
    page_again = refused.content.decode()
    assert OTHER in page_again
    for typed in ("Invented Second", "Invented Aunt", "(916) 555-0100"):
        assert typed in page_again, "what was typed stays"
    fresh = refused.context["form"]["receipt"].value()
    assert fresh != receipt
    told = {
        "legal_name": "Invented Second",
        "born_on": "1998-03-01",
        "need": "family",
        "receipt": receipt,
    }
    answer = client.post("/api/v1/cases/referrals", told, content_type="application/json")
    assert (answer.status_code, OTHER in answer.content.decode()) == (422, True)
    assert kept(Referral, at) == 1
    assert client.post(page, {**sent, "legal_name": "Invented Second", "receipt": fresh}).status_code == 302
    assert kept(Referral, at) == 2


def test_a_receipt_of_a_visit_is_of_one_student_and_of_whoever_received_them(
    coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    receipt = uuid4()
    told: dict[str, Any] = {"receipt": receipt, "brought_by": "staff", "at": at}
    made = [centre.receive(who=WHO, by=coordinator, **told).pk for _time in range(2)]
    assert made[0] == made[1]
    another = person("program_coordinator", who="another")
    for who, by in ((replace(WHO, legal_name="Invented Second"), coordinator), (WHO, another)):
        with pytest.raises(Refusal, match=OTHER):
            centre.receive(who=who, by=by, **told)
    with pytest.raises(Refusal, match=OTHER):
        centre.receive(who=WHO, by=coordinator, **{**told, "brought_by": "parent"})
    assert kept(CentreVisit, at) == 1


def test_a_receipt_of_a_delivery_is_of_one_officer_and_one_place(
    person: Callable[..., Viewer], at: datetime
) -> None:
    officer, another = (person("school_resource_officer", "police", who=who) for who in ("the", "another"))
    told: dict[str, Any] = {"legal_basis": "ec_48264", "receipt": uuid4(), "at": at}
    centre.deliver(from_where="park", by=officer, **told)
    for where, by in (("shops", officer), ("park", another)):
        with pytest.raises(Refusal, match=OTHER):
            centre.deliver(from_where=where, by=by, **told)
    assert Delivery.objects.count() == 1
