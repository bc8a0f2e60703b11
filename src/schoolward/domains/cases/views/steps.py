"""Taking the steps of a referral: one form and one action each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schoolward.domains.cases import actions, queries
from schoolward.domains.cases.forms import (
    ConsentForm,
    ContactForm,
    DayForm,
    EndForm,
    PassOnForm,
    ProgramForm,
    ReasonForm,
)
from schoolward.domains.cases.views.finding import hides, referral_or_404, saved
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, pressed, sent


def _acting(viewer: Viewer, pk: int) -> dict[str, Any]:
    return {"referral_id": pk, "by": viewer, "at": now(viewer.at)}


@require_POST
@requires("cases.keep")
@hides
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a referral on."""
    viewer = viewer_of(request)
    return pressed(
        request,
        lambda: actions.take(**_acting(viewer, pk)),
        refused=Refusal,
        said=_("It is yours now."),
        back=reverse("cases:referral", args=[pk]),
    )


@FORM
@requires("cases.keep")
@hides
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a contact down."""
    viewer = viewer_of(request)
    found = referral_or_404(viewer, pk, keeping=True)
    form = ContactForm(sent(request), initial={"version": found.version, "on": today(viewer.at)})
    return saved(
        request,
        form,
        lambda: actions.log_contact(**_acting(viewer, pk), **form.cleaned_data),
        pk,
        said=_("Written down."),
        title=_("Contact with the family"),
        lead=_("Also when nobody answered: it shows that you tried."),
        button=_("Write it down"),
    )


@FORM
@requires("cases.keep")
@hides
def program(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the program."""
    viewer = viewer_of(request)
    found = referral_or_404(viewer, pk, keeping=True)
    initial = {"version": found.version, "program_id": found.program_id}
    form = ProgramForm(sent(request), viewer=viewer, day=today(viewer.at), initial=initial)
    return saved(
        request,
        form,
        lambda: actions.choose_program(**_acting(viewer, pk), **form.cleaned_data),
        pk,
        said=_("Chosen. The family says yes or no to it."),
        title=_("Choose the program"),
        button=_("Choose"),
    )


@FORM
@requires("cases.keep")
@hides
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the family's yes."""
    viewer = viewer_of(request)
    found = referral_or_404(viewer, pk, keeping=True)
    form = ConsentForm(
        sent(request), initial={"version": found.version, **ConsentForm.initial_of(today(viewer.at))}
    )
    provider = found.program.provider.name if found.program else ""
    lead = _("They said yes to %(program)s by %(provider)s. Your agency keeps the signed paper.") % {
        "program": found.program,
        "provider": provider,
    }
    return saved(
        request,
        form,
        lambda: actions.consent(**_acting(viewer, pk), **form.arguments()),
        pk,
        said=_("Recorded. The provider sees the referral now, where an agreement with it is in force."),
        title=_("The family's yes"),
        lead=lead if found.program else _("Choose the program first: a family says yes to one."),
        button=_("Record it"),
    )


@FORM
@requires("cases.deliver")
@hides
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """They have started."""
    viewer = viewer_of(request)
    found = referral_or_404(viewer, pk)
    form = DayForm(sent(request), initial={"version": found.version, "on": today(viewer.at)})
    return saved(
        request,
        form,
        lambda: actions.start(**_acting(viewer, pk), **form.cleaned_data),
        pk,
        said=_("Started. Whoever referred them learns that, and no more."),
        title=_("They have started"),
        button=_("Started"),
    )


@FORM
@requires("cases.deliver")
@hides
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """They have completed it."""
    viewer = viewer_of(request)
    found = referral_or_404(viewer, pk)
    form = DayForm(sent(request), initial={"version": found.version, "on": today(viewer.at)})
    return saved(
        request,
        form,
        lambda: actions.complete(**_acting(viewer, pk), **form.cleaned_data),
        pk,
        said=_("Completed."),
        title=_("They have completed it"),
        button=_("Completed"),
    )


@FORM
@requires("cases.deliver")
@hides
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End it before its time."""
    viewer = viewer_of(request)
    found = referral_or_404(viewer, pk)
    is_keeper = queries.may_keep(viewer, found)
    initial = {"version": found.version, "on": today(viewer.at)}
    form = EndForm(sent(request), is_keeper=is_keeper, initial=initial)
    return saved(
        request,
        form,
        lambda: actions.end(**_acting(viewer, pk), **form.cleaned_data),
        pk,
        said=_("Ended. It can be opened again."),
        title=_("End the referral"),
        button=_("End it"),
    )


@FORM
@requires("cases.keep")
@hides
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it again."""
    viewer = viewer_of(request)
    found = referral_or_404(viewer, pk, keeping=True)
    form = ReasonForm(sent(request), initial={"version": found.version})
    return saved(
        request,
        form,
        lambda: actions.reopen(**_acting(viewer, pk), **form.cleaned_data),
        pk,
        said=_("Open again, where it had come to."),
        title=_("Open the referral again"),
        button=_("Open it"),
    )


@FORM
@requires("cases.keep")
@hides
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass it on to another agency."""
    viewer = viewer_of(request)
    found = referral_or_404(viewer, pk, keeping=True)
    form = PassOnForm(sent(request), initial={"version": found.version})
    return saved(
        request,
        form,
        lambda: actions.pass_on(**_acting(viewer, pk), **form.cleaned_data),
        pk,
        said=_("Passed on. It is theirs now."),
        title=_("Pass the referral on"),
        lead=_("It then belongs to the other agency. What they do, you see as far as an agreement says."),
        button=_("Pass it on"),
    )
