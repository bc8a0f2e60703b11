"""Whom the alarm desk calls about which ground: the list, and keeping it."""

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

from schoolward.domains.people.actions import UnfitNumber, change_number, remove_number
from schoolward.domains.people.actions.numbers import PERMISSION
from schoolward.domains.people.exchange import ResponseNumbers
from schoolward.domains.people.forms import NumberForm
from schoolward.domains.people.models import ResponseNumber
from schoolward.domains.people.queries import response_numbers
from schoolward.domains.people.tables import NumberTable
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, confirm_page, is_done, sent
from schoolward.platform.ui.lists import Action, Empty, ListPage


class NumberList(ListPage):
    """Whom to call about which ground."""

    title = gettext_lazy("Whom to call")
    permission = "people.view"
    table_class = NumberTable

    def queryset(self, viewer: Viewer) -> QuerySet[ResponseNumber]:
        return response_numbers(viewer)

    def lead(self) -> str:
        return _("Whom the alarm desk calls: police by the jurisdiction of the site, and the guard desk.")

    def actions(self) -> list[Action]:
        if not may(self.viewer, PERMISSION):
            return []
        return [Action(_("Add a number"), reverse("people:number_new"))]

    def empty(self) -> Empty:
        return Empty(
            _("No number is kept yet"),
            _(
                "The alarm desk shows whom to call about each site: the emergency and the non-emergency "
                "number of the police of its jurisdiction, and the guard desk. Until they are entered, it "
                "says that none is kept."
            ),
            next(iter(self.actions()), None),
        )

    def export_table(self, queryset: QuerySet[Any]) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        table = ResponseNumbers()
        return table.column_names, iter(table.export_rows(self.viewer))


@FORM
@requires(PERMISSION)
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A number, new or known."""
    viewer = viewer_of(request)
    number = get_object_or_404(response_numbers(viewer), pk=pk) if pk else None
    names = NumberForm.base_fields if number else ()
    form = NumberForm(sent(request), initial={name: getattr(number, name) for name in names})
    if is_done(
        form,
        lambda: change_number(number=number, by=viewer, at=viewer.at, **form.cleaned_data),
        UnfitNumber,
    ):
        messages.success(request, _("Saved. The desk shows it from now on."))
        return redirect("people:numbers")
    context = {
        "form": form,
        "title": _("Change the number") if number else _("Add a number"),
        "cancel_url": reverse("people:numbers"),
        "submit_label": _("Save"),
        "remove_url": reverse("people:number_remove", args=[pk]) if number else "",
    }
    return render(request, "people/number.html", context, status=422 if form.is_bound else 200)


@FORM
@requires(PERMISSION)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a number away, once asked."""
    viewer = viewer_of(request)
    number = get_object_or_404(response_numbers(viewer), pk=pk)
    if request.method == "POST":
        remove_number(number=number, by=viewer, at=viewer.at)
        messages.success(request, _("Taken away. The desk now says that none is kept."))
        return redirect("people:numbers")
    return confirm_page(
        request,
        title=_("Take “%(title)s” away?") % {"title": number.title},
        consequences=_("The desk will say that no number is kept. What was called stays in the cases."),
        button=_("Take it away"),
        back=reverse("people:numbers"),
    )
