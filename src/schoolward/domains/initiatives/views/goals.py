"""The line of sight from goals to initiatives, and the pages that set goals, objectives and targets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.initiatives import actions, queries
from schoolward.domains.initiatives.forms import GoalForm, LinkForm, ObjectiveForm
from schoolward.domains.initiatives.models import MeasureLink
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.measures import registry
from schoolward.platform.ui.form_pages import FORM, Text, form_page, is_done, sent


@require_safe
@requires("initiatives.view")
def goals(request: HttpRequest) -> HttpResponse:
    """The line of sight: goal, objective, measure, initiative; what stands outside it is shown as such."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    context = {
        "tree": queries.goal_tree(viewer, on=day),
        "on": day,
        "may_plan": may(viewer, "initiatives.plan"),
    }
    return render(request, "initiatives/goals.html", context)


@FORM
@requires("initiatives.plan")
def add_goal(request: HttpRequest) -> HttpResponse:
    """Add a goal."""
    viewer, form = viewer_of(request), GoalForm(sent(request))
    return _change(
        request,
        form,
        lambda: actions.add_goal(by=viewer, at=now(viewer.at), **form.cleaned_data),
        title=_("Add a goal"),
        lead=_("After this, give it objectives: the things that have to be reached for it."),
        button=_("Add"),
    )


@FORM
@requires("initiatives.plan")
def change_goal(request: HttpRequest, key: str) -> HttpResponse:
    """Put a goal in other words."""
    viewer = viewer_of(request)
    goal = get_object_or_404(queries.goals(viewer), key=key)
    form = GoalForm(sent(request), initial={"title": goal.title})
    return _change(
        request,
        form,
        lambda: actions.change_goal(goal_id=goal.pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        title=_("Change: %(title)s") % {"title": goal.title},
        button=_("Save"),
    )


@FORM
@requires("initiatives.plan")
def remove_goal(request: HttpRequest, key: str) -> HttpResponse:
    """Take back a goal that has no objectives."""
    viewer = viewer_of(request)
    goal = get_object_or_404(queries.goals(viewer), key=key)
    return _change(
        request,
        forms.Form(sent(request)),
        lambda: actions.remove_goal(goal_id=goal.pk, by=viewer, at=now(viewer.at)),
        title=_("Remove the goal: %(title)s") % {"title": goal.title},
        lead=_(
            "For a goal that was set by mistake: it must have no objectives. The audit keeps that it was set."
        ),
        button=_("Remove"),
    )


@FORM
@requires("initiatives.plan")
def add_objective(request: HttpRequest, key: str) -> HttpResponse:
    """Add an objective to a goal."""
    viewer = viewer_of(request)
    goal = get_object_or_404(queries.goals(viewer), key=key)
    form = ObjectiveForm(sent(request))
    return _change(
        request,
        form,
        lambda: actions.add_objective(goal_id=goal.pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        title=_("Add an objective: %(goal)s") % {"goal": goal.title},
        lead=_("After this, link a measure to it: without one nobody can tell whether it is reached."),
        button=_("Add"),
    )


@FORM
@requires("initiatives.plan")
def change_objective(request: HttpRequest, key: str) -> HttpResponse:
    """Put an objective in other words, or let another role answer for it."""
    viewer = viewer_of(request)
    objective = get_object_or_404(queries.objectives(viewer), key=key)
    form = ObjectiveForm(
        sent(request), initial={"title": objective.title, "owner_role": objective.owner_role}
    )
    return _change(
        request,
        form,
        lambda: actions.change_objective(
            objective_id=objective.pk, by=viewer, at=now(viewer.at), **form.cleaned_data
        ),
        title=_("Change: %(title)s") % {"title": objective.title},
        button=_("Save"),
    )


@FORM
@requires("initiatives.plan")
def remove_objective(request: HttpRequest, key: str) -> HttpResponse:
    """Take back an objective that nothing hangs on."""
    viewer = viewer_of(request)
    objective = get_object_or_404(queries.objectives(viewer), key=key)
    return _change(
        request,
        forms.Form(sent(request)),
        lambda: actions.remove_objective(objective_id=objective.pk, by=viewer, at=now(viewer.at)),
        title=_("Remove the objective: %(title)s") % {"title": objective.title},
        lead=_("For an objective set by mistake: no measure may judge it, and no initiative serve it."),
        button=_("Remove"),
    )


@FORM
@requires("initiatives.plan")
def link_measure(request: HttpRequest, key: str) -> HttpResponse:
    """Say by which measure an objective is judged."""
    viewer = viewer_of(request)
    objective = get_object_or_404(queries.objectives(viewer), key=key)
    form = LinkForm(sent(request))
    return _change(
        request,
        form,
        lambda: actions.link_measure(
            objective_id=objective.pk, by=viewer, at=now(viewer.at), **form.cleaned_data
        ),
        title=_("Link a measure: %(title)s") % {"title": objective.title},
        lead=_("The measure then judges every initiative that serves this objective."),
        button=_("Link"),
    )


@FORM
@requires("initiatives.plan")
def change_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Set another baseline or target."""
    viewer = viewer_of(request)
    link = get_object_or_404(queries.measure_links(viewer), pk=pk)
    names = ("baseline", "baseline_on", "target", "due")
    form = LinkForm(sent(request), linked=True, initial={name: getattr(link, name) for name in names})
    return _change(
        request,
        form,
        lambda: actions.link_measure(
            objective_id=link.objective_id,
            measure_key=link.measure_key,
            by=viewer,
            at=now(viewer.at),
            **form.cleaned_data,
        ),
        title=_("Change the target: %(measure)s") % {"measure": _title_of(link)},
        lead=link.objective.title,
        button=_("Save"),
    )


@FORM
@requires("initiatives.plan")
def unlink_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge an objective by a measure no more."""
    viewer = viewer_of(request)
    link = get_object_or_404(queries.measure_links(viewer), pk=pk)
    return _change(
        request,
        forms.Form(sent(request)),
        lambda: actions.unlink_measure(link_id=pk, by=viewer, at=now(viewer.at)),
        title=_("Remove the measure: %(measure)s") % {"measure": _title_of(link)},
        lead=_("“%(objective)s” is then no longer judged by it. The measure itself stays.")
        % {"objective": link.objective.title},
        button=_("Remove"),
    )


def _title_of(link: MeasureLink) -> Text:
    """The measure's title; its key while nobody has registered it."""
    try:
        return registry.get(link.measure_key).title
    except registry.UnknownMeasure:
        return link.measure_key


def _change(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[[], Any],
    *,
    title: Text,
    button: Text,
    lead: Text = "",
) -> HttpResponse:
    if is_done(form, write, actions.InitiativeRefused):
        messages.success(request, _("Saved."))
        return redirect("initiatives:goals")
    return form_page(request, form, title=title, lead=lead, button=button, back=reverse("initiatives:goals"))
