"""Asking scenarios of a plan: a new one, a copy with a change, a lock, and computing once more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schoolward.domains.funding import actions
from schoolward.domains.funding.actions import Question
from schoolward.domains.funding.forms import LockForm, ScenarioForm
from schoolward.domains.funding.models import Scenario
from schoolward.domains.funding.tasks import ask_to_compute
from schoolward.domains.funding.views.finding import plan_or_404, scenario_or_404
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.form_pages import FORM, add_refusal, sent


@FORM
@requires("funding.plan")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a new scenario of a plan."""
    viewer = viewer_of(request)
    plan = plan_or_404(viewer, pk)
    form = ScenarioForm(sent(request), plan=plan, question=Question())

    def act() -> Scenario:
        return actions.add_scenario(
            plan_id=pk,
            title=form.cleaned_data["title"],
            question=form.asked(),
            by=viewer,
            at=now(viewer.at),
        )

    return _asked(
        request,
        form,
        act,
        title=_("New scenario: %(plan)s") % {"plan": plan},
        back=reverse("funding:plan", args=[pk]),
    )


@FORM
@requires("funding.plan")
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a scenario's question again with a change."""
    viewer = viewer_of(request)
    scenario = scenario_or_404(viewer, pk)
    title = _("%(title)s, changed") % {"title": scenario.title}
    form = ScenarioForm(
        sent(request), plan=scenario.plan, question=Question.of(scenario), initial={"title": title}
    )

    def act() -> Scenario:
        return actions.add_scenario(
            plan_id=scenario.plan_id,
            title=form.cleaned_data["title"],
            question=form.asked(),
            copied_from_id=pk,
            by=viewer,
            at=now(viewer.at),
        )

    return _asked(
        request,
        form,
        act,
        title=_("Copy with a change: %(title)s") % {"title": scenario.title},
        back=reverse("funding:scenario", args=[pk]),
    )


def _asked(
    request: HttpRequest, form: ScenarioForm, act: Callable[[], Scenario], *, title: str, back: str
) -> HttpResponse:
    """Show the form; once it is sent and right, keep the scenario and have it computed."""
    viewer = viewer_of(request)
    if form.is_valid():
        try:
            with transaction.atomic():
                made = act()
                ask_to_compute(scenario_id=made.pk, by=viewer, at=now(viewer.at))
        except actions.FundingRefused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("funding:scenario", made.pk)
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "lead": _("Say what has to hold. Everything else is chosen so that the most risk is taken away."),
        "submit_label": _("Ask"),
        "cancel_url": back,
        "what_next": _("It is computed in the background; the scenario's page shows it when it is ready."),
    }
    return render(request, "funding/ask.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires("funding.plan")
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the scenario's question again with one work locked in, or out."""
    viewer = viewer_of(request)
    scenario = scenario_or_404(viewer, pk)
    form = LockForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one work, to lock in or out."))
        return redirect("funding:scenario", pk)
    inside, outside = form.cleaned_data["lock_in"], form.cleaned_data["lock_out"]
    try:
        with transaction.atomic():
            made = actions.copy_scenario(
                scenario_id=pk,
                lock_in=[inside] if inside else [],
                lock_out=[outside] if outside else [],
                by=viewer,
                at=now(viewer.at),
            )
            ask_to_compute(scenario_id=made.pk, by=viewer, at=now(viewer.at))
    except actions.FundingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("funding:scenario", pk)
    messages.success(
        request, _("A new scenario, beside “%(title)s”, which stays as it is.") % {"title": scenario.title}
    )
    return redirect("funding:scenario", made.pk)


@require_POST
@requires("funding.plan")
def compute(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a scenario computed that is not, or once more."""
    viewer = viewer_of(request)
    scenario_or_404(viewer, pk)
    try:
        ask_to_compute(scenario_id=pk, by=viewer, at=now(viewer.at))
    except actions.FundingRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("funding:scenario", pk)
