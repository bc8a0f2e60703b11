"""The pages of class days, monthly tracking and academies, as those see them who use them, over HTTP and in
tables."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from domain.cases.conftest import booking
from schoolward.domains.cases import actions
from schoolward.domains.cases.actions import academies
from schoolward.domains.cases.actions.editions import give_tables
from schoolward.domains.cases.models import (
    AcademyCohort,
    AcademyMember,
    ClassSeat,
    Guardian,
    MonthlyTrack,
    Referral,
    SeatDuty,
    ServiceHours,
)
from schoolward.domains.places.models import Campus
from schoolward.domains.programs import actions as program_actions
from schoolward.domains.programs.models import Offering, Program
from schoolward.platform.access.models import Membership
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run

SATURDAY = date(2012, 9, 22)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stands_still(settings: LazySettings) -> None:
    settings.DEMO = True


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def title(answer: Any) -> str:
    found = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.S)
    return found[1] if found else ""


Make = Callable[..., Program]


@pytest.fixture
def program_of(membership: Callable[..., Membership], by: Viewer, at: datetime) -> Make:
    """A program by its short name."""

    def make(key: str, kind: str, **fields: Any) -> Program:
        agency = membership("provider", "community").agency
        provider = program_actions.add_provider(name=key, agency_id=agency.pk, by=by, at=at)
        return program_actions.add_program(
            title=key, key=key, kind=kind, provider_id=provider.pk, by=by, at=at, **fields
        )

    return make


@pytest.fixture
def said_yes(principal: Viewer, coordinator: Viewer, at: datetime) -> Callable[..., Referral]:
    """A referral to a program that the family has said yes to."""

    def make(program: Program, *, started: date | None = None) -> Referral:
        made = actions.refer(booking=booking(program_id=program.pk), on=date(2012, 7, 2), by=principal, at=at)
        actions.take(referral_id=made.pk, by=coordinator, at=at)
        who: dict[str, Any] = {"referral_id": made.pk, "by": coordinator, "at": at}
        actions.log_contact(way="call", minutes=5, reached=True, on=date(2012, 7, 3), **who)
        first, last = date(2012, 7, 4), date(2013, 6, 30)
        actions.consent(given_by="parent", valid_from=first, valid_to=last, on=first, **who)
        if started is not None:
            actions.start(on=started, **who)
        return made

    return make


def one(model: Any, at: datetime, **wanted: Any) -> Any:
    with within(Viewer.system(at=at)):
        return model.objects.get(**wanted)


def test_a_seat_from_the_referral_to_the_certificate(
    program_of: Make,
    said_yes: Callable[..., Referral],
    client_of: Callable[..., Client],
    by: Viewer,
    at: datetime,
) -> None:
    save = program_of("project-save", "class", parent_required=True)
    referral = said_yes(save)
    today = date(2012, 9, 6)
    offering: Offering = program_actions.open_offering(
        program_id=save.pk, starts_on=today, ends_on=today, seats=5, place="A hall", by=by, at=at
    )
    guardian = one(Guardian, at, youth=referral.youth_id)
    worker = client_of("program_coordinator")
    page = f"/cases/referrals/{referral.pk}/"
    assert "Ask for a seat" in text(worker.get(page))
    ask = f"/classes/referrals/{referral.pk}/seat/"
    assert "Invented Mother" in text(worker.get(ask))
    missing = worker.post(ask, {"offering_id": offering.pk})
    assert missing.status_code == 422
    assert worker.post(ask, {"offering_id": offering.pk, "guardian_id": guardian.pk}).status_code == 302
    seat = one(ClassSeat, at)
    assert "Offered" in text(worker.get(page))
    assert "1 of 5 seats taken, 0 confirmed" in text(worker.get("/classes/"))
    assert worker.post(f"/classes/seats/{seat.pk}/confirm/", {"guardian_id": guardian.pk}).status_code == 302
    settle = f"/classes/seats/{seat.pk}/who-came/"
    assert worker.get(f"/classes/seats/{seat.pk}/certificate/").status_code == 404
    assert worker.post(settle, {"state": "alone"}).status_code == 302
    due = one(SeatDuty, at, kind="rescue")
    called = f"/classes/seats/{seat.pk}/due/{due.pk}/"
    assert "offer the next class" in text(worker.get(called))
    assert worker.post(settle, {"state": "came"}).status_code == 302
    paper = worker.get(f"/classes/seats/{seat.pk}/certificate/")
    assert "Invented Person took part in the whole class together with Invented Mother" in text(paper)
    certificate = f"/classes/seats/{seat.pk}/certificate/"
    for address in (ask, settle, "/classes/", f"/classes/{offering.pk}/", certificate):
        assert "Invented" not in title(worker.get(address)), address
    another = client_of("program_coordinator", who="another")
    assert "Invented" not in text(another.get(f"/classes/{offering.pk}/"))
    assert another.get(settle).status_code == 404
    assert client_of("lead").get("/classes/").status_code == 403
    assert "Seats and classes" in text(worker.get("/programs/project-save/"))


def test_a_month_in_four_taps(
    program_of: Make, said_yes: Callable[..., Referral], client_of: Callable[..., Client], at: datetime
) -> None:
    referral = said_yes(program_of("gptto", "case"), started=date(2012, 7, 10))
    worker = client_of("program_coordinator")
    assert "2 months are past their day" in text(worker.get("/outreach/"))
    address = f"/outreach/referrals/{referral.pk}/month/"
    form = worker.get(address).content.decode()
    assert 'value="2012-07-01" selected' in form  # the oldest that is missing is chosen
    words = {"justice": "none", "school": "better", "family": "same"}
    refused = worker.post(address, {"month": "2012-07-01", **words})
    assert refused.status_code == 422
    sent = {"month": "2012-07-01", **words, "club": "worse"}
    assert worker.post(address, sent).status_code == 302
    assert one(MonthlyTrack, at).school == "better"
    page = worker.get(f"/outreach/referrals/{referral.pk}/")
    assert "Better" in text(page)
    assert "Vinny" not in title(page)
    assert "Invented" not in title(page)
    assert "1 month is missing" in text(worker.get("/cases/work/"))
    assert client_of("program_coordinator", who="another").get(address).status_code == 404
    give_tables(on=date(2012, 9, 6), by=Viewer.system(at=at), at=at)
    shown = text(client_of("trustee", purpose="accountability").get("/outreach/cohorts/"))
    assert "hidden" in shown
    assert "Invented" not in shown


def test_a_student_of_an_academy(
    program_of: Make, campus: Campus, client_of: Callable[..., Client], at: datetime
) -> None:
    program = program_of("criminal-justice-academies", "curriculum")
    teacher = client_of("program_coordinator")
    api = teacher.post(
        "/api/v1/cases/academies",
        {"program": program.pk, "site": campus.pk, "entered_on": "2012-08-27", "ends_on": "2016-06-03"},
        content_type="application/json",
    )
    assert api.status_code == 201, api.content
    cohort = one(AcademyCohort, at)
    base = f"/academies/{cohort.pk}/"
    student = {"legal_name": "Invented Cadet", "born_on": "1998-03-01", "home_language": "en"}
    assert teacher.post(base + "join/", {**student, "joined_on": "2012-08-27"}).status_code == 302
    member = one(AcademyMember, at)
    hours = {"on": "2012-09-01", "hours": "2.5", "kind": "parks", "told_by": "student"}
    address = f"/academies/students/{member.pk}/hours/"
    assert teacher.post(address, {**hours, "hours": "2.1"}).status_code == 422
    assert teacher.post(address, hours).status_code == 302
    kept = one(ServiceHours, at)
    assert "0 hours this school year, 2.5 wait for approval" in text(teacher.get(base))
    decide = f"/academies/hours/{kept.pk}/decide/"
    assert teacher.post(decide, {"approve": "yes"}).status_code == 404
    principal = client_of("site_lead", campuses=[campus])
    assert "Invented Cadet" in text(principal.get("/academies/to-approve/"))
    assert principal.post(decide, {"approve": "yes"}).status_code == 302
    page = teacher.get(f"/academies/students/{member.pk}/")
    assert "2.5 of 50 hours of service this school year" in text(page)
    assert "Invented" not in title(page)
    came = {"kind": "uniform", "on": "2012-09-05", "came": [member.pk]}
    assert teacher.post(base + "day/", came).status_code == 302
    assert "came on 1 of 1 days" in text(teacher.get(base))
    gone = {"left_as": "moved", "left_on": "2012-09-06"}
    assert teacher.post(f"/academies/students/{member.pk}/leave/", gone).status_code == 302
    give_tables(on=date(2012, 9, 6), by=Viewer.system(at=at), at=at)
    assert "hidden" in text(client_of("lead", purpose="accountability").get("/academies/completion/"))
    another = client_of("program_coordinator", who="another")
    assert another.get(f"/academies/students/{member.pk}/").status_code == 404
    officer = client_of("school_resource_officer", "police")
    assert "No student of yours here" in text(officer.get(base))
    assert officer.get(f"/academies/students/{member.pk}/").status_code == 404
    assert officer.post(address, hours).status_code == 404
    assert officer.get(base + "day/").status_code == 404


def bring(key: str, rows: list[dict[str, object]], by: Viewer, at: datetime) -> Report:
    """Read a table in."""
    columns = get(key).column_names
    lines = [",".join(columns), *(",".join(str(row.get(name, "")) for name in columns) for row in rows)]
    return run(key, io.BytesIO("\n".join(lines).encode()), by=by, at=at)


def test_tables_go_out_and_come_in_again_unchanged(
    program_of: Make,
    said_yes: Callable[..., Referral],
    coordinator: Viewer,
    campus: Campus,
    by: Viewer,
    at: datetime,
) -> None:
    save = program_of("project-save", "class", parent_required=True)
    seat_of, track_of = said_yes(save), said_yes(program_of("gptto", "case"), started=date(2012, 8, 1))
    program_actions.open_offering(
        program_id=save.pk, starts_on=SATURDAY, ends_on=SATURDAY, place="A hall", by=by, at=at
    )
    academy = program_of("criminal-justice-academies", "curriculum")
    academies.open_cohort(
        program_id=academy.pk,
        campus_id=campus.pk,
        entered_on=date(2012, 8, 27),
        ends_on=date(2016, 6, 3),
        by=coordinator,
        at=at,
    )
    words = dict.fromkeys(("justice", "school", "family", "club"), "same")
    seat = {"referral": f"no-{seat_of.pk}", "class": "project-save-1", "guardian": "Invented Mother"}
    student = {"cohort": "oak-high-2012", "legal_name": "Invented Cadet", "born_on": "1998-03-02"}
    student |= {"joined_on": "2012-08-27"}
    made = [
        bring("class-seats", [{**seat, "state": "confirmed"}], coordinator, at),
        bring("monthly-tracking", [{"referral": track_of.pk, "month": "2012-08", **words}], coordinator, at),
        bring("academy-students", [student], coordinator, at),
    ]
    member = one(AcademyMember, at)
    slip = {"reference": "slip-1", "student": f"no-{member.pk}", "on": "2012-09-01", "hours": "1.5"}
    slip |= {"kind": "parks", "told_by": "student"}
    made.append(bring("service-hours", [slip], coordinator, at))
    assert [(report.created, report.rejected_rows) for report in made] == [(1, 0)] * 4, [
        report.rejected for report in made
    ]
    for key in ("class-seats", "monthly-tracking", "academy-students", "service-hours"):
        rows = list(get(key).export_rows(coordinator))
        assert len(rows) == 1, key
        again = bring(key, [dict(zip(get(key).column_names, rows[0], strict=True))], coordinator, at)
        assert (again.created, again.updated, again.unchanged, again.rejected_rows) == (0, 0, 1, 0), (
            key,
            again.rejected,
        )


MONTH = {"referral": 9, "month": "2012-08", "school": "same", "family": "same", "club": "same"}
STUDENT = {"cohort": "oak-high-2012", "legal_name": "A", "born_on": "1998-03-02", "joined_on": "2012-08-27"}
SLIP = {"reference": 1, "student": 1, "on": "2012-09-01", "kind": "parks", "told_by": "host", "hours": 1}
SEAT = {"referral": "no-9", "class": "project-save-1", "guardian": "A"}


@pytest.mark.parametrize(
    ("key", "row", "column"),
    [
        ("class-seats", SEAT, "referral"),
        ("class-seats", {**SEAT, "referral": "nine"}, "referral"),
        ("monthly-tracking", {**MONTH, "justice": "bad"}, "justice"),
        ("academy-students", STUDENT, "cohort"),
        ("service-hours", {**SLIP, "hours": 1.1}, "hours"),
        ("service-hours", SLIP, "student"),
    ],
)
def test_a_bad_row_names_its_column_and_leaves_nothing(
    key: str, row: dict[str, object], column: str, coordinator: Viewer, at: datetime
) -> None:
    report = bring(key, [row], coordinator, at)
    assert (report.created, report.rejected_rows) == (0, 1)
    assert [problem.column for problem in report.rejected] == [column]
