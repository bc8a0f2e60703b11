"""Orders to seal over HTTP, and carrying them out."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status

from schoolward.domains.privacy.api.asked import Sentence, Word
from schoolward.platform.access import sealing
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.models import Sealing
from schoolward.platform.access.seal_coverage import coverage
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber

router = Router()


class SealingOut(Schema):
    """An order to seal. ``record`` and ``reason`` are absent while it seals."""

    id: int
    ground: str
    due_on: date
    sealed_at: datetime | None
    with_it: int
    lifted_at: datetime | None
    record: str | None = None
    reason: str | None = None
    may_be_same: list[str] | None = None
    """When it is ordered: other records that may be of the same person, and that no order seals."""


class SealingIn(GuardedSchema):
    """Which record is to be sealed (``app.Model:number``), why, and by when."""

    record: Word
    ground: Word
    reason: Sentence
    due_on: date


class LiftingIn(GuardedSchema):
    """Why the seal is lifted: a mistake, or an order that sets it aside."""

    reason: Sentence


def _sealing(order: Sealing) -> dict[str, Any]:
    lifting = getattr(order, "lifting", None)
    told = {
        "id": order.pk,
        "ground": order.ground,
        "due_on": order.due_on,
        "sealed_at": order.sealed_at,
        "with_it": order.parts.count(),
        "lifted_at": lifting.at if lifting else None,
    }
    if order.sealed_at and not lifting:
        return told
    return {**told, "record": order.record, "reason": order.reason}


@router.get("/sealings", url_name="sealings", response=list[SealingOut], exclude_unset=True)
def sealings(request: HttpRequest) -> list[dict[str, Any]]:
    """The orders to seal, by their day."""
    return [_sealing(order) for order in sealing.sealings(viewer_of(request))]


@router.post("/sealings", url_name="sealing_order", response={201: SealingOut}, exclude_unset=True)
def sealing_order(request: HttpRequest, told: SealingIn) -> Status[dict[str, Any]]:
    """Order that a record be sealed by a day. ``may_be_same`` names what else may have to be ordered."""
    viewer = viewer_of(request)
    made = sealing.order(
        record_name=told.record,
        ground=told.ground,
        reason=told.reason,
        due_on=told.due_on,
        by=viewer,
        at=viewer.at,
    )
    return Status(201, {**_sealing(made), "may_be_same": sealing.still_open(made, viewer)})


class CoverageOut(Schema):
    """What an order seals: the record, rows of the own agency that hang on it by table, how many of others.

    ``alike`` may be of the same person, and no order seals them: put them together first, or order each.
    """

    record: str
    with_it: dict[str, int]
    elsewhere: int
    alike: list[str]


@router.get("/sealings/{sealing_id}/covers", url_name="sealing_covers", response=CoverageOut)
def sealing_covers(request: HttpRequest, sealing_id: RowNumber) -> Any:
    """What an order that waits will seal, and what looks alike and stays. Once it is sealed there is none."""
    found = coverage(sealing_id=sealing_id, by=viewer_of(request))
    if found is None:
        raise Http404
    return found


@router.post("/sealings/{sealing_id}/seal", url_name="seal", response=SealingOut, exclude_unset=True)
def seal(request: HttpRequest, sealing_id: RowNumber) -> dict[str, Any]:
    """Carry an order out: the record, and all that hangs on it, is nowhere from then on."""
    viewer = viewer_of(request)
    return _sealing(sealing.seal(sealing_id=sealing_id, by=viewer, at=viewer.at))


@router.get("/seals", url_name="seals", response=list[SealingOut], exclude_unset=True)
def seals(request: HttpRequest) -> list[dict[str, Any]]:
    """The seals in force, the newest first: of how many records, and not of which."""
    return [_sealing(order) for order in sealing.liftable(viewer_of(request))]


@router.post("/sealings/{sealing_id}/lift", url_name="seal_lift", response=SealingOut, exclude_unset=True)
def seal_lift(request: HttpRequest, sealing_id: RowNumber, told: LiftingIn) -> dict[str, Any]:
    """Lift a seal that somebody else has set: what it sealed comes back."""
    viewer = viewer_of(request)
    return _sealing(sealing.lift(sealing_id=sealing_id, reason=told.reason, by=viewer, at=viewer.at))
