"""Taking an edition through its signatures, over HTTP."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber
from schoolward.reports import actions
from schoolward.reports.actions import correct, sign_anomaly
from schoolward.reports.api.editions import EditionOut, Reason, answering, edition_or_404, shown
from schoolward.reports.forms import written_reason
from schoolward.reports.steps import STEPS

router = Router()


@router.post("/editions/{edition_id}/steps/{step}", url_name="edition_step", response=EditionOut)
def take_step(request: HttpRequest, edition_id: RowNumber, step: str, given: Reason) -> EditionOut:
    """Take a step: submit (freezes every number), approve, publish, or return (with a reason)."""
    viewer = viewer_of(request)
    check(viewer, "reports.view")
    if step not in STEPS:
        raise HttpError(404, f"there is no step {step!r}; there is {', '.join(STEPS)}")
    check(viewer, STEPS[step].permission)
    row = edition_or_404(viewer, edition_id)
    with answering():
        STEPS[step].take(row, written_reason(given.dict()), by=viewer)
    return shown(edition_or_404(viewer, edition_id))


@router.post(
    "/editions/{edition_id}/numbers/{position_id}/sign", url_name="edition_sign_number", response=EditionOut
)
def sign_number(
    request: HttpRequest, edition_id: RowNumber, position_id: RowNumber, given: Reason
) -> EditionOut:
    """Sign for the number at a position that is far off its history, with the reason why it stands."""
    viewer = viewer_of(request)
    check(viewer, "reports.sign_anomaly")
    row = edition_or_404(viewer, edition_id)
    cell = row.cells.filter(position=position_id).first()
    if cell is None:
        raise HttpError(404, f"there is no frozen number {position_id} in this edition")
    with answering():
        sign_anomaly(cell=cell, reason=written_reason(given.dict()), by=viewer, at=viewer.at)
    return shown(edition_or_404(viewer, edition_id))


@router.post("/editions/{edition_id}/numbers/sign", url_name="edition_sign_unjudged", response=EditionOut)
def sign_unjudged(request: HttpRequest, edition_id: RowNumber, given: Reason) -> EditionOut:
    """Sign for every number that could not be judged, with one reason."""
    viewer = viewer_of(request)
    check(viewer, "reports.sign_anomaly")
    row = edition_or_404(viewer, edition_id)
    with answering():
        actions.sign_unjudged(edition=row, reason=written_reason(given.dict()), by=viewer, at=viewer.at)
    return shown(edition_or_404(viewer, edition_id))


@router.post("/editions/{edition_id}/corrections", url_name="edition_correction", response=EditionOut)
def correction(request: HttpRequest, edition_id: RowNumber, given: Reason) -> EditionOut:
    """Publish a correction beneath a published edition."""
    viewer = viewer_of(request)
    check(viewer, "reports.correct")
    row = edition_or_404(viewer, edition_id)
    with answering():
        correct(edition=row, text=written_reason(given.dict()), by=viewer, at=viewer.at)
    return shown(edition_or_404(viewer, edition_id))
