"""Days of school come in for the caseload alone, each once, and leave no other child's trace."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from domain.cases.conftest import make_youth
from schoolward.domains.cases.actions import NotTheirs, bring_in
from schoolward.domains.cases.models import AttendanceDay, Youth
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange import actions
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run
from schoolward.protocols.attendance import Day, Mark

HEADER = "student_number,date,mark,minutes_absent,excused,enrolled"
OWN = "0012345,2012-09-05,absent,375,no,yes\n12345,9/6/2012,tardy,10,,\n"
STRANGERS = "STRANGER-1,2012-09-05,absent,,,\nSTRANGER-2,not a day,absent,,,\n"
Bring = Callable[..., Report]


def file(rows: str = OWN + STRANGERS, header: str = HEADER) -> io.BytesIO:
    return io.BytesIO(f"{header}\n{rows}".encode())


@pytest.fixture
def kim(coordinator: Viewer) -> Youth:
    return make_youth(coordinator, local_number="0012345")


@pytest.fixture
def bring(coordinator: Viewer) -> Bring:
    def bring(
        rows: str = OWN + STRANGERS, header: str = HEADER, by: Viewer = coordinator, **asked: Any
    ) -> Report:
        return run("attendance", file(rows, header), by=by, at=by.at, **asked)

    return bring


def kept(viewer: Viewer) -> list[tuple[date, str, int | None, bool | None]]:
    with within(viewer):
        found = visible(AttendanceDay.objects.order_by("on"), viewer)
        return list(found.values_list("on", "mark", "minutes_absent", "excused"))


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return report.read, report.created, report.updated, report.unchanged, report.rejected_rows


def test_days_of_the_caseload_come_in_once(kim: Youth, coordinator: Viewer, bring: Bring) -> None:
    first = bring()
    assert counts(first) == (2, 2, 0, 0, 0)
    assert first.warnings == ["Rows of students outside the caseload, passed over: 2."]
    assert kept(coordinator) == [
        (date(2012, 9, 5), "absent", 375, False),
        (date(2012, 9, 6), "tardy", 10, None),
    ]
    assert counts(bring()) == (2, 0, 0, 2, 0)
    event = Event.objects.get(action="cases.attendance_brought_in")
    assert (event.subject, event.detail) == (kim.subject, {"record": kim.subject, "created": 2, "updated": 0})


def test_a_day_that_is_told_otherwise_is_set_right(kim: Youth, coordinator: Viewer, bring: Bring) -> None:
    bring()
    assert counts(bring(OWN.replace("absent,375,no", "absent,375,yes"))) == (2, 0, 1, 1, 0)
    assert kept(coordinator)[0] == (date(2012, 9, 5), "absent", 375, True)
    assert counts(bring("0012345,2012-09-04,p,,,\n", dry_run=True)) == (1, 1, 0, 0, 0)
    assert len(kept(coordinator)) == 2


def test_faults_show_no_number(kim: Youth, bring: Bring) -> None:
    report = bring("0012345,soon,absent,,,\n,2012-09-05,absent,,,\n" + STRANGERS)
    assert [(r.row, r.column, r.value) for r in report.rejected] == [
        (2, "date", "soon"),
        (3, "student_number", ""),
    ]
    assert counts(report) == (2, 0, 0, 0, 2)
    assert "STRANGER" not in str(report.as_json())


def test_columns_and_codes_are_stated_beside_the_file(kim: Youth, coordinator: Viewer, bring: Bring) -> None:
    stated = {"columns": "student_number=Perm, mark = Code", "marks": "UNV=absent:unexcused"}
    report = bring("12345,9/5/2012,unv\n", "Perm,Date,Code", options=stated)
    assert counts(report) == (1, 1, 0, 0, 0)
    assert kept(coordinator) == [(date(2012, 9, 5), "absent", None, False)]
    (refused,) = bring("12345,9/5/2012,x\n", "Perm,Date,Code").rejected
    assert "State which one it is" in refused.error


def test_two_records_of_one_number_are_a_persons_to_settle(
    kim: Youth, coordinator: Viewer, bring: Bring
) -> None:
    make_youth(coordinator, local_number="12345")
    report = bring(OWN)
    assert counts(report) == (2, 0, 0, 0, 2)
    assert "2 records in the caseload" in report.rejected[0].error


def test_others_bring_nothing_in(
    kim: Youth, coordinator: Viewer, person: Callable[..., Viewer], bring: Bring
) -> None:
    assert counts(bring(by=person("program_coordinator", who="another"))) == (0, 0, 0, 0, 0)
    assert counts(bring(by=person("program_coordinator", purpose="school_safety"))) == (0, 0, 0, 0, 0)
    with pytest.raises(AccessDenied):
        bring(by=person("lead"))
    other = person("program_coordinator", who="another")
    day = Day(2, "0012345", date(2012, 9, 5), Mark.ABSENT, None, None, True)
    with pytest.raises(NotTheirs):
        bring_in(youth_id=kim.pk, days=[day], by=other, at=other.at)
    assert kept(coordinator) == kept(other) == []


def test_an_upload_is_kept_without_anybody_else(kim: Youth, coordinator: Viewer) -> None:
    at = coordinator.at
    brought = actions.receive(
        exchange=get("attendance"),
        stream=file(STRANGERS + OWN + ",2012-09-05,absent,,,\n"),
        file_name="day.csv",
        options={},
        by=coordinator,
        at=at,
    )
    assert brought.file is not None
    with actions.open_file(brought.file) as stream:
        assert b"STRANGER" not in stream.read()
    previewed = Report.from_json(actions.preview(brought=brought, by=coordinator, at=at).report)
    assert counts(previewed) == (3, 2, 0, 0, 1)
    assert [rejection.row for rejection in previewed.rejected] == [6], "rows keep their numbers"
    actions.apply(brought=brought, by=coordinator, at=at)
    assert len(kept(coordinator)) == 2


def test_the_database_keeps_a_day_with_its_youth(kim: Youth, coordinator: Viewer, bring: Bring) -> None:
    bring()
    other = make_youth(coordinator)
    with within(coordinator), pytest.raises(DatabaseError), transaction.atomic():
        AttendanceDay.objects.update(youth=other)


def test_the_page_shows_the_last_days_to_whoever_stands_by_them(
    kim: Youth, bring: Bring, client_of: Callable[..., Client]
) -> None:
    bring()
    page = client_of("program_coordinator").get(reverse("cases:youth", args=[kim.pk])).content.decode()
    assert "Thu, Sep 6, 2012: late" in page
    assert "375 minutes missed · not excused" in page
    assert (
        Event.objects.filter(action="record.read", detail__record__startswith="cases.AttendanceDay").count()
        == 2
    )


@pytest.mark.parametrize(
    ("day", "error"),
    [
        ("2199-01-03", "has not come yet"),
        ("2012-09-07", "has not come yet"),
        ("1900-01-02", "longer ago"),
        ("2012-09-02", "is no day of school"),
        ("2012-09-01", "is no day of school"),
    ],
)
def test_a_day_on_which_nobody_was_at_school_is_told_and_not_kept(
    kim: Youth, bring: Bring, coordinator: Viewer, day: str, error: str
) -> None:
    report = bring(f"0012345,{day},present,,,\n0012345,2012-09-05,absent,375,no,yes\n")
    assert (report.created, report.rejected_rows) == (1, 1)
    (rejected,) = report.rejected
    assert (rejected.row, rejected.column, rejected.value) == (2, "date", day)
    assert error in rejected.error
    assert rejected.mend
    assert len(kept(coordinator)) == 1
