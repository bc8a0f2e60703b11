"""The register of assessments over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.pagination import paginate

from schoolward.domains.assessments import queries
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import Slices

router = Router()


class AssessmentOut(Schema):
    """One assessment."""

    id: int
    reference: str
    campus_id: int
    kind: str
    assessed_on: date
    assessor_role: str
    document: str
    invented: bool


@router.get("", url_name="assessments", response=list[AssessmentOut])
@paginate(Slices)
def assessments(request: HttpRequest) -> Any:
    """The assessments that the caller may see, newest first."""
    viewer = viewer_of(request)
    check(viewer, "assessments.view")
    return queries.assessments(viewer)
