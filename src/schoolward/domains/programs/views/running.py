"""Pages that write what takes place: places, offerings, groups, sessions and heads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.forms import (
    CapacityForm,
    CohortForm,
    FidelityForm,
    NumbersForm,
    OfferingCancelForm,
    OfferingForm,
    SessionsForm,
)
from schoolward.domains.programs.models import Offering
from schoolward.domains.programs.views.finding import delivers, offering_or_404, program_or_404, writable
from schoolward.domains.programs.views.saving import kept
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, Text, sent


@FORM
@requires("programs.record")
def capacity(request: HttpRequest, key: str) -> HttpResponse:
    """Report places."""
    viewer = viewer_of(request)
    program = program_or_404(viewer, key)
    if not delivers(viewer, program):
        raise AccessDenied("programs.record", f"programs.Program:{program.pk}")
    last = queries.latest_capacity(viewer, on=today(viewer.at)).get(program.pk)
    names = ("maximum", "unit", "taken", "waiting", "intake")
    form = CapacityForm(sent(request), initial={name: getattr(last, name) for name in names} if last else {})
    return kept(
        request,
        form,
        lambda: actions.report_capacity(
            program_id=program.pk, by=viewer, at=now(viewer.at), **form.cleaned_data
        ),
        said=_("Reported. Whoever refers sees it at once."),
        back=reverse("programs:detail", args=[key]),
        title=_("Places: %(title)s") % {"title": program.title},
        lead=_("Numbers only. Empty means that you do not know, which is not none."),
        button=_("Report"),
    )


@FORM
@requires("programs.manage")
def offering_new(request: HttpRequest, key: str) -> HttpResponse:
    """Offer a program."""
    viewer = viewer_of(request)
    program = program_or_404(viewer, key)
    form = OfferingForm(sent(request), program=program)
    return kept(
        request,
        form,
        lambda: actions.open_offering(
            program_id=program.pk, by=viewer, at=now(viewer.at), **form.arguments()
        ),
        said=_("Offered. Plan its sessions next."),
        back=reverse("programs:detail", args=[key]),
        title=_("Offer: %(title)s") % {"title": program.title},
        button=_("Offer it"),
    )


@FORM
@requires("programs.manage")
def offering_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the terms of an offering."""
    viewer = viewer_of(request)
    offering = offering_or_404(viewer, pk)
    form = OfferingForm(sent(request), program=offering.program, initial=OfferingForm.initial_of(offering))
    return _on_offering(
        request,
        offering,
        form,
        lambda: actions.change_offering(
            offering_id=pk, changes=form.arguments(), by=viewer, at=now(viewer.at)
        ),
        title=_("Change"),
        button=_("Save"),
    )


@FORM
@requires("programs.record")
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the numbers of an offering."""
    viewer = viewer_of(request)
    offering = offering_or_404(viewer, pk)
    writable(viewer, offering)
    form = NumbersForm(sent(request), initial={name: getattr(offering, name) for name in actions.NUMBERS})
    return _on_offering(
        request,
        offering,
        form,
        lambda: actions.change_offering(
            offering_id=pk, changes=form.cleaned_data, by=viewer, at=now(viewer.at)
        ),
        title=_("Numbers"),
        button=_("Save"),
        lead=_("Numbers only, no list of names."),
    )


@FORM
@requires("programs.manage")
def offering_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel the rest of an offering."""
    viewer = viewer_of(request)
    offering = offering_or_404(viewer, pk)
    form = OfferingCancelForm(sent(request), initial={"cancelled_on": today(viewer.at)})
    return _on_offering(
        request,
        offering,
        form,
        lambda: actions.cancel_offering(offering_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        title=_("Cancel"),
        button=_("Cancel it"),
        lead=_("What took place before that day stays, and counts."),
    )


@FORM
@requires("programs.record")
def cohort_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a group."""
    viewer = viewer_of(request)
    offering = offering_or_404(viewer, pk)
    writable(viewer, offering)
    form = CohortForm(sent(request))
    return _on_offering(
        request,
        offering,
        form,
        lambda: actions.keep_cohort(offering_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        title=_("Add a group"),
        button=_("Add"),
    )


@FORM
@requires("programs.record")
def cohort_edit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change the numbers of a group."""
    viewer = viewer_of(request)
    offering = offering_or_404(viewer, pk)
    writable(viewer, offering)
    cohort = get_object_or_404(queries.cohorts(viewer), offering=offering, number=number)
    form = CohortForm(sent(request), initial={"size": cohort.size, "completed": cohort.completed})
    return _on_offering(
        request,
        offering,
        form,
        lambda: actions.keep_cohort(
            offering_id=pk, number=number, by=viewer, at=now(viewer.at), **form.cleaned_data
        ),
        title=_("Group %(number)d") % {"number": number},
        button=_("Save"),
    )


@FORM
@requires("programs.record")
def sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan sessions on days of the week."""
    viewer = viewer_of(request)
    offering = offering_or_404(viewer, pk)
    writable(viewer, offering)
    minutes = None
    if offering.begins is not None and offering.ends is not None:
        minutes = (
            (offering.ends.hour - offering.begins.hour) * 60 + offering.ends.minute - offering.begins.minute
        )
    form = SessionsForm(
        sent(request),
        cohorts=list(queries.cohorts(viewer).filter(offering=offering)),
        initial={
            "first": offering.starts_on,
            "last": offering.ends_on,
            "days": offering.days.split(","),
            "minutes": minutes,
        },
    )
    return _on_offering(
        request,
        offering,
        form,
        lambda: actions.plan_sessions(offering_id=pk, by=viewer, at=now(viewer.at), **form.arguments()),
        title=_("Plan sessions"),
        button=_("Plan them"),
        lead=_("Days that have a session already are left out, so this can be sent twice."),
    )


@FORM
@requires("programs.record")
def fidelity(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the result of a checklist."""
    viewer = viewer_of(request)
    offering = offering_or_404(viewer, pk)
    writable(viewer, offering)
    form = FidelityForm(sent(request), initial={"on": today(viewer.at)})
    return _on_offering(
        request,
        offering,
        form,
        lambda: actions.check_fidelity(offering_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        title=_("Taught as written?"),
        button=_("Enter"),
        lead=_("It tells about the teaching, not about young people."),
    )


def _on_offering(
    request: HttpRequest,
    offering: Offering,
    form: forms.Form,
    write: Callable[[], Any],
    *,
    title: Text,
    button: Text,
    lead: Text = "",
) -> HttpResponse:
    day = date_format(offering.starts_on, "F j, Y")
    return kept(
        request,
        form,
        write,
        said=_("Saved."),
        back=reverse("programs:offering", args=[offering.pk]),
        title=f"{title}: {offering.program.title}, {day}",
        lead=lead,
        button=button,
    )
