"""The life of an edition over HTTP: written, signed and corrected as on the pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from schoolward.platform.access.models import Account
from schoolward.platform.access.roles import Role
from schoolward.reports.models import Correction, Edition, Section
from schoolward.reports.registry import ReportKind

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
Make = Callable[..., Edition]
API = "/api/v1/reports"


def post(client: Client, path: str, **sent: Any) -> Any:
    return client.post(f"{API}/{path}", sent, content_type="application/json")


def test_the_whole_life_over_http(
    client_of: As,
    kind: ReportKind,
    counted: Callable[..., list[Account]],
) -> None:
    counted(3)
    lead, officer, trustee = client_of(Role.LEAD), client_of(Role.ACCOUNTABILITY), client_of(Role.TRUSTEE)

    started = post(lead, "small/editions", as_of="2012-09-06")
    assert started.status_code == 201, started.content
    edition = started.json()["id"]
    text = next(part for part in started.json()["sections"] if part["key"] == "results")
    written = post(
        lead,
        f"editions/{edition}/sections/results",
        text="It was [[test.events period=to-date]].",
        version=text["version"],
    )
    assert written.json()["sections"][1]["text"] == "It was [[test.events period=to-date]]."
    assert post(lead, f"editions/{edition}/form", subject="Three events").json()["form"]["subject"] == (
        "Three events"
    )
    sent = post(lead, f"editions/{edition}/steps/submit").json()
    assert (sent["state"], len(sent["refusals"])) == ("review", 1)
    signed = post(officer, f"editions/{edition}/numbers/sign", reason="Counted by hand.").json()
    assert signed["refusals"] == []
    assert post(officer, f"editions/{edition}/steps/approve", reason="Read.").json()["state"] == "approved"
    done = post(trustee, f"editions/{edition}/steps/publish").json()
    assert done["state"] == "published"
    assert [(signed["step"], signed["note"]) for signed in done["signatures"]] == [
        ("submit", ""),
        ("approve", "Read."),
        ("publish", ""),
    ]
    assert post(officer, f"editions/{edition}/corrections", reason="It was four.").status_code == 200
    assert Correction.objects.get().text == "It was four."
    heard = post(lead, f"editions/{edition}/minutes", minutes_text="Received.").json()
    assert heard["form"]["minutes_text"] == "Received."
    assert lead.get(f"{API}/small?as_of=2012-09-06").json()["numbers"][0]["shown"] == "3"


def test_going_back_needs_a_reason(client_of: As, approved: Make) -> None:
    edition, lead = approved(), client_of(Role.LEAD)

    refused = post(lead, f"editions/{edition.pk}/steps/return", reason=" ")
    assert (refused.status_code, "Say why" in refused.json()["detail"]) == (422, True)
    assert post(lead, f"editions/{edition.pk}/steps/return", reason="A date").json()["state"] == "draft"


@pytest.mark.parametrize(
    ("path", "sent", "status", "told"),
    [
        ("none/editions", {"as_of": "2012-09-06"}, 404, "none"),
        ("small/editions", {"as_of": "2012-09-06"}, 409, "open already"),
        ("small/editions", {"as_of": "2099-01-01"}, 422, "still to come"),
        ("small/editions", {"as_of": "0001-01-01"}, 422, "check the year"),
        ("small/editions", {"as_of": "2012-02-31"}, 422, "as_of"),
        ("editions/999999/form", {"subject": "x"}, 404, "no such edition"),
        ("editions/{id}/form", {"subject": "x" * 201}, 422, "subject"),
        ("editions/{id}/form", {"subject": "a\0b"}, 422, "subject"),
        ("editions/{id}/form", {"item_type": "party"}, 422, "item_type"),
        ("editions/{id}/form", {"minutes_planned": -1}, 422, "minutes_planned"),
        ("editions/{id}/form", {"minutes_planned": 0}, 422, "minutes_planned"),
        ("editions/{id}/form", {"minutes_planned": 99_999_999_999}, 422, "minutes_planned"),
        ("editions/{id}/form", {"meeting_date": "0001-01-01"}, 422, "Check the year"),
        ("editions/{id}/form", {"division": "x \uf0b7"}, 422, "U+F0B7"),
        ("editions/{id}/sections/results", {"text": "x \uf0b7", "version": 1}, 422, "U+F0B7"),
        ("editions/{id}/numbers/sign", {"reason": "x"}, 409, "this step starts from"),
        ("editions/{id}/form", {"minutes_planned": 10**30}, 422, "minutes_planned"),
        ("editions/{id}/minutes", {"minutes_text": "x" * 5001}, 422, "minutes_text"),
        ("editions/{id}/sections/none", {"text": "x", "version": 1}, 404, "results"),
        ("editions/{id}/sections/results", {"text": "[[test.evnts]]", "version": 1}, 422, "test.events"),
        ("editions/{id}/sections/results", {"text": "x", "version": 7}, 409, "Somebody else"),
        ("editions/{id}/sections/results", {"text": "a\0b", "version": 1}, 422, "body"),
        ("editions/{id}/steps/dance", {}, 404, "submit, approve, publish, return"),
        ("editions/{id}/steps/submit", {"reason": "x" * 2001}, 422, "2000"),
        ("editions/{id}/steps/submit", {"reason": "a\0b"}, 422, "Null"),
        ("editions/{id}/steps/return", {"reason": "x"}, 409, "this step starts from"),
        ("editions/{id}/numbers/9/sign", {"reason": "x"}, 404, "no frozen number 9"),
        ("editions/{id}/corrections", {"reason": "x"}, 409, "this step starts from"),
    ],
)
def test_what_is_refused_changes_nothing(
    client_of: As,
    draft: Make,
    path: str,
    sent: dict[str, Any],
    status: int,
    told: str,
) -> None:
    edition = draft()
    before = state_of_everything()

    response = post(client_of(Role.ACCOUNTABILITY), path.format(id=edition.pk), **sent)

    assert response.status_code == status, response.content
    assert told in json.dumps(response.json(), ensure_ascii=False)
    assert state_of_everything() == before


def state_of_everything() -> tuple[object, ...]:
    return (
        list(Edition.objects.values()),
        list(Section.objects.values("key", "body", "version")),
        Correction.objects.count(),
    )


def test_the_one_who_sent_it_does_not_approve_it(client_of: As, kind: ReportKind) -> None:
    officer = client_of(Role.ACCOUNTABILITY)
    edition = post(officer, "small/editions", as_of="2012-09-06").json()["id"]
    assert post(officer, f"editions/{edition}/steps/submit").status_code == 200

    response = post(officer, f"editions/{edition}/steps/approve")

    assert (response.status_code, "Somebody else must approve" in response.json()["detail"]) == (409, True)


def test_a_draft_is_given_up(client_of: As, draft: Make) -> None:
    edition = draft()
    response = post(client_of(Role.LEAD), f"editions/{edition.pk}/discard", reason="A wrong day")

    assert (response.status_code, Edition.objects.exists()) == (204, False)


def test_a_correction_is_in_the_annotated_files_only(client_of: As, approved: Make) -> None:
    edition = approved("Well.")
    assert post(client_of(Role.TRUSTEE), f"editions/{edition.pk}/steps/publish").status_code == 200
    reader = client_of(Role.CAMPUS_MONITOR)
    asked = "as_of=2012-09-06"
    assert reader.get(f"{API}/small/files/annotated-json?{asked}").status_code == 404
    before = reader.get(f"{API}/small/files/json?{asked}").content
    post(client_of(Role.ACCOUNTABILITY), f"editions/{edition.pk}/corrections", reason="It was four.")

    assert reader.get(f"{API}/small/files/json?{asked}").content == before
    found = reader.get(f"{API}/small/files/annotated-json?{asked}").json()
    assert [one["text"] for one in found["corrections"]] == ["It was four."]
    assert [one["text"] for one in reader.get(f"{API}/small?{asked}").json()["corrections"]] == [
        "It was four."
    ]


def test_a_draft_is_hidden_from_those_who_only_read(client_of: As, draft: Make) -> None:
    edition = draft(as_of=date(2012, 9, 6))
    monitor: HttpResponse = client_of(Role.CAMPUS_MONITOR).get(f"{API}/editions/{edition.pk}")

    assert monitor.status_code == 404
    assert client_of(Role.TRUSTEE).get(f"{API}/editions/{edition.pk}").json()["refusals"] == []


def test_half_a_character_is_refused(client_of: As, draft: Make) -> None:
    response = client_of(Role.LEAD).post(
        f"{API}/editions/{draft().pk}/sections/results",
        data=r'{"text": "a\ud800b", "version": 1}',
        content_type="application/json",
    )

    assert (response.status_code, "text" in response.content.decode()) == (422, True)


@pytest.mark.parametrize("words", ["a\0b", "x" * 2001])
def test_a_reason_on_the_page_is_bounded_as_well(client_of: As, approved: Make, words: str) -> None:
    edition, lead = approved(), client_of(Role.LEAD)

    response = lead.post(f"/reports/{edition.pk}/sign/return", {"reason": words}, follow=True)

    assert response.status_code == 200
    edition.refresh_from_db()
    assert edition.state == "approved"
