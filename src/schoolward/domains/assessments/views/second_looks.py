"""Second looks: asking for one, the list of them, and beginning one."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.forms import ReinspectionForm
from schoolward.domains.places.queries import campus_by_pk
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent


@FORM
@requires("assessments.plan")
def ask_again(request: HttpRequest, campus_id: int) -> HttpResponse:
    """Ask for a second look at just some findings of a site."""
    viewer = viewer_of(request)
    campus = campus_by_pk(campus_id) if viewer.campus_ids is None or campus_id in viewer.campus_ids else None
    if campus is None:
        return render(request, "404.html", status=404)
    rows = queries.unresolved(viewer).filter(campus_id=campus_id).order_by(*queries.IN_ORDER)
    ready = [row.pk for row in rows if row.work is not None and row.work.state == "done"]
    form = ReinspectionForm(
        sent(request),
        choices=[(row.pk, f"{row.title} ({row.get_state_display()})") for row in rows],
        initial={"due": today(viewer.at), "finding_ids": ready},
    )
    if is_done(
        form,
        lambda: actions.request_reinspection(
            campus_id=campus_id, by=viewer, at=now(viewer.at), **form.cleaned_data
        ),
        actions.AssessmentRefused,
    ):
        messages.success(request, _("Asked for. Whoever looks starts it from the list of re-inspections."))
        return redirect("assessments:reinspections")
    return form_page(
        request,
        form,
        title=_("Look again: %(site)s") % {"site": campus.name},
        lead=_("A short form of just these items. What is mended is verified on its work, by somebody else."),
        button=_("Ask for it"),
        back=f"{reverse('assessments:findings')}?campus={campus_id}",
    )


@require_safe
@requires("assessments.ground")
def reinspections(request: HttpRequest) -> HttpResponse:
    """Second looks that are asked for, and those that are done."""
    viewer = viewer_of(request)
    asked = queries.reinspections(viewer).prefetch_related("findings", "walks")
    done = [one for one in asked if one.done_on is not None][-20:][::-1]
    came = queries.outcomes(done)
    context = {
        "open": [(one, queries.did_all_of_it(one, viewer)) for one in asked if one.done_on is None],
        "done": [(one, came[one.pk]) for one in done],
        "may_walk": may(viewer, "assessments.walk"),
        "today": today(viewer.at),
    }
    return render(request, "assessments/reinspections.html", context)


@require_POST
@requires("assessments.walk")
def reinspect(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a second look, or go on with the own."""
    viewer = viewer_of(request)
    get_object_or_404(queries.reinspections(viewer), pk=pk)
    try:
        walk = actions.start_reinspection(
            request_id=pk,
            client_id=uuid4(),
            by=viewer,
            at=now(viewer.at),
            device=request.headers.get("User-Agent", ""),
        )
    except actions.AssessmentRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("assessments:reinspections")
    return redirect("assessments:offline", pk=walk.pk)
