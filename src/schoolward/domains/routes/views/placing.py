"""Where guards would protect most pupils, and walking buses with the fewest leaders: asked with a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.forms import BusPlanForm, GuardsForm, StopsForm
from schoolward.domains.routes.models import FEWEST_PUPILS
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.files.in_memory import only_in_memory
from schoolward.platform.ui.form_pages import FORM, is_done

only_in_memory("routes:guards_ask", "routes:bus_ask", most=actions.MOST_BYTES)


@FORM
@requires("routes.plan")
def guards_ask(request: HttpRequest) -> HttpResponse:
    """Ask where so many crossing guards would protect most pupils; nothing of it is kept."""
    return _asked(
        request,
        GuardsForm(request),
        actions.place_guards,
        "routes/guards_answer.html",
        title=_("Where guards protect most pupils"),
        lead=_("Crossings of larger roads on pupils' safest ways, with a proof of how good the choice is."),
        back=reverse("routes:posts"),
    )


@FORM
@requires("routes.plan")
def bus_ask(request: HttpRequest) -> HttpResponse:
    """Ask for walking buses to a site with the fewest leaders; nothing of it is kept."""
    viewer = viewer_of(request)
    return _asked(
        request,
        BusPlanForm(request, viewer=viewer),
        actions.plan_bus,
        "routes/bus_answer.html",
        title=_("Plan walking buses"),
        lead=_("Corners where pupils meet, with the fewest leaders and then the least danger."),
        back=reverse("routes:buses"),
    )


def _asked(
    request: HttpRequest,
    form: forms.Form,
    action: Callable[..., Any],
    template: str,
    *,
    title: str,
    lead: str,
    back: str,
) -> HttpResponse:
    """The form, and below it the answer of the action, which is shown once."""
    viewer = viewer_of(request)
    answers: list[Any] = []

    def ask() -> None:
        given = dict(form.cleaned_data)
        answers.append(action(pupils=given.pop("pupils").read(), by=viewer, at=now(viewer.at), **given))

    is_done(form, ask, actions.RouteRefused)
    answer = answers[0] if answers else None
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit_label": _("Ask"),
        "cancel_url": back,
        "what_next": _(
            "The search takes ten seconds at most. The file is forgotten at once, and the answer is shown "
            "once: enter what you want to keep on its own page."
        ),
        "network": queries.current_network(),
        "answer": answer,
        "lines": [(line, StopsForm.text_of(line.stops)) for line in getattr(answer, "lines", [])],
        "fewest": FEWEST_PUPILS,
        "may_manage": may(viewer, "routes.manage"),
    }
    return render(request, template, context, status=422 if form.is_bound and answer is None else 200)
