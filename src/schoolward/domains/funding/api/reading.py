"""What is left, what could be bought, and today's instance, over HTTP."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from schoolward.analysis.portfolio import as_json
from schoolward.domains.funding import queries
from schoolward.domains.funding.api.shapes import (
    AllocationOut,
    AsideOut,
    CandidateOut,
    CandidatesOut,
    FundOut,
    NeedOut,
)
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today

router = Router()


def _reader(request: HttpRequest) -> Viewer:
    viewer = viewer_of(request)
    check(viewer, "funding.view")
    return viewer


@router.get("/funds", url_name="funding_funds", response=list[FundOut])
def funds(request: HttpRequest) -> list[dict[str, Any]]:
    """Every budget line of the awards under way, with what it has left for works."""
    viewer = _reader(request)
    return [FundOut.of(one) for one in queries.funds_now(viewer, on=today(viewer.at)).funds]


@router.get("/candidates", url_name="funding_candidates", response=CandidatesOut)
def candidates(request: HttpRequest) -> dict[str, Any]:
    """Accepted work without money: what a plan may choose, and what it cannot, with the reason."""
    viewer = _reader(request)
    found = queries.candidates_now(viewer, on=today(viewer.at))
    return {
        "ready": [CandidateOut.of(one) for one in found.ready],
        "aside": [AsideOut.of(one) for one in found.aside],
    }


@router.get("/instance", url_name="funding_instance", response=dict[str, Any])
def instance(request: HttpRequest) -> dict[str, Any]:
    """Today's instance, in the format that ``schoolward plan funding`` reads."""
    viewer = _reader(request)
    return as_json(queries.snapshot_now(viewer, on=today(viewer.at)).instance)


@router.get("/allocations", url_name="funding_allocations", response=list[AllocationOut])
def allocations(request: HttpRequest, open: bool = True) -> list[dict[str, Any]]:
    """Money set aside for works and not bound yet; with ``open=false`` all that was ever set aside."""
    found = queries.allocations_now(_reader(request))
    return [AllocationOut.of(one) for one in found if one.is_open or not open]


@router.get("/transfers", url_name="funding_transfers", response=list[NeedOut])
def transfers(request: HttpRequest) -> list[dict[str, Any]]:
    """Transfers between budget lines that approved plans count on."""
    return [NeedOut.of(one) for one in queries.needs_now(_reader(request))]
