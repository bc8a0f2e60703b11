"""Pages that enter, describe, amend and close awards."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.forms import AmendmentForm, AwardForm, ChangeTermsForm, LineForm, ReasonForm
from schoolward.domains.grants.models import Award
from schoolward.domains.grants.views.choosing import lines_with_what_is_left
from schoolward.domains.grants.views.finding import award_or_404
from schoolward.domains.grants.views.saving import kept
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, add_refusal, confirm_page, form_page, sent


def page_of(award: Award) -> str:
    """The address of an award."""
    return reverse("grants:award", args=[award.key])


def _first_shown(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """What the form of an award shows first: what was applied for, where it answers an application."""
    first = {
        "counts_match_of_others": True,
        "forbids_supplanting": True,
        "is_reimbursed": True,
        "match_percent": 0,
    }
    number = request.GET.get("application", "")
    if not re.fullmatch(r"\d{1,18}", number, re.ASCII):
        return first
    found = queries.applications(viewer).filter(pk=int(number)).select_related("opportunity").first()
    return first if found is None else {**first, **AwardForm.initial_from(found)}


@FORM
@requires("grants.manage")
def award_new(request: HttpRequest) -> HttpResponse:
    """Enter an award."""
    viewer = viewer_of(request)
    form = AwardForm(sent(request), initial=_first_shown(request, viewer))
    if form.is_valid():
        try:
            made = actions.add_award(by=viewer, at=now(viewer.at), **form.arguments())
        except actions.GrantRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Entered, and its reports are planned. Add its budget lines next."))
            return redirect(page_of(made))
    return form_page(
        request,
        form,
        title=_("Enter an award"),
        lead=_("After this, add its budget lines. The reports that it owes are planned from its period."),
        button=_("Enter"),
        back=reverse("grants:list"),
    )


@FORM
@requires("grants.manage")
def award_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is said about an award."""
    viewer = viewer_of(request)
    award = award_or_404(viewer, key)
    form = ChangeTermsForm(
        sent(request),
        is_under_way=actions.is_under_way(award),
        initial=ChangeTermsForm.initial_of(award),
    )
    return kept(
        request,
        form,
        lambda: actions.describe_award(award_id=award.pk, by=viewer, at=now(viewer.at), **form.change()),
        said=_("Saved."),
        back=page_of(award),
        title=_("Change: %(title)s") % {"title": award.title},
        lead=_("Amount, period and match are changed by an amendment that the funder approved."),
        button=_("Save"),
    )


@FORM
@requires("grants.manage")
def line_new(request: HttpRequest, key: str) -> HttpResponse:
    """Add a budget line, and its first budget where the viewer keeps the ledger."""
    viewer = viewer_of(request)
    award = award_or_404(viewer, key)
    form = LineForm(sent(request), may_post=may(viewer, "grants.post"))
    return kept(
        request,
        form,
        lambda: actions.add_line_with_budget(
            award_id=award.pk, by=viewer, at=now(viewer.at), **form.arguments()
        ),
        said=_("Added."),
        back=page_of(award),
        title=_("Add a budget line: %(title)s") % {"title": award.title},
        lead=_("The budget is entered in the ledger; later it moves by transfers."),
        button=_("Add"),
    )


@FORM
@requires("grants.manage")
def amend(request: HttpRequest, key: str) -> HttpResponse:
    """Enter a change that the funder approved."""
    viewer = viewer_of(request)
    award = award_or_404(viewer, key)
    form = AmendmentForm(
        sent(request), initial={"approved_on": today(viewer.at)}, lines=lines_with_what_is_left(award)
    )
    return kept(
        request,
        form,
        lambda: actions.amend(award_id=award.pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Entered. The award stands as amended."),
        back=page_of(award),
        title=_("Amend: %(title)s") % {"title": award.title},
        lead=_("Enter what the funder approved in writing. An extension plans the reports anew."),
        button=_("Enter"),
    )


@FORM
@requires("grants.manage")
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Close an award, or say what that lacks."""
    viewer = viewer_of(request)
    award = award_or_404(viewer, key)
    if request.method == "POST":
        try:
            actions.close_award(award_id=award.pk, by=viewer, at=now(viewer.at))
        except actions.GrantRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Closed."))
        return redirect(page_of(award))
    return confirm_page(
        request,
        title=_("Close: %(title)s") % {"title": award.title},
        consequences=_(
            "Nothing is entered in its ledger any more, and what was not spent has lapsed. Everything must "
            "be paid, drawn, matched and reported."
        ),
        button=_("Close the award"),
        back=page_of(award),
    )


@FORM
@requires("grants.manage")
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """Ask that a closed award be opened again."""
    viewer = viewer_of(request)
    award = award_or_404(viewer, key)
    form = ReasonForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.ask_to_reopen(award_id=award.pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Asked. Somebody else has to agree under “Requests to let by”."),
        back=page_of(award),
        title=_("Open again: %(title)s") % {"title": award.title},
        lead=_(
            "A second person decides. Then entries can be made and links taken back until it is closed anew; "
            "what was reported to the funder may have to be reported again."
        ),
        button=_("Ask for it"),
    )


@require_POST
@requires("grants.manage")
def alert_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take note of an alert."""
    viewer = viewer_of(request)
    get_object_or_404(queries.alerts(viewer), pk=pk)
    try:
        alert = actions.see_alert(alert_id=pk, by=viewer, at=now(viewer.at))
    except actions.GrantRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("grants:list")
    messages.success(request, _("Noted."))
    return redirect(page_of(alert.award))
