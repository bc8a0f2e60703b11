"""Pages that keep the catalogue: providers, programs, plans, ratings, rules, and what is said against
them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.forms import (
    BodiesForm,
    EndForm,
    EquipmentForm,
    PlanForm,
    ProgramForm,
    ProviderForm,
    RatingForm,
    ResultForm,
    RuleForm,
    WaiverForm,
    provider_initial,
)
from schoolward.domains.programs.views.finding import delivers, program_or_404
from schoolward.domains.programs.views.saving import kept
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, Text, sent


@require_safe
@requires("programs.manage")
def provider_list(request: HttpRequest) -> HttpResponse:
    """Who delivers programs."""
    viewer = viewer_of(request)
    rows = queries.providers(viewer).prefetch_related("programs")
    return render(request, "programs/providers.html", {"providers": rows})


@FORM
@requires("programs.manage")
def provider_new(request: HttpRequest) -> HttpResponse:
    """Enter a provider."""
    viewer = viewer_of(request)
    form = ProviderForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.add_provider(by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Entered."),
        back=reverse("programs:providers"),
        title=_("Enter a provider"),
        button=_("Enter"),
    )


@FORM
@requires("programs.manage")
def provider_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a provider."""
    viewer = viewer_of(request)
    provider = get_object_or_404(queries.providers(viewer), key=key)
    form = ProviderForm(sent(request), initial=provider_initial(provider))
    return kept(
        request,
        form,
        lambda: actions.change_provider(
            provider_id=provider.pk, changes=form.cleaned_data, by=viewer, at=now(viewer.at)
        ),
        said=_("Saved."),
        back=reverse("programs:providers"),
        title=_("Change: %(name)s") % {"name": provider.name},
        button=_("Save"),
    )


@FORM
@requires("programs.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Enter a program."""
    viewer = viewer_of(request)
    form = ProgramForm(sent(request), viewer=viewer)
    return kept(
        request,
        form,
        lambda: actions.add_program(by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Entered. Say next who may take part, and offer it."),
        back=reverse("programs:list"),
        title=_("Enter a program"),
        button=_("Enter"),
    )


@FORM
@requires("programs.manage")
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is said of a program."""
    viewer = viewer_of(request)
    program = program_or_404(viewer, key)
    form = ProgramForm(sent(request), viewer=viewer, program=program, initial=ProgramForm.initial_of(program))
    return kept(
        request,
        form,
        lambda: actions.describe_program(
            program_id=program.pk, changes=form.arguments(), by=viewer, at=now(viewer.at)
        ),
        said=_("Saved."),
        back=reverse("programs:detail", args=[key]),
        title=_("Change: %(title)s") % {"title": program.title},
        button=_("Save"),
    )


def _on_program(
    request: HttpRequest,
    key: str,
    form_class: type[forms.Form],
    action: Callable[..., Any],
    *,
    title: Text,
    button: Text,
    lead: Text = "",
    initial: dict[str, Any] | None = None,
    by_provider: bool = False,
) -> HttpResponse:
    """One form and one action about a program, and back to it."""
    viewer = viewer_of(request)
    program = program_or_404(viewer, key)
    if by_provider and not delivers(viewer, program):
        raise AccessDenied("programs.record", f"programs.Program:{program.pk}")
    form = form_class(sent(request), initial=initial or {})
    return kept(
        request,
        form,
        lambda: action(program_id=program.pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Saved."),
        back=reverse("programs:detail", args=[key]),
        title=f"{title}: {program.title}",
        lead=lead,
        button=button,
    )


@FORM
@requires("programs.manage")
def end(request: HttpRequest, key: str) -> HttpResponse:
    """End a program."""
    return _on_program(
        request,
        key,
        EndForm,
        actions.end_program,
        title=_("End the program"),
        button=_("End it"),
        lead=_("What took place stays, and counts."),
        initial={"ended_on": today(viewer_of(request).at)},
    )


@FORM
@requires("programs.manage")
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Set how much there should be."""
    return _on_program(
        request,
        key,
        PlanForm,
        actions.set_plan,
        title=_("How much there should be"),
        button=_("Set the plan"),
        lead=_(
            "What takes place is held against the plan of its first day; a plan before it ends the "
            "day before."
        ),
    )


@FORM
@requires("programs.manage")
def rating(request: HttpRequest, key: str) -> HttpResponse:
    """Add what a source says."""
    return _on_program(
        request,
        key,
        RatingForm,
        actions.rate,
        title=_("What others say of it"),
        button=_("Add"),
        lead=_(
            "A rating has a source, a population and a date. One that differs is added, not put in its place."
        ),
    )


@FORM
@requires("programs.manage")
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """Write the next version of who may take part."""
    viewer = viewer_of(request)
    last = program_or_404(viewer, key).rules.order_by("-version").first()
    return _on_program(
        request,
        key,
        RuleForm,
        actions.write_rule,
        title=_("Who may take part"),
        button=_("Write this version"),
        lead=_(
            "People apply it, and anybody may say that it is wrong. The versions before it stay to be read."
        ),
        initial={"text": last.text, "source": last.source} if last else None,
    )


@FORM
@requires("programs.manage")
def bodies(request: HttpRequest, key: str) -> HttpResponse:
    """Say which bodies look after a program."""
    viewer = viewer_of(request)
    program = program_or_404(viewer, key)
    there = ", ".join(program.oversight.values_list("body_key", flat=True))
    return _on_program(
        request,
        key,
        BodiesForm,
        lambda bodies, **rest: actions.oversee(body_keys=bodies, **rest),
        title=_("Who looks after it"),
        button=_("Save"),
        initial={"bodies": there},
    )


@FORM
@requires("programs.manage")
def result(request: HttpRequest, key: str) -> HttpResponse:
    """Enter the result of an instrument."""
    return _on_program(
        request,
        key,
        ResultForm,
        actions.record_result,
        title=_("Survey before or after"),
        button=_("Enter"),
        lead=_("Only what the whole group comes to. Answers of single young people stay with who asked."),
        initial={"higher_is_better": True},
    )


@FORM
@requires("programs.manage")
def waiver(request: HttpRequest, key: str) -> HttpResponse:
    """Say which paper a parent signs."""
    return _on_program(
        request,
        key,
        WaiverForm,
        actions.ask_for_waiver,
        title=_("Paper that a parent signs"),
        button=_("Ask for it"),
        lead=_("The signed papers stay with the provider; here you count how many are on file."),
    )


@FORM
@requires("programs.record")
def equipment(request: HttpRequest, key: str) -> HttpResponse:
    """Enter equipment."""
    return _on_program(
        request,
        key,
        EquipmentForm,
        actions.keep_equipment,
        title=_("Equipment"),
        button=_("Save"),
        lead=_("The same name again changes the numbers."),
        initial={"lent": 0, "check_months": 12},
        by_provider=True,
    )
