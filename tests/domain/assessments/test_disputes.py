"""Disputes of a double walk: settled by those who may, before the review; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from schoolward.analysis.assessing.shapes import Mark
from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Assessment, Finding, InstrumentVersion, Settlement
from schoolward.domains.places.models import Campus
from schoolward.domains.work import actions as work
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

People = Callable[..., Viewer]
Double = Callable[..., Assessment]
SETTLED = "Settled by the assessors: it does not fail."
FIRST = {"G1": 3, "G2": 2, "D1": 3}
SECOND = {"G1": 1, "G2": 3, "D1": 3}


@pytest.fixture
def double(site: Campus, version: InstrumentVersion, person: People, by: Viewer) -> Double:
    """An assessment walked by the first officer and the second, both handed in."""

    def walk(first: dict[str, Any], second: dict[str, Any], at: datetime) -> Assessment:
        planned = actions.plan_assessment(
            campus_id=site.pk, version_id=version.pk, planned_on=at.date(), is_double=True, by=by, at=at
        )
        for pk, answers in ((1, first), (2, second)):
            who = person("school_resource_officer", pk)
            made = actions.start_walk(assessment_id=planned.pk, client_id=uuid4(), by=who, at=at)
            given = [actions.GivenAnswer(code=code, answer=one) for code, one in answers.items()]
            actions.give_answers(walk_id=made.pk, answers=given, by=who, at=at)
            actions.submit_walk(walk_id=made.pk, by=who, at=at)
        planned.refresh_from_db()
        return planned

    return walk


def settle(assessment: Assessment, code: str, answer: Any, by: Viewer, at: datetime) -> Settlement:
    return actions.settle_dispute(
        assessment_id=assessment.pk,
        code=code,
        answer=answer,
        reason=f"Looked at {code} together.",
        by=by,
        at=at,
    )


def test_what_is_settled_away_is_declined_and_what_they_saw_stays_with_them(
    double: Double, person: People, at: datetime
) -> None:
    assessment = double(FIRST, SECOND, at)
    kappa = queries.results_of(assessment).agreement  # type: ignore[union-attr]
    before = assessment.score
    settled = settle(assessment, "G1", 3, person("school_resource_officer", 2), at)
    finding = Finding.objects.get(code="G1")
    assert (finding.state, finding.reason) == ("declined", SETTLED)
    work_done = WorkItem.objects.get(pk=finding.work_id)
    assert (work_done.state, work_done.transitions.last().reason) == ("declined", SETTLED)
    assert settled.reason == "Looked at G1 together."
    assert (settled.effect, settled.finding_id, settled.by_name) == ("declined", finding.pk, "Person 2")
    assessment.refresh_from_db()
    assert before is not None and assessment.score is not None  # noqa: PT018
    assert assessment.score > before
    assert assessment.score == pytest.approx(queries.score_of(assessment, {**FIRST, "G2": 2}).value)  # type: ignore[union-attr]
    results = queries.results_of(assessment)
    assert results is not None
    assert results.answers == FIRST
    assert results.agreement == kappa, "how far the two agree stays"
    assert [one.item.code for one in results.unsettled] == ["G2"]
    event = Event.objects.get(action="assessments.dispute_settled")
    assert event.detail["item"] == "G1"
    assert "Looked" not in str(event.detail)


def test_what_fails_after_all_becomes_a_finding(double: Double, person: People, at: datetime) -> None:
    assessment = double(FIRST, SECOND, at)
    lead = person("lead", 3)
    settled = settle(assessment, "G2", 1, lead, at)
    finding = Finding.objects.get(code="G2")
    assert (settled.effect, finding.state, finding.assessment_id) == ("found", "open", assessment.pk)
    assert WorkItem.objects.get(pk=finding.work_id).state == "proposed"
    assert "Looked at G2 together." in finding.note
    again = settle(assessment, "G2", 3, lead, at)
    finding.refresh_from_db()
    assert (again.effect, finding.state) == ("declined", "declined")
    third = settle(assessment, "G2", 0, lead, at)
    assert third.effect == "found"
    assert third.finding_id != finding.pk, "what was declined stays declined; it is found anew"
    assert [row.value for row in assessment.settlements.order_by("pk")] == [1, 3, 0]
    assert queries.answers_of(assessment)["G2"] == 0


def test_a_settlement_is_never_changed(double: Double, person: People, at: datetime) -> None:
    row = settle(double(FIRST, SECOND, at), "G1", 2, person("lead", 3), at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Settlement.objects.filter(pk=row.pk).update(value=0)


def test_an_existence_is_settled_too(double: Double, person: People, at: datetime) -> None:
    assessment = double({**FIRST, "D1": Mark.DOES_NOT_EXIST}, {**SECOND, "D1": 0}, at)
    assert Finding.objects.get(code="D1").state == "open"
    settle(assessment, "D1", Mark.DOES_NOT_EXIST, person("lead", 3), at)
    assert Finding.objects.get(code="D1").state == "declined"
    assert queries.answers_of(assessment)["D1"] is Mark.DOES_NOT_EXIST


@pytest.mark.parametrize(
    ("code", "answer", "reason", "field"),
    [
        ("D1", 2, "They agree.", "code"),
        ("G9", 2, "No such item.", "code"),
        ("G1", 7, "No such answer.", "answer"),
        ("G1", 3, "  ", "reason"),
        ("G1", 3, "x" * 301, "reason"),
        ("G1", 3, "a\0b", "reason"),
    ],
)
def test_what_cannot_be_settled_says_why(
    double: Double, person: People, at: datetime, code: str, answer: int, reason: str, field: str
) -> None:
    assessment = double(FIRST, SECOND, at)
    with pytest.raises(actions.AssessmentRefused) as refusal:
        actions.settle_dispute(
            assessment_id=assessment.pk, code=code, answer=answer, reason=reason, by=person("lead", 3), at=at
        )
    assert refusal.value.field == field
    assert not Settlement.objects.exists()


def test_only_the_two_and_the_reviewer_settle_and_only_before_the_review(
    double: Double, person: People, at: datetime
) -> None:
    assessment = double(FIRST, SECOND, at)
    for who in (person("school_resource_officer", 3), person("administrator", 3), person("trustee", 3)):
        with pytest.raises(AccessDenied):
            settle(assessment, "G1", 3, who, at)
    actions.review_assessment(assessment_id=assessment.pk, note="", by=person("lead", 3), at=at)
    with pytest.raises(actions.AssessmentRefused, match="reviewed already"):
        settle(assessment, "G1", 3, person("lead", 3), at)


def test_what_is_in_work_is_not_settled_away_by_an_assessor(
    double: Double, person: People, at: datetime
) -> None:
    assessment = double(FIRST, SECOND, at)
    finding = Finding.objects.get(code="G1")
    actions.accept_finding(finding_id=finding.pk, by=person("lead", 3), at=at)
    with pytest.raises(actions.AssessmentRefused, match="in work already"):
        settle(assessment, "G1", 3, person("school_resource_officer", 1), at)
    settle(assessment, "G1", 3, person("lead", 3), at)
    finding.refresh_from_db()
    assert finding.state == "declined"


def test_work_of_others_goes_on_without_what_was_settled_away(
    double: Double, person: People, by: Viewer, at: datetime, site: Campus
) -> None:
    assessment = double(FIRST, SECOND, at)
    finding, lead = Finding.objects.get(code="G1"), person("lead", 3)
    other = work.propose(title="Renew the whole gate", campus_id=site.pk, by=lead, at=at)
    actions.cover_finding(finding_id=finding.pk, reference=other.reference, by=lead, at=at)
    settle(assessment, "G1", 3, lead, at)
    other.refresh_from_db()
    assert other.state == "proposed", "that work was asked for by somebody else"
    work.accept(item_id=other.pk, due=at.date(), by=lead, at=at)
    finding.refresh_from_db()
    assert finding.state == "declined"


def test_an_older_finding_is_seen_mended_or_seen_again(double: Double, person: People, at: datetime) -> None:
    lead = person("lead", 3)
    double({**FIRST, "D1": 0}, {**FIRST, "D1": 0}, at)
    later = at + timedelta(days=200)
    assessment = double({**FIRST, "D1": 3}, {**FIRST, "D1": 1}, later)
    finding = Finding.objects.get(code="D1")
    settled = settle(assessment, "D1", 3, lead, later)
    assert settled.effect == "mended"
    finding.refresh_from_db()
    assert finding.state == "open", "mended is verified on its work, by somebody else"
    assert [one.is_mended for one in queries.sightings(finding)] == [False, False, True]


def test_what_changed_until_the_next_one_follows(double: Double, person: People, at: datetime) -> None:
    first = double(FIRST, SECOND, at)
    second = double(FIRST, FIRST, at + timedelta(days=200))
    before = second.change
    settle(first, "G1", 3, person("lead", 3), at)
    second.refresh_from_db()
    assert before is not None and second.change is not None  # noqa: PT018
    assert second.change < before


def test_from_the_page(
    double: Double, client_of: Callable[..., Client], at: datetime, settings: LazySettings
) -> None:
    settings.DEMO = True
    assessment = double(FIRST, SECOND, at)
    lead, trustee = client_of("lead"), client_of("trustee")
    detail = reverse("assessments:detail", args=[assessment.pk])
    url = reverse("assessments:dispute", args=[assessment.pk, "G1"])
    assert url in lead.get(detail).content.decode()
    assert url not in trustee.get(detail).content.decode()
    assert trustee.get(url).status_code == 403
    assert lead.get(reverse("assessments:dispute", args=[assessment.pk, "D1"])).status_code == 404
    assert (
        "2 disputes are not settled"
        in lead.get(reverse("assessments:review", args=[assessment.pk])).content.decode()
    )
    for sent in ({}, {"answer": "9", "reason": "x"}, {"answer": "3", "reason": " "}):
        told = lead.post(url, sent)
        assert (told.status_code, "usa-error-message" in told.content.decode()) == (422, True)
    assert lead.post(url, {"answer": "3", "reason": "It closes when pulled."}).status_code == 302
    shown = lead.get(detail).content.decode()
    assert "It closes when pulled." in shown
    assert "1 settled" in shown
    looking = client_of("school_resource_officer")
    assert "The two assessors settle it" in looking.get(url).content.decode()
    assert looking.post(url, {"answer": "1", "reason": "I say so."}).status_code == 403
    assert Settlement.objects.count() == 1


def test_over_http(
    double: Double, client_of: Callable[..., Client], at: datetime, settings: LazySettings
) -> None:
    settings.DEMO = True
    assessment = double(FIRST, SECOND, at)
    lead, trustee = client_of("lead"), client_of("trustee")
    url = f"/api/v1/assessments/{assessment.pk}/disputes"
    told = lead.get(url).json()
    assert [(one["code"], one["first"], one["second"], one["counts"]) for one in told] == [
        ("G1", 3, 1, 1),
        ("G2", 2, 3, 2),
    ]
    assert trustee.get(url).status_code == 403
    assert lead.get("/api/v1/assessments/99999/disputes").status_code == 404

    def send(code: str, **sent: Any) -> Any:
        return lead.post(f"{url}/{code}", sent, content_type="application/json")

    assert send("G1", answer=9, reason="x").status_code == 422
    assert send("D1", answer=3, reason="x").status_code == 422
    assert send("G1", answer=3, reason=" ").status_code == 422
    kept = send("G1", answer="dne", reason="There is no gate.").json()
    assert (kept["answer"], kept["effect"]) == ("dne", "declined")
    assert lead.get(url).json()[0]["settlements"][0]["reason"] == "There is no gate."
    actions.review_assessment(assessment_id=assessment.pk, note="", by=Viewer.system(at=at), at=at)
    assert send("G2", answer=3, reason="Too late.").status_code == 409
