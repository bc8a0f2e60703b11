"""Walking school buses: the list, one bus with its stops, leaders and walks, and writing a walk down."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.forms import BusForm, LeaderForm, RunForm, StopsForm, only_site
from schoolward.domains.routes.forms.buses import WEEKDAYS
from schoolward.domains.routes.models import WalkingBus
from schoolward.domains.routes.views.saving import found, kept
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, sent

LATEST_WALKS = 12


def _bus(viewer: Viewer, key: str) -> WalkingBus:
    return found(queries.buses(viewer), key=key)


@require_safe
@requires("routes.view")
def buses(request: HttpRequest) -> HttpResponse:
    """Every walking bus, and what waits to be written down."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    may_lead = may(viewer, "routes.lead")
    context = {
        "buses": queries.buses(viewer).order_by("campus__name", "name"),
        "waiting": queries.to_write_down(viewer, day) if may_lead else [],
        "may_manage": may(viewer, "routes.manage"),
        "may_plan": may(viewer, "routes.plan"),
        "day": day,
    }
    return render(request, "routes/buses.html", context)


@require_safe
@requires("routes.view")
def bus(request: HttpRequest, key: str) -> HttpResponse:
    """One bus."""
    viewer = viewer_of(request)
    one = _bus(viewer, key)
    day = today(viewer.at)
    leaders = queries.leaders(viewer).filter(bus=one).order_by("account__name")
    runs = queries.runs(viewer).filter(bus=one)
    labels = dict(WEEKDAYS)
    context: dict[str, Any] = {
        "bus": one,
        "weekdays": [labels[str(number)] for number in one.weekdays],
        "stops": queries.stops(viewer).filter(bus=one).order_by("number"),
        "leaders": [(leader, actions.why_not_leading(leader, day)) for leader in leaders],
        "runs": runs.order_by("-day", "direction")[:LATEST_WALKS],
        "walked": queries.walked(runs.filter(pupils__gt=0)),
        "may_lead": may(viewer, "routes.lead"),
        "may_manage": may(viewer, "routes.manage"),
        "on": day,
    }
    return render(request, "routes/bus.html", context)


@FORM
@requires("routes.manage")
def bus_new(request: HttpRequest) -> HttpResponse:
    """Enter a walking bus."""
    viewer = viewer_of(request)
    initial = {
        "campus_id": only_site(viewer, request.GET.get("site")),
        "weekdays": [key for key, _label in WEEKDAYS],
        "valid_from": today(viewer.at),
    }
    form = BusForm(sent(request), viewer=viewer, initial=initial)
    return kept(
        request,
        form,
        lambda: actions.keep_bus(by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Entered. Give it stops and leaders next."),
        back=reverse("routes:buses"),
        title=_("Enter a walking bus"),
        button=_("Enter"),
    )


@FORM
@requires("routes.manage")
def bus_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a walking bus."""
    viewer = viewer_of(request)
    one = _bus(viewer, key)
    form = BusForm(sent(request), viewer=viewer, initial=BusForm.initial_of(one))
    return kept(
        request,
        form,
        lambda: actions.keep_bus(bus_id=one.pk, by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Saved."),
        back=reverse("routes:bus", args=[key]),
        title=_("Change %(name)s") % {"name": one.name},
        button=_("Save"),
    )


@FORM
@requires("routes.manage")
def stops(request: HttpRequest, key: str) -> HttpResponse:
    """Set the stops of a bus."""
    viewer = viewer_of(request)
    one = _bus(viewer, key)
    there = queries.stops(viewer).filter(bus=one).order_by("number")
    form = StopsForm(sent(request), initial=StopsForm.initial_of(there))
    return kept(
        request,
        form,
        lambda: actions.set_stops(
            bus_id=one.pk, stops=form.cleaned_data["stops"], by=viewer, at=now(viewer.at)
        ),
        said=_("Saved."),
        back=reverse("routes:bus", args=[key]),
        title=_("Stops of %(name)s") % {"name": one.name},
        lead=_("They take the place of those that it has. A stop is a corner, and no one's home."),
        button=_("Save"),
    )


@FORM
@requires("routes.manage")
def leader(request: HttpRequest, key: str) -> HttpResponse:
    """Let an account lead, or bring its vetting up to date."""
    viewer = viewer_of(request)
    one = _bus(viewer, key)
    form = LeaderForm(sent(request), initial={"valid_from": max(one.valid_from, today(viewer.at))})
    return kept(
        request,
        form,
        lambda: actions.keep_leader(bus_id=one.pk, by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Saved."),
        back=reverse("routes:bus", args=[key]),
        title=_("A leader of %(name)s") % {"name": one.name},
        lead=_(
            "Without live vetting nobody leads. For an account that leads already, the dates are replaced."
        ),
        button=_("Save"),
    )


@FORM
@requires("routes.lead")
def run(request: HttpRequest, key: str) -> HttpResponse:
    """Write a walk down, on the phone at the school's gate."""
    viewer = viewer_of(request)
    one = _bus(viewer, key)
    led = queries.leaders(viewer).filter(bus=one).order_by("account__name")
    form = RunForm(sent(request), leaders=led, initial={"day": request.GET.get("day") or today(viewer.at)})
    return kept(
        request,
        form,
        lambda: actions.keep_run(bus_id=one.pk, by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Written down."),
        back=reverse("routes:bus", args=[key]),
        title=_("A walk of %(name)s") % {"name": one.name},
        lead=_("How many walked along, and who led. Heads, never names."),
        button=_("Write it down"),
        what_next=_("The same day and way again corrects the walk."),
    )
