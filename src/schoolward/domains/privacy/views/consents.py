"""Consents: the list, recording one, withdrawing it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.privacy.forms.records import ConsentForm
from schoolward.domains.privacy.tables.records import ConsentTable
from schoolward.platform.access import consenting
from schoolward.platform.access.models import Consent
from schoolward.platform.access.permissions import may
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.access.wall import within
from schoolward.platform.ui.form_pages import FORM, confirm_page, form_page, is_done, sent
from schoolward.platform.ui.lists import Action, Empty
from schoolward.platform.ui.protected_lists import ProtectedListPage


class ConsentList(ProtectedListPage):
    """What families have consented to."""

    title = gettext_lazy("Consents")
    permission = consenting.VIEW
    table_class = ConsentTable
    shown_fields = frozenset({"category", "recipient", "purpose", "given_by", "valid_to", "withdrawn_at"})

    def queryset(self, viewer: Viewer) -> QuerySet[Consent]:
        return consenting.consents(viewer)

    def lead(self) -> str:
        return _("What is kept of health or substance use opens by a consent, never by a role.")

    def actions(self) -> list[Action]:
        if not may(self.viewer, consenting.KEEP):
            return []
        return [Action(_("Record a consent"), reverse("privacy:consent_new"))]

    def empty(self) -> Empty:
        return Empty(
            _("No consent yet"), _("A consent stands here from the day on which its paper is signed.")
        )


@FORM
@requires(consenting.KEEP)
def keep(request: HttpRequest) -> HttpResponse:
    """Record a consent."""
    viewer = viewer_of(request)
    form = ConsentForm(sent(request))
    if is_done(form, lambda: consenting.record_consent(scope=form.scope(), by=viewer, at=viewer.at), Refusal):
        messages.success(request, _("Recorded."))
        return redirect("privacy:consents")
    return form_page(
        request,
        form,
        title=_("Record a consent"),
        lead=_(
            "Your agency keeps the signed paper. It holds for one agency and one purpose, a year at most."
        ),
        button=_("Record it"),
        back=reverse("privacy:consents"),
    )


@FORM
@requires(consenting.KEEP)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a consent back."""
    viewer = viewer_of(request)
    if request.method == "POST":
        try:
            consenting.withdraw_consent(consent_id=pk, by=viewer, at=viewer.at)
        except Consent.DoesNotExist:
            raise Http404 from None
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Withdrawn. From the next click on, nothing is read by it."))
        return redirect("privacy:consents")
    with within(viewer):
        if not consenting.consents(viewer).filter(pk=pk).exists():
            raise Http404
    return confirm_page(
        request,
        title=_("Withdraw the consent"),
        consequences=_(
            "What it opened closes with the next click. What was read before stays on the record."
        ),
        button=_("Withdraw it"),
        back=reverse("privacy:consents"),
    )
