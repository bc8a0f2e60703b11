"""What one shift tells the next, over HTTP."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.errors import HttpError
from ninja.pagination import paginate

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.models import (
    HandOver,
)
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber, Slices

router = Router()


class HandOverOut(Schema):
    """What one shift told the next."""

    id: int
    at: datetime
    by: str
    text: str
    open_cases: int
    read_by: str
    read_at: datetime | None

    @staticmethod
    def resolve_by(row: HandOver) -> str:
        return str(row.by)

    @staticmethod
    def resolve_read_by(row: HandOver) -> str:
        return "" if row.read_by is None else str(row.read_by)


class HandOverIn(Schema):
    """What the next shift has to know."""

    text: Annotated[str, Field(max_length=5000, pattern=r"^[^\x00]*$")]


@router.get("/hand-overs", url_name="alarm_hand_overs", response=list[HandOverOut])
@paginate(Slices)
def hand_overs(request: HttpRequest) -> Any:
    """What shifts told each other, the newest first."""
    viewer = viewer_of(request)
    check(viewer, "alarms.answer")
    return queries.hand_overs(viewer)


@router.post("/hand-overs", url_name="alarm_hand_over_write", response={201: HandOverOut})
def hand_over_write(request: HttpRequest, told: HandOverIn) -> Status[HandOver]:
    """Write what the next shift has to know."""
    viewer = viewer_of(request)
    try:
        return Status(201, actions.write_hand_over(text=told.text, by=viewer, at=viewer.at))
    except actions.AlarmRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal


@router.post("/hand-overs/{hand_over_id}/read", url_name="alarm_hand_over_read", response=HandOverOut)
def hand_over_read(request: HttpRequest, hand_over_id: RowNumber) -> HandOver:
    """Say that one has read it and takes over. Refused to the one who wrote it."""
    viewer = viewer_of(request)
    try:
        return actions.read_hand_over(hand_over_id=hand_over_id, by=viewer, at=viewer.at)
    except actions.AlarmRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal
