"""What rosters say otherwise than records, over HTTP, and deciding about each."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from schoolward.domains.cases.actions import NotTheirs
from schoolward.domains.cases.actions import roster as actions
from schoolward.domains.cases.models import RosterDifference
from schoolward.domains.cases.queries.roster import differences
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.asking import RowNumber

router = Router()


class RosterDifferenceOut(Schema):
    """One field in which the roster differs from a record: what the record has, and what the roster."""

    id: int
    youth: int
    field: str
    kept: str
    told: str
    found_on: date


class RosterDecisionOut(Schema):
    """What became of a difference: ``taken`` or ``left``."""

    id: int
    youth: int
    field: str
    state: str


@router.get("", url_name="cases_roster", response=list[RosterDifferenceOut])
def waiting(request: HttpRequest, offset: Annotated[int, Field(ge=0, le=2**31)] = 0) -> list[dict[str, Any]]:
    """The differences that wait for the caller, the oldest first; two hundred at a time."""
    viewer = viewer_of(request)
    check(viewer, actions.KEEP)
    return [
        {
            "id": one.row.pk,
            "youth": one.youth.pk,
            "field": one.row.field,
            "kept": one.kept,
            "told": one.told,
            "found_on": one.row.found_on,
        }
        for one in differences(viewer, offset=offset)
    ]


@router.post("/{difference_id}/take-over", url_name="cases_roster_take_over", response=RosterDecisionOut)
def take_over(request: HttpRequest, difference_id: RowNumber) -> dict[str, Any]:
    """Write into the record what the roster says."""
    return _decided(request, actions.take_over, difference_id)


@router.post("/{difference_id}/leave", url_name="cases_roster_leave", response=RosterDecisionOut)
def leave(request: HttpRequest, difference_id: RowNumber) -> dict[str, Any]:
    """Leave the record as it is; the same word of a roster is not asked about again."""
    return _decided(request, actions.leave, difference_id)


def _decided(request: HttpRequest, write: Callable[..., RosterDifference], pk: int) -> dict[str, Any]:
    viewer = viewer_of(request)
    check(viewer, actions.KEEP)
    try:
        found = write(difference_id=pk, by=viewer, at=now(viewer.at))
    except NotTheirs:
        raise Http404 from None
    return {"id": found.pk, "youth": found.youth_id, "field": found.field, "state": found.state}
