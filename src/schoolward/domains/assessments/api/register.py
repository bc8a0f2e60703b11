"""The register of assessments over HTTP."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.errors import HttpError
from ninja.pagination import paginate

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.api.findings import Declined
from schoolward.domains.assessments.models import Assessment, Walk
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.asking import RowNumber, Slices

router = Router()


class AssessmentOut(Schema):
    """One assessment. Scores are percent of the ideal condition; what was not seen moves them from ``low`` to
    ``high``."""

    id: int
    reference: str
    campus_id: int
    kind: str
    state: str
    version_id: int | None
    planned_on: date | None
    assessed_on: date | None
    assessor_role: str
    is_double: bool
    score: float | None
    low: float | None
    high: float | None
    coverage: float | None
    change: float | None
    document: str
    invented: bool


class SiteOut(Schema):
    """How a site stands. ``is_covered``: assessed in the last 24 months. ``last`` is what was assessed last,
    ``scored`` the last environmental-design walk with a score. ``unresolved`` counts findings by severity;
    the rest counts recommendations, of which those ``declined`` need nobody any more."""

    campus_id: int
    name: str
    is_covered: bool
    last: AssessmentOut | None
    scored: AssessmentOut | None
    unresolved: dict[str, int]
    recommendations: int
    declined: int
    verified: int


class Planned(Schema):
    """What a plan needs."""

    campus_id: RowNumber
    version_id: RowNumber
    planned_on: date
    is_double: bool = False


class Started(Schema):
    """The number that the device gave the walk, so that it is begun once."""

    client_id: UUID
    device: str = ""


class WalkOut(Schema):
    """One walk."""

    id: int
    assessment_id: int | None
    reinspection_id: int | None
    campus_id: int
    number: int
    is_submitted: bool

    @staticmethod
    def resolve_is_submitted(walk: Walk) -> bool:
        return walk.submitted_at is not None


@router.get("", url_name="assessments", response=list[AssessmentOut])
@paginate(Slices)
def assessments(request: HttpRequest) -> Any:
    """The assessments that the caller may see, newest first."""
    viewer = viewer_of(request)
    check(viewer, "assessments.view")
    return queries.assessments(viewer)


@router.post("", url_name="assessment_plan", response={201: AssessmentOut})
def plan(request: HttpRequest, sent: Planned) -> Status[Assessment]:
    """Plan a walk of a campus."""
    viewer = viewer_of(request)
    try:
        return Status(201, actions.plan_assessment(by=viewer, at=now(viewer.at), **sent.dict()))
    except actions.AssessmentRefused as refusal:
        raise HttpError(422, f"{refusal.field}: {refusal}") from refusal


@router.get("/sites", url_name="assessment_sites", response=list[SiteOut])
def sites(request: HttpRequest) -> list[dict[str, Any]]:
    """Every site in operation that the caller may see, by name: how it came out, and what is left to do."""
    viewer = viewer_of(request)
    check(viewer, "assessments.view")
    return [
        {
            "campus_id": line.campus.pk,
            "name": line.campus.name,
            "is_covered": line.is_covered,
            "last": line.last,
            "scored": line.scored,
            "unresolved": dict(line.by_severity),
            "recommendations": line.progress.total if line.progress is not None else 0,
            "declined": line.progress.declined if line.progress is not None else 0,
            "verified": line.progress.verified if line.progress is not None else 0,
        }
        for line in queries.campus_lines(viewer, today(viewer.at))
    ]


@router.get("/{int:assessment_id}", url_name="assessment", response=AssessmentOut)
def assessment(request: HttpRequest, assessment_id: RowNumber) -> Assessment:
    """One assessment."""
    viewer = viewer_of(request)
    check(viewer, "assessments.view")
    found = queries.assessments(viewer).filter(pk=assessment_id).first()
    if found is None:
        raise HttpError(404, f"there is no assessment {assessment_id} that you may see")
    return found


@router.post("/{int:assessment_id}/cancel", url_name="assessment_cancel", response={204: None})
def cancel(request: HttpRequest, assessment_id: RowNumber, sent: Declined) -> Status[None]:
    """Take back an assessment of which nothing was answered."""
    _ended(request, assessment_id, actions.cancel_assessment, sent.reason)
    return Status(204, None)


@router.post("/{int:assessment_id}/finish-alone", url_name="assessment_finish_alone", response=AssessmentOut)
def finish_alone(request: HttpRequest, assessment_id: RowNumber, sent: Declined) -> Assessment:
    """Let the one walk of a double walk that was handed in count."""
    _ended(request, assessment_id, actions.finish_alone, sent.reason)
    return assessment(request, assessment_id)


def _ended(request: HttpRequest, assessment_id: int, action: Any, reason: str) -> None:
    viewer = viewer_of(request)
    try:
        action(assessment_id=assessment_id, reason=reason, by=viewer, at=now(viewer.at))
    except actions.AssessmentRefused as refusal:
        told = f"{refusal.field}: {refusal}" if refusal.field else str(refusal)
        raise HttpError(422 if refusal.field else 409, told) from refusal


@router.post("/{int:assessment_id}/walks", url_name="assessment_walk", response={201: WalkOut})
def start(request: HttpRequest, assessment_id: RowNumber, sent: Started) -> Status[Walk]:
    """Begin the own walk; asked again it gives the one that is there."""
    viewer = viewer_of(request)
    try:
        walk = actions.start_walk(
            assessment_id=assessment_id,
            client_id=sent.client_id,
            device=sent.device,
            by=viewer,
            at=now(viewer.at),
        )
    except actions.AssessmentRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal
    return Status(201, walk)
