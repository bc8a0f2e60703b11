"""Findings over HTTP. What the caller may not see of one is null."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError
from ninja.pagination import paginate

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Finding, FindingState
from schoolward.domains.work.states import IllegalMove
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import readable
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.asking import Cents, RowNumber, Slices

router = Router()


class FindingOut(Schema):
    """What failed, and how it stands. Money in US cents."""

    id: int
    campus_id: int
    code: str
    title: str
    state: str
    severity: str
    trade: str
    estimate_cents: int | None
    found_on: date
    settled_on: date | None
    reason: str
    work_id: int | None
    invented: bool
    zone: str | None
    note: str | None

    @staticmethod
    def resolve_zone(finding: Finding, context: Any) -> str | None:
        return finding.zone if readable(finding, "zone", viewer_of(context["request"])) else None

    @staticmethod
    def resolve_note(finding: Finding, context: Any) -> str | None:
        return finding.note if readable(finding, "note", viewer_of(context["request"])) else None


class Narrowed(Schema):
    """How the list is narrowed."""

    state: FindingState | None = None
    campus_id: RowNumber | None = None


class Accepted(Schema):
    """A due date, where that of the severity is not to hold, and an estimate, where it is known."""

    due: date | None = None
    estimate_cents: Cents | None = None


class Declined(Schema):
    """Why."""

    reason: Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S")]


@router.get("/findings", url_name="findings", response=list[FindingOut])
@paginate(Slices)
def findings(request: HttpRequest, narrowed: Query[Narrowed]) -> Any:
    """The findings that the caller may see, those to be decided first."""
    viewer = viewer_of(request)
    check(viewer, "assessments.view")
    return queries.findings(viewer).filter(**narrowed.dict(exclude_none=True)).order_by(*queries.IN_ORDER)


@router.post("/findings/{finding_id}/accept", url_name="finding_accept", response=FindingOut)
def accept(request: HttpRequest, finding_id: RowNumber, sent: Accepted) -> Finding:
    """Take a finding on as work."""
    return _decided(request, finding_id, actions.accept_finding, **sent.dict())


@router.post("/findings/{finding_id}/decline", url_name="finding_decline", response=FindingOut)
def decline(request: HttpRequest, finding_id: RowNumber, sent: Declined) -> Finding:
    """Say no to a finding, and why."""
    return _decided(request, finding_id, actions.decline_finding, **sent.dict())


def _decided(request: HttpRequest, finding_id: int, action: Any, **values: Any) -> Finding:
    viewer = viewer_of(request)
    if any("\0" in value for value in values.values() if isinstance(value, str)):
        raise HttpError(422, "reason holds a NUL character; leave it out")
    try:
        action(finding_id=finding_id, by=viewer, at=now(viewer.at), **values)
    except actions.AssessmentRefused as refusal:
        told = f"{refusal.field}: {refusal}" if refusal.field else str(refusal)
        raise HttpError(422 if refusal.field else 409, told) from refusal
    except IllegalMove as refusal:
        raise HttpError(409, str(refusal)) from refusal
    return queries.findings(viewer).get(pk=finding_id)
