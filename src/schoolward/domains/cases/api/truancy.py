"""Truancy over HTTP: how a student stands by the law, and what was done."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema, Status

from schoolward.domains.cases.actions import truancy as actions
from schoolward.domains.cases.models import DeedKind, Kept
from schoolward.domains.cases.queries import truancy as queries
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.asking import RowNumber

router = Router()


class DutyOut(Schema):
    """What the law asks. ``assumed``: the section names no day, the district's own stands for it."""

    youth: int
    kind: str
    number: int
    citation: str
    arises_on: date
    due_on: date | None
    done_on: date | None
    state: str
    assumed: bool
    confirmed_by_counsel: bool


class ContractOut(Schema):
    """A contract with the review board."""

    id: int
    signed_on: date
    ends_on: date
    outcome: str


class StandingOut(Schema):
    """How a student stands on a day of the school year, for the days that are known."""

    youth: int
    on: date
    state: str
    since: date | None
    days_known: int
    occasions: int
    reports: int
    may_be_referred: bool
    duties: list[DutyOut]
    contracts: list[ContractOut]


class DeedIn(GuardedSchema):
    """What was done, on which day."""

    kind: DeedKind
    on: date


class ContractIn(GuardedSchema):
    """A contract with the review board."""

    signed_on: date
    ends_on: date


class KeptIn(GuardedSchema):
    """What became of it."""

    outcome: Kept


def duty_out(youth: int, duty: Any, on: date) -> dict[str, Any]:
    """A duty as it goes out."""
    names = ("kind", "number", "arises_on", "due_on", "done_on")
    return {
        **{name: getattr(duty, name) for name in names},
        "youth": youth,
        "citation": duty.statute.citation,
        "state": duty.state(on),
        "assumed": duty.statute.assumed,
        "confirmed_by_counsel": duty.statute.confirmed,
    }


def standing_out(viewer: Viewer, pk: int) -> dict[str, Any]:
    """How a student of the caller's caseload stands, else there is none."""
    on = today(viewer.at)
    found = queries.standing(viewer, pk, on)
    if found is None:
        raise Http404
    told = found.truancy
    return {
        "youth": pk,
        "on": on,
        "state": told.state,
        "since": told.since,
        "days_known": found.days_known,
        "occasions": len(told.occasions),
        "reports": len(told.reports),
        "may_be_referred": told.may_be_referred,
        "duties": [duty_out(pk, duty, on) for duty in told.duties],
        "contracts": [
            {name: getattr(one, name) for name in ("id", "signed_on", "ends_on", "outcome")}
            for one in found.contracts
        ],
    }


@router.get("/due", url_name="truancy_due", response=list[DutyOut])
def due(
    request: HttpRequest,
    limit: int = Query(25, ge=1, le=100),
    offset: int = Query(0, ge=0, le=2**31),
) -> list[dict[str, Any]]:
    """What is to be done about truancy in the caller's caseload, by its day, so many at a time.

    Each student who is in the answer is on the record of disclosures.
    """
    viewer = viewer_of(request)
    on = today(viewer.at)
    asked = queries.waiting(viewer, on)[offset : offset + limit]
    return [duty_out(one.youth.pk, one.duty, on) for one in queries.shown(viewer, asked)]


@router.get("/{pk}", url_name="truancy_standing", response=StandingOut)
def standing(request: HttpRequest, pk: RowNumber) -> dict[str, Any]:
    """How one student stands, with the law behind each duty."""
    return standing_out(viewer_of(request), pk)


@router.post("/{pk}/deeds", url_name="truancy_deed", response={201: StandingOut})
def deed(request: HttpRequest, pk: RowNumber, told: DeedIn) -> Status[dict[str, Any]]:
    """Note what was done. Safe to be sent twice."""
    viewer = viewer_of(request)
    actions.note_deed(youth_id=pk, kind=told.kind, on=told.on, by=viewer, at=now(viewer.at))
    return Status(201, standing_out(viewer, pk))


@router.post("/{pk}/contracts", url_name="truancy_contract", response={201: StandingOut})
def contract(request: HttpRequest, pk: RowNumber, told: ContractIn) -> Status[dict[str, Any]]:
    """Keep a contract of the review board."""
    viewer = viewer_of(request)
    actions.sign_contract(youth_id=pk, by=viewer, at=now(viewer.at), **told.dict())
    return Status(201, standing_out(viewer, pk))


@router.post("/contracts/{pk}/close", url_name="truancy_contract_close", response=ContractOut)
def close(request: HttpRequest, pk: RowNumber, told: KeptIn) -> Any:
    """Say whether a contract was kept."""
    viewer = viewer_of(request)
    return actions.close_contract(contract_id=pk, outcome=told.outcome, by=viewer, at=now(viewer.at))
