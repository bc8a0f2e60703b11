"""How long records are kept, what is due, and what holds records longer, over HTTP."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from schoolward.domains.privacy.api.asked import LONGEST_LIST, Sentence, Word
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.models import LitigationHold
from schoolward.platform.access.retention import holds as holding
from schoolward.platform.access.retention import schedules as scheduling
from schoolward.platform.access.retention.due import due as what_is_due
from schoolward.platform.access.sealing import shown
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber

router = Router()


class ScheduleOut(Schema):
    """How long a class of a table is kept. ``is_confirmed``: counsel has confirmed it against the text."""

    id: int
    table: str
    record_class: str
    version: int
    after: str
    years: int
    citation: str
    is_confirmed: bool
    valid_from: date
    valid_to: date | None


class ScheduleIn(GuardedSchema):
    """Kept for ``years`` after ``closed``, ``turned_18``, ``graduation`` or ``end_of_service``."""

    table: Word
    record_class: Word
    after: Word
    years: Annotated[int, Field(ge=0, le=scheduling.LONGEST)]
    citation: Sentence
    is_confirmed: bool = False
    valid_from: date


class DueOut(Schema):
    """How many records of an agency are due by a schedule, how many a hold keeps, how many due are sealed."""

    schedule: int
    table: str
    record_class: str
    agency: int
    due: int
    held: int
    sealed: int


class HoldOut(Schema):
    """A litigation hold. ``covers`` is ``person``, ``table`` or ``matter``."""

    id: int
    covers: str
    names: list[str]
    matter: str
    reason: str
    placed_at: datetime
    lifted_at: datetime | None
    lifted_reason: str

    @staticmethod
    def resolve_names(hold: LitigationHold) -> list[str]:
        return shown(hold.names)


class HoldIn(GuardedSchema):
    """References of persons or records (``app.Model:number``), or one table's name."""

    covers: Word
    names: Annotated[list[Word], Field(min_length=1, max_length=holding.MOST_NAMES)]
    matter: Word
    reason: Sentence


class ReasonIn(GuardedSchema):
    """Why; it goes on the record."""

    reason: Sentence


@router.get("/retention/schedules", url_name="schedules", response=list[ScheduleOut])
def schedules(request: HttpRequest) -> Any:
    """The retention schedules, those of one table and class together, the newest first."""
    return scheduling.schedules(viewer_of(request))


@router.post("/retention/schedules", url_name="schedule_set", response={201: ScheduleOut})
def schedule_set(request: HttpRequest, told: ScheduleIn) -> Status[Any]:
    """Set how long a class of a table is kept from a day on; the schedule before ends on the eve."""
    viewer = viewer_of(request)
    rule = scheduling.Rule(**told.dict())
    return Status(201, scheduling.set_schedule(rule=rule, by=viewer, at=viewer.at))


@router.get("/retention/due", url_name="due", response=list[DueOut])
def due(request: HttpRequest) -> list[dict[str, Any]]:
    """How many records of the own agency are due, and how many are held; no record is named."""
    return [
        {
            "schedule": one.schedule.pk,
            "table": one.schedule.table,
            "record_class": one.schedule.record_class,
            "agency": one.agency_id,
            "due": one.count,
            "held": one.held,
            "sealed": one.sealed,
        }
        for one in what_is_due(viewer_of(request))
    ]


@router.get("/retention/holds", url_name="holds", response=list[HoldOut])
def holds(request: HttpRequest) -> Any:
    """The litigation holds on the own agency's records, the newest first."""
    return holding.holds(viewer_of(request))[:LONGEST_LIST]


@router.post("/retention/holds", url_name="hold_place", response={201: HoldOut})
def hold_place(request: HttpRequest, told: HoldIn) -> Status[LitigationHold]:
    """Hold one person's records, a table, or a matter's records: they are not due until it is lifted."""
    viewer = viewer_of(request)
    return Status(201, holding.place(by=viewer, at=viewer.at, **told.dict()))


@router.post("/retention/holds/{hold_id}/lift", url_name="hold_lift", response=HoldOut)
def hold_lift(request: HttpRequest, hold_id: RowNumber, told: ReasonIn) -> LitigationHold:
    """End a hold, with a reason."""
    viewer = viewer_of(request)
    return holding.lift(hold_id=hold_id, reason=told.reason, by=viewer, at=viewer.at)
