"""The pages of assessments, as people use them: on a phone, at a desk, at a gate; and the same over HTTP."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions
from schoolward.domains.assessments.models import (
    Answer,
    AnswerPhoto,
    Assessment,
    DefectPoint,
    DefectReport,
    Finding,
    InstrumentVersion,
    PreventivePlan,
    ReinspectionRequest,
    Walk,
)
from schoolward.domains.places.models import Campus
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange import registry
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_csv

from .conftest import PNG, small

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _demonstration_day(settings: LazySettings) -> None:
    settings.DEMO = True
    cache.clear()


def page(client: Client, name: str, *args: Any, status: int = 200, **query: Any) -> str:
    answer = client.get(reverse(f"assessments:{name}", args=args), query)
    assert answer.status_code == status, answer.content[:500]
    return answer.content.decode()


@pytest.fixture
def walk(client_of: SignIn, site: Campus, version: InstrumentVersion) -> tuple[Client, Walk]:
    """A lead's walk, planned and begun on the pages."""
    lead = client_of("lead")
    sent = {"campus_id": site.pk, "version_id": version.pk, "planned_on": "2012-09-06"}
    assert lead.post(reverse("assessments:plan"), {**sent, "planned_on": "2012-09-01"}).status_code == 422
    assert lead.post(reverse("assessments:plan"), sent).status_code == 302
    planned = Assessment.objects.get()
    assert "Start the walk" in page(lead, "detail", planned.pk)
    assert lead.post(reverse("assessments:start", args=[planned.pk])).status_code == 302
    return lead, Walk.objects.get()


def tap(client: Client, walk: Walk, code: str, answer: str, *, htmx: bool = True, **more: Any) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    sent = {"code": code, "answer": answer, "client_id": str(uuid4()), **more}
    return client.post(reverse("assessments:answer", args=[walk.pk]), sent, headers=headers)


def test_a_walk_from_the_first_tap_to_the_verified_fix(
    walk: tuple[Client, Walk], client_of: SignIn, site: Campus
) -> None:
    lead, one = walk
    shown = page(lead, "walk", one.pk)
    assert "The gate closes by itself." in shown
    assert "0 of 3 answered" in shown
    answered = tap(lead, one, "G1", "0", note="Left leaf.").content.decode()
    assert 'aria-pressed="true">Not so' in answered
    assert "1 of 3 answered" in answered
    assert "hx-swap-oob" in answered
    assert tap(lead, one, "D1", "uto", htmx=False).status_code == 302
    assert "1 item is open" in page(lead, "submit", one.pk)
    lead.post(reverse("assessments:submit", args=[one.pk]))
    finding = Finding.objects.get()
    assert "Give the gate a closer." in page(lead, "detail", one.assessment_id)
    assert "Left leaf." in page(lead, "finding", finding.pk)
    assert "fencing" in page(lead, "bundles")
    assert lead.post(reverse("assessments:accept_bundle"), {"finding": [finding.pk]}).status_code == 302
    item = WorkItem.objects.get()
    assert item.state == "accepted"
    item_moves = reverse("work:detail", args=[item.pk])
    for move, sent in (
        ("fund", {"amount": "0", "money_source": "no cost"}),
        ("schedule", {"planned_on": "2012-09-06"}),
        ("complete", {"actual": "0", "done_on": "2012-09-06"}),
    ):
        assert lead.post(f"{item_moves}move/{move}/", sent).status_code == 302, move
    asked = {"due": "2012-09-10", "finding_ids": [finding.pk]}
    assert lead.post(reverse("assessments:ask_again", args=[site.pk]), asked).status_code == 302
    other = client_of("facilities")
    assert "1 item" in page(other, "reinspections")
    other.post(reverse("assessments:reinspect", args=[ReinspectionRequest.objects.get().pk]))
    second = Walk.objects.get(reinspection__isnull=False)
    tap(other, second, "G1", "3")
    other.post(reverse("assessments:submit", args=[second.pk]))
    item.refresh_from_db()
    assert item.state == "verified"
    assert "Mended" in page(lead, "finding", finding.pk)
    assert "100 %" in page(lead, "grid")
    assert "1/1" in page(lead, "site_panel", site.pk)


@pytest.mark.parametrize(("code", "answer"), [("G1", "9"), ("G1", "no"), ("G1", ""), ("X", "1"), ("G1", "²")])
def test_a_bad_tap_says_so_and_keeps_nothing(walk: tuple[Client, Walk], code: str, answer: str) -> None:
    lead, one = walk
    told = tap(lead, one, code, answer)
    assert told.status_code in (200, 302)
    assert code != "G1" or "usa-error-message" in told.content.decode()
    assert not Answer.objects.exists()


def test_a_photograph_is_kept_and_shown_to_those_who_assess(
    walk: tuple[Client, Walk], client_of: SignIn
) -> None:
    lead, one = walk
    url = reverse("assessments:photo_add", args=[one.pk, "G1"])
    for content, kept in ((b"words", 0), (PNG, 1)):
        file = SimpleUploadedFile("a.png", content)
        lead.post(url, {"photo": file, "client_id": str(uuid4())}, headers={"HX-Request": "true"})
        assert AnswerPhoto.objects.count() == kept
    photo = AnswerPhoto.objects.get()
    shown = lead.get(reverse("assessments:photo", args=[photo.pk]))
    assert b"".join(shown.streaming_content) == PNG  # type: ignore[attr-defined]
    assert client_of("trustee").get(reverse("assessments:photo", args=[photo.pk])).status_code == 403


def test_those_who_decide_see_no_way_in(walk: tuple[Client, Walk], client_of: SignIn) -> None:
    lead, one = walk
    tap(lead, one, "G1", "0", note="Behind the bins.")
    lead.post(reverse("assessments:submit", args=[one.pk]))
    finding, trustee = Finding.objects.get(), client_of("trustee")
    for told in (page(trustee, "finding", finding.pk), page(trustee, "detail", one.assessment_id)):
        assert "Give the gate a closer." in told
        assert "Behind the bins." not in told
    assert page(trustee, "walk", one.pk, status=403)
    over_http = trustee.get("/api/v1/assessments/findings").json()["items"][0]
    assert (over_http["note"], over_http["zone"]) == (None, None)
    assert lead.get("/api/v1/assessments/findings").json()["items"][0]["note"] == "Behind the bins."


def test_another_sites_lead_finds_nothing(walk: tuple[Client, Walk], client_of: SignIn) -> None:
    lead, one = walk
    tap(lead, one, "G1", "0")
    lead.post(reverse("assessments:submit", args=[one.pk]))
    elm = Campus.objects.create(name="Elm", slug="elm", address="1 Elm", address_key="1 ELM")
    stranger = client_of("site_lead", campuses=[elm])
    for name, pk in (
        ("detail", one.assessment_id),
        ("walk", one.pk),
        ("finding", Finding.objects.get().pk),
    ):
        page(stranger, name, pk, status=404)
    for name in ("findings", "bundles"):
        assert "Give the gate a closer." not in page(stranger, name)
    assert Assessment.objects.get().reference not in page(stranger, "list")
    assert "Oak" not in page(stranger, "grid")


def test_a_finding_is_declined_with_a_reason(walk: tuple[Client, Walk]) -> None:
    lead, one = walk
    tap(lead, one, "G1", "0")
    lead.post(reverse("assessments:submit", args=[one.pk]))
    finding = Finding.objects.get()
    url = reverse("assessments:decline", args=[finding.pk])
    assert lead.post(url, {"reason": " "}).status_code == 422
    assert lead.post(url, {"reason": "Staff watch it."}).status_code == 302
    assert "Staff watch it." in page(lead, "finding", finding.pk)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"reason": ""}, "reason: is empty; write something"),
        ({"reason": "  "}, "reason: is empty; write something"),
        ({}, "reason: is missing; send it"),
    ],
)
def test_a_refusal_over_http_is_in_words(client_of: SignIn, sent: dict[str, str], told: str) -> None:
    answer = client_of("lead").post(
        "/api/v1/assessments/findings/1/decline", sent, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["detail"]) == (422, told)


def test_instruments_on_their_pages(client_of: SignIn) -> None:
    administrator = client_of("administrator")
    assert "No instrument yet" in page(administrator, "instruments")
    url = reverse("assessments:add_instrument")
    for content, status in ((b"key: x", 422), (small(), 302), (small() + b"#", 422)):
        sent = {"file": SimpleUploadedFile("small.yaml", content)}
        assert administrator.post(url, sent).status_code == status
    version = InstrumentVersion.objects.get()
    assert "The doors latch." in page(administrator, "instrument", version.pk)
    kept = administrator.get(reverse("assessments:instrument_file", args=[version.pk]))
    assert b"".join(kept.streaming_content) == small()  # type: ignore[attr-defined]


def test_anybody_at_a_gate_reports_and_somebody_settles(client_of: SignIn, site: Campus) -> None:
    lead, nobody = client_of("lead"), Client()
    made = {"campus_id": site.pk, "label": "Gate by the gym"}
    assert lead.post(reverse("assessments:point_new"), made).status_code == 302
    point = DefectPoint.objects.get()
    assert "<svg" in page(lead, "point_print", point.pk)
    assert "Gate by the gym" in page(nobody, "report", point.token)
    url = reverse("assessments:report", args=[point.token])
    sent = {"kind": "lock", "text": "Does not latch.", "client_id": str(uuid4())}
    assert nobody.post(url, {**sent, "text": "Call 916-555-0100"}).status_code == 422
    assert nobody.post(url, {**sent, "kind": ""}).status_code == 422
    for _time in range(2):
        assert nobody.post(url, sent).status_code == 200
    report = DefectReport.objects.get()
    assert "Does not latch." in page(lead, "defects")
    assert (
        lead.post(reverse("assessments:defect_report", args=[report.pk]), {"work": "yes"}).status_code == 302
    )
    assert WorkItem.objects.get().kind == "repair"
    lead.post(reverse("assessments:point_end", args=[point.pk]))
    page(nobody, "report", point.token, status=404)


def test_one_device_cannot_flood(client_of: SignIn, site: Campus, by: Viewer, at: Any) -> None:
    points = [
        actions.make_point(campus_id=site.pk, label=f"Door {number}", by=by, at=at) for number in range(4)
    ]
    told = [
        Client()
        .post(
            reverse("assessments:report", args=[points[number % 4].token]),
            {"kind": "light", "client_id": str(uuid4())},
        )
        .status_code
        for number in range(8)
    ]
    assert told == [200] * 6 + [429] * 2
    assert DefectReport.objects.count() == 6


def test_preventive_plans_on_their_pages(client_of: SignIn, site: Campus) -> None:
    keeper = client_of("facilities")
    assert "No plan yet" in page(keeper, "plans")
    sent = {
        "title": "Test the locks",
        "every": "quarter",
        "trade": "locks",
        "severity": "medium",
        "valid_from": "2012-01-01",
        "estimate": "12.50",
    }
    assert keeper.post(reverse("assessments:plan_new"), {**sent, "valid_to": "2011-01-01"}).status_code == 422
    assert keeper.post(reverse("assessments:plan_new"), sent).status_code == 302
    plan = PreventivePlan.objects.get()
    assert (plan.campus_id, plan.estimate_cents) == (None, 1250)
    url = reverse("assessments:plan_edit", args=[plan.pk])
    assert keeper.post(url, {**sent, "campus_id": site.pk}).status_code == 302
    plan.refresh_from_db()
    assert plan.campus_id == site.pk


def test_a_device_sends_batches_over_http(walk: tuple[Client, Walk]) -> None:
    lead, one = walk
    asked = lead.get(f"/api/v1/assessments/walks/{one.pk}").json()
    assert [item["code"] for item in asked["items"]] == ["G1", "G2", "D1"]
    batch = {
        "answers": [
            {"code": "G1", "answer": 0, "client_id": str(uuid4()), "given_at": "2012-09-06T08:00:00-07:00"},
            {"code": "D1", "answer": "uto", "client_id": str(uuid4())},
        ]
    }
    url = f"/api/v1/assessments/walks/{one.pk}/answers"

    def send(sent: Any) -> Any:
        return lead.post(url, sent, content_type="application/json")

    assert send(batch).json() == {"new": 2, "known": 0}
    assert send(batch).json() == {"new": 0, "known": 2}
    bad = {"answers": [{"code": "G1", "answer": 7, "client_id": str(uuid4())}]}
    assert send(bad).status_code == 422
    local = {"answers": [{**batch["answers"][1], "given_at": "2012-09-06T08:00:00"}]}
    assert send(local).status_code == 422
    photo = {"code": "G1", "client_id": str(uuid4()), "file": SimpleUploadedFile("a.png", PNG)}
    kept = lead.post(f"/api/v1/assessments/walks/{one.pk}/photos", photo)
    assert (kept.status_code, len(kept.json()["sha256"])) == (201, 64)
    done = lead.post(f"/api/v1/assessments/walks/{one.pk}/submit").json()
    assert (done["waits_for_second_assessor"], len(done["found"])) == (False, 1)
    url = f"/api/v1/assessments/findings/{done['found'][0]}/accept"
    for due in ("9999-12-31", "2200-01-01", "0001-01-01"):
        assert lead.post(url, {"due": due}, content_type="application/json").status_code == 422
    accepted = lead.post(url, {"due": "2012-12-01"}, content_type="application/json")
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")
    assert lead.post(url, {}, content_type="application/json").status_code == 409


def test_findings_are_decided_from_a_table(walk: tuple[Client, Walk], by: Viewer, at: Any) -> None:
    lead, one = walk
    for code in ("G1", "G2"):
        tap(lead, one, code, "0")
    lead.post(reverse("assessments:submit", args=[one.pk]))
    exchange = registry.get("findings")
    out = b"".join(write_csv(exchange.column_names, exchange.export_rows(by)))
    assert run("findings", io.BytesIO(out), by=by, at=at).unchanged == 2
    rows = list(csv.DictReader(io.StringIO(out.decode("utf-8-sig"))))
    rows[0]["decision"], rows[0]["due"] = "accepted", "9999-12-31"
    far = run("findings", io.BytesIO(_csv(rows)), by=by, at=at)
    assert (far.updated, [(row.row, row.column) for row in far.rejected]) == (0, [(2, "due")])
    rows[0]["due"] = "2012-12-01"
    rows[1]["decision"], rows[1]["reason"] = "declined", ""
    bad = run("findings", io.BytesIO(_csv(rows)), by=by, at=at)
    assert (bad.updated, [(row.row, row.column) for row in bad.rejected]) == (1, [(3, "reason")])
    rows[1]["reason"] = "Staff watch it."
    done = run("findings", io.BytesIO(_csv(rows)), by=by, at=at)
    assert (done.updated, done.unchanged) == (1, 1)
    assert sorted(Finding.objects.values_list("state", flat=True)) == ["accepted", "declined"]
    answers = list(registry.get("answers").export_rows(by))
    assert [(row[5], row[6]) for row in answers] == [("G1", 0), ("G2", 0)]


def _csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def test_pins_are_shown_on_the_plan_on_which_they_were_set(
    walk: tuple[Client, Walk], client_of: SignIn, site: Campus
) -> None:
    lead, one = walk
    tap(lead, one, "G1", "0")
    plan = reverse("assessments:site_plan", args=[site.pk])
    file = reverse("assessments:site_plan_file", args=[site.pk])
    photo = reverse("assessments:photo_add", args=[one.pk, "G1"])
    for number, (across, down) in enumerate((("12.5", "80"), ("", "")), start=1):
        if number == 1:
            lead.post(plan, {"file": SimpleUploadedFile("plan.png", PNG)})
        sent = {"client_id": str(uuid4()), "across": across, "down": down}
        picture = SimpleUploadedFile("a.png", PNG + bytes(number))
        assert lead.post(photo, {"photo": picture, **sent}).status_code == 302
    lead.post(plan, {"file": SimpleUploadedFile("newer.png", PNG + b"newer")})
    lead.post(reverse("assessments:submit", args=[one.pk]))
    pinned, _without = AnswerPhoto.objects.order_by("pk")
    for shown in (page(lead, "detail", one.assessment_id), page(lead, "finding", Finding.objects.get().pk)):
        assert shown.count("site-plan-pin") == 1
        assert f'href="#photo-{pinned.pk}" style="left: 12.5%; top: 80.0%"' in shown
        assert f"{file}?plan={pinned.plan_id}" in shown
    old = lead.get(file, {"plan": pinned.plan_id})
    assert b"".join(old.streaming_content) == PNG  # type: ignore[attr-defined]
    for wrong in ("x", "²", "9" * 12, "999999"):
        assert lead.get(file, {"plan": wrong}).status_code == 404
    assert "site-plan-pin" not in page(client_of("trustee"), "detail", one.assessment_id)


def test_the_register_as_a_table_says_what_came_of_each(
    walk: tuple[Client, Walk], by: Viewer, at: Any
) -> None:
    lead, one = walk
    tap(lead, one, "G1", "3")
    tap(lead, one, "G2", "0")
    lead.post(reverse("assessments:submit", args=[one.pk]))
    exchange = registry.get("assessments")
    out = b"".join(write_csv(exchange.column_names, exchange.export_rows(by)))
    (row,) = csv.DictReader(io.StringIO(out.decode("utf-8-sig")))
    assert (row["state"], row["instrument"], row["score"]) == ("submitted", "small 1", "50.0")
    assert row["low"] < row["score"] < row["high"]
    assert row["planned_on"]
    assert run("assessments", io.BytesIO(out), by=by, at=at).unchanged == 1
    listed = lead.get(reverse("assessments:list"), {"export": "csv"}).getvalue().decode("utf-8-sig")
    assert exchange.column_names == listed.splitlines()[0].split(",")
