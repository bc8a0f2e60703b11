"""Contact cards, and what each role is for."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from schoolward.domains.people.actions import keep_contact
from schoolward.domains.people.filters import PeopleFilter
from schoolward.domains.people.forms import PersonForm
from schoolward.domains.people.models import Person
from schoolward.domains.people.queries import people
from schoolward.domains.people.tables import PeopleTable
from schoolward.platform.access.permissions import all_permissions, may
from schoolward.platform.access.roles import DESCRIPTIONS
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent
from schoolward.platform.ui.lists import Action, Empty, ListPage


class PeopleList(ListPage):
    """Who works for the partnership."""

    title = gettext_lazy("People")
    permission = "people.view"
    table_class = PeopleTable
    filterset_class = PeopleFilter

    def queryset(self, viewer: Viewer) -> QuerySet[Person]:
        return people(viewer).filter(active=True)

    def lead(self) -> str:
        return _("Staff of the partnership's agencies, with the telephone to reach them at work.")

    def actions(self) -> list[Action]:
        if not may(self.viewer, "people.edit"):
            return []
        return [Action(_("Add a contact card"), reverse("people:create"))]

    def empty(self) -> Empty:
        return Empty(
            _("No contact card yet"),
            _("Cards of the staff of all agencies stand here, with the telephone to reach them at work."),
            next(iter(self.actions()), None),
        )


@FORM
@requires("people.edit")
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A contact card, new or known."""
    viewer = viewer_of(request)
    person = get_object_or_404(people(viewer), pk=pk) if pk else None
    names = PersonForm.base_fields if person else ()
    form = PersonForm(sent(request), initial={name: getattr(person, name) for name in names})
    if is_done(form, lambda: keep_contact(person=person, **form.cleaned_data, by=viewer, at=viewer.at)):
        messages.success(request, _("The card is saved."))
        return redirect("people:list")
    return form_page(
        request,
        form,
        title=_("Contact card"),
        lead=_("Staff only: no student and no parent stands here."),
        button=_("Save the card"),
        back=reverse("people:list"),
    )


@requires("people.view")
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Every role: what it is for, its five jobs, whose it is, and what it may do."""
    described = [
        {
            "role": description.role,
            "purpose": description.purpose,
            "jobs": description.jobs,
            "second_factor": description.must_use_second_factor,
            "permissions": [p for p in all_permissions() if description.role in p.roles],
        }
        for description in DESCRIPTIONS.values()
    ]
    return render(request, "people/roles.html", {"roles": described})
