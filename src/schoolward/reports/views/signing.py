"""Signing an edition: where it stands, what stands in its way, and the next step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolward.platform.access.permissions import check, may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.reports import actions
from schoolward.reports.actions import NotPublishable, ReportError, correct, sign_anomaly
from schoolward.reports.checks import refusals, unsigned_unjudged
from schoolward.reports.composing import SectionError
from schoolward.reports.forms import ReasonForm, written_reason
from schoolward.reports.models import CellReading, Edition, State
from schoolward.reports.queries import traceability
from schoolward.reports.steps import NEXT, STEPS
from schoolward.reports.views.reading import edition_or_404


@require_safe
@requires("reports.view")
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The signatures so far, every reason against publication, and the step that is next."""
    viewer = viewer_of(request)
    return render(request, "reports/sign.html", _context(viewer, edition_or_404(viewer, pk)))


def _context(viewer: Viewer, edition: Edition) -> dict[str, Any]:
    step = NEXT.get(State(edition.state))
    frozen = edition.frozen is not None
    cells = list(edition.cells.select_related("anomaly_signoff")) if frozen else []
    in_review = edition.state in (State.REVIEW, State.APPROVED)
    return {
        "edition": edition,
        "signoffs": edition.signoffs.all(),
        "step": step,
        "may_step": step is not None and may(viewer, STEPS[step].permission),
        "may_return": in_review and may(viewer, "reports.edit"),
        "refusals": refusals(edition) if in_review else [],
        "unjudged": unsigned_unjudged(cells) if in_review else [],
        "may_sign_numbers": may(viewer, "reports.sign_anomaly"),
        "may_discard": edition.state == State.DRAFT and may(viewer, "reports.edit"),
        "signed_numbers": [cell for cell in cells if hasattr(cell, "anomaly_signoff")],
        "traceability": traceability(cells) if frozen else None,
        "form": ReasonForm(),
    }


@require_POST
@requires("reports.view")
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Submit, approve, publish or return. A refusal shows the page again with every reason."""
    viewer = viewer_of(request)
    if step not in STEPS:
        raise Http404(_("There is no such step."))
    check(viewer, STEPS[step].permission)
    edition = edition_or_404(viewer, pk)
    try:
        STEPS[step].take(edition, written_reason(request.POST), by=viewer)
    except NotPublishable:
        messages.error(request, _("Not published. Each reason is listed below with its mend."))
    except (ReportError, SectionError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done."))
    return redirect("reports:sign", pk)


@require_POST
@requires("reports.sign_anomaly")
def sign_number(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Sign for a number that is far off its history."""
    viewer = viewer_of(request)
    cell = get_object_or_404(CellReading, edition=edition_or_404(viewer, pk), position=position)
    try:
        sign_anomaly(cell=cell, reason=written_reason(request.POST), by=viewer, at=viewer.at)
    except ReportError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Signed."))
    return redirect("reports:number", pk, position)


@require_POST
@requires("reports.sign_anomaly")
def sign_unjudged(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for every number that could not be judged, with one reason."""
    viewer = viewer_of(request)
    edition = edition_or_404(viewer, pk)
    try:
        actions.sign_unjudged(edition=edition, reason=written_reason(request.POST), by=viewer, at=viewer.at)
    except ReportError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Signed."))
    return redirect("reports:sign", pk)


@require_POST
@requires("reports.correct")
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a correction beneath the edition."""
    viewer = viewer_of(request)
    edition = edition_or_404(viewer, pk)
    try:
        correct(edition=edition, text=written_reason(request.POST), by=viewer, at=viewer.at)
    except ReportError as error:
        messages.error(request, str(error))
    return redirect("reports:edition", pk)
