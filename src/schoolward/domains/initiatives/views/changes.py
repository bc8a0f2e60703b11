"""Pages that change an initiative: each is one form and one action, and comes back to the initiative."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.initiatives import actions, queries
from schoolward.domains.initiatives.forms import (
    BlockerForm,
    ClearForm,
    CloseForm,
    DueForm,
    InitiativeForm,
    MilestoneForm,
    ReachForm,
    ReopenForm,
    ReportForm,
)
from schoolward.domains.initiatives.models import Initiative
from schoolward.domains.initiatives.views.pages import initiative_or_404
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, Text, add_refusal, form_page, is_done, sent


def _page_of(initiative: Initiative) -> str:
    return reverse("initiatives:detail", args=[initiative.key])


@FORM
@requires("initiatives.report")
def report(request: HttpRequest, key: str) -> HttpResponse:
    """Report how the initiative stands; the page says beforehand what the rule will show."""
    viewer = viewer_of(request)
    initiative = initiative_or_404(viewer, key)
    day = today(viewer.at)
    stood = queries.standing(initiative, on=day)
    form = ReportForm(
        sent(request),
        may_override=may(viewer, "initiatives.override"),
        initial={"percent": stood.percent or 0},
    )
    if is_done(
        form,
        lambda: actions.report_status(
            initiative_id=initiative.pk, by=viewer, at=now(viewer.at), **form.arguments()
        ),
        actions.InitiativeRefused,
    ):
        messages.success(request, _("Reported. It stands on the Project Team's next agenda."))
        return redirect("initiatives:detail", key=key)
    rule = queries.standing(initiative, on=day, reported=True).result
    return form_page(
        request,
        form,
        title=_("Report: %(title)s") % {"title": initiative.title},
        lead=_("The rule will show %(colour)s. %(sentence)s")
        % {"colour": rule.colour, "sentence": rule.sentence},
        button=_("Report"),
        back=_page_of(initiative),
    )


@FORM
@requires("initiatives.plan")
def open_new(request: HttpRequest) -> HttpResponse:
    """Open an initiative, program or body."""
    viewer = viewer_of(request)
    form = InitiativeForm(sent(request))
    if form.is_valid():
        try:
            made = actions.open_initiative(by=viewer, at=now(viewer.at), **form.cleaned_data)
        except actions.InitiativeRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Opened. Add milestones next."))
            return redirect(_page_of(made))
    return form_page(
        request,
        form,
        title=_("Open an initiative"),
        lead=_("After this, give it milestones: its color is worked out from them."),
        button=_("Open"),
        back=reverse("initiatives:list"),
    )


@FORM
@requires("initiatives.plan")
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is said about an initiative."""
    viewer = viewer_of(request)
    initiative = initiative_or_404(viewer, key)
    names = ("title", "kind", "strand", "summary", "objective_id", "owner_role", "start")
    form = InitiativeForm(
        sent(request),
        initiative=initiative,
        initial={name: getattr(initiative, name) for name in names},
    )
    return _change(
        request,
        initiative,
        form,
        lambda: actions.describe(
            initiative_id=initiative.pk, changes=form.cleaned_data, by=viewer, at=now(viewer.at)
        ),
        title=_("Change: %(title)s") % {"title": initiative.title},
        lead=_("Progress is reported, not edited; the due date has a step of its own."),
        button=_("Save"),
    )


@FORM
@requires("initiatives.plan")
def change_due(request: HttpRequest, key: str) -> HttpResponse:
    """Move the due date."""
    return _on_initiative(
        request,
        key,
        DueForm,
        actions.change_due,
        title=_("Move the due date"),
        lead=_("The change and its reason stay on the page."),
    )


@FORM
@requires("initiatives.plan")
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Close as complete or stopped."""
    return _on_initiative(
        request,
        key,
        CloseForm,
        actions.close,
        title=_("Close"),
        lead=_("Complete needs every milestone reached."),
    )


@FORM
@requires("initiatives.plan")
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """Open again what is closed."""
    return _on_initiative(
        request,
        key,
        ReopenForm,
        actions.reopen,
        title=_("Re-open"),
        lead=_("It is then under way again; its color is worked out from its dates as before."),
    )


@FORM
@requires("initiatives.plan")
def add_milestone(request: HttpRequest, key: str) -> HttpResponse:
    """Add a milestone."""
    return _on_initiative(
        request,
        key,
        MilestoneForm,
        actions.add_milestone,
        title=_("Add a milestone"),
        lead=_("When its day passes unreached, the color turns."),
    )


@FORM
@requires("initiatives.report")
def raise_blocker(request: HttpRequest, key: str) -> HttpResponse:
    """Raise an obstacle."""
    return _on_initiative(
        request,
        key,
        BlockerForm,
        actions.raise_blocker,
        title=_("Say what holds it up"),
        lead=_("It stands first on the Project Team's next agenda."),
    )


@FORM
@requires("initiatives.report")
def reach_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a milestone is reached."""
    viewer = viewer_of(request)
    milestone = get_object_or_404(queries.milestones(viewer), pk=pk)
    form = ReachForm(sent(request), initial={"done_on": today(viewer.at)})
    return _change(
        request,
        milestone.initiative,
        form,
        lambda: actions.reach_milestone(milestone_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        title=_("Reached: %(title)s") % {"title": milestone.title},
        lead=_("Name what shows it."),
        button=_("Mark as reached"),
    )


@FORM
@requires("initiatives.report")
def clear_blocker(request: HttpRequest, pk: int) -> HttpResponse:
    """Clear an obstacle."""
    viewer = viewer_of(request)
    blocker = get_object_or_404(queries.blockers(viewer), pk=pk)
    form = ClearForm(sent(request))
    return _change(
        request,
        blocker.initiative,
        form,
        lambda: actions.clear_blocker(blocker_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        title=_("Cleared: %(title)s") % {"title": blocker.title},
        lead=_("Say how, for whoever meets the same obstacle next."),
        button=_("Mark as cleared"),
    )


def _on_initiative(
    request: HttpRequest,
    key: str,
    form_class: type[forms.Form],
    action: Callable[..., Any],
    *,
    title: Text,
    lead: Text,
) -> HttpResponse:
    viewer = viewer_of(request)
    initiative = initiative_or_404(viewer, key)
    form = form_class(sent(request), initial={"due": initiative.due})
    return _change(
        request,
        initiative,
        form,
        lambda: action(initiative_id=initiative.pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        title=f"{title}: {initiative.title}",
        lead=lead,
        button=title,
    )


def _change(
    request: HttpRequest,
    initiative: Initiative,
    form: forms.Form,
    write: Callable[[], Any],
    *,
    title: Text,
    lead: Text,
    button: Text,
) -> HttpResponse:
    if is_done(form, write, actions.InitiativeRefused):
        messages.success(request, _("Saved."))
        return redirect("initiatives:detail", key=initiative.key)
    return form_page(request, form, title=title, lead=lead, button=button, back=_page_of(initiative))
