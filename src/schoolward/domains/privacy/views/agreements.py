"""Sharing agreements: the list, one of them, drawing up, signing, revoking."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.privacy.forms.records import AgreementForm, ReasonForm
from schoolward.domains.privacy.tables.records import AGREEMENT_STATES, AgreementTable
from schoolward.platform.access import sharing
from schoolward.platform.access.models import Agreement, RecordClass
from schoolward.platform.access.permissions import may
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent
from schoolward.platform.ui.lists import Action, Empty, ListPage


class AgreementList(ListPage):
    """What passes between agencies, and until when."""

    title = gettext_lazy("Sharing agreements")
    permission = sharing.VIEW
    table_class = AgreementTable

    def queryset(self, viewer: Viewer) -> QuerySet[Agreement]:
        return sharing.agreements(viewer)

    def lead(self) -> str:
        return _("Without an agreement that is in force, an agency sees no protected record of another.")

    def actions(self) -> list[Action]:
        if not may(self.viewer, sharing.DRAFT):
            return []
        return [Action(_("Draw up an agreement"), reverse("privacy:agreement_new"))]

    def empty(self) -> Empty:
        return Empty(
            _("No agreement yet"),
            _("One is drawn up here, and opens something once a person of each agency has signed it."),
        )


@FORM
@requires(sharing.DRAFT)
def draw_up(request: HttpRequest) -> HttpResponse:
    """Draw an agreement up."""
    viewer = viewer_of(request)
    form = AgreementForm(sent(request))
    if is_done(form, lambda: sharing.draft(terms=form.terms(), by=viewer, at=viewer.at), Refusal):
        messages.success(request, _("Drawn up. It opens something once both agencies have signed."))
        return redirect("privacy:agreements")
    return form_page(
        request,
        form,
        title=_("Draw up an agreement"),
        lead=_("What is not chosen stays closed. Its terms cannot be changed later."),
        button=_("Draw it up"),
        back=reverse("privacy:agreements"),
        what_next=_("Next, one person of each agency signs."),
    )


@requires(sharing.VIEW)
@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement: terms, signatures, state."""
    viewer = viewer_of(request)
    found = get_object_or_404(sharing.agreements(viewer), pk=pk)
    state = sharing.state(found, viewer.at)
    label, tone = AGREEMENT_STATES[state]
    signed = {signature.agency_id: signature for signature in found.signatures.all()}
    binds = sharing.may_bind(found, viewer)
    context: dict[str, Any] = {
        "agreement": found,
        "label": label,
        "tone": tone,
        "record_classes": [RecordClass(value).label for value in found.record_classes],
        "purposes": [Purpose(value).label for value in found.purposes],
        "fields": [sharing.words_of(name) for name in found.fields],
        "parties": [(party, signed.get(party.pk)) for party in (found.owner, found.recipient)],
        "can_sign": binds
        and state == "waits"
        and viewer.agency_id not in signed
        and all(signature.account_id != viewer.account_id for signature in signed.values()),
        "can_revoke": binds and state not in ("revoked", "ended"),
    }
    return render(request, "privacy/agreement.html", context)


@requires(sharing.SIGN)
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for one's own agency."""
    viewer = viewer_of(request)
    found = get_object_or_404(sharing.agreements(viewer), pk=pk)
    try:
        sharing.sign(agreement=found, by=viewer, at=viewer.at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Signed."))
    return redirect("privacy:agreement", pk)


@FORM
@requires(sharing.SIGN)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End an agreement at once."""
    viewer = viewer_of(request)
    found = get_object_or_404(sharing.agreements(viewer), pk=pk)
    form = ReasonForm(sent(request))
    if is_done(
        form,
        lambda: sharing.revoke(agreement=found, by=viewer, at=viewer.at, **form.cleaned_data),
        Refusal,
    ):
        messages.success(request, _("Revoked. From the next click on, nothing is seen by it."))
        return redirect("privacy:agreement", pk)
    return form_page(
        request,
        form,
        title=_("Revoke the agreement"),
        lead=_("%(recipient)s stops seeing records of %(owner)s with the next click.")
        % {"recipient": found.recipient, "owner": found.owner},
        button=_("Revoke it"),
        back=reverse("privacy:agreement", args=[pk]),
        what_next=_("A revoked agreement stays revoked; another wish is another agreement."),
    )
