"""Defects that anybody reports without a name, and work that comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions
from schoolward.domains.assessments.actions.defects import MOST_AT_ONCE
from schoolward.domains.assessments.models import DefectPoint, DefectReport, PlanRun, PreventivePlan
from schoolward.domains.assessments.recurring import last_day_of, period_of
from schoolward.domains.places.models import Campus
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db
DAY = date(2012, 9, 6)
PLAN = {
    "title": "Test the gate locks",
    "instructions": "Each lock, twice.",
    "campus_id": None,
    "every": "quarter",
    "trade": "locks",
    "severity": "medium",
    "owner_role": "facilities",
    "estimate_cents": None,
    "valid_from": date(2012, 1, 1),
    "valid_to": None,
}


@pytest.fixture
def point(site: Campus, by: Viewer, at: datetime) -> DefectPoint:
    return actions.make_point(campus_id=site.pk, label="Gate by the gym", by=by, at=at)


def told(point: DefectPoint, at: datetime, **change: Any) -> DefectReport:
    given: dict[str, Any] = {"kind": "lock", "text": "Does not latch.", "client_id": uuid4(), **change}
    return actions.report_defect(token=point.token, by=Viewer.anonymous(at=at), at=at, **given)


def test_a_report_sent_twice_is_one(point: DefectPoint, at: datetime) -> None:
    number = uuid4()
    assert told(point, at, client_id=number) == told(point, at, client_id=number)


@pytest.mark.parametrize(
    "text", ["Call 916-555-0100", "ask joe@example.org", "(916) 555 0100 please", "x" * 301]
)
def test_no_way_to_reach_anybody_is_kept(point: DefectPoint, at: datetime, text: str) -> None:
    with pytest.raises(actions.AssessmentRefused) as refusal:
        told(point, at, text=text)
    assert refusal.value.field == "text"
    assert not DefectReport.objects.exists()


@pytest.mark.parametrize("text", ["Room 12b, door 3", "Since 2012-09-01", "20 feet of fence"])
def test_numbers_of_rooms_are_kept(point: DefectPoint, at: datetime, text: str) -> None:
    assert told(point, at, text=text).text == text


def test_too_many_at_one_spot_are_not_kept(point: DefectPoint, at: datetime) -> None:
    for _number in range(MOST_AT_ONCE):
        told(point, at)
    with pytest.raises(actions.TooMany):
        told(point, at)
    assert told(point, at + timedelta(minutes=11)).pk


def test_a_standing_day_does_not_close_a_spot_for_good(point: DefectPoint, at: datetime) -> None:
    """In a demonstration every report is dated on its day; the limit goes by the true clock."""
    for _number in range(MOST_AT_ONCE):
        told(point, at)
    later = Viewer.anonymous(at=at + timedelta(minutes=11))
    given: dict[str, Any] = {"kind": "lock", "text": "Does not latch.", "client_id": uuid4()}
    assert actions.report_defect(token=point.token, by=later, at=at, **given).pk


def test_what_was_written_stays_where_it_is_too_much(
    point: DefectPoint, client: Client, at: datetime
) -> None:
    address = reverse("assessments:report", args=[point.token])
    sent = {"kind": "lock", "text": "The latch is bent.", "client_id": str(uuid4())}
    for _number in range(MOST_AT_ONCE):
        client.post(address, {**sent, "client_id": str(uuid4())})
    page = client.post(address, sent)
    assert page.status_code == 429
    assert "The latch is bent." in page.content.decode()
    assert "ten minutes" in page.content.decode()


def test_an_ended_code_opens_nothing(point: DefectPoint, by: Viewer, at: datetime) -> None:
    actions.end_point(point_id=point.pk, by=by, at=at)
    with pytest.raises(actions.AssessmentRefused):
        told(point, at)


def test_a_label_is_used_once_and_tokens_differ(
    point: DefectPoint, site: Campus, by: Viewer, at: datetime
) -> None:
    with pytest.raises(actions.AssessmentRefused):
        actions.make_point(campus_id=site.pk, label=point.label, by=by, at=at)
    other = actions.make_point(campus_id=site.pk, label="Door 3", by=by, at=at)
    assert other.token != point.token
    assert len(other.token) >= 20


def test_a_report_becomes_work_once(point: DefectPoint, by: Viewer, at: datetime) -> None:
    settled = actions.defect_to_work(report_id=told(point, at).pk, by=by, at=at)
    item = WorkItem.objects.get()
    assert (settled.state, settled.work_id) == ("work", item.pk)
    assert (item.kind, item.trade, item.severity, item.due) == (
        "repair",
        "locks",
        "high",
        DAY + timedelta(days=60),
    )
    with pytest.raises(actions.AssessmentRefused):
        actions.defect_to_work(report_id=settled.pk, by=by, at=at)


def test_a_report_is_dismissed_with_a_reason(point: DefectPoint, by: Viewer, at: datetime) -> None:
    report = told(point, at)
    with pytest.raises(actions.AssessmentRefused):
        actions.dismiss_defect(report_id=report.pk, reason=" ", by=by, at=at)
    assert actions.dismiss_defect(report_id=report.pk, reason="Mended.", by=by, at=at).state == "dismissed"


def test_who_settles_reports(
    point: DefectPoint, site: Campus, person: Callable[..., Viewer], at: datetime
) -> None:
    report = told(point, at)
    for who in (person("trustee"), person("site_lead", campus_ids={site.pk + 1})):
        with pytest.raises(AccessDenied):
            actions.dismiss_defect(report_id=report.pk, reason="No.", by=who, at=at)
    assert actions.dismiss_defect(
        report_id=report.pk, reason="Seen.", by=person("site_lead", campus_ids={site.pk}), at=at
    ).pk


@pytest.mark.parametrize(
    ("every", "day", "key", "last"),
    [
        ("week", date(2012, 9, 6), "2012-W36", date(2012, 9, 9)),
        ("week", date(2012, 12, 31), "2013-W01", date(2013, 1, 6)),
        ("month", date(2012, 2, 10), "2012-02", date(2012, 2, 29)),
        ("month", date(2012, 12, 31), "2012-12", date(2012, 12, 31)),
        ("quarter", date(2012, 9, 6), "2012-Q3", date(2012, 9, 30)),
        ("quarter", date(2012, 12, 1), "2012-Q4", date(2012, 12, 31)),
        ("half_year", date(2012, 6, 30), "2012-H1", date(2012, 6, 30)),
        ("half_year", date(2012, 7, 1), "2012-H2", date(2012, 12, 31)),
        ("year", date(2012, 9, 6), "2012", date(2012, 12, 31)),
    ],
)
def test_periods(every: str, day: date, key: str, last: date) -> None:
    assert (period_of(every, day), last_day_of(every, day)) == (key, last)
    assert period_of(every, last) == key
    assert period_of(every, last + timedelta(days=1)) != key


def test_work_is_opened_once_a_period_for_each_site(site: Campus, by: Viewer, at: datetime) -> None:
    actions.make_plan(fields=PLAN, by=by, at=at)
    assert [actions.open_due_work(on=DAY, by=by, at=at) for _time in range(2)] == [1, 0]
    item = WorkItem.objects.get()
    assert (item.campus_id, item.due, item.kind, item.owner_role) == (
        site.pk,
        date(2012, 9, 30),
        "task",
        "facilities",
    )
    assert actions.open_due_work(on=date(2012, 10, 1), by=by, at=at) == 1
    assert PlanRun.objects.count() == 2


def test_a_plan_that_ended_opens_nothing(site: Campus, by: Viewer, at: datetime) -> None:
    plan = actions.make_plan(fields={**PLAN, "valid_to": date(2012, 9, 5)}, by=by, at=at)
    assert actions.open_due_work(on=DAY, by=by, at=at) == 0
    actions.change_plan(plan_id=plan.pk, fields={**PLAN, "valid_to": DAY}, by=by, at=at)
    assert actions.open_due_work(on=DAY, by=by, at=at) == 1
    assert actions.open_due_work(on=DAY + timedelta(days=1), by=by, at=at) == 0


def test_a_plan_is_refused(site: Campus, by: Viewer, viewer: Any, at: datetime) -> None:
    with pytest.raises(actions.AssessmentRefused):
        actions.make_plan(fields={**PLAN, "valid_to": date(2011, 1, 1)}, by=by, at=at)
    with pytest.raises(AccessDenied):
        actions.make_plan(fields=PLAN, by=viewer("site_lead"), at=at)
    with pytest.raises(AccessDenied):
        actions.make_plan(fields=PLAN, by=viewer("facilities", campus_ids={site.pk}), at=at)
    assert not PreventivePlan.objects.exists()


def test_the_job_opens_it(site: Campus, by: Viewer, at: datetime) -> None:
    from schoolward.domains.assessments.tasks import open_preventive_work
    from schoolward.platform.jobs.actions import enqueue
    from schoolward.platform.jobs.worker import Worker

    actions.make_plan(fields=PLAN, by=by, at=at)
    for _time in range(2):
        enqueue(open_preventive_work, by=by, at=at, period="2012-09-06")
        Worker(clock=lambda: at).run_pending()
    assert WorkItem.objects.count() == 1
