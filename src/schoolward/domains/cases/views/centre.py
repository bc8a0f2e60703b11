"""Pages of the attendance center: the officer's, the desk, the intake, a visit, and the looks afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from schoolward.analysis.school_days import school_year
from schoolward.domains.cases.actions import centre as actions
from schoolward.domains.cases.actions.correcting_releases import correct_release
from schoolward.domains.cases.forms.centre import (
    CauseForm,
    ContactForm,
    DeliveryForm,
    FollowUpForm,
    IntakeForm,
    ReleaseCorrectionForm,
    ReleaseForm,
    StepsForm,
)
from schoolward.domains.cases.queries import centre as queries
from schoolward.domains.cases.queries.results import attendance_gain
from schoolward.platform.access.permissions import may
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.access.wall import within
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, kept, pressed, sent

AHEAD = timedelta(days=14)
SHOWN = 50
STATE_PURPOSE = gettext_lazy(
    "State the purpose “Running a youth program” first, on the lists or under your own name."
)


@FORM
@requires("centre.deliver")
def deliveries(request: HttpRequest) -> HttpResponse:
    """The officer's page: bring a student, and what became of those brought before. No names."""
    viewer = viewer_of(request)
    form = DeliveryForm(sent(request))
    if form.is_valid():
        told = form.cleaned_data
        actions.deliver(
            from_where=told["from_where"],
            legal_basis=told["legal_basis"],
            receipt=told["receipt"] or DeliveryForm.base_fields["receipt"].initial(),
            by=viewer,
            at=now(viewer.at),
        )
        messages.success(request, _("The center knows that you are coming."))
        return redirect("centre:deliveries")
    context = {"form": form, "rows": queries.own_deliveries(viewer)[:SHOWN]}
    return render(request, "centre/deliveries.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires("centre.deliver")
def delivery_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody is coming after all."""
    viewer = viewer_of(request)
    get_object_or_404(queries.own_deliveries(viewer), pk=pk)
    return pressed(
        request,
        lambda: actions.take_delivery_back(delivery_id=pk, by=viewer, at=now(viewer.at)),
        refused=Refusal,
        said=_("Taken back."),
        back=reverse("centre:deliveries"),
    )


@require_safe
@requires("centre.view")
def desk(request: HttpRequest) -> HttpResponse:
    """Who is on the way, who is here, and what is due: what the center works from."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    with within(viewer):
        context = {
            "waiting": list(queries.waiting_deliveries(viewer, now(viewer.at))),
            "here": queries.here_now(viewer),
            "due": queries.due_follow_ups(viewer, day + AHEAD),
            "on": day,
            "has_purpose": has_purpose(viewer),
            "may_keep": may(viewer, "centre.keep"),
        }
    return render(request, "centre/desk.html", context)


@FORM
@requires("centre.keep")
def intake(request: HttpRequest) -> HttpResponse:
    """A student has arrived. Sent twice, it counts once."""
    viewer = viewer_of(request)
    waiting = list(queries.waiting_deliveries(viewer, now(viewer.at)))
    form = IntakeForm(sent(request), waiting=waiting)
    made: list[Any] = []

    def receive() -> None:
        at = now(viewer.at)
        made.append(form.asking(lambda: actions.receive(by=viewer, at=at, **form.arguments(at))))

    if is_done(form, receive, Refusal):
        messages.success(request, _("Received. The follow-ups are planned."))
        return redirect("centre:visit", made[0].pk)
    return form_page(
        request,
        form,
        title=_("A student has arrived"),
        lead="" if has_purpose(viewer) else STATE_PURPOSE,
        button=_("Receive"),
        back=reverse("centre:desk"),
        what_next=_("Next: call home, ask for the cause, agree on steps."),
    )


@require_safe
@requires("centre.view")
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit, with its next step on top."""
    viewer = viewer_of(request)
    page = found_visit(viewer, pk)
    at = now(viewer.at)
    context = {
        "page": page,
        "visit": page.visit,
        "youth": page.youth,
        "next": _next(page),
        "on": today(viewer.at),
        "notice_is_late": page.is_notice_open and page.notice and page.notice.in_time(at) is False,
        "may_keep": may(viewer, "centre.keep"),
    }
    return render(request, "centre/visit.html", context)


def _next(page: queries.VisitPage) -> str:
    """What to do first: a parent who must be told before all else."""
    if page.is_notice_open:
        return "notice"
    if not any(contact.was_reached for contact in page.contacts) and page.visit.left_at is None:
        return "contact"
    if not page.visit.cause:
        return "cause"
    if not page.steps:
        return "steps"
    return "release" if page.visit.left_at is None else ""


def _about_a_visit(
    form_class: type[forms.Form], write: Callable[..., Any], *, title: str | Promise, said: str | Promise
) -> Callable[..., HttpResponseBase]:
    """A page that is one form and one action about a visit."""

    @FORM
    @requires("centre.keep")
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        viewer = viewer_of(request)
        found_visit(viewer, pk)
        form = form_class(sent(request))
        return kept(
            request,
            form,
            lambda: write(visit_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
            refused=Refusal,
            said=said,
            back=reverse("centre:visit", args=[pk]),
            title=title,
            button=_("Save"),
        )

    return page


cause = _about_a_visit(CauseForm, actions.set_cause, title=gettext_lazy("Cause"), said=gettext_lazy("Saved."))
contact = _about_a_visit(
    ContactForm, actions.log_contact, title=gettext_lazy("Call home"), said=gettext_lazy("Written down.")
)
steps = _about_a_visit(
    StepsForm, actions.agree_steps, title=gettext_lazy("Agreed steps"), said=gettext_lazy("Agreed.")
)
release = _about_a_visit(
    ReleaseForm,
    actions.release,
    title=gettext_lazy("The student leaves"),
    said=gettext_lazy("The visit has ended."),
)
release_correct = _about_a_visit(
    ReleaseCorrectionForm,
    correct_release,
    title=gettext_lazy("Set right where the student went"),
    said=gettext_lazy("Set right. What stood there before stays on this page."),
)


@require_safe
@requires("centre.results")
def results(request: HttpRequest) -> HttpResponse:
    """Whether attendance rose after visits (M29), of this school year and the one before."""
    viewer = viewer_of(request)
    first, last = school_year(today(viewer.at))
    before = first.replace(year=first.year - 1)
    found = attendance_gain(viewer, before, last)
    return render(request, "centre/results.html", {"found": found, "first": before, "last": last})


@require_POST
@requires("centre.keep")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The parent was told that the student was released to an officer (Education Code 48906)."""
    viewer = viewer_of(request)
    found_visit(viewer, pk)
    return pressed(
        request,
        lambda: actions.tell_parent(
            visit_id=pk, is_exempt=request.POST.get("exempt") == "yes", by=viewer, at=now(viewer.at)
        ),
        refused=Refusal,
        said=_("Written down."),
        back=reverse("centre:visit", args=[pk]),
    )


@require_POST
@requires("centre.keep")
def step_done(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """A step of the plan was taken."""
    viewer = viewer_of(request)
    page = found_visit(viewer, pk)
    if all(one.pk != step for one in page.steps):
        raise Http404
    return pressed(
        request,
        lambda: actions.step_done(step_id=step, by=viewer, at=now(viewer.at)),
        refused=Refusal,
        said=_("Done."),
        back=reverse("centre:visit", args=[pk]),
    )


@FORM
@requires("centre.keep")
def follow_up(request: HttpRequest, pk: int, look: int) -> HttpResponse:
    """What a look at attendance found."""
    viewer = viewer_of(request)
    page = found_visit(viewer, pk)
    row = next((one for one in page.follow_ups if one.pk == look), None)
    if row is None:
        raise Http404
    form = FollowUpForm(sent(request))
    if is_done(
        form,
        lambda: actions.follow_up(follow_up_id=look, by=viewer, at=now(viewer.at), **form.cleaned_data),
        Refusal,
    ):
        messages.success(request, _("Written down."))
        return redirect("centre:desk")
    return form_page(
        request,
        form,
        title=_("Follow-up after %(days)d days") % {"days": row.days},
        lead=page.youth.called,
        button=_("Save"),
        back=reverse("centre:visit", args=[pk]),
    )


def has_purpose(viewer: Viewer) -> bool:
    """Whether the purpose is stated without which no young person is found."""
    return viewer.purpose == Purpose.YOUTH_PROGRAM


def found_visit(viewer: Viewer, pk: int) -> queries.VisitPage:
    """The visit as this viewer may see it, else there is none."""
    page = queries.visit_page(viewer, pk)
    if page is None:
        raise Http404
    return page
