"""Walk audits over HTTP: planned here, walked under ``/assessments``, and what fails made barriers."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status
from ninja.pagination import paginate

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.api.barriers import BarrierOut, Degrees
from schoolward.domains.routes.api.routing import given_of, router, written
from schoolward.domains.routes.models import Barrier
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber, Slices, Text


class AuditOut(Schema):
    """A walk audit. ``id`` is that of its assessment; the score is of 100, null before it is handed in."""

    id: int
    reference: str
    campus_id: int
    state: str
    planned_on: date | None
    assessed_on: date | None
    score: float | None
    invented: bool


class AuditIn(Schema):
    """A walk audit to be planned."""

    campus_id: RowNumber
    planned_on: date


class OfferOut(Schema):
    """A failing item. ``decided`` is ``barrier``, ``none`` with a reason, or empty while it waits.

    ``open_already`` are open barriers that the same item became before. Degrees are WGS 84, null where the
    walk did not take the position; ``estimate_cents`` is the instrument's typical cost.
    """

    code: str
    text: str
    kind: str
    severity: str
    note: str
    longitude: float | None
    latitude: float | None
    photos: int
    recommendation: str
    estimate_cents: int | None
    decided: str
    barrier_id: int | None
    reason: str
    open_already: list[int]


class TakeIn(Schema):
    """Which item is made a barrier, and what of it is otherwise than the walk says."""

    code: Text
    kind: Text | None = None
    title: Text | None = None
    place: Text | None = None
    longitude: Degrees | None = None
    latitude: Degrees | None = None
    severity: Text | None = None
    owner: Text | None = None
    time_of_day: Text | None = None
    description: Text | None = None


class LeftOut(Schema):
    """An item that waits and could not be made a barrier at once, and why not, in words."""

    code: str
    text: str
    why: str


class TakenOut(Schema):
    """The barriers that were made, and what was left."""

    barriers: list[BarrierOut]
    left: list[LeftOut]


class SettleIn(Schema):
    """``barrier_id``: it is that barrier of the site, known already; else ``reason``: why it is none."""

    code: Text
    barrier_id: RowNumber | None = None
    reason: Text = ""


def _audit(viewer: Viewer, pk: int) -> Any:
    return get_object_or_404(queries.audits(viewer), pk=pk)


def _told(offer: queries.Offer) -> dict[str, Any]:
    longitude, latitude = offer.item.position or (None, None)
    decision = offer.decision
    decided = "" if decision is None else "none" if decision.barrier_id is None else "barrier"
    names = ("code", "text", "severity", "note", "recommendation", "estimate_cents")
    return {
        **{name: getattr(offer.item, name) for name in names},
        "kind": offer.kind,
        "longitude": longitude,
        "latitude": latitude,
        "photos": len(offer.item.photos),
        "decided": decided,
        "barrier_id": decision.barrier_id if decision else None,
        "reason": decision.reason if decision else "",
        "open_already": [barrier.pk for barrier in offer.open_already],
    }


@router.get("/audits", url_name="route_audits", response=list[AuditOut])
@paginate(Slices)
def audits(request: HttpRequest, campus_id: RowNumber | None = None) -> QuerySet[Any]:
    """Walk audits, those to come first, then the newest; of one site."""
    viewer = viewer_of(request)
    check(viewer, "routes.audits")
    rows = queries.audits(viewer)
    return rows if campus_id is None else rows.filter(campus_id=campus_id)


@router.post("/audits", url_name="route_audit_plan", response={201: AuditOut})
def plan(request: HttpRequest, sent: AuditIn) -> Status[Any]:
    """Plan a walk audit. It is walked like any assessment."""
    viewer = viewer_of(request)
    check(viewer, "routes.decide")
    return Status(201, written(actions.plan_audit, viewer, **sent.dict()))


@router.get("/audits/{pk}", url_name="route_audit", response=AuditOut)
def audit(request: HttpRequest, pk: RowNumber) -> Any:
    """One walk audit."""
    viewer = viewer_of(request)
    check(viewer, "routes.audits")
    return _audit(viewer, pk)


@router.get("/audits/{pk}/offers", url_name="route_audit_offers", response=list[OfferOut])
def offers(request: HttpRequest, pk: RowNumber) -> list[dict[str, Any]]:
    """What fails in a handed-in audit, in walking order, and what was decided about it."""
    viewer = viewer_of(request)
    check(viewer, "routes.audits")
    return [_told(one) for one in queries.offers(_audit(viewer, pk), viewer)]


@router.post("/audits/{pk}/barriers", url_name="route_audit_take", response={201: BarrierOut})
def take(request: HttpRequest, pk: RowNumber, sent: TakeIn) -> Status[Barrier]:
    """Make a failing item an accepted barrier; a second time it is refused."""
    viewer = viewer_of(request)
    check(viewer, "routes.decide")
    _audit(viewer, pk)
    values = given_of(sent)
    code = values.pop("code")
    return Status(201, written(actions.take_as_barrier, viewer, audit_id=pk, code=code, values=values))


@router.post("/audits/{pk}/barriers/all", url_name="route_audit_take_all", response=TakenOut)
def take_all(request: HttpRequest, pk: RowNumber) -> Any:
    """Make everything a barrier whose place is known and that is none yet, and say what was left, and why;
    a second time nothing is made."""
    viewer = viewer_of(request)
    check(viewer, "routes.decide")
    _audit(viewer, pk)
    return written(actions.take_all, viewer, audit_id=pk)


@router.post("/audits/{pk}/settle", url_name="route_audit_settle", response=list[OfferOut])
def settle(request: HttpRequest, pk: RowNumber, sent: SettleIn) -> list[dict[str, Any]]:
    """Say that a failing item is a barrier known already, or why it is none. Gives all items back."""
    viewer = viewer_of(request)
    check(viewer, "routes.decide")
    one = _audit(viewer, pk)
    if sent.barrier_id is not None:
        told = {"code": sent.code, "barrier_id": sent.barrier_id}
        written(actions.same_as_barrier, viewer, audit_id=pk, **told)
    else:
        written(actions.set_aside, viewer, audit_id=pk, code=sent.code, reason=sent.reason)
    return [_told(offer) for offer in queries.offers(one, viewer)]


@router.post("/audits/{pk}/cancel", url_name="route_audit_cancel", response={204: None})
def cancel(request: HttpRequest, pk: RowNumber, reason: Text = "") -> Status[None]:
    """Take a planned audit back of which nothing was answered."""
    viewer = viewer_of(request)
    check(viewer, "routes.decide")
    _audit(viewer, pk)
    written(actions.cancel_audit, viewer, audit_id=pk, reason=reason)
    return Status(204, None)
