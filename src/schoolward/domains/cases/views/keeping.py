"""Writing what is kept beside a referral."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.cases import actions
from schoolward.domains.cases.forms import (
    FollowUpForm,
    GoalForm,
    GuardianForm,
    ReviewForm,
    ServiceForm,
    SessionsForm,
    YouthForm,
)
from schoolward.domains.cases.models import FollowUp, Goal, Service
from schoolward.domains.cases.views.finding import (
    guardian_or_404,
    hides,
    referral_or_404,
    saved,
    youth_or_404,
)
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, kept, sent


def _by(viewer: Viewer) -> dict[str, Any]:
    return {"by": viewer, "at": now(viewer.at)}


@FORM
@requires("cases.keep")
@hides
def youth_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Set right what is kept of a young person."""
    viewer = viewer_of(request)
    found = youth_or_404(viewer, pk, keeping=True)
    form = YouthForm(sent(request), day=today(viewer.at), initial=YouthForm.initial_of(found))
    return kept(
        request,
        form,
        lambda: actions.change_youth(youth_id=pk, changes=form.cleaned_data, **_by(viewer)),
        refused=Refusal,
        said=_("Saved."),
        back=reverse("cases:youth", args=[pk]),
        title=_("Set it right"),
        button=_("Save"),
    )


@FORM
@requires("cases.keep")
@hides
def guardian_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an adult who stands for a young person."""
    viewer = viewer_of(request)
    youth_or_404(viewer, pk, keeping=True)
    form = GuardianForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.keep_guardian(youth_id=pk, **form.cleaned_data, **_by(viewer)),
        refused=Refusal,
        said=_("Entered."),
        back=reverse("cases:youth", args=[pk]),
        title=_("Who cares for them"),
        button=_("Enter"),
    )


@FORM
@requires("cases.keep")
@hides
def guardian_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Set right how to reach an adult."""
    viewer = viewer_of(request)
    found = guardian_or_404(viewer, pk)
    form = GuardianForm(sent(request), initial=GuardianForm.initial_of(found))
    return kept(
        request,
        form,
        lambda: actions.keep_guardian(
            youth_id=found.youth_id, guardian_id=pk, **form.cleaned_data, **_by(viewer)
        ),
        refused=Refusal,
        said=_("Saved."),
        back=reverse("cases:youth", args=[found.youth_id]),
        title=_("Who cares for them"),
        button=_("Save"),
    )


@FORM
@requires("cases.keep")
@hides
def goal_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a goal down."""
    viewer = viewer_of(request)
    referral_or_404(viewer, pk, keeping=True)
    form = GoalForm(sent(request))
    return saved(
        request,
        form,
        lambda: actions.set_goal(referral_id=pk, **form.cleaned_data, **_by(viewer)),
        pk,
        said=_("Written down."),
        title=_("A goal of the family"),
        button=_("Write it down"),
    )


@FORM
@requires("cases.keep")
@hides
def goal_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how a goal stands."""
    viewer = viewer_of(request)
    found = read(Goal.objects.filter(pk=pk), viewer)
    if not found:
        raise Http404
    form = ReviewForm(sent(request))
    return saved(
        request,
        form,
        lambda: actions.review_goal(goal_id=pk, **form.cleaned_data, **_by(viewer)),
        found[0].referral_id,
        said=_("Saved."),
        title=_("How does the goal stand?"),
        lead=found[0].words,
        button=_("Save"),
    )


@FORM
@requires("cases.keep")
@hides
def service_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan sessions of an offering."""
    viewer = viewer_of(request)
    found = referral_or_404(viewer, pk, keeping=True)
    form = ServiceForm(sent(request), viewer=viewer, program_id=found.program_id)
    return saved(
        request,
        form,
        lambda: actions.plan_service(referral_id=pk, **form.cleaned_data, **_by(viewer)),
        pk,
        said=_("Planned."),
        title=_("Sessions of an offering"),
        button=_("Plan"),
    )


@FORM
@requires("cases.deliver")
@hides
def sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how many sessions they came to."""
    viewer = viewer_of(request)
    found = read(Service.objects.filter(pk=pk), viewer)
    if not found:
        raise Http404
    form = SessionsForm(sent(request), initial={"attended": found[0].attended})
    return saved(
        request,
        form,
        lambda: actions.count_sessions(service_id=pk, **form.cleaned_data, **_by(viewer)),
        found[0].referral_id,
        said=_("Saved."),
        title=_("Sessions that they came to"),
        lead=_("%(planned)d are planned.") % {"planned": found[0].planned},
        button=_("Save"),
    )


@FORM
@requires("cases.keep")
@hides
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was found 6, 12 or 24 months after the exit."""
    viewer = viewer_of(request)
    found = referral_or_404(viewer, pk, keeping=True)
    due = actions.is_due_for(found.state, found.ended_on, found.started_on, today(viewer.at))
    known = {row.months for row in read(FollowUp.objects.filter(referral=pk), viewer)}
    form = FollowUpForm(sent(request), due=[months for months in due if months not in known])
    return saved(
        request,
        form,
        lambda: actions.follow_up(referral_id=pk, **form.cleaned_data, **_by(viewer)),
        pk,
        said=_("Written down."),
        title=_("What was found after the exit"),
        lead=_("Asked of everybody who was in the program, so that it tells about the program."),
        button=_("Write it down"),
    )
