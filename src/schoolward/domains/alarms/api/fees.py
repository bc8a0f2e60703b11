"""Permits, fees and appeals over HTTP."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.errors import HttpError
from ninja.pagination import paginate

from schoolward.analysis.alarm_fees.as_json import assessment_json
from schoolward.domains.alarms import queries
from schoolward.domains.alarms.actions.permits import (
    correct_appeal,
    decide_appeal,
    file_appeal,
    keep_permit,
)
from schoolward.domains.alarms.actions.refusals import AlarmRefused
from schoolward.domains.alarms.api.finding import case_or_404, check_site
from schoolward.domains.alarms.api.texts import Short, Words
from schoolward.domains.alarms.models import Appeal, AppealOutcome, Permit
from schoolward.domains.alarms.queries.fees import permits, statement
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo import clock
from schoolward.platform.ui.asking import RowNumber, Slices

router = Router()


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


@router.get("/fees", url_name="alarm_fees", response=dict[str, Any])
def fees(
    request: HttpRequest, as_of: date | None = None, campus_id: RowNumber | None = None
) -> dict[str, Any]:
    """What false alarms cost as of a day: every counted alarm with its amount and why. Money in cents."""
    viewer = viewer_of(request)
    check(viewer, "alarms.view")
    check_site(viewer, campus_id)
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
    held = case_or_404(viewer, number)
    try:
        made = file_appeal(case_id=held.pk, by=viewer, at=clock.now(viewer.at), **told.dict())
    except AlarmRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal
    return Status(201, made)


@router.post("/cases/{number}/appeal/correction", url_name="alarm_appeal_correction", response=AppealOut)
def correction(request: HttpRequest, number: str, told: AppealIn) -> Appeal:
    """Correct the day or the grounds of an appeal that was entered wrongly. Its decision stays."""
    viewer = viewer_of(request)
    check(viewer, "alarms.appeal")
    held = case_or_404(viewer, number)
    try:
        return correct_appeal(case_id=held.pk, by=viewer, at=clock.now(viewer.at), **told.dict())
    except AlarmRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal


@router.post("/cases/{number}/appeal/decision", url_name="alarm_appeal_decision", response=AppealOut)
def decision(request: HttpRequest, number: str, told: DecisionIn) -> Appeal:
    """Enter how an appeal was decided."""
    viewer = viewer_of(request)
    check(viewer, "alarms.appeal")
    held = case_or_404(viewer, number)
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
