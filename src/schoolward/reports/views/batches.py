"""The papers of all sites in one go: asked for, waited for, downloaded."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.files.queries import response as kept_file
from schoolward.platform.jobs.queries import state
from schoolward.platform.measures.period import PeriodError
from schoolward.reports.actions.asking_batches import ask_batch
from schoolward.reports.batches import CORRECTIVE, UnknownPaper, check_paper
from schoolward.reports.errors import UnfitDate
from schoolward.reports.models import Batch
from schoolward.reports.site_profile.copies import COPIES, Copy
from schoolward.reports.views.profiles import day_of, refused


@require_POST
@requires("profiles.view")
def batch_new(request: HttpRequest) -> HttpResponse:
    """Ask for the papers of all sites."""
    viewer = viewer_of(request)
    try:
        made = ask_batch(
            report=request.POST.get("report", ""),
            copy=request.POST.get("copy", ""),
            day=day_of(request.POST.get("as_of", ""), at=viewer.at),
            by=viewer,
            at=viewer.at,
        )
    except (UnfitDate, PeriodError, UnknownPaper) as error:
        return refused(request, error)
    return redirect("reports:batch", pk=made.pk)


def _batch(viewer: Viewer, pk: int) -> Batch:
    """The batch, if it is the viewer's and the viewer may still read what is in it."""
    found = get_object_or_404(visible(Batch.objects.select_related("stored"), viewer), pk=pk)
    check_paper(found.report, found.copy, by=viewer)
    return found


@require_safe
@requires("profiles.view")
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a batch is; while it is under way, the part of the page that tells of it asks again."""
    viewer = viewer_of(request)
    found = _batch(viewer, pk)
    name = _("Corrective-action plan") if found.report == CORRECTIVE else COPIES[Copy(found.copy)].name
    context = {"batch": found, "job": state(found.job_id, viewer=viewer), "name": name}
    template = "reports/_batch_state.html" if request.headers.get("HX-Request") else "reports/batch.html"
    return render(request, template, context)


@require_safe
@requires("profiles.view")
def batch_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The ZIP file of a batch that is done."""
    viewer = viewer_of(request)
    found = _batch(viewer, pk)
    if found.stored is None:
        raise Http404(_("These papers are not ready yet."))
    with transaction.atomic():
        record(
            "reports.downloaded",
            by=viewer,
            at=viewer.at,
            subject=f"reports.Batch:{found.pk}",
            detail={"file": found.file_name},
        )
    return kept_file(found.stored, name=found.file_name)
