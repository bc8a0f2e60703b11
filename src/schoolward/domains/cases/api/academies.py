"""Academies over HTTP: cohorts, students, hours of service, approvals, and what became of cohorts."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from schoolward.domains.cases.actions import academies as actions
from schoolward.domains.cases.actions.newcomers import Newcomer
from schoolward.domains.cases.models import (
    LONGEST_SERVICE,
    AcademyCohort,
    DayOfAcademy,
    Language,
    LeftAs,
    ServiceHours,
    ServiceKind,
    ToldBy,
)
from schoolward.domains.cases.queries import academies as queries
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.asking import RowNumber, Text

router = Router()


class AcademyCohortOut(Schema):
    """A cohort of an academy. It names nobody."""

    id: int
    program: str
    site: str
    entered_on: date
    ends_on: date


class AcademyCohortIn(GuardedSchema):
    """A cohort to open; whoever opens it runs it."""

    program: RowNumber
    site: RowNumber
    entered_on: date
    ends_on: date


class StudentOut(Schema):
    """A student with minutes of service of this school year."""

    id: int
    youth: int
    joined_on: date
    left_on: date | None
    left_as: str
    minutes_approved: int
    minutes_waiting: int


class AcademyOut(AcademyCohortOut):
    """A cohort with the students whom the caller has to do with; ``goal_hours`` is a year's service."""

    goal_hours: int | None
    students: list[StudentOut]


class StudentIn(GuardedSchema):
    """A student who joins; found by name and birthday, else entered.

    ``known``: the number of the record that the student is, or ``new``; asked for (422) where nobody can be
    sure.
    """

    legal_name: Text
    born_on: date
    joined_on: date
    local_number: Text = ""
    home_language: Language = Language.ENGLISH
    known: Annotated[str, Field(pattern=r"^(new|[0-9]{1,19})?$")] = ""


class LeaveIn(GuardedSchema):
    """How and when a student left."""

    left_on: date
    left_as: LeftAs


class HoursIn(GuardedSchema):
    """Service on one day. The same ``receipt`` is taken once."""

    on: date
    minutes: Annotated[int, Field(ge=15, le=LONGEST_SERVICE)]
    kind: ServiceKind
    told_by: ToldBy
    receipt: UUID | None = None


class HoursOut(Schema):
    """Service on one day, and whether somebody else approved it."""

    id: int
    student: int
    on: date
    minutes: int
    kind: str
    told_by: str
    state: str


class DecideIn(GuardedSchema):
    """Whether hours count."""

    approve: bool


class DayIn(GuardedSchema):
    """Who came on a day; ``came`` are numbers of students of the cohort, everybody else did not."""

    on: date
    kind: DayOfAcademy
    came: Annotated[list[RowNumber], Field(max_length=2000)] = []


class DayOut(Schema):
    """Of how many students it was noted."""

    noted: int


class CompletionOut(Schema):
    """What became of a cohort; ``null`` for a number that may not be told."""

    cohort: int
    joined: int | None
    still: int | None
    completed: int | None
    moved: int | None
    left: int | None
    reached: int | None
    short: int | None
    no_year: int | None
    counted_on: date


def cohort_out(cohort: AcademyCohort) -> dict[str, Any]:
    """A cohort as it goes out."""
    return {
        "id": cohort.pk,
        "program": cohort.program.key,
        "site": cohort.campus.slug,
        "entered_on": cohort.entered_on,
        "ends_on": cohort.ends_on,
    }


def student_out(row: queries.MemberRow) -> dict[str, Any]:
    """A student as they go out."""
    names = ("id", "joined_on", "left_on", "left_as")
    return {
        **{name: getattr(row.member, name) for name in names},
        "youth": row.member.youth_id,
        "minutes_approved": row.approved,
        "minutes_waiting": row.waiting,
    }


def hours_out(hours: ServiceHours) -> dict[str, Any]:
    """Service as it goes out."""
    names = ("id", "on", "minutes", "kind", "told_by", "state")
    return {**{name: getattr(hours, name) for name in names}, "student": hours.member_id}


def found_student(viewer: Viewer, pk: int) -> dict[str, Any]:
    """A student as the caller may see them, else there is none."""
    page = queries.member_page(viewer, pk, today(viewer.at))
    if page is None:
        raise Http404
    return student_out(page.row)


@router.get("", url_name="academies", response=list[AcademyCohortOut])
def cohorts(request: HttpRequest) -> list[dict[str, Any]]:
    """Every cohort, the newest first."""
    return [cohort_out(one) for one in queries.cohorts(viewer_of(request))]


@router.post("", url_name="academy_open", response={201: AcademyCohortOut})
def open_cohort(request: HttpRequest, told: AcademyCohortIn) -> Status[dict[str, Any]]:
    """Open a cohort. Opened again, it is the same one."""
    viewer = viewer_of(request)
    made = actions.open_cohort(
        program_id=told.program,
        campus_id=told.site,
        entered_on=told.entered_on,
        ends_on=told.ends_on,
        by=viewer,
        at=now(viewer.at),
    )
    return Status(201, cohort_out(made))


@router.get("/completion", url_name="academy_completion", response=list[CompletionOut])
def completion(request: HttpRequest) -> list[dict[str, Any]]:
    """What became of each cohort, and who reached the hours of the last school year.

    Counted once a month; a cohort keeps its numbers until they have changed by nothing or by 11 or more.
    """
    viewer = viewer_of(request)
    names = ("joined", "still", "completed", "moved", "left", "reached", "short", "no_year")
    found = queries.completion_table(viewer, today(viewer.at))
    return [
        {
            "cohort": row.cohort.pk,
            **dict(zip(names, row.numbers, strict=True)),
            "counted_on": row.counted_on,
        }
        for row in found.rows
    ]


@router.get("/to-approve", url_name="academy_to_approve", response=list[HoursOut])
def to_approve(request: HttpRequest) -> list[dict[str, Any]]:
    """Hours that somebody else wrote down and the caller may approve, those that wait longest first."""
    return [hours_out(row.hours) for row in queries.to_approve(viewer_of(request))]


@router.get("/{pk}", url_name="academy", response=AcademyOut)
def cohort(request: HttpRequest, pk: RowNumber) -> dict[str, Any]:
    """A cohort with the students whom the caller has to do with, by name."""
    viewer = viewer_of(request)
    page = queries.cohort_page(viewer, pk, today(viewer.at))
    if page is None:
        raise Http404
    return {
        **cohort_out(page.cohort),
        "goal_hours": page.goal,
        "students": [student_out(row) for row in page.rows],
    }


@router.post("/{pk}/students", url_name="academy_join", response={201: StudentOut})
def join(request: HttpRequest, pk: RowNumber, told: StudentIn) -> Status[dict[str, Any]]:
    """Take a student in. Safe to be sent twice."""
    viewer = viewer_of(request)
    names = ("legal_name", "born_on", "local_number", "home_language", "known")
    made = actions.join(
        cohort_id=pk,
        who=Newcomer(**{name: getattr(told, name) for name in names}),
        joined_on=told.joined_on,
        by=viewer,
        at=now(viewer.at),
    )
    return Status(201, found_student(viewer, made.pk))


@router.post("/{pk}/days", url_name="academy_day", response=DayOut)
def day(request: HttpRequest, pk: RowNumber, told: DayIn) -> dict[str, int]:
    """Write down who came on a uniform day, to a competition or on a visit. Again, it is set right."""
    viewer = viewer_of(request)
    noted = actions.note_day(
        cohort_id=pk, on=told.on, kind=told.kind, came=told.came, by=viewer, at=now(viewer.at)
    )
    return {"noted": noted}


@router.get("/students/{pk}", url_name="academy_student", response=StudentOut)
def student(request: HttpRequest, pk: RowNumber) -> dict[str, Any]:
    """One student of an academy."""
    viewer = viewer_of(request)
    check(viewer, queries.VIEW)
    return found_student(viewer, pk)


@router.post("/students/{pk}/leave", url_name="academy_leave", response=StudentOut)
def leave(request: HttpRequest, pk: RowNumber, told: LeaveIn) -> dict[str, Any]:
    """Say that a student has completed the academy, or left it."""
    viewer = viewer_of(request)
    actions.leave(member_id=pk, left_on=told.left_on, left_as=told.left_as, by=viewer, at=now(viewer.at))
    return found_student(viewer, pk)


@router.post("/students/{pk}/hours", url_name="academy_hours", response={201: HoursOut})
def hours(request: HttpRequest, pk: RowNumber, told: HoursIn) -> Status[dict[str, Any]]:
    """Write hours of service down. They count once somebody else approves them."""
    viewer = viewer_of(request)
    made = actions.log_hours(
        member_id=pk,
        on=told.on,
        minutes=told.minutes,
        kind=told.kind,
        told_by=told.told_by,
        receipt=told.receipt or uuid4(),
        by=viewer,
        at=now(viewer.at),
    )
    return Status(201, hours_out(made))


@router.post("/hours/{pk}/decide", url_name="academy_decide", response=HoursOut)
def decide(request: HttpRequest, pk: RowNumber, told: DecideIn) -> dict[str, Any]:
    """Approve hours that somebody else wrote down, or say that they do not count."""
    viewer = viewer_of(request)
    return hours_out(actions.decide_hours(hours_id=pk, approve=told.approve, by=viewer, at=now(viewer.at)))
