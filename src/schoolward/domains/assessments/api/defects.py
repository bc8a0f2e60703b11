"""Reports of defects over HTTP: read, and settled as work, joined to work that is there, or dismissed."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from ninja.pagination import paginate

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.api.findings import Declined
from schoolward.domains.assessments.models import DefectReport, DefectState
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.asking import RowNumber, Slices

router = Router()


class DefectOut(Schema):
    """What somebody reported at a code. ``is_joined``: its work was there before, and not opened for it."""

    id: int
    campus_id: int
    spot: str
    kind: str
    text: str
    at: datetime
    state: str
    reason: str
    settled_on: date | None
    work_id: int | None
    is_joined: bool
    invented: bool

    @staticmethod
    def resolve_spot(report: DefectReport) -> str:
        return report.point.label


class Narrowed(Schema):
    """How the list is narrowed."""

    state: DefectState | None = None
    campus_id: RowNumber | None = None


class Candidate(Schema):
    """Open work that may mend what was reported, and why one may think so."""

    work_id: int
    reference: str
    title: str
    state: str
    why: str


class Joined(Schema):
    """The work that mends it."""

    work_id: RowNumber


@router.get("/defects", url_name="defects", response=list[DefectOut])
@paginate(Slices)
def defects(request: HttpRequest, narrowed: Query[Narrowed]) -> Any:
    """The reports that the caller may see, the newest first."""
    viewer = viewer_of(request)
    check(viewer, "assessments.defects")
    return queries.defects(viewer).filter(**narrowed.dict(exclude_none=True))


@router.get("/defects/{report_id}", url_name="defect", response=DefectOut)
def defect(request: HttpRequest, report_id: RowNumber) -> DefectReport:
    """One report."""
    return _report(request, report_id)


@router.get("/defects/{report_id}/work", url_name="defect_work", response=list[Candidate])
def work_that_may_mend(request: HttpRequest, report_id: RowNumber) -> list[dict[str, Any]]:
    """Open work at the site that may mend it already, the likeliest first."""
    found = queries.work_that_may_mend(viewer_of(request), _report(request, report_id))
    return [
        {
            "work_id": one.item.pk,
            "reference": one.item.reference,
            "title": one.item.title,
            "state": one.item.state,
            "why": one.why,
        }
        for one in found
    ]


@router.post("/defects/{report_id}/propose", url_name="defect_propose", response=DefectOut)
def propose(request: HttpRequest, report_id: RowNumber) -> DefectReport:
    """Propose the repair that it asks for."""
    return _settled(request, report_id, actions.defect_to_work)


@router.post("/defects/{report_id}/join", url_name="defect_join", response=DefectOut)
def join(request: HttpRequest, report_id: RowNumber, sent: Joined) -> DefectReport:
    """Say that work which is there mends it."""
    return _settled(request, report_id, actions.join_defect, **sent.dict())


@router.post("/defects/{report_id}/separate", url_name="defect_separate", response=DefectOut)
def separate(request: HttpRequest, report_id: RowNumber) -> DefectReport:
    """Take it off the work that it was joined to; it is new again."""
    return _settled(request, report_id, actions.separate_defect)


@router.post("/defects/{report_id}/dismiss", url_name="defect_dismiss", response=DefectOut)
def dismiss(request: HttpRequest, report_id: RowNumber, sent: Declined) -> DefectReport:
    """Say that it needs nothing, and why."""
    if "\0" in sent.reason:
        raise HttpError(422, "reason holds a NUL character; leave it out")
    return _settled(request, report_id, actions.dismiss_defect, **sent.dict())


def _report(request: HttpRequest, report_id: int) -> DefectReport:
    viewer = viewer_of(request)
    check(viewer, "assessments.defects")
    found = queries.defects(viewer).filter(pk=report_id).first()
    if found is None:
        raise HttpError(404, f"there is no report {report_id} that you may see")
    return found


def _settled(request: HttpRequest, report_id: int, action: Any, **values: Any) -> DefectReport:
    viewer = viewer_of(request)
    _report(request, report_id)
    try:
        action(report_id=report_id, by=viewer, at=now(viewer.at), **values)
    except actions.AssessmentRefused as refusal:
        told = f"{refusal.field}: {refusal}" if refusal.field else str(refusal)
        raise HttpError(422 if refusal.field else 409, told) from refusal
    return _report(request, report_id)
