"""What was planned is taken back, or finished with one assessor of two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions
from schoolward.domains.assessments.models import Assessment, Finding, InstrumentVersion, Walk
from schoolward.domains.places.models import Campus
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
People = Callable[..., Viewer]


@pytest.fixture
def double(site: Campus, version: InstrumentVersion, by: Viewer, at: datetime) -> Assessment:
    return actions.plan_assessment(
        campus_id=site.pk, version_id=version.pk, planned_on=date(2012, 9, 6), is_double=True, by=by, at=at
    )


def begin(assessment: Assessment, who: Viewer, at: datetime) -> Walk:
    return actions.start_walk(assessment_id=assessment.pk, client_id=uuid4(), by=who, at=at)


def answer(walk: Walk, who: Viewer, at: datetime, **answers: int) -> None:
    given = [actions.GivenAnswer(code=code, answer=value) for code, value in answers.items()]
    actions.give_answers(walk_id=walk.pk, answers=given, by=who, at=at)


def test_what_was_planned_by_mistake_is_taken_back_and_may_be_planned_again(
    planned: Assessment, person: People, by: Viewer, at: datetime
) -> None:
    begin(planned, person(), at)
    reference = actions.cancel_assessment(assessment_id=planned.pk, reason="Wrong site.", by=person(), at=at)
    assert not Assessment.objects.exists()
    event = Event.objects.get(action="assessments.cancelled")
    assert (event.detail["reference"], event.detail["reason"]) == (reference, "Wrong site.")
    again = actions.plan_assessment(
        campus_id=planned.campus_id,
        version_id=planned.version_id or 0,
        planned_on=date(2012, 9, 6),
        by=by,
        at=at,
    )
    assert again.pk


def test_what_was_answered_is_not_taken_back(planned: Assessment, person: People, at: datetime) -> None:
    walk = begin(planned, person(), at)
    answer(walk, person(), at, G1=0)
    with pytest.raises(actions.AssessmentRefused, match="answered already"):
        actions.cancel_assessment(assessment_id=planned.pk, reason="Wrong.", by=person(), at=at)
    assert Assessment.objects.exists()


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301, "a\0b"])
def test_why_is_said(planned: Assessment, person: People, at: datetime, reason: str) -> None:
    with pytest.raises(actions.AssessmentRefused) as refusal:
        actions.cancel_assessment(assessment_id=planned.pk, reason=reason, by=person(), at=at)
    assert refusal.value.field == "reason"


def test_one_walk_counts_where_the_second_assessor_never_comes(
    double: Assessment, person: People, at: datetime
) -> None:
    walk = begin(double, person("lead", 1), at)
    with pytest.raises(actions.AssessmentRefused, match="one is handed in"):
        actions.finish_alone(assessment_id=double.pk, reason="Ill.", by=person(), at=at)
    answer(walk, person("lead", 1), at, G1=0, D1=3)
    begin(double, person("lead", 2), at)
    assert actions.submit_walk(walk_id=walk.pk, by=person("lead", 1), at=at).waits
    came = actions.finish_alone(assessment_id=double.pk, reason="Ill.", by=person("facilities", 3), at=at)
    assert [one.code for one in came.found] == ["G1"]
    double.refresh_from_db()
    assert (double.state, double.is_double, double.assessor_id) == ("submitted", False, 1)
    assert Finding.objects.get().work_id is not None
    assert Event.objects.get(action="assessments.finished_alone").detail["reason"] == "Ill."


def test_a_second_walk_that_has_begun_to_answer_is_not_lost(
    double: Assessment, person: People, at: datetime
) -> None:
    first, second = begin(double, person("lead", 1), at), begin(double, person("lead", 2), at)
    answer(first, person("lead", 1), at, G1=0)
    answer(second, person("lead", 2), at, G1=3)
    actions.submit_walk(walk_id=first.pk, by=person("lead", 1), at=at)
    with pytest.raises(actions.AssessmentRefused, match="second assessor has answered"):
        actions.finish_alone(assessment_id=double.pk, reason="Ill.", by=person(), at=at)


def test_who_ends_it(double: Assessment, person: People, at: datetime) -> None:
    for action in (actions.cancel_assessment, actions.finish_alone):
        with pytest.raises(AccessDenied):
            action(assessment_id=double.pk, reason="No.", by=person("trustee"), at=at)


def test_on_the_pages_and_over_http(
    double: Assessment, person: People, client_of: Callable[..., Client], at: datetime
) -> None:
    lead = client_of("lead")
    page, cancel = (reverse(f"assessments:{name}", args=[double.pk]) for name in ("detail", "cancel"))
    assert cancel in lead.get(page).content.decode()
    walk = begin(double, person("lead", 2), at)
    answer(walk, person("lead", 2), at, G1=0)
    assert cancel not in lead.get(page).content.decode()
    actions.submit_walk(walk_id=walk.pk, by=person("lead", 2), at=at)
    alone = reverse("assessments:finish_alone", args=[double.pk])
    shown = lead.get(page).content.decode()
    assert "It waits for the second assessor" in shown
    assert alone in shown

    def post(path: str, **sent: Any) -> Any:
        url = f"/api/v1/assessments/{double.pk}/{path}"
        return lead.post(url, sent, content_type="application/json")

    assert post("cancel", reason="Wrong.").status_code == 409
    assert lead.post(alone, {"reason": ""}).status_code == 422
    assert post("finish-alone", reason="Ill.").json()["state"] == "submitted"
    assert post("finish-alone", reason="Ill.").status_code == 409


def test_the_page_takes_it_back(planned: Assessment, client_of: Callable[..., Client]) -> None:
    url = reverse("assessments:cancel", args=[planned.pk])
    assert client_of("lead").post(url, {"reason": "Wrong site."}).status_code == 302
    assert not Assessment.objects.exists()
