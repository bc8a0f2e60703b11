"""The pages, the API and the command line about protected records, as the roles that use them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from schoolward.domains.privacy.actions import tell_reviewer
from schoolward.platform.access.models import Account, Agency, Agreement, Consent, Emergency, Sealing
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
SUBJECT = "access.Consent:7001"


@pytest.fixture
def agencies(db: None) -> dict[str, Agency]:
    return {
        kind: Agency.objects.get_or_create(
            key=kind, defaults={"name": kind.title(), "kind": kind, "created_at": timezone.now()}
        )[0]
        for kind in ("district", "police", "community")
    }


def span() -> dict[str, str]:
    today = timezone.localdate()
    return {"valid_from": str(today), "valid_to": str(today + timedelta(days=300))}


def terms(agencies: dict[str, Agency], **change: Any) -> dict[str, Any]:
    return {
        "title": "Consents for officers",
        "owner": agencies["district"].pk,
        "recipient": agencies["police"].pk,
        "record_classes": ["protected"],
        "purposes": ["school_safety"],
        "fields_shared": ["access.Consent.purpose", "access.Consent.valid_to"],
        **span(),
        **change,
    }


def all_consents() -> list[Consent]:
    with within(Viewer.system(at=timezone.now())):
        return list(Consent.objects.all())


def keep_consent(client: Client, agencies: dict[str, Agency], **change: Any) -> Any:
    sent = {
        "subject": SUBJECT,
        "category": "health",
        "recipient": agencies["police"].pk,
        "purpose": "school_safety",
        "given_by": "parent",
        **span(),
    }
    return client.post("/privacy/consents/new", {**sent, **change})


def test_an_agreement_from_paper_to_revocation(client_of: SignIn, agencies: dict[str, Agency]) -> None:
    lead, trustee = client_of("lead"), client_of("trustee")
    police, partner = (
        client_of("privacy_officer", agency_kind="police"),
        client_of("provider", agency_kind="community"),
    )
    assert b"No agreement yet" in lead.get("/privacy/agreements").content
    wrong = lead.post("/privacy/agreements/new", terms(agencies, recipient=agencies["district"].pk))
    assert wrong.status_code == 422
    assert b"between two agencies" in wrong.content
    nothing = lead.post("/privacy/agreements/new", {})
    assert nothing.status_code == 422
    assert lead.post("/privacy/agreements/new", terms(agencies)).status_code == 302
    made = Agreement.objects.get()
    page = f"/privacy/agreements/{made.pk}"
    assert partner.get(page).status_code == 404
    assert b"waits for signatures" in trustee.get(page).content
    keep_consent(client_of("program_coordinator"), agencies)
    assert SUBJECT not in police.get("/privacy/consents").content.decode()
    for signer in (trustee, police):
        assert signer.post(f"{page}/sign").status_code == 302
    assert b"in force" in lead.get(page).content
    assert "Sign for my agency" not in lead.get(page).content.decode()
    seen = police.get("/privacy/consents").content.decode()
    assert "School safety" in seen
    assert "Health" not in seen, "the agreement does not name what it is about"
    assert SUBJECT not in seen, "nor whom"
    exported = b"".join(police.get("/privacy/consents?export=csv").streaming_content)  # type: ignore[arg-type]
    assert (b"afety" in exported, SUBJECT.encode() in exported) == (True, False)
    told = police.get("/api/v1/privacy/consents").json()
    assert [sorted(row) for row in told] == [["id", "purpose", "valid_to"]]
    assert police.get(f"{page}/revoke").status_code == 200
    assert police.post(f"{page}/revoke", {"reason": ""}).status_code == 422
    assert police.post(f"{page}/revoke", {"reason": "The program has ended."}).status_code == 302
    assert "School safety" not in police.get("/privacy/consents").content.decode().split("<main")[1]
    assert b"The program has ended." in lead.get(page).content


def test_an_agency_whose_access_ends_is_out_on_the_next_click(
    client_of: SignIn, agencies: dict[str, Agency]
) -> None:
    administrator, officer = client_of("administrator"), client_of("lead", agency_kind="police")
    assert officer.get("/privacy/agreements").status_code == 200
    path = "/people/agencies/police/revoke"
    assert b"End its access" in administrator.get("/people/agencies/police/edit").content
    assert administrator.post(path, {"reason": "Left the partnership."}).status_code == 302
    assert officer.get("/privacy/agreements").status_code == 403
    assert officer.get("/api/v1/privacy/agreements").status_code == 401
    assert administrator.post(path, {"reason": "Back again."}).status_code == 302
    assert officer.get("/privacy/agreements").status_code == 200
    own = administrator.post("/people/agencies/district/revoke", {"reason": "Try."})
    assert (own.status_code, b"your own agency" in own.content) == (422, True)


def test_a_consent_is_kept_shown_and_withdrawn(client_of: SignIn, agencies: dict[str, Agency]) -> None:
    coordinator = client_of("program_coordinator")
    assert b"No consent yet" in coordinator.get("/privacy/consents").content
    for wrong in ({"subject": "Jane Doe"}, {"valid_to": "2030-01-01"}, {"category": ""}):
        assert keep_consent(coordinator, agencies, **wrong).status_code == 422
    assert keep_consent(coordinator, agencies).status_code == 302
    consent = all_consents()[0]
    before = Event.objects.filter(action="record.read").count()
    page = coordinator.get("/privacy/consents").content.decode()
    assert ("Health and counseling" in page, "Withdraw" in page) == (True, True)
    assert Event.objects.filter(action="record.read", subject=SUBJECT).count() == before + 1
    exported = coordinator.get("/privacy/consents?export=csv")
    assert b"health" in b"".join(exported.streaming_content)  # type: ignore[arg-type]
    withdraw = f"/privacy/consents/{consent.pk}/withdraw"
    assert client_of("program_coordinator", agency_kind="community").get(withdraw).status_code == 404
    assert coordinator.get(withdraw).status_code == 200
    assert coordinator.post(withdraw).status_code == 302
    assert b"withdrawn" in coordinator.get("/privacy/consents").content


def test_sealing_and_what_is_left_to_see(client_of: SignIn, agencies: dict[str, Agency]) -> None:
    officer, administrator = client_of("privacy_officer"), client_of("administrator")
    keep_consent(officer, agencies)
    name = f"access.Consent:{all_consents()[0].pk}"
    late = {"record_name": name, "ground": "wic_786_5", "reason": "Order 1", "due_on": "2012-09-01"}
    wrong = officer.post("/privacy/sealings/new", {**late, "record_name": "access.Consent:99999"})
    assert (wrong.status_code, b"no such record" in wrong.content) == (422, True)
    assert officer.post("/privacy/sealings/new", late).status_code == 302
    assert b"1 record is past its day." in officer.get("/privacy/sealings").content
    assert b"Records to seal" in officer.get("/").content
    order = Sealing.objects.get()
    assert officer.get(f"/privacy/sealings/{order.pk}/seal").status_code == 200
    assert officer.post(f"/privacy/sealings/{order.pk}/seal").status_code == 302
    assert b"sealed already" in officer.post(f"/privacy/sealings/{order.pk}/seal", follow=True).content
    for path in ("/privacy/sealings", "/privacy/sealings?export=csv", "/privacy/consents", "/audit/", "/"):
        answer = officer.get(path) if path != "/audit/" else administrator.get(path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert name.encode() not in content, path
        assert SUBJECT.encode() not in content, path
    assert b"a sealed record" in administrator.get("/audit/").content
    told = administrator.get("/api/v1/audit/events").content
    assert (SUBJECT.encode() in told, b"a sealed record" in told) == (False, True)
    asked = administrator.get("/audit/", {"subject": SUBJECT}).content.decode()
    assert "a sealed record" not in asked


def test_an_emergency_from_breaking_to_judgement(client_of: SignIn, agencies: dict[str, Agency]) -> None:
    officer, lead = client_of("school_resource_officer", agency_kind="police"), client_of("lead")
    assert officer.get("/privacy/emergency").status_code == 200
    short = officer.post("/privacy/emergency", {"subject": SUBJECT, "reason": "Now."})
    assert (short.status_code, b"in a sentence" in short.content) == (422, True)
    licence = officer.post(
        "/privacy/emergency", {"subject": SUBJECT, "reason": "He showed his license B1234567."}
    )
    assert (licence.status_code, b"driver" in licence.content) == (422, True)
    sent = {"subject": SUBJECT, "reason": "A fight at the gate, one is hurt."}
    assert officer.post("/privacy/emergency", sent).status_code == 302
    assert b"open until" in officer.get("/privacy/emergency").content
    morning = lead.get("/").content.decode()
    assert "emergency look waits for your judgement" in morning
    assert SUBJECT not in morning
    emergency = Emergency.objects.get()
    judge = f"/privacy/emergencies/{emergency.pk}/judge"
    assert officer.get(judge).status_code == 403
    assert sent["reason"] in lead.get(judge).content.decode()
    assert lead.post(judge, {"judgement": "justified", "note": ""}).status_code == 422
    assert lead.post(judge, {"judgement": "justified", "note": "There was danger."}).status_code == 302
    assert lead.get(judge).status_code == 404
    assert "emergencies" not in {block.key for block in lead.get("/").context["page"].blocks}


def test_reviewers_are_told_by_mail_without_a_word_of_whom(
    client_of: SignIn, agencies: dict[str, Agency], settings: LazySettings
) -> None:
    settings.MAIL_IS_SENT = True
    officer = client_of("school_resource_officer", agency_kind="police")
    client_of("lead")
    officer.post("/privacy/emergency", {"subject": SUBJECT, "reason": "A fight at the gate, one is hurt."})
    now = timezone.now()
    lead = Account.objects.get(name="Test lead")
    context = SimpleNamespace(at=now)
    said = tell_reviewer.func(context, emergency_id=Emergency.objects.get().pk, account_id=lead.pk)
    assert (said, [letter.to for letter in mail.outbox]) == ("sent", [[lead.email]])
    assert SUBJECT not in mail.outbox[0].body + mail.outbox[0].subject
    Emergency.objects.update(reviewed_at=now, judgement="justified")
    said = tell_reviewer.func(context, emergency_id=Emergency.objects.get().pk, account_id=lead.pk)
    assert said == "judged meanwhile"


def test_the_log_for_a_parent(client_of: SignIn, agencies: dict[str, Agency]) -> None:
    officer = client_of("privacy_officer")
    keep_consent(officer, agencies)
    keep_consent(officer, agencies, subject="access.Consent:7002")
    officer.get("/privacy/consents")
    assert officer.get("/privacy/disclosures").status_code == 200
    assert officer.post("/privacy/disclosures", {"subject": "Jane"}).status_code == 422
    page = officer.post("/privacy/disclosures", {"subject": SUBJECT})
    assert b"1 reading" in page.content
    handed = officer.post("/privacy/disclosures", {"subject": SUBJECT, "as": "csv"})
    lines = handed.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "at,agency,role,purpose,record,fields,basis"
    assert len(lines) == 2
    assert "7002" not in handed.content.decode()
    assert "Test privacy_officer" not in handed.content.decode()
    printed = officer.post("/reports/who-read-what.pdf", {"subject": SUBJECT})
    assert printed["Content-Type"] == "application/pdf"
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.content)).pages)
    assert ("Health" in text, SUBJECT in text, "category" in text, "7002" in text) == (
        False,
        True,
        True,
        False,
    )
    assert b"Give the reference" in officer.post("/reports/who-read-what.pdf", follow=True).content
    nobody = officer.post("/privacy/disclosures", {"subject": "access.Consent:99999"})
    assert (nobody.status_code, b"keeps nothing of this reference" in nobody.content) == (422, True)
    assert b"Nobody has read" not in nobody.content


def test_the_same_over_http(client_of: SignIn, agencies: dict[str, Agency]) -> None:
    def post(client: Client, path: str, **sent: Any) -> Any:
        return client.post(f"/api/v1/privacy/{path}", json.dumps(sent), content_type="application/json")

    lead, chief = client_of("lead"), client_of("lead", agency_kind="police")
    officer, sworn = client_of("privacy_officer"), client_of("school_resource_officer", agency_kind="police")
    asked = terms(agencies, owner="district", recipient="police")
    asked["fields"] = asked.pop("fields_shared")
    assert post(lead, "agreements", **{**asked, "fields": ["*"]}).json()["errors"][0]["field"] == "fields"
    assert post(lead, "agreements", **{**asked, "owner": "nobody"}).status_code == 422
    made = post(lead, "agreements", **asked)
    assert (made.status_code, made.json()["state"]) == (201, "waits")
    path = f"agreements/{made.json()['id']}"
    states = [post(client, f"{path}/sign").json()["state"] for client in (lead, chief)]
    assert states == ["waits", "live"]
    assert post(lead, f"{path}/sign").status_code == 422
    assert len(lead.get(f"/api/v1/privacy/{path}").json()["signatures"]) == 2
    assert post(chief, f"{path}/revoke", reason="Over.").json()["state"] == "revoked"
    assert [row["state"] for row in lead.get("/api/v1/privacy/agreements").json()] == ["revoked"]

    consent = {
        "subject": SUBJECT,
        "category": "health",
        "recipient": "police",
        "purpose": "school_safety",
        "given_by": "parent",
        **span(),
    }
    kept = post(officer, "consents", **consent)
    assert kept.status_code == 201, kept.content
    assert post(officer, "consents", **{**consent, "subject": "Jane"}).status_code == 422
    assert [row["category"] for row in officer.get("/api/v1/privacy/consents").json()] == ["health"]
    assert post(officer, f"consents/{kept.json()['id']}/withdraw").status_code == 204
    log = post(officer, "disclosures", subject=SUBJECT).json()
    assert [(row["agency"], "category" in row["fields"]) for row in log] == [("District", True)]

    record = f"access.Consent:{kept.json()['id']}"
    order = post(officer, "sealings", record=record, ground="wic_786", reason="Order", due_on="2012-10-01")
    assert (order.status_code, order.json()["record"]) == (201, record)
    assert (
        post(officer, "sealings", record="x", ground="wic_786", reason="O", due_on="2012-10-01").status_code
        == 422
    )
    assert "record" not in post(officer, f"sealings/{order.json()['id']}/seal").json()
    assert officer.get("/api/v1/privacy/sealings").json()[0]["sealed_at"]
    assert officer.get("/api/v1/privacy/consents").json() == []

    glass = post(sworn, "emergencies", subject=SUBJECT, reason="A fight at the gate, one is hurt.")
    assert glass.status_code == 201, glass.content
    waiting = lead.get("/api/v1/privacy/emergencies").json()
    assert [row["id"] for row in waiting] == [glass.json()[0]["id"]]
    judged = post(lead, f"emergencies/{waiting[0]['id']}/judge", judgement="not_justified", note="No danger.")
    assert judged.json()["judgement"] == "not_justified"
