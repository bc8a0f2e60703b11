"""Fewer false alarms over HTTP: rates, zones, and what was done about them."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from ninja.errors import HttpError

from schoolward.domains.alarms.actions.reducing import open_corrective_action
from schoolward.domains.alarms.actions.refusals import AlarmRefused
from schoolward.domains.alarms.api.finding import check_site, zone_or_404
from schoolward.domains.alarms.queries.effects import Effect
from schoolward.domains.alarms.queries.mending import zone_reduction
from schoolward.domains.alarms.queries.reduction import reduction, reduction_json
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo import clock
from schoolward.platform.ui.asking import RowNumber

router = Router()


class Asked(Schema):
    """A span of days (the last year if not given) and a site."""

    start: date | None = Field(None, alias="from")
    end: date | None = Field(None, alias="to")
    campus_id: RowNumber | None = None


class OpenedOut(Schema):
    """The work that was opened."""

    work_id: int
    reference: str
    title: str


@router.get("/reduction", url_name="alarm_reduction", response=dict[str, Any])
def rates(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Rates M4 to M7 and dispatches per system and year with 95 % intervals, and what they are made of."""
    viewer = viewer_of(request)
    check(viewer, "alarms.view")
    last = asked.end or clock.today(viewer.at)
    first = asked.start or last - timedelta(days=365)
    if first > last:
        raise HttpError(422, "from: it lies after to")
    check_site(viewer, asked.campus_id)
    found = reduction(viewer, first, last, now=clock.now(viewer.at), campus_id=asked.campus_id)
    return reduction_json(found)


@router.get("/zones/{zone_id}/reduction", url_name="alarm_zone_reduction", response=dict[str, Any])
def zone(request: HttpRequest, zone_id: RowNumber) -> dict[str, Any]:
    """When a zone's false alarms lie, what to do about them, and whether what was done helped."""
    viewer = viewer_of(request)
    check(viewer, "alarms.view")
    held = zone_or_404(viewer, zone_id)
    found = zone_reduction(held, viewer=viewer, today=clock.today(viewer.at))
    proposed = found.proposal
    return {
        "zone_id": held.pk,
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "false": found.false,
        "too_few": found.too_few,
        "sentence": found.sentence,
        "p_value": found.found.p_value,
        "proposal": None
        if proposed is None
        else {
            "action": str(proposed.remedy.action),
            "words": proposed.remedy.words,
            "because": proposed.remedy.because,
            "share": proposed.share,
        },
        "open_work": None if found.open_work is None else found.open_work.reference,
        "work": [
            {
                "reference": mended.item.reference,
                "title": mended.item.title,
                "state": mended.item.state,
                "effect": None if mended.effect is None else _effect(mended.effect),
                "too_early": mended.is_too_early,
            }
            for mended in found.work
        ],
    }


@router.post(
    "/zones/{zone_id}/corrective-action", url_name="alarm_corrective_action", response={201: OpenedOut}
)
def corrective_action(request: HttpRequest, zone_id: RowNumber) -> Status[dict[str, Any]]:
    """Open the work that the zone's alarms call for. Refused while the same is open already."""
    viewer = viewer_of(request)
    check(viewer, "work.propose")
    zone_or_404(viewer, zone_id)
    try:
        item = open_corrective_action(zone_id=zone_id, by=viewer, at=clock.now(viewer.at))
    except AlarmRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal
    return Status(201, {"work_id": item.pk, "reference": item.reference, "title": item.title})


def _effect(effect: Effect) -> dict[str, Any]:
    told = effect.told
    return {
        "done_on": effect.done_on.isoformat(),
        "unit": effect.unit,
        "before": {"events": effect.before.events, "exposure": effect.before.exposure},
        "after": {"events": effect.after.events, "exposure": effect.after.exposure},
        "compared": effect.is_compared,
        "ratio": told.value,
        "low": told.low,
        "high": told.high,
        "verdict": str(told.verdict),
        "sentence": told.sentence,
    }
