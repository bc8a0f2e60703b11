"""What is agreed along a referral, over HTTP: program, goals, sessions, follow-ups, passing on; and days of
school."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema, Status
from ninja.errors import HttpError

from schoolward.domains.cases import actions, queries
from schoolward.domains.cases.api.referrals import ReferralOut, Word, shown, step
from schoolward.domains.cases.models import FollowUp, Found, FoundBy, Goal, GoalState, Service
from schoolward.domains.cases.queries.attendance import days_between
from schoolward.domains.programs.queries import programs
from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.asking import RowNumber

router = Router()


class ProgramIn(GuardedSchema):
    """The short name of the program that the referral is to, and one of its offerings if it is settled."""

    program: Word
    offering: RowNumber | None = None
    version: int | None = None


class PassIn(GuardedSchema):
    """The short name of the agency that it is passed on to, and why."""

    agency: Word
    reason: Word
    version: int | None = None


class GoalIn(GuardedSchema):
    """A goal in the family's own words, and the day on which it is looked at again."""

    words: Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")]
    review_on: date


class ReviewIn(GuardedSchema):
    """How a goal stands: ``open`` with its next day, ``reached`` or ``dropped``."""

    state: GoalState
    review_on: date | None = None


class GoalOut(Schema):
    """A goal."""

    id: int
    words: str
    review_on: date
    state: str


class ServiceIn(GuardedSchema):
    """How many sessions of an offering the young person is to come to."""

    offering: RowNumber
    planned: int


class AttendedIn(GuardedSchema):
    """How many of the planned sessions the young person came to so far."""

    attended: int


class ServiceOut(Schema):
    """Sessions planned and attended."""

    id: int
    offering: int
    planned: int
    attended: int


class FollowUpIn(GuardedSchema):
    """What was found 6, 12 or 24 months after the exit: yes, no or unknown, and from whom."""

    months: int
    found: Found
    source: FoundBy
    on: date | None = None


class FollowUpOut(Schema):
    """What was found after so many months, and when these were full."""

    months: int
    full_on: date
    found: str
    source: str
    on: date


class DayOut(Schema):
    """One day of school as the student information system tells it. ``excused`` is null while undecided."""

    on: date
    mark: str
    minutes_absent: int | None
    excused: bool | None
    enrolled: bool


def _rows(request: HttpRequest, pk: int, rows: QuerySet[Any]) -> list[Any]:
    """Rows of a referral that the caller may see, each reading on the record."""
    viewer = viewer_of(request)
    check(viewer, "cases.view")
    shown(viewer, pk)
    return read(rows.filter(referral=pk), viewer)


def _made(action: Any, viewer: Viewer, **sent: Any) -> Any:
    """What an action makes; a row that is not the caller's is not there."""
    try:
        return action(by=viewer, at=now(viewer.at), **sent)
    except actions.NotTheirs:
        raise Http404 from None


@router.post(
    "/referrals/{referral_id}/program", url_name="cases_program", response=ReferralOut, exclude_unset=True
)
def choose_program(request: HttpRequest, referral_id: RowNumber, told: ProgramIn) -> Any:
    """Say which program the referral is to, as long as the family has not said yes to one."""
    viewer = viewer_of(request)
    check(viewer, "cases.keep")
    program = programs(viewer).filter(key=told.program).first()
    return step(
        request,
        referral_id,
        "cases.keep",
        actions.choose_program,
        program_id=program.pk if program else 0,
        offering_id=told.offering,
        version=told.version,
    )


@router.post(
    "/referrals/{referral_id}/pass-on", url_name="cases_pass_on", response=ReferralOut, exclude_unset=True
)
def pass_on(request: HttpRequest, referral_id: RowNumber, told: PassIn) -> Any:
    """Pass the referral on to another agency, under a live agreement. The answer is the one that
    ended here."""
    check(viewer_of(request), "cases.keep")
    agency = agencies().filter(key=told.agency).first()
    if agency is None:
        raise HttpError(422, "agency: there is no agency of this short name")
    return step(
        request,
        referral_id,
        "cases.keep",
        actions.pass_on,
        agency=agency,
        reason=told.reason,
        version=told.version,
    )


@router.get("/referrals/{referral_id}/goals", url_name="cases_goals", response=list[GoalOut])
def goals(request: HttpRequest, referral_id: RowNumber) -> list[Goal]:
    """The goals of a referral, by the day of their next review."""
    return _rows(request, referral_id, Goal.objects.order_by("review_on", "pk"))


@router.post("/referrals/{referral_id}/goals", url_name="cases_goal", response={201: GoalOut})
def set_goal(request: HttpRequest, referral_id: RowNumber, told: GoalIn) -> Status[Goal]:
    """Write a goal down in the family's own words."""
    viewer = viewer_of(request)
    check(viewer, "cases.keep")
    return Status(201, _made(actions.set_goal, viewer, referral_id=referral_id, **told.dict()))


@router.post("/goals/{goal_id}/review", url_name="cases_goal_review", response=GoalOut)
def review_goal(request: HttpRequest, goal_id: RowNumber, told: ReviewIn) -> Goal:
    """Say how a goal stands."""
    viewer = viewer_of(request)
    check(viewer, "cases.keep")
    found: Goal = _made(
        actions.review_goal, viewer, goal_id=goal_id, state=told.state.value, review_on=told.review_on
    )
    return found


@router.get("/referrals/{referral_id}/sessions", url_name="cases_services", response=list[ServiceOut])
def services(request: HttpRequest, referral_id: RowNumber) -> list[dict[str, Any]]:
    """Sessions planned and attended, by offering."""
    return [_service(one) for one in _rows(request, referral_id, Service.objects.order_by("pk"))]


@router.post("/referrals/{referral_id}/sessions", url_name="cases_service", response={201: ServiceOut})
def plan_service(request: HttpRequest, referral_id: RowNumber, told: ServiceIn) -> Status[dict[str, Any]]:
    """Plan sessions of an offering of the referral's program. Again changes the number."""
    viewer = viewer_of(request)
    check(viewer, "cases.keep")
    made = _made(
        actions.plan_service,
        viewer,
        referral_id=referral_id,
        offering_id=told.offering,
        planned=told.planned,
    )
    return Status(201, _service(made))


@router.post("/sessions/{service_id}/count", url_name="cases_service_count", response=ServiceOut)
def count_sessions(request: HttpRequest, service_id: RowNumber, told: AttendedIn) -> dict[str, Any]:
    """Say how many of the planned sessions the young person came to. Safe to be sent twice."""
    viewer = viewer_of(request)
    check(viewer, "cases.deliver")
    return _service(_made(actions.count_sessions, viewer, service_id=service_id, attended=told.attended))


def _service(one: Service) -> dict[str, Any]:
    return {
        "id": one.pk,
        "offering": one.offering_id,
        "planned": one.planned,
        "attended": one.attended,
    }


@router.get("/referrals/{referral_id}/follow-ups", url_name="cases_follow_ups", response=list[FollowUpOut])
def follow_ups(request: HttpRequest, referral_id: RowNumber) -> list[FollowUp]:
    """What was found after the exit."""
    return _rows(request, referral_id, FollowUp.objects.order_by("months"))


@router.post("/referrals/{referral_id}/follow-ups", url_name="cases_follow_up", response={201: FollowUpOut})
def follow_up(request: HttpRequest, referral_id: RowNumber, told: FollowUpIn) -> Status[FollowUp]:
    """Write down what was found. Not before the time is full; again sets it right."""
    viewer = viewer_of(request)
    check(viewer, "cases.keep")
    sent = {**told.dict(), "found": told.found.value, "source": told.source.value}
    return Status(201, _made(actions.follow_up, viewer, referral_id=referral_id, **sent))


@router.get("/youths/{youth_id}/attendance", url_name="cases_attendance", response=list[DayOut])
def attendance(
    request: HttpRequest,
    youth_id: RowNumber,
    start: date | None = Query(None, alias="from"),  # noqa: B008 - how Ninja declares a parameter
    end: date | None = Query(None, alias="to"),  # noqa: B008
) -> list[Any]:
    """Days of school of a young person whom the caller stands by, the newest first, 400 at most.

    Each reading is on the record.
    """
    viewer = viewer_of(request)
    check(viewer, "cases.keep")
    if queries.seen_youth(viewer, youth_id) is None:
        raise Http404
    return days_between(viewer, youth_id, start, end)
