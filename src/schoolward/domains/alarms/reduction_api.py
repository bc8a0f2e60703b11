"""Fewer false alarms, permits and fees over HTTP: the same numbers as on the pages."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.
from datetime import date, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from ninja.errors import HttpError
from ninja.pagination import paginate

from schoolward.analysis.alarm_fees.as_json import assessment_json
from schoolward.domains.alarms import queries
from schoolward.domains.alarms.actions.permits import decide_appeal, file_appeal, keep_permit
from schoolward.domains.alarms.actions.reducing import open_corrective_action
from schoolward.domains.alarms.actions.refusals import AlarmRefused
from schoolward.domains.alarms.models import Appeal, AppealOutcome, Case, Permit, Zone
from schoolward.domains.alarms.queries.effects import Effect
from schoolward.domains.alarms.queries.fees import permits, statement
from schoolward.domains.alarms.queries.mending import zone_reduction
from schoolward.domains.alarms.queries.reduction import reduction, reduction_json
from schoolward.domains.places.queries import campus_by_pk
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo import clock
from schoolward.platform.ui.asking import RowNumber, Slices

router = Router()
Words = Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]
Short = Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]


class Asked(Schema):
    """A span of days (the last year if not given) and a site."""

    start: date | None = Field(None, alias="from")
    end: date | None = Field(None, alias="to")
    campus_id: RowNumber | None = None


class PermitOut(Schema):
    """A permit."""

    id: int
    system_id: int
    ordinance: str
    number: str
    issued_on: date
    ends_on: date | None
    cancelled_on: date | None
    invented: bool


class PermitIn(Schema):
    """What a permit needs. The one of this ordinance and number is changed if it is there."""

    system_id: RowNumber
    ordinance: Short
    number: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00]*$")]
    issued_on: date
    ends_on: date | None = None
    cancelled_on: date | None = None


class AppealIn(Schema):
    """What an appeal needs."""

    filed_on: date
    grounds: Words


class DecisionIn(Schema):
    """How an appeal was decided."""

    decided_on: date
    outcome: AppealOutcome


class AppealOut(Schema):
    """An appeal."""

    case: str
    filed_on: date
    grounds: str
    decided_on: date | None
    outcome: str

    @staticmethod
    def resolve_case(appeal: Appeal) -> str:
        return str(appeal.case.number)


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
    _check_site(viewer, asked.campus_id)
    found = reduction(viewer, first, last, now=clock.now(viewer.at), campus_id=asked.campus_id)
    return reduction_json(found)


@router.get("/zones/{zone_id}/reduction", url_name="alarm_zone_reduction", response=dict[str, Any])
def zone(request: HttpRequest, zone_id: RowNumber) -> dict[str, Any]:
    """When a zone's false alarms lie, what to do about them, and whether what was done helped."""
    viewer = viewer_of(request)
    check(viewer, "alarms.view")
    held = _zone(viewer, zone_id)
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
    _zone(viewer, zone_id)
    try:
        item = open_corrective_action(zone_id=zone_id, by=viewer, at=clock.now(viewer.at))
    except AlarmRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal
    return Status(201, {"work_id": item.pk, "reference": item.reference, "title": item.title})


@router.get("/fees", url_name="alarm_fees", response=dict[str, Any])
def fees(
    request: HttpRequest, as_of: date | None = None, campus_id: RowNumber | None = None
) -> dict[str, Any]:
    """What false alarms cost as of a day: every counted alarm with its amount and why. Money in cents."""
    viewer = viewer_of(request)
    check(viewer, "alarms.view")
    _check_site(viewer, campus_id)
    found = statement(viewer, as_of=as_of or clock.today(viewer.at), campus_id=campus_id)
    return {
        "as_of": found.as_of.isoformat(),
        "claimed_cents": found.claimed_cents,
        "owed_cents": found.owed_cents,
        "permit_cents": found.permit_cents,
        "ordinances": [
            {
                "key": part.ordinance.key,
                "title": part.ordinance.title,
                "systems": len(part.systems),
                "alarms": part.over_all.alarms,
                "false_alarms": part.over_all.false_alarms,
                "claimed_cents": part.over_all.claimed_cents,
                "cautions": list(part.cautions),
                "assessments": [assessment_json(line.assessed) for line in part.lines],
            }
            for part in found.parts
        ],
        "without_ordinance": [system.pk for system in found.without],
    }


@router.get("/permits", url_name="alarm_permits", response=list[PermitOut])
@paginate(Slices)
def permit_list(request: HttpRequest, system_id: RowNumber | None = None) -> Any:
    """The permits that the caller may see."""
    viewer = viewer_of(request)
    check(viewer, "alarms.view")
    found = permits(viewer)
    return found if system_id is None else found.filter(system_id=system_id)


@router.post("/permits", url_name="alarm_permit_keep", response={201: PermitOut})
def permit_keep(request: HttpRequest, told: PermitIn) -> Status[Permit]:
    """Enter a permit or change it. Fees are reckoned anew from it."""
    viewer = viewer_of(request)
    check(viewer, "alarms.keep")
    if queries.system_by_pk(viewer, told.system_id) is None:
        raise HttpError(404, f"there is no alarm system {told.system_id} that you may see")
    try:
        kept = keep_permit(by=viewer, at=viewer.at, **told.dict())
    except AlarmRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal
    return Status(201, kept.row)


@router.post("/cases/{number}/appeal", url_name="alarm_appeal", response={201: AppealOut})
def appeal(request: HttpRequest, number: str, told: AppealIn) -> Status[Appeal]:
    """File an appeal against the fee for an alarm."""
    viewer = viewer_of(request)
    check(viewer, "alarms.appeal")
    held = _case(viewer, number)
    try:
        made = file_appeal(case_id=held.pk, by=viewer, at=clock.now(viewer.at), **told.dict())
    except AlarmRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal
    return Status(201, made)


@router.post("/cases/{number}/appeal/decision", url_name="alarm_appeal_decision", response=AppealOut)
def decision(request: HttpRequest, number: str, told: DecisionIn) -> Appeal:
    """Enter how an appeal was decided."""
    viewer = viewer_of(request)
    check(viewer, "alarms.appeal")
    held = _case(viewer, number)
    try:
        return decide_appeal(
            case_id=held.pk,
            decided_on=told.decided_on,
            outcome=told.outcome.value,
            by=viewer,
            at=clock.now(viewer.at),
        )
    except AlarmRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal


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


def _zone(viewer: Viewer, zone_id: int) -> Zone:
    found = queries.zones(viewer).filter(pk=zone_id).first()
    if found is None:
        raise HttpError(404, f"there is no zone {zone_id} that you may see")
    return found


def _case(viewer: Viewer, number: str) -> Case:
    found = queries.case_by_number(viewer, number)
    if found is None:
        raise HttpError(404, f"there is no case {number} that you may see")
    return found


def _check_site(viewer: Viewer, campus_id: int | None) -> None:
    if campus_id is None:
        return
    seen = viewer.campus_ids is None or campus_id in viewer.campus_ids
    if not seen or campus_by_pk(campus_id) is None:
        raise HttpError(404, f"there is no site {campus_id} that you may see")
