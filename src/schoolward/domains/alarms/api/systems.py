"""Systems, their zones and their signals over HTTP."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from schoolward.domains.alarms import queries
from schoolward.domains.alarms.models import (
    AlarmSystem,
    SignalKind,
)
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber, Slices

router = Router()


class SystemOut(Schema):
    """An alarm system. Its key is never told."""

    id: int
    account: str
    line: str
    campus_id: int
    title: str
    profile: str
    supervision_seconds: int | None
    valid_from: date | None
    valid_to: date | None
    heard_at: datetime | None
    lost_at: datetime | None
    invented: bool

    @staticmethod
    def resolve_line(system: AlarmSystem) -> str:
        return system.line.name

    @staticmethod
    def resolve_heard_at(system: AlarmSystem) -> datetime | None:
        link = getattr(system, "link", None)
        return None if link is None else link.last_heard

    @staticmethod
    def resolve_lost_at(system: AlarmSystem) -> datetime | None:
        link = getattr(system, "link", None)
        return None if link is None else link.lost_at


class ZoneOut(Schema):
    """A zone of a system."""

    id: int
    system_id: int
    number: str
    title: str
    device: str
    camera_link: str
    invented: bool


class SignalOut(Schema):
    """One event that a panel reported."""

    id: int
    received_at: datetime
    panel_at: datetime | None
    account: str
    system_id: int | None
    campus_id: int | None
    zone_id: int | None
    code: str
    qualifier: str
    zone_number: str
    partition: str
    user_number: str
    text: str
    meaning: str
    kind: str
    is_restore: bool
    is_test: bool
    repeats: int
    flags: list[str]
    case: str | None
    generated: bool

    @staticmethod
    def resolve_case(signal: Any) -> str | None:
        return None if signal.case is None else signal.case.number


class SignalsNarrowed(Schema):
    """How the list of signals is narrowed."""

    account: Annotated[str, Field(max_length=16)] | None = None
    kind: SignalKind | None = None
    campus_id: RowNumber | None = None
    system_id: RowNumber | None = None
    zone_id: RowNumber | None = None
    start: datetime | None = Field(None, alias="from")
    end: datetime | None = Field(None, alias="to")


@router.get("/systems", url_name="alarm_systems", response=list[SystemOut])
@paginate(Slices)
def systems(request: HttpRequest, campus_id: RowNumber | None = None, lost: bool = False) -> Any:
    """The alarm systems that the caller may see; ``lost`` leaves those that are not heard from."""
    viewer = viewer_of(request)
    check(viewer, "alarms.view")
    rows = queries.lost_links(viewer) if lost else queries.systems(viewer)
    return rows if campus_id is None else rows.filter(campus_id=campus_id)


@router.get("/zones", url_name="alarm_zones", response=list[ZoneOut])
@paginate(Slices)
def zones(request: HttpRequest, system_id: RowNumber | None = None) -> Any:
    """The zones that the caller may see."""
    viewer = viewer_of(request)
    check(viewer, "alarms.view")
    rows = queries.zones(viewer)
    return rows if system_id is None else rows.filter(system_id=system_id)


@router.get("/signals", url_name="alarm_signals", response=list[SignalOut])
@paginate(Slices)
def signals(request: HttpRequest, narrowed: Query[SignalsNarrowed]) -> Any:
    """The signals that the caller may see, the newest first."""
    viewer = viewer_of(request)
    check(viewer, "alarms.view")
    asked = narrowed.dict(exclude_none=True)
    rows = queries.signals(viewer)
    if start := asked.pop("start", None):
        rows = rows.filter(received_at__gte=start)
    if end := asked.pop("end", None):
        rows = rows.filter(received_at__lte=end)
    return rows.filter(**asked)
