"""Pages of volunteers: by reference, with the dates of their clearances, and where they help."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.forms import AssignForm, EndForm, VettingForm, VolunteerForm
from schoolward.domains.programs.views.finding import offering_or_404, writable
from schoolward.domains.programs.views.saving import kept
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, confirm_page, sent


@require_safe
@requires("programs.record")
def volunteer_list(request: HttpRequest) -> HttpResponse:
    """Volunteers, those whose clearance has lapsed first."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    rows = [(one, queries.lacking(one, day, day)) for one in queries.volunteers(viewer)]
    rows.sort(key=lambda pair: (pair[0].ended_on is not None, not pair[1], pair[0].reference))
    context = {
        "rows": rows,
        "on": day,
        "lapsed": sum(bool(missing) and one.ended_on is None for one, missing in rows),
    }
    return render(request, "programs/volunteers.html", context)


@FORM
@requires("programs.record")
def volunteer_new(request: HttpRequest) -> HttpResponse:
    """Enter a volunteer."""
    viewer = viewer_of(request)
    form = VolunteerForm(sent(request), viewer=viewer, all_providers=may(viewer, "programs.manage"))
    return kept(
        request,
        form,
        lambda: actions.add_volunteer(by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Entered. Enter the clearances next: without them nobody is assigned."),
        back=reverse("programs:volunteers"),
        title=_("Enter a volunteer"),
        lead=_("By the provider's reference. No name is kept here."),
        button=_("Enter"),
    )


@require_safe
@requires("programs.record")
def volunteer(request: HttpRequest, pk: int) -> HttpResponse:
    """One volunteer: what is cleared until when, and where they help."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.volunteers(viewer), pk=pk)
    day = today(viewer.at)
    context = {
        "volunteer": found,
        "missing": queries.lacking(found, day, day),
        "vettings": queries.vettings(viewer).filter(volunteer=found),
        "assignments": queries.assignments(viewer).filter(volunteer=found),
        "on": day,
    }
    return render(request, "programs/volunteer.html", context)


@FORM
@requires("programs.record")
def vetting(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a clearance."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.volunteers(viewer), pk=pk)
    form = VettingForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.vet(volunteer_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Entered."),
        back=reverse("programs:volunteer", args=[pk]),
        title=_("Clearance of %(reference)s") % {"reference": found.reference},
        lead=_("Dates only. What was found stays with who vetted."),
        button=_("Enter"),
    )


@FORM
@requires("programs.record")
def volunteer_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a volunteer helps no more."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.volunteers(viewer), pk=pk)
    form = EndForm(sent(request), initial={"ended_on": today(viewer.at)})
    return kept(
        request,
        form,
        lambda: actions.end_volunteer(volunteer_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Saved."),
        back=reverse("programs:volunteers"),
        title=_("%(reference)s helps no more") % {"reference": found.reference},
        lead=_("Assignments end on that day."),
        button=_("Save"),
    )


@FORM
@requires("programs.record")
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a volunteer help at an offering."""
    viewer = viewer_of(request)
    offering = offering_or_404(viewer, pk)
    writable(viewer, offering)
    mine = queries.volunteers(viewer).filter(provider=offering.program.provider, ended_on__isnull=True)
    form = AssignForm(
        sent(request),
        volunteers=list(mine),
        initial={"starts_on": offering.starts_on, "ends_on": offering.ends_on},
    )
    return kept(
        request,
        form,
        lambda: actions.assign(offering_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Assigned."),
        back=reverse("programs:offering", args=[pk]),
        title=_("Assign a volunteer: %(title)s") % {"title": offering.program.title},
        lead=_("Every clearance has to hold on each of the days."),
        button=_("Assign"),
    )


@FORM
@requires("programs.record")
def unassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an assignment back."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.assignments(viewer), pk=pk)
    back = reverse("programs:offering", args=[found.offering_id])
    if request.method == "POST":
        actions.unassign(assignment_id=pk, by=viewer, at=now(viewer.at))
        messages.success(request, _("Removed."))
        return redirect(back)
    return confirm_page(
        request,
        title=_("Remove %(reference)s from %(title)s")
        % {"reference": found.volunteer.reference, "title": found.offering.program.title},
        consequences=_("The audit keeps that the assignment stood here."),
        button=_("Remove"),
        back=back,
    )
