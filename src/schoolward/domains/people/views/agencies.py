"""The agencies of the partnership: taking a partner in, and what one is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.people.exchange import Agencies
from schoolward.domains.people.forms import AgencyForm, ReasonForm
from schoolward.domains.people.queries import agencies_with_accounts
from schoolward.domains.people.tables import AgencyTable
from schoolward.platform.access import agencies
from schoolward.platform.access.models import Agency
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent
from schoolward.platform.ui.lists import Action, ListPage


class AgencyList(ListPage):
    """Every partner, and how many people act for it."""

    title = gettext_lazy("Agencies")
    permission = agencies.PERMISSION
    table_class = AgencyTable

    def queryset(self, viewer: Viewer) -> QuerySet[Agency]:
        return agencies_with_accounts(viewer.at)

    def lead(self) -> str:
        return _("The partners are peers. People act for one of them, in a role that fits its kind.")

    def actions(self) -> list[Action]:
        return [Action(_("Take an agency in"), reverse("people:agency_create"))]

    def export_table(self, queryset: QuerySet[Any]) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        table = Agencies()
        return table.column_names, iter(table.export_rows(self.viewer))


@FORM
@requires(agencies.PERMISSION)
def open_new(request: HttpRequest) -> HttpResponse:
    """Take a partner in."""
    viewer = viewer_of(request)
    form = AgencyForm(sent(request))
    if is_done(
        form,
        lambda: agencies.open_agency(by=viewer, at=viewer.at, **form.cleaned_data),
        agencies.UnfitAgency,
    ):
        messages.success(request, _("The agency is taken in. Its people get accounts and memberships next."))
        return redirect("people:agencies")
    return form_page(
        request,
        form,
        title=_("Take an agency in"),
        lead=_("Its kind decides which roles its people can have."),
        button=_("Take it in"),
        back=reverse("people:agencies"),
    )


@FORM
@requires(agencies.PERMISSION)
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what an agency is called, or of what kind it is."""
    viewer = viewer_of(request)
    agency = get_object_or_404(agencies.agencies(), key=key)
    form = AgencyForm(sent(request), initial={"name": agency.name, "kind": agency.kind})
    if is_done(
        form,
        lambda: agencies.change_agency(agency=agency, by=viewer, at=viewer.at, **form.cleaned_data),
        agencies.UnfitAgency,
    ):
        messages.success(request, _("Saved."))
        return redirect("people:agencies")
    context = {
        "form": form,
        "title": _("Change %(agency)s") % {"agency": agency.name},
        "submit_label": _("Save"),
        "cancel_url": reverse("people:agencies"),
        "agency": agency,
        "is_own": agency.pk == viewer.agency_id,
    }
    return render(request, "people/agency.html", context, status=422 if form.is_bound else 200)


@FORM
@requires(agencies.PERMISSION)
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Let an agency leave the partnership, or take one back that has left."""
    viewer = viewer_of(request)
    agency = get_object_or_404(agencies.agencies(), key=key)
    leaves = agency.revoked_at is None
    write = agencies.revoke_agency if leaves else agencies.readmit_agency
    form = ReasonForm(sent(request))
    if is_done(
        form,
        lambda: write(agency=agency, by=viewer, at=viewer.at, **form.cleaned_data),
        agencies.UnfitAgency,
    ):
        messages.success(request, _("It has left.") if leaves else _("It is back in."))
        return redirect("people:agencies")
    told = {"agency": agency.name}
    return form_page(
        request,
        form,
        title=(_("End the access of %(agency)s") if leaves else _("Take %(agency)s back in")) % told,
        lead=_("With the next click nobody acts for it, and its sharing agreements open nothing.")
        if leaves
        else _("Its memberships and agreements hold again, as far as their own days go."),
        button=_("End its access") if leaves else _("Take it back in"),
        back=reverse("people:agency_edit", args=[key]),
    )
