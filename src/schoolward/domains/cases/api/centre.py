"""The attendance center over HTTP: an officer's deliveries, visits, and what is due."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from pydantic import AwareDatetime

from schoolward.analysis.school_days import DayKind
from schoolward.domains.cases.actions import centre as actions
from schoolward.domains.cases.actions.correcting_releases import correct_release
from schoolward.domains.cases.actions.newcomers import Newcomer
from schoolward.domains.cases.models import (
    AgreedStep,
    Attending,
    BroughtBy,
    Cause,
    ContactBy,
    Delivery,
    FromWhere,
    Language,
    LegalBasis,
    ReleasedTo,
)
from schoolward.domains.cases.queries import centre as queries
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.access.wall import within
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.asking import RowNumber, Text

router = Router()


class DeliveryOut(Schema):
    """Somebody whom the caller brought: delivered, returned. Nobody is named."""

    id: int
    announced_at: datetime
    from_where: str
    received_at: datetime | None
    returned_at: datetime | None
    taken_back_at: datetime | None


class DeliveryIn(GuardedSchema):
    """Bringing somebody. The same ``receipt`` is taken once."""

    from_where: FromWhere
    legal_basis: LegalBasis = LegalBasis.EC_48264
    receipt: UUID | None = None


class ArrivalIn(GuardedSchema):
    """A student who has arrived. With a ``delivery``, who came along, from where and on what ground is known.

    ``known``: the number of the record that the student is, or ``new``; asked for (422) where a record has
    the same birthday and number or name, and nobody can be sure.
    """

    legal_name: Text
    born_on: date
    local_number: Text = ""
    home_language: Language = Language.ENGLISH
    guardian: Text = ""
    reach_at: Text = ""
    delivery: RowNumber | None = None
    brought_by: BroughtBy = BroughtBy.ALONE
    from_where: FromWhere = FromWhere.OTHER
    legal_basis: LegalBasis | None = None
    arrived_at: AwareDatetime | None = None
    known: Annotated[str, Field(pattern=r"^(new|[0-9]{1,19})?$")] = ""
    counted_in: DayKind = DayKind.SCHOOL
    receipt: UUID | None = None


class FollowUpOut(Schema):
    """A look at attendance after a visit."""

    id: int
    visit: int
    days: int
    due_on: date
    done_on: date | None
    found: str


class ReleaseCorrectionOut(Schema):
    """That it stood wrongly where the student went; ``told_before`` is what was noted of a notice then."""

    before: str
    after: str
    reason: str
    at: datetime
    by_name: str
    told_before: datetime | None
    exempt_before: bool


class VisitOut(Schema):
    """A visit. ``notice_due_at`` is set where a parent has to be told of a release to an officer."""

    id: int
    youth: int
    arrived_at: datetime
    left_at: datetime | None
    brought_by: str
    from_where: str
    legal_basis: str
    cause: str
    released_to: str
    corrections: list[ReleaseCorrectionOut]
    parent_told_at: datetime | None
    notice_due_at: datetime | None
    contacts: int
    reached: bool
    steps: list[str]
    follow_ups: list[FollowUpOut]


class CauseIn(GuardedSchema):
    """What keeps the student from school."""

    cause: Cause


class ContactIn(GuardedSchema):
    """A try to reach a parent."""

    by_means: ContactBy
    was_reached: bool


class StepsIn(GuardedSchema):
    """What was agreed on."""

    kinds: list[AgreedStep]
    due_on: date


class ReleaseIn(GuardedSchema):
    """Where the student went."""

    released_to: ReleasedTo


class ReleaseCorrectionIn(GuardedSchema):
    """Where the student went, rightly, and what was wrong."""

    released_to: ReleasedTo
    reason: Text


class NoticeIn(GuardedSchema):
    """The parent was told, or the section's exception holds."""

    is_exempt: bool = False


class LookIn(GuardedSchema):
    """What a look at attendance found."""

    found: Attending


def look_out(look: Any) -> dict[str, Any]:
    """A look as it goes out."""
    names = ("id", "days", "due_on", "done_on", "found")
    return {**{name: getattr(look, name) for name in names}, "visit": look.visit_id}


def visit_out(viewer: Viewer, pk: int) -> dict[str, Any]:
    """A visit as this caller may see it, else there is none."""
    page = queries.visit_page(viewer, pk)
    if page is None:
        raise Http404
    names = ("id", "arrived_at", "left_at", "brought_by", "from_where", "legal_basis", "cause")
    visit = page.visit
    return {
        **{name: getattr(visit, name) for name in (*names, "released_to", "parent_told_at")},
        "youth": visit.youth_id,
        "corrections": page.corrections,
        "notice_due_at": page.notice.due_at if page.notice and page.is_notice_open else None,
        "contacts": len(page.contacts),
        "reached": any(one.was_reached for one in page.contacts),
        "steps": [step.kind for step in page.steps],
        "follow_ups": [look_out(look) for look in page.follow_ups],
    }


@router.get("/deliveries", url_name="centre_deliveries", response=list[DeliveryOut])
def deliveries(request: HttpRequest) -> list[Delivery]:
    """What the calling officer brought, the newest first, 100 at most."""
    return list(queries.own_deliveries(viewer_of(request))[:100])


@router.post("/deliveries", url_name="centre_deliver", response={201: DeliveryOut})
def deliver(request: HttpRequest, told: DeliveryIn) -> Status[Delivery]:
    """Say that somebody is being brought. Safe to be sent twice."""
    viewer = viewer_of(request)
    made = actions.deliver(
        from_where=told.from_where,
        legal_basis=told.legal_basis,
        receipt=told.receipt or uuid4(),
        by=viewer,
        at=now(viewer.at),
    )
    return Status(201, made)


@router.post("/deliveries/{pk}/take-back", url_name="centre_take_back", response=DeliveryOut)
def take_back(request: HttpRequest, pk: RowNumber) -> Delivery:
    """Nobody is coming after all."""
    viewer = viewer_of(request)
    get_object_or_404(queries.own_deliveries(viewer), pk=pk)
    return actions.take_delivery_back(delivery_id=pk, by=viewer, at=now(viewer.at))


@router.get("/due", url_name="centre_due", response=list[FollowUpOut])
def due(request: HttpRequest, until: date | None = None) -> list[dict[str, Any]]:
    """Follow-ups of the caller's caseload that are due by a day (today if none is named), by their day."""
    viewer = viewer_of(request)
    check(viewer, queries.VIEW)
    with within(viewer):
        return [look_out(one.row) for one in queries.due_follow_ups(viewer, until or today(viewer.at))]


@router.post("/visits", url_name="centre_receive", response={201: VisitOut})
def receive(request: HttpRequest, told: ArrivalIn) -> Status[dict[str, Any]]:
    """Receive a student. Safe to be sent twice with one receipt."""
    viewer = viewer_of(request)
    who = Newcomer(**{name: getattr(told, name) for name in Newcomer.__dataclass_fields__})
    made = actions.receive(
        who=who,
        receipt=told.receipt or uuid4(),
        delivery_id=told.delivery,
        brought_by=told.brought_by,
        from_where=told.from_where,
        legal_basis=told.legal_basis or "",
        arrived_at=told.arrived_at,
        counted_in=told.counted_in,
        by=viewer,
        at=now(viewer.at),
    )
    return Status(201, visit_out(viewer, made.pk))


@router.get("/visits/{pk}", url_name="centre_visit", response=VisitOut)
def visit(request: HttpRequest, pk: RowNumber) -> dict[str, Any]:
    """One visit of the caller's caseload."""
    return visit_out(viewer_of(request), pk)


@router.post("/visits/{pk}/cause", url_name="centre_cause", response=VisitOut)
def cause(request: HttpRequest, pk: RowNumber, told: CauseIn) -> dict[str, Any]:
    """Say what keeps the student from school, of the closed list."""
    viewer = viewer_of(request)
    actions.set_cause(visit_id=pk, cause=told.cause, by=viewer, at=now(viewer.at))
    return visit_out(viewer, pk)


@router.post("/visits/{pk}/contact", url_name="centre_contact", response=VisitOut)
def contact(request: HttpRequest, pk: RowNumber, told: ContactIn) -> dict[str, Any]:
    """Say that a parent was tried."""
    viewer = viewer_of(request)
    actions.log_contact(
        visit_id=pk, by_means=told.by_means, was_reached=told.was_reached, by=viewer, at=now(viewer.at)
    )
    return visit_out(viewer, pk)


@router.post("/visits/{pk}/steps", url_name="centre_steps", response=VisitOut)
def steps(request: HttpRequest, pk: RowNumber, told: StepsIn) -> dict[str, Any]:
    """Write down what was agreed on."""
    viewer = viewer_of(request)
    actions.agree_steps(visit_id=pk, kinds=list(told.kinds), due_on=told.due_on, by=viewer, at=now(viewer.at))
    return visit_out(viewer, pk)


@router.post("/visits/{pk}/release", url_name="centre_release", response=VisitOut)
def release(request: HttpRequest, pk: RowNumber, told: ReleaseIn) -> dict[str, Any]:
    """Say that the student left, and where to."""
    viewer = viewer_of(request)
    actions.release(visit_id=pk, released_to=told.released_to, by=viewer, at=now(viewer.at))
    return visit_out(viewer, pk)


@router.post("/visits/{pk}/release/correct", url_name="centre_release_correct", response=VisitOut)
def release_correct(request: HttpRequest, pk: RowNumber, told: ReleaseCorrectionIn) -> dict[str, Any]:
    """Set right where the student went. What stood there before stays among the corrections."""
    viewer = viewer_of(request)
    correct_release(
        visit_id=pk, released_to=told.released_to, reason=told.reason, by=viewer, at=now(viewer.at)
    )
    return visit_out(viewer, pk)


@router.post("/visits/{pk}/notice", url_name="centre_notice", response=VisitOut)
def notice(request: HttpRequest, pk: RowNumber, told: NoticeIn) -> dict[str, Any]:
    """The parent was told of the release to an officer (Education Code 48906)."""
    viewer = viewer_of(request)
    actions.tell_parent(visit_id=pk, is_exempt=told.is_exempt, by=viewer, at=now(viewer.at))
    return visit_out(viewer, pk)


@router.post("/follow-ups/{pk}", url_name="centre_follow_up", response=FollowUpOut)
def follow_up(request: HttpRequest, pk: RowNumber, told: LookIn) -> dict[str, Any]:
    """Say what a look at attendance found."""
    viewer = viewer_of(request)
    return look_out(actions.follow_up(follow_up_id=pk, found=told.found, by=viewer, at=now(viewer.at)))
