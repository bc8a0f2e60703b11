"""Pages that set opportunities, applications and transfers right."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schoolward.domains.grants import actions
from schoolward.domains.grants.forms import ApplicationForm, OpportunityForm, ReasonForm
from schoolward.domains.grants.models import ApplicationPart, Transfer
from schoolward.domains.grants.views.finding import application_or_404, opportunity_or_404
from schoolward.domains.grants.views.managing import page_of
from schoolward.domains.grants.views.saving import kept
from schoolward.domains.grants.views.seeking import SIGNATURES_GONE, page_of_opportunity
from schoolward.domains.grants.wording import dollars
from schoolward.platform.access.policy import visible
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.form_pages import FORM, confirm_page, sent


@FORM
@requires("grants.seek")
def opportunity_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change an opportunity: its deadline, its ceiling, who may apply."""
    viewer = viewer_of(request)
    found = opportunity_or_404(viewer, key)
    form = OpportunityForm(sent(request), initial=OpportunityForm.initial_of(found))
    return kept(
        request,
        form,
        lambda: actions.change_opportunity(
            opportunity_id=found.pk, changes=form.arguments(), by=viewer, at=now(viewer.at)
        ),
        said=_("Saved."),
        back=page_of_opportunity(found),
        title=_("Change: %(title)s") % {"title": found.title},
        lead=_("Where the funder moved the deadline or something was mistyped. What it was before is kept."),
        button=_("Save"),
    )


@FORM
@requires("grants.seek")
def application_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what an application asks for and offers."""
    viewer = viewer_of(request)
    application = application_or_404(viewer, pk)
    was_signed = application.signatures.exists()
    form = ApplicationForm(sent(request), initial=ApplicationForm.initial_of(application))
    return kept(
        request,
        form,
        lambda: actions.change_application(
            application_id=pk, by=viewer, at=now(viewer.at), **form.arguments()
        ),
        said=_("Saved. %(signatures)s") % {"signatures": SIGNATURES_GONE}
        if was_signed and form.has_changed()
        else _("Saved."),
        back=page_of_opportunity(application.opportunity),
        title=_("Change the application: %(title)s") % {"title": application},
        lead=_("What was signed has to be signed again."),
        button=_("Save"),
    )


@FORM
@requires("grants.seek")
def part_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a budget line, letter or document out of an application."""
    viewer = viewer_of(request)
    part = get_object_or_404(visible(ApplicationPart.objects.all(), viewer), pk=pk)
    application = application_or_404(viewer, part.application_id)
    was_signed = application.signatures.exists()
    back = page_of_opportunity(application.opportunity)
    if request.method == "POST":
        try:
            actions.remove_part(part_id=pk, by=viewer, at=now(viewer.at))
        except actions.GrantRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{_('Removed.')} {SIGNATURES_GONE if was_signed else ''}".strip())
        return redirect(back)
    return confirm_page(
        request,
        title=_("Remove “%(title)s” from the application") % {"title": part.title},
        consequences=_("What was signed has to be signed again."),
        button=_("Remove"),
        back=back,
    )


@require_POST
@requires("grants.seek")
def application_take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on writing an application that was withdrawn."""
    viewer = viewer_of(request)
    application = application_or_404(viewer, pk)
    try:
        actions.take_up_again(application_id=pk, by=viewer, at=now(viewer.at))
    except actions.GrantRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is being written again."))
    return redirect(page_of_opportunity(application.opportunity))


@FORM
@requires("grants.post")
def transfer_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a transfer back."""
    viewer = viewer_of(request)
    moved = get_object_or_404(
        visible(Transfer.objects.select_related("award", "from_line", "to_line"), viewer), pk=pk
    )
    form = ReasonForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.take_transfer_back(transfer_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Taken back: the money is in its line again."),
        back=page_of(moved.award),
        title=_("Take back: %(amount)s from %(from)s to %(to)s")
        % {"amount": dollars(moved.amount_cents), "from": moved.from_line, "to": moved.to_line},
        lead=_("Both stay in the ledger, and neither counts as moved any more."),
        button=_("Take it back"),
    )
