"""Retention as those who use it: pages, API and the monthly job."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.utils import timezone

from schoolward.domains.privacy.tasks import list_due
from schoolward.platform.access.models import (
    Agency,
    Certificate,
    Consent,
    Disposal,
    LitigationHold,
    RetentionSchedule,
)
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event
from schoolward.platform.jobs.actions import enqueue
from schoolward.platform.jobs.worker import Worker

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
API = "/api/v1/privacy/retention"
RULE = {
    "table": "access.Consent",
    "record_class": "protected",
    "years": 1,
    "after": "closed",
    "citation": "Invented policy 12.3",
}


@pytest.fixture
def officer(client_of: SignIn) -> Client:
    return client_of("privacy_officer")


def consents(count: int) -> list[int]:
    """Consents of the district that ended two years ago."""
    now = timezone.now()
    district = Agency.objects.get(key="district")
    old = timezone.localdate(now) - timedelta(days=800)
    with within(Viewer.system(at=now)):
        made = [
            Consent.objects.create(
                agency=district,
                subject=f"access.Consent:{7000 + n}",
                record_class="protected",
                recipient=district,
                category="health",
                purpose="records",
                given_by="parent",
                valid_from=old,
                valid_to=old,
                recorded_at=now,
            )
            for n in range(count)
        ]
    return [consent.pk for consent in made]


def left() -> int:
    with within(Viewer.system(at=timezone.now())):
        return int(Consent.including_sealed.count())


def set_rule(client: Client) -> Any:
    return client.post("/privacy/retention/schedules/new", {**RULE, "valid_from": str(timezone.localdate())})


def test_from_a_schedule_to_a_certificate(client_of: SignIn, officer: Client) -> None:
    lead = client_of("lead")
    pks = consents(3)
    assert b"Nothing is due today" in officer.get("/privacy/retention").content
    assert set_rule(officer).status_code == 302
    page = officer.get("/privacy/retention").content.decode()
    assert "3 records are due." in page
    assert "to be confirmed by counsel" in page
    assert "access.Consent:7" not in page
    assert "/propose" not in lead.get("/privacy/retention").content.decode()
    schedule = RetentionSchedule.objects.get()
    proposed = officer.post(f"/privacy/retention/schedules/{schedule.pk}/propose")
    batch = f"/privacy/retention/disposals/{Disposal.objects.get().pk}"
    assert proposed["Location"] == batch
    own = officer.get(batch).content.decode()
    assert "somebody else reviews it" in own
    assert f"access.Consent:{pks[0]}" in own  # the officer keeps the papers
    answer = {"approve": "yes", "note_text": "Looked through"}
    refused = officer.post(f"{batch}/review", answer)
    assert refused.status_code == 422
    assert "You proposed this batch" in refused.content.decode()
    seen = lead.get(batch).content.decode()
    assert f"access.Consent:{pks[0]}" not in seen
    assert "Record 1" in seen
    assert "Records to dispose of" in lead.get("/").content.decode()
    row = Disposal.objects.get().rows.order_by("pk")[2]
    url = f"/privacy/retention/rows/{row.pk}/take-out"
    assert lead.post(url, {"reason": ""}).status_code == 422
    assert lead.post(url, {"reason": "Still asked for"})["Location"] == batch
    assert "Taken out by" in officer.get(batch).content.decode()
    lead.post(f"{batch}/carry-out")
    assert left() == 3  # nobody has approved it
    assert lead.post(f"{batch}/review", answer)["Location"] == batch
    assert "2 records are deleted for good" in lead.get(f"{batch}/carry-out").content.decode()
    lead.post(f"{batch}/carry-out")
    assert left() == 1
    assert "2 records were disposed of" in lead.get(batch).content.decode()
    shown = lead.get("/privacy/retention/certificates").content.decode()
    assert "Invented policy 12.3" in shown
    assert Certificate.objects.get().rows == 2
    assert lead.get("/privacy/retention/certificates?export=csv").status_code == 200


def test_a_hold_by_the_page_stops_it(client_of: SignIn, officer: Client) -> None:
    consents(1)
    set_rule(officer)
    wrong = officer.post("/privacy/retention/holds/new", {"covers": "person", "names": "Jane", "matter": "1"})
    assert wrong.status_code == 422
    told = {"covers": "person", "names": "Jane Doe", "matter": "12-7", "reason": "A claim"}
    assert b"Give the reference" in officer.post("/privacy/retention/holds/new", told).content
    told["names"] = "access.Consent:7000"
    assert officer.post("/privacy/retention/holds/new", told).status_code == 302
    assert b"Nothing is due today" in officer.get("/privacy/retention").content
    hold = LitigationHold.objects.get()
    assert b"access.Consent:7000" in officer.get("/privacy/retention/holds").content
    assert officer.get(f"/privacy/retention/holds/{hold.pk}/lift").status_code == 200
    officer.post(f"/privacy/retention/holds/{hold.pk}/lift", {"reason": "It is settled"})
    assert b"1 record is due" in officer.get("/privacy/retention").content
    assert b"It is settled" in officer.get("/privacy/retention/holds").content


def test_the_page_says_which_record_stops_a_batch(client_of: SignIn, officer: Client) -> None:
    lead = client_of("lead")
    consents(2)
    set_rule(officer)
    schedule = RetentionSchedule.objects.get()
    batch = officer.post(f"/privacy/retention/schedules/{schedule.pk}/propose")["Location"]
    assert b"held, or no longer due" not in lead.get(batch).content
    told = {"covers": "person", "names": "access.Consent:7001", "matter": "12-7", "reason": "A claim"}
    officer.post("/privacy/retention/holds/new", told)
    assert lead.get(batch).content.count(b"held, or no longer due") == 1
    lead.post(f"{batch}/review", {"approve": "yes", "note_text": "Looked through"})
    assert b"1 record is held" in lead.post(f"{batch}/carry-out", follow=True).content
    assert left() == 2


def test_the_same_over_the_api(client_of: SignIn, officer: Client) -> None:
    lead = client_of("lead")
    consents(2)

    def post(client: Client, path: str, **told: Any) -> Any:
        return client.post(f"{API}/{path}", json.dumps(told), content_type="application/json")

    schedule = post(officer, "schedules", **RULE, valid_from=str(timezone.localdate())).json()
    assert officer.get(f"{API}/schedules").json() == [schedule]
    assert [(one["due"], one["held"]) for one in officer.get(f"{API}/due").json()] == [(2, 0)]
    hold = post(
        officer, "holds", covers="table", names=["access.Consent"], matter="1", reason="A claim"
    ).json()
    assert [(one["due"], one["held"]) for one in officer.get(f"{API}/due").json()] == [(0, 2)]
    assert post(officer, f"holds/{hold['id']}/lift", reason="Settled").json()["lifted_reason"] == "Settled"
    assert len(officer.get(f"{API}/holds").json()) == 1
    assert post(officer, "disposals", schedule=99_999).status_code == 422
    batch = post(officer, "disposals", schedule=schedule["id"]).json()
    assert (batch["state"], batch["left"]) == ("proposed", 2)
    own = post(officer, f"disposals/{batch['id']}/review", approve=True, note="Mine")
    assert own.status_code in (409, 422)
    seen = lead.get(f"{API}/disposals/{batch['id']}").json()
    assert [row["record"] for row in seen["rows"]] == ["", ""]
    post(lead, f"rows/{seen['rows'][0]['id']}/take-out", reason="Still asked for")
    assert post(lead, f"disposals/{batch['id']}/review", approve=True, note="Looked").json()["left"] == 1
    done = post(lead, f"disposals/{batch['id']}/carry-out").json()
    assert (done["rows"], done["version"]) == (1, 1)
    assert post(lead, f"disposals/{batch['id']}/carry-out").json() == done
    assert lead.get(f"{API}/certificates").json() == [done]
    assert [one["state"] for one in lead.get(f"{API}/disposals").json()] == ["done"]
    assert left() == 1


def test_the_monthly_job_counts_and_tells(officer: Client, settings: LazySettings) -> None:
    settings.MAIL_IS_SENT = True
    consents(2)
    set_rule(officer)
    now = timezone.now()
    enqueue(list_due, by=Viewer.system(at=now), at=now, period="2026-11")
    Worker(clock=timezone.now).run_pending()
    listed = Event.objects.get(action="access.due_listed")
    assert (listed.detail["due"], listed.detail["held"]) == (2, 0)
    assert [message.subject for message in mail.outbox] == ["Records are due for disposal"]
    assert "7000" not in mail.outbox[0].body
