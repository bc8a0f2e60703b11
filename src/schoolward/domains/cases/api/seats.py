"""Class days with a parent over HTTP: classes, seats of the own caseload, and what is due about them."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status

from schoolward.domains.cases.actions import seats as actions
from schoolward.domains.cases.models import SeatState, WhyFreed
from schoolward.domains.cases.queries import seats as queries
from schoolward.domains.cases.views.finding import hides
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.asking import RowNumber

router = Router()


class ClassOut(Schema):
    """A class day. ``free`` is ``null`` where it has no number of seats. Numbers alone, nobody's name.

    Whoever neither runs the class nor answers for it gets no number of children, only whether a seat is free.
    """

    id: int
    program: str
    starts_on: date
    language: str
    seats: int | None
    numbers_are_shown: bool
    has_free: bool | None
    free: int | None
    confirmed: int | None
    waiting: int | None
    cancelled_on: date | None


class SeatDutyOut(Schema):
    """Something due about a seat."""

    id: int
    seat: int
    kind: str
    due_on: date
    done_on: date | None
    was_reached: bool | None


class SeatOut(Schema):
    """A seat of the caller's caseload. A field that the caller may not read is ``null``."""

    id: int
    youth: int | None
    referral: int | None
    offering: int | None
    guardian: int | None
    state: str | None
    offered_on: date | None
    confirmed_on: date | None
    settled_on: date | None
    why_freed: str | None
    duties: list[SeatDutyOut]


class SeatIn(GuardedSchema):
    """Asking for a seat: from which referral, at which class, and which parent comes along."""

    referral: RowNumber
    offering: RowNumber
    guardian: RowNumber


class ConfirmIn(GuardedSchema):
    """Who comes along, where it is not the parent who was named before."""

    guardian: RowNumber | None = None


class FreeIn(GuardedSchema):
    """Why a seat is given back."""

    why: WhyFreed


class SettleIn(GuardedSchema):
    """Who came: ``came`` (both), ``alone`` or ``absent``."""

    state: SeatState


class SeatDutyIn(GuardedSchema):
    """Whether the family was reached."""

    was_reached: bool


def class_out(row: queries.ClassRow) -> dict[str, Any]:
    """A class day as it goes out."""
    names = ("starts_on", "language", "seats", "cancelled_on")
    return {
        **{name: getattr(row.offering, name) for name in names},
        "id": row.offering.pk,
        "program": row.offering.program.key,
        **{
            name: getattr(row, name)
            for name in ("numbers_are_shown", "has_free", "free", "confirmed", "waiting")
        },
    }


def duty_out(duty: Any) -> dict[str, Any]:
    """Something due, as it goes out."""
    names = ("id", "kind", "due_on", "done_on", "was_reached")
    return {**{name: getattr(duty, name) for name in names}, "seat": duty.seat_id}


def seat_out(viewer: Viewer, pk: int) -> dict[str, Any]:
    """A seat as this caller may see it, else there is none."""
    row = queries.seat_page(viewer, pk)
    if row is None:
        raise Http404
    names = ("id", "state", "offered_on", "confirmed_on", "settled_on", "why_freed")
    return {
        **{name: getattr(row.seat, name) for name in names},
        **{name: getattr(row.seat, f"{name}_id") for name in ("youth", "referral", "offering", "guardian")},
        "duties": [duty_out(duty) for duty in row.duties],
    }


@router.get("", url_name="classes", response=list[ClassOut])
def classes(request: HttpRequest) -> list[dict[str, Any]]:
    """Class days of the last two months and ahead, with how many seats are free."""
    viewer = viewer_of(request)
    return [class_out(row) for row in queries.class_days(viewer, today(viewer.at))]


@router.get("/due", url_name="classes_due", response=list[SeatDutyOut])
def due(request: HttpRequest, until: date | None = None) -> list[dict[str, Any]]:
    """What is due about seats of the caller's caseload by a day (today if none is named), by its day."""
    viewer = viewer_of(request)
    return [duty_out(one.duty) for one in queries.due_duties(viewer, until or today(viewer.at))]


@router.post("/seats", url_name="class_seat_ask", response={201: SeatOut})
@hides
def ask(request: HttpRequest, told: SeatIn) -> Status[dict[str, Any]]:
    """Ask for a seat. Where none is free they wait. Safe to be sent twice."""
    viewer = viewer_of(request)
    made = actions.ask_for_seat(
        referral_id=told.referral,
        offering_id=told.offering,
        guardian_id=told.guardian,
        by=viewer,
        at=now(viewer.at),
    )
    return Status(201, seat_out(viewer, made.pk))


@router.get("/seats/{pk}", url_name="class_seat", response=SeatOut)
def seat(request: HttpRequest, pk: RowNumber) -> dict[str, Any]:
    """One seat with what is due about it."""
    viewer = viewer_of(request)
    check(viewer, queries.VIEW)
    return seat_out(viewer, pk)


@router.post("/seats/{pk}/confirm", url_name="class_seat_confirm", response=SeatOut)
@hides
def confirm(request: HttpRequest, pk: RowNumber, told: ConfirmIn) -> dict[str, Any]:
    """The parent says that they come."""
    viewer = viewer_of(request)
    actions.confirm_seat(seat_id=pk, guardian_id=told.guardian, by=viewer, at=now(viewer.at))
    return seat_out(viewer, pk)


@router.post("/seats/{pk}/give-back", url_name="class_seat_free", response=SeatOut)
@hides
def free(request: HttpRequest, pk: RowNumber, told: FreeIn) -> dict[str, Any]:
    """Give a seat back. It goes to whoever has waited longest."""
    viewer = viewer_of(request)
    actions.free_seat(seat_id=pk, why=told.why, by=viewer, at=now(viewer.at))
    return seat_out(viewer, pk)


@router.post("/seats/{pk}/who-came", url_name="class_seat_settle", response=SeatOut)
@hides
def settle(request: HttpRequest, pk: RowNumber, told: SettleIn) -> dict[str, Any]:
    """Say who came. When both came, the referral is completed on the day of the class."""
    viewer = viewer_of(request)
    actions.settle_seat(seat_id=pk, state=told.state, by=viewer, at=now(viewer.at))
    return seat_out(viewer, pk)


@router.post("/due/{pk}", url_name="class_duty", response=SeatDutyOut)
@hides
def duty(request: HttpRequest, pk: RowNumber, told: SeatDutyIn) -> dict[str, Any]:
    """Say that a family was reminded or called."""
    viewer = viewer_of(request)
    made = actions.log_duty(duty_id=pk, was_reached=told.was_reached, by=viewer, at=now(viewer.at))
    return duty_out(made)
