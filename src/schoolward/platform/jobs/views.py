"""How queued work stands: one's own jobs, or everybody's for the administrator."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.jobs import queries


@require_safe
@requires("jobs.view")
def job_list(request: HttpRequest) -> HttpResponse:
    """The newest jobs that the viewer may see."""
    jobs = queries.recent(viewer=viewer_of(request))
    failed = sum(job.is_failed for job in jobs)
    lead = (
        ngettext("%(count)s job was given up.", "%(count)s jobs were given up.", failed) % {"count": failed}
        if failed
        else _("Nothing was given up.")
    )
    return render(request, "jobs/list.html", {"title": _("Background jobs"), "lead": lead, "jobs": jobs})


@require_safe
@requires("jobs.view")
def job_detail(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """One job; while it is under way, the part of the page that tells of it asks again each second."""
    job = queries.state(job_id, viewer=viewer_of(request))
    if job is None:
        raise Http404
    template = "jobs/_state.html" if request.headers.get("HX-Request") else "jobs/detail.html"
    return render(request, template, {"title": job.title, "job": job})
