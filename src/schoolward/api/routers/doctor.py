"""``schoolward doctor`` over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from schoolward.api.shapes import DoctorOut
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.health.registry import diagnose, is_well

router = Router()


@router.get("", url_name="doctor", response=DoctorOut)
def doctor(request: HttpRequest) -> dict[str, Any]:
    """What is wrong with this installation, and how to mend it."""
    viewer = viewer_of(request)
    check(viewer, "installation.diagnose")
    found = diagnose(at=viewer.at)
    return {"ok": is_well(found), "checks": [diagnosis.as_json() for diagnosis in found]}
