"""Offerings and sessions: what is planned, what waits for a count, and sending one in."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Schema
from ninja.pagination import paginate

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.api.routing import router, written
from schoolward.domains.programs.forms import CancelForm
from schoolward.domains.programs.models import Offering, Session
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import RowNumber, Slices, Text, cleaned


def _shown(offering: Offering, context: Any) -> Offering:
    """The offering with what this caller may have; asked twice, it says the same."""
    if "has_free" not in vars(offering):
        queries.shown_offerings(viewer_of(context["request"]), [offering])
    return offering


class OfferingOut(Schema):
    """A program at a place for a time.

    Numbers that are null were not counted, which is not none, or are not shown to this caller, who learns
    whether a seat is free.
    """

    id: int
    program: str
    number: int
    starts_on: date
    ends_on: date
    place: str
    days: str
    language: str
    seats: int | None
    registered: int | None
    waiting: int | None
    has_free: bool | None
    numbers_are_shown: bool
    cancelled_on: date | None
    invented: bool

    @staticmethod
    def resolve_registered(offering: Offering, context: Any) -> int | None:
        """How many are registered, for who may know."""
        return _shown(offering, context).registered

    @staticmethod
    def resolve_waiting(offering: Offering, context: Any) -> int | None:
        """How many wait, for who may know."""
        return _shown(offering, context).waiting

    @staticmethod
    def resolve_has_free(offering: Offering, context: Any) -> bool | None:
        """Whether a seat is free."""
        return _shown(offering, context).has_free

    @staticmethod
    def resolve_numbers_are_shown(offering: Offering, context: Any) -> bool:
        """Whether this caller is told the numbers."""
        return _shown(offering, context).numbers_are_shown

    @staticmethod
    def resolve_program(offering: Offering) -> str:
        """The program's short name."""
        return offering.program.key

    @staticmethod
    def resolve_place(offering: Offering) -> str:
        """The site's name, or the place."""
        return offering.where


class SessionOut(Schema):
    """A session. Heads are null while they are not counted, and for callers to whom they are not shown."""

    id: int
    program: str
    offering: int
    number: int
    group: int | None
    on: date
    minutes_planned: int
    state: str
    cancel_reason: str
    minutes_held: int | None
    attended: int | None
    adults: int | None
    expected: int | None
    heads_are_shown: bool
    invented: bool


class CountIn(GuardedSchema):
    """Heads at a session that was held. The same ``receipt`` is taken once, however often it is sent."""

    attended: int
    minutes: int
    adults: int | None = None
    receipt: UUID | None = None


class CancelIn(GuardedSchema):
    """Why a session did not take place."""

    reason: Text


def session_out(request: HttpRequest, session: Session) -> dict[str, Any]:
    """A session as this caller may see it."""
    shown = queries.may_write(viewer_of(request), session)
    names = ("id", "number", "on", "minutes_planned", "state", "cancel_reason", "minutes_held", "invented")
    heads = ("attended", "adults", "expected")
    return {
        **{name: getattr(session, name) for name in names},
        **{name: getattr(session, name) if shown else None for name in heads},
        "program": session.offering.program.key,
        "offering": session.offering_id,
        "group": session.cohort.number if session.cohort else None,
        "heads_are_shown": shown,
    }


@router.get("/offerings", url_name="program_offerings", response=list[OfferingOut])
@paginate(Slices)
def offerings(request: HttpRequest, program: str | None = None, on: date | None = None) -> QuerySet[Offering]:
    """Offerings, those that begin last first; of one program, or that run on a day."""
    viewer = viewer_of(request)
    check(viewer, "programs.view")
    rows = queries.offerings(viewer).order_by("-starts_on", "pk")
    if on is not None:
        rows = queries.in_period(rows, on, on)
    return rows if program is None else rows.filter(program__key=program)


@router.get("/sessions", url_name="program_sessions", response=list[SessionOut])
def sessions(
    request: HttpRequest,
    offering: RowNumber | None = None,
    start: date | None = Query(None, alias="from"),  # noqa: B008 - how Ninja declares a parameter
    end: date | None = Query(None, alias="to"),  # noqa: B008
    uncounted: bool = False,
) -> list[dict[str, Any]]:
    """Sessions of an offering or of some days (a month around today if nothing is asked for).

    With ``uncounted=true`` those whose day has come and that wait for the caller's count.
    """
    viewer = viewer_of(request)
    check(viewer, "programs.view")
    day = today(viewer.at)
    if uncounted:
        return [session_out(request, one) for one in queries.to_count(viewer, on=day)]
    rows = queries.sessions(viewer).order_by("on", "pk")
    if offering is not None:
        rows = rows.filter(offering=offering)
    elif start is None and end is None:
        start, end = date.fromordinal(day.toordinal() - 15), date.fromordinal(day.toordinal() + 15)
    if start is not None:
        rows = rows.filter(on__gte=start)
    if end is not None:
        rows = rows.filter(on__lte=end)
    return [session_out(request, one) for one in rows[:1000]]


@router.post("/sessions/{pk}/count", url_name="program_count", response=SessionOut)
def count(request: HttpRequest, pk: RowNumber, sent: CountIn) -> dict[str, Any]:
    """Say that a session was held, and how many came: heads, never names. Safe to be sent twice."""
    viewer = viewer_of(request)
    check(viewer, "programs.record")
    get_object_or_404(queries.sessions(viewer), pk=pk)
    written(actions.record_count, viewer, session_id=pk, **sent.dict())
    return session_out(request, get_object_or_404(queries.sessions(viewer), pk=pk))


@router.post("/sessions/{pk}/cancel", url_name="program_cancel", response=SessionOut)
def cancel(request: HttpRequest, pk: RowNumber, sent: CancelIn) -> dict[str, Any]:
    """Say that a session did not take place, and why. Safe to be sent twice."""
    viewer = viewer_of(request)
    check(viewer, "programs.record")
    get_object_or_404(queries.sessions(viewer), pk=pk)
    fields = cleaned(CancelForm(sent.dict()))
    written(actions.cancel_session, viewer, session_id=pk, **fields)
    return session_out(request, get_object_or_404(queries.sessions(viewer), pk=pk))


@router.post("/sessions/{pk}/reinstate", url_name="program_reinstate", response=SessionOut)
def reinstate(request: HttpRequest, pk: RowNumber) -> dict[str, Any]:
    """Take a cancellation back."""
    viewer = viewer_of(request)
    check(viewer, "programs.record")
    get_object_or_404(queries.sessions(viewer), pk=pk)
    written(actions.reinstate_session, viewer, session_id=pk)
    found = get_object_or_404(queries.sessions(viewer), pk=pk)
    return session_out(request, found)
