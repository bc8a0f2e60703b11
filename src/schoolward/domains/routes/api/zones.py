"""The walk zones of the district over HTTP. Lengths are meters along streets."""

# No deferred annotations here: Ninja reads them where it runs.

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Schema, Status

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.api.routing import router, written
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber, Text


class WalkZoneIn(Schema):
    """How far pupils are expected to walk from a day on, and where the district says so."""

    valid_from: date
    elementary_m: float
    middle_m: float
    high_m: float
    source: Annotated[Text, Field(max_length=200)] = ""


class WalkZoneOut(Schema):
    """One version; the newest whose day has come holds."""

    id: int
    valid_from: date
    elementary_m: float
    middle_m: float
    high_m: float
    source: str
    set_at: datetime


@router.get("/walk-zones", url_name="route_walk_zones", response=list[WalkZoneOut])
def walk_zones(request: HttpRequest) -> Any:
    """Every version of the walk zones, the newest first; none where the district has set none."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return list(queries.walk_zone_rules(viewer))


@router.post("/walk-zones", url_name="route_walk_zone_set", response=WalkZoneOut)
def walk_zone_set(request: HttpRequest, sent: WalkZoneIn) -> Any:
    """Set the walk zones from a day on; earlier versions stay."""
    return written(actions.set_walk_zone, viewer_of(request), **sent.dict())


@router.delete("/walk-zones/{pk}", url_name="route_walk_zone_remove", response={204: None})
def walk_zone_remove(request: HttpRequest, pk: RowNumber) -> Status[None]:
    """Take a version away whose first day is still to come. That it was there is kept."""
    viewer = viewer_of(request)
    check(viewer, "routes.plan")
    get_object_or_404(queries.walk_zone_rules(viewer), pk=pk)
    written(actions.remove_walk_zone, viewer, rule_id=pk)
    return Status(204, None)
