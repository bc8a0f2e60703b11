"""Incidents over HTTP: the same rows as on the pages, counts from the same tallies, and entry."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError
from ninja.pagination import paginate

from schoolward.domains.incidents import queries
from schoolward.domains.incidents.actions import IncidentDraft, IncidentRefused, record_incident
from schoolward.domains.incidents.models import Incident
from schoolward.domains.places.queries import known_campus
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import ALL_FIELDS, mask
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.asking import RowNumber, Slices

router = Router()


class IncidentOut(Schema):
    """An incident. Positions in degrees (WGS 84), distance in metres; null where the caller may not read."""

    id: int
    number: str
    source: str
    occurred_at: datetime
    local_date: date
    category: str
    is_crime: bool
    code: str
    description: str
    nibrs: str
    school_statute: bool
    address: str | None
    longitude: float | None
    latitude: float | None
    placement: str | None
    campus_id: int | None
    method: str
    distance_m: float | None
    at_campus: bool
    near_campus: bool
    in_school_hours: bool
    generated: bool


class Narrowed(Schema):
    """How the list is narrowed."""

    first: date | None = Field(None, alias="from", description="First local day.")
    last: date | None = Field(None, alias="to", description="Last local day, itself included.")
    site: str | None = Field(None, description="CDS code of a school that is at the site on the last day.")
    category: str | None = None
    campus_id: RowNumber | None = None
    at_campus: bool | None = None
    near_campus: bool | None = None
    in_school_hours: bool | None = None


class Entry(Schema):
    """What an entry by hand needs. ``occurred_at`` must carry an offset from UTC."""

    occurred_at: datetime
    category: str
    campus_id: RowNumber | None = None
    address: str = ""
    description: str = ""
    code: str = ""
    spot: str = ""
    case_number: str = ""


def _out(incident: Incident, request: HttpRequest) -> dict[str, Any]:
    fields = mask(incident, viewer_of(request))
    place = fields == ALL_FIELDS or "address" in fields
    plain = (
        "id source occurred_at local_date category is_crime campus_id method at_campus near_campus "
        "in_school_hours generated"
    )
    return {
        **{name: getattr(incident, name) for name in plain.split()},
        "number": incident.number if place else f"#{incident.pk}",
        "code": incident.offence.code,
        "description": incident.offence.description,
        "nibrs": incident.offence.nibrs,
        "school_statute": incident.offence.school_statute,
        "address": incident.address if place else None,
        "longitude": incident.longitude if place else None,
        "latitude": incident.latitude if place else None,
        "placement": incident.placement if place else None,
        "distance_m": incident.distance_m if place else None,
    }


class _Masked:
    """A queryset whose rows turn into what the caller may read when they are sliced."""

    def __init__(self, rows: Any, request: HttpRequest) -> None:
        self.rows, self.request = rows, request

    def __getitem__(self, wanted: slice) -> list[dict[str, Any]]:
        return [_out(row, self.request) for row in self.rows[wanted]]

    def __len__(self) -> int:
        return int(self.rows.count())


@router.get("", url_name="incidents", response=list[IncidentOut])
@paginate(Slices)
def incidents(request: HttpRequest, narrowed: Query[Narrowed]) -> Any:
    """The incidents that the caller may see, newest first."""
    viewer = viewer_of(request)
    check(viewer, "incidents.view")
    asked = narrowed.dict(exclude_none=True)
    first, last, site = (asked.pop(name, None) for name in ("first", "last", "site"))
    rows = queries.visible_incidents(viewer).select_related("offence").filter(**asked)
    if first is not None:
        rows = rows.filter(local_date__gte=first)
    if last is not None:
        rows = rows.filter(local_date__lte=last)
    if site is not None:
        rows = rows.filter(campus=known_campus(site, last or today(viewer.at)))
    return _Masked(rows, request)


@router.get("/{incident_id}", url_name="incident", response=IncidentOut)
def incident(request: HttpRequest, incident_id: int) -> Any:
    """One incident."""
    viewer = viewer_of(request)
    check(viewer, "incidents.view")
    found = queries.incident_by_pk(viewer, incident_id)
    if found is None:
        raise HttpError(404, f"there is no incident {incident_id} that you may see")
    return _out(found, request)


@router.post("", url_name="incident_record", response={201: IncidentOut})
def enter(request: HttpRequest, entry: Entry) -> tuple[int, Any]:
    """Enter an incident by hand."""
    viewer = viewer_of(request)
    if entry.occurred_at.tzinfo is None:
        raise HttpError(422, "occurred_at needs an offset from UTC: 2012-09-06T08:15:00-07:00")
    try:
        made = record_incident(draft=IncidentDraft(**entry.dict()), by=viewer, at=now(viewer.at))
    except IncidentRefused as refusal:
        raise HttpError(422, f"{refusal.field}: {refusal}") from refusal
    found = queries.incident_by_pk(viewer, made.pk)
    return 201, _out(found or made, request)
