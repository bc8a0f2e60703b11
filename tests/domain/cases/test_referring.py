"""What may be referred to what, what its referrer learns, and a reference that comes twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from domain.cases.conftest import booking
from schoolward.domains.cases import actions
from schoolward.domains.cases.models import Referral
from schoolward.domains.programs import actions as program_actions
from schoolward.domains.programs.models import Program
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.exchange.running import run

SignIn = Callable[..., Client]


@pytest.fixture
def add_program(program: Program, by: Viewer, at: datetime) -> Callable[..., Program]:
    """Another program of the same provider."""

    def make(title: str, **fields: Any) -> Program:
        told: dict[str, Any] = {"kind": "case", "starts_on": date(2011, 9, 1), **fields}
        return program_actions.add_program(title=title, provider_id=program.provider_id, by=by, at=at, **told)

    return make


MISFITS = [
    ({"kind": "event"}, "registers nobody"),
    ({"min_age": 15}, "15 and over; at 14"),
    ({"max_age": 13}, "up to 13; at 14"),
    ({"min_age": 5, "max_age": 13}, "5 to 13; at 14"),
]


@pytest.mark.parametrize(("fields", "why"), MISFITS)
def test_a_program_that_cannot_be_is_refused_with_the_reason(
    referral: Referral,
    coordinator: Viewer,
    principal: Viewer,
    add_program: Callable[..., Program],
    at: datetime,
    fields: dict[str, Any],
    why: str,
) -> None:
    other = add_program("Derby", **fields)
    with pytest.raises(Refusal, match=why) as refused:
        actions.choose_program(referral_id=referral.pk, program_id=other.pk, by=coordinator, at=at)
    assert refused.value.field == "program_id"
    with pytest.raises(Refusal, match=why):
        actions.refer(booking=booking(program_id=other.pk), by=principal, at=at)


def test_a_written_rule_of_ages_is_held(
    referral: Referral, coordinator: Viewer, add_program: Callable[..., Program], by: Viewer, at: datetime
) -> None:
    other = add_program("Club")
    program_actions.write_rule(
        program_id=other.pk,
        text="Is 8 to 13 years old.",
        source="Manual",
        valid_from=date(2012, 9, 6),
        by=by,
        at=at,
    )
    with pytest.raises(Refusal, match="8 to 13"):
        actions.choose_program(referral_id=referral.pk, program_id=other.pk, by=coordinator, at=at)


def test_the_page_offers_no_event_and_says_why_an_age_does_not_fit(
    client_of: SignIn, referral: Referral, add_program: Callable[..., Program]
) -> None:
    add_program("Fishing Derby", kind="event")
    young = add_program("Running Club", max_age=13)
    client = client_of("program_coordinator")
    url = reverse("cases:program", args=[referral.pk])
    assert "Fishing Derby" not in client.get(url).content.decode()
    sent = client.post(url, {"program_id": young.pk, "version": referral.version})
    assert sent.status_code == 422
    assert "up to 13" in sent.content.decode()


def test_the_referrer_sees_the_program_that_they_named_and_no_other(
    client_of: SignIn,
    principal: Viewer,
    referral: Referral,
    coordinator: Viewer,
    add_program: Callable[..., Program],
    at: datetime,
) -> None:
    other = add_program("Family Therapy")
    actions.choose_program(referral_id=referral.pk, program_id=other.pk, by=coordinator, at=at)
    bare = actions.refer(booking=booking(legal_name="Somebody Else", local_number=""), by=principal, at=at)
    actions.take(referral_id=bare.pk, by=coordinator, at=at)
    actions.choose_program(referral_id=bare.pk, program_id=other.pk, by=coordinator, at=at)
    page = client_of("site_lead", purpose="school_safety").get(reverse("cases:referred")).content.decode()
    assert "Lifeline" in page
    assert "Family Therapy" not in page


@pytest.mark.parametrize("reason", ["declined", "no_capacity", "mistake"])
@pytest.mark.parametrize("reached", ["", "contacted", "consented"])
def test_what_ended_before_a_start_looks_as_if_it_waited(
    referral: Referral,
    brought_to: Callable[[str], Referral],
    coordinator: Viewer,
    at: datetime,
    reason: str,
    reached: str,
) -> None:
    if reached:
        brought_to(reached)
    ended = actions.end(referral_id=referral.pk, reason=reason, by=coordinator, at=at)
    assert (ended.state, ended.told) == ("ended", "received")


def test_what_ended_after_a_start_is_closed_as_what_was_completed(
    brought_to: Callable[[str], Referral], coordinator: Viewer, at: datetime
) -> None:
    started = brought_to("started")
    assert started.told == "started"
    ended = actions.end(referral_id=started.pk, reason="left", by=coordinator, at=at)
    assert ended.told == "ended"
    again = actions.reopen(referral_id=started.pk, reason="They came back", by=coordinator, at=at)
    assert again.told == "started"


HEAD = "reference,legal_name,born_on,need,referred_on,student_number,program\n"
ROW = "x1,Ana Invented,1998-02-03,conflict,2012-09-03,,\n"


def bring(text: str, by: Viewer, at: datetime) -> Any:
    """Bring referrals in and apply them."""
    return run("referrals", BytesIO((HEAD + text).encode()), by=by, at=at)


@pytest.mark.parametrize(
    ("row", "column", "error"),
    [
        ("x1,Bea Invented,1999-02-03,conflict,2012-09-03,,\n", "reference", "another young person"),
        ("x1,Ana Invented,1998-02-04,conflict,2012-09-03,,\n", "born_on", "differs"),
        ("x1,Ana Invented,1998-02-03,family,2012-09-03,,\n", "need", "differs"),
        ("x1,Ana Invented,1998-02-03,conflict,2012-09-04,,\n", "referred_on", "differs"),
        ("x1,Ana Invented,1998-02-03,conflict,2012-09-03,77,\n", "student_number", "differs"),
        ("x1,Ana Invented,1998-02-03,conflict,2012-09-03,,lifeline\n", "program", "differs"),
    ],
)
def test_a_reference_that_comes_again_with_something_else_is_told(
    coordinator: Viewer, program: Program, at: datetime, row: str, column: str, error: str
) -> None:
    first = bring(ROW + row, coordinator, at)
    assert (first.created, first.unchanged, first.rejected_rows) == (1, 0, 1)
    assert first.rejected[0].column == column
    assert error in first.rejected[0].error
    again = bring(ROW + row, coordinator, at)
    assert (again.created, again.unchanged, again.rejected_rows) == (0, 1, 1)


def test_a_refused_number_is_not_repeated_by_the_report(coordinator: Viewer, at: datetime) -> None:
    report = bring("x2,Ana CII A12345678,1998-02-03,conflict,2012-09-03,,\n", coordinator, at)
    assert report.rejected_rows == 1
    assert "12345678" not in str(report.as_json())


def test_an_event_is_refused_by_the_import(
    coordinator: Viewer, add_program: Callable[..., Program], at: datetime
) -> None:
    event = add_program("Fishing", kind="event")
    report = bring(f"x3,Ana Invented,1998-02-03,conflict,2012-09-03,,{event.key}\n", coordinator, at)
    assert [one.column for one in report.rejected] == ["program"]
    with within(Viewer.system(at=at)):
        assert not Referral.objects.exists()
