"""Who is who over HTTP: pairs that wait, a decision about one, and taking it back."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from schoolward.domains.cases import actions
from schoolward.domains.cases.actions.identity import DECIDE
from schoolward.domains.cases.models import LookAlike
from schoolward.domains.cases.queries import identity
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.access.wall import within
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.asking import RowNumber

router = Router()
Word = Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")]
MOST = 200


class FactOut(Schema):
    """One fact of a pair and how it agrees; never what it is."""

    field: str
    level: str


class PairOut(Schema):
    """A pair of records that may be of one young person, by their numbers. ``moved`` rows went over."""

    id: int
    youth: int
    other: int
    why: str
    facts: list[FactOut]
    found_on: date
    decision: str
    again_on: date | None
    moved: int


class DecisionIn(GuardedSchema):
    """``same``, ``not_same`` or ``later`` (with ``again_on``), and why. ``keep`` is the record that stays."""

    decision: Word
    reason: Word
    keep: int | None = None
    again_on: date | None = None


class UndoIn(GuardedSchema):
    """Why the decision is taken back."""

    reason: Word


def _pair(pair: LookAlike) -> dict[str, Any]:
    return {
        "id": pair.pk,
        "youth": pair.youth_id,
        "other": pair.other_id,
        "why": pair.why,
        "facts": pair.facts,
        "found_on": pair.found_on,
        "decision": pair.decision,
        "again_on": pair.again_on,
        "moved": len(pair.merging.moved) if pair.merging else 0,
    }


@router.get("", url_name="cases_pairs", response=list[PairOut])
def pairs(request: HttpRequest, offset: Annotated[int, Field(ge=0, le=2**31)] = 0) -> list[dict[str, Any]]:
    """The pairs that wait for the caller, who sees both records; two hundred at a time."""
    viewer = viewer_of(request)
    check(viewer, DECIDE)
    with within(viewer):
        rows = identity.to_decide(viewer, on=today(viewer.at))[offset : offset + MOST]
        return [_pair(row) for row in rows]


@router.post("/{pair_id}/decide", url_name="cases_pair_decide", response=PairOut)
def decide(request: HttpRequest, pair_id: RowNumber, told: DecisionIn) -> dict[str, Any]:
    """Say what a pair is. Two records of one agency that are the same are put together."""
    return _done(request, actions.decide_pair, pair_id=pair_id, **told.dict())


@router.post("/{pair_id}/undo", url_name="cases_pair_undo", response=PairOut)
def undo(request: HttpRequest, pair_id: RowNumber, told: UndoIn) -> dict[str, Any]:
    """Take a decision back: what went over returns to where it was."""
    return _done(request, actions.undo_pair, pair_id=pair_id, **told.dict())


def _done(request: HttpRequest, action: Callable[..., LookAlike], **sent: Any) -> dict[str, Any]:
    viewer = viewer_of(request)
    check(viewer, DECIDE)
    try:
        return _pair(action(by=viewer, at=now(viewer.at), **sent))
    except actions.NotTheirs:
        raise Http404 from None
