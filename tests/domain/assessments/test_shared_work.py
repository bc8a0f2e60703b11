"""Work that mends several findings is decided by all of them, and once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.analysis.assessing.shapes import Mark
from schoolward.domains.assessments import actions
from schoolward.domains.assessments.models import Finding
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.viewer import Viewer

from .test_findings import People, Walked, finish

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(walked: Walked, person: People, at: datetime) -> tuple[Finding, Finding]:
    """Two findings that one done work mends."""
    walk = walked({"G1": 0, "D1": 0})
    first, second = actions.submit_walk(walk_id=walk.pk, by=person(), at=at).found
    reference = WorkItem.objects.get(pk=first.work_id or 0).reference
    actions.cover_finding(finding_id=second.pk, reference=reference, by=person(), at=at)
    finish(first, by=person(), at=at)
    return first, second


def look_at(
    findings: tuple[Finding, ...], answers: dict[str, Any], *, who: Viewer, by: Viewer, at: datetime
) -> actions.Submitted:
    """A second look at several findings, answered by code."""
    asked = actions.request_reinspection(
        campus_id=findings[0].campus_id, finding_ids=[one.pk for one in findings], due=at.date(), by=by, at=at
    )
    walk = actions.start_reinspection(request_id=asked.pk, client_id=uuid4(), by=who, at=at)
    sent = [actions.GivenAnswer(code=code, answer=answer) for code, answer in answers.items()]
    actions.give_answers(walk_id=walk.pk, answers=sent, by=who, at=at)
    return actions.submit_walk(walk_id=walk.pk, by=who, at=at)


@pytest.mark.parametrize(
    ("answers", "state", "findings"),
    [
        ({"G1": 3, "D1": 3}, "verified", "resolved"),
        ({"G1": 0, "D1": 3}, "scheduled", "accepted"),
        ({"G1": 3, "D1": 0}, "scheduled", "accepted"),
        ({"G1": 3, "D1": Mark.UNOBSERVED}, "done", "accepted"),
        ({"G1": 3}, "done", "accepted"),
    ],
)
@pytest.mark.parametrize("way", ["second look", "whole walk"])
def test_work_that_mends_two_findings_is_decided_once_by_both(
    two: tuple[Finding, Finding],
    walked: Walked,
    person: People,
    by: Viewer,
    at: datetime,
    way: str,
    answers: dict[str, Any],
    state: str,
    findings: str,
) -> None:
    who = person("lead", 2)
    if way == "second look":
        look_at(two, answers, who=who, by=by, at=at)
    else:
        actions.submit_walk(walk_id=walked(answers, who=who).pk, by=who, at=at)
    assert WorkItem.objects.get(pk=two[0].work_id or 0).state == state
    assert set(Finding.objects.values_list("state", flat=True)) == {findings}


def test_work_waits_until_its_last_finding_was_looked_at(
    two: tuple[Finding, Finding],
    person: People,
    client_of: Callable[..., Client],
    by: Viewer,
    at: datetime,
) -> None:
    look_at(two[:1], {"G1": 3}, who=person("lead", 2), by=by, at=at)
    told = client_of("lead").get(reverse("assessments:reinspections")).content.decode()
    assert "its work mends another finding too" in told
    look_at(two[1:], {"D1": 3}, who=person("lead", 2), by=by, at=at)
    assert WorkItem.objects.get(pk=two[0].work_id or 0).state == "verified"


def test_proposed_work_takes_over_what_is_graver_and_due_earlier(
    walked: Walked, person: People, at: datetime
) -> None:
    walk = walked({"G1": 0, "D1": 0})
    high, urgent = actions.submit_walk(walk_id=walk.pk, by=person(), at=at).found
    item = WorkItem.objects.get(pk=high.work_id or 0)
    due = WorkItem.objects.get(pk=urgent.work_id or 0).due
    assert (item.severity, urgent.severity) == ("high", "urgent")
    actions.cover_finding(finding_id=urgent.pk, reference=item.reference, by=person(), at=at)
    item.refresh_from_db()
    assert (item.severity, item.due) == ("urgent", due)


def test_proposed_work_that_is_graver_stays_as_it_is(walked: Walked, person: People, at: datetime) -> None:
    walk = walked({"G1": 0, "D1": 0})
    high, urgent = actions.submit_walk(walk_id=walk.pk, by=person(), at=at).found
    item = WorkItem.objects.get(pk=urgent.work_id or 0)
    actions.cover_finding(finding_id=high.pk, reference=item.reference, by=person(), at=at)
    due = item.due
    item.refresh_from_db()
    assert (item.severity, item.due) == ("urgent", due)


@pytest.mark.parametrize("late", [False, True])
def test_accepted_work_becomes_as_grave_and_as_early_as_what_joins_it(
    late: bool, walked: Walked, person: People, at: datetime
) -> None:
    """The urgent thing is in the sums of urgent work, and is not late unseen; no day is past already."""
    walk = walked({"G1": 0, "D1": 0})
    high, urgent = actions.submit_walk(walk_id=walk.pk, by=person(), at=at).found
    due = WorkItem.objects.get(pk=urgent.work_id or 0).due
    item = WorkItem.objects.get(pk=high.work_id or 0)
    agreed = at.date() + timedelta(days=90)
    actions.accept_finding(finding_id=high.pk, due=agreed, by=person(), at=at)
    item.refresh_from_db()
    first, then = item.first_due, at + timedelta(days=60) if late else at
    actions.cover_finding(finding_id=urgent.pk, reference=item.reference, by=person(), at=then)
    item.refresh_from_db()
    assert (item.state, item.severity) == ("accepted", "urgent")
    assert (item.due, item.first_due) == (then.date() if late else due, first)


def test_work_that_is_done_stays_as_it_was_agreed(walked: Walked, person: People, at: datetime) -> None:
    walk = walked({"G1": 0, "D1": 0})
    high, urgent = actions.submit_walk(walk_id=walk.pk, by=person(), at=at).found
    finish(high, by=person(), at=at)
    before = WorkItem.objects.values("severity", "due", "state").get(pk=high.work_id)
    reference = WorkItem.objects.get(pk=high.work_id or 0).reference
    actions.cover_finding(finding_id=urgent.pk, reference=reference, by=person(), at=at)
    assert WorkItem.objects.values("severity", "due", "state").get(pk=high.work_id) == before
    assert before["state"] == "done"
