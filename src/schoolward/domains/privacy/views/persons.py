"""Finding the reference of a person by the whole name and the date of birth: for requests, holds and seals.

Asked by POST, so that no address holds a name.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from schoolward.domains.privacy.forms.records import PersonForm
from schoolward.platform.access import persons
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, add_refusal, sent


@FORM
@requires(persons.FIND)
def find(request: HttpRequest) -> HttpResponse:
    """The references of one person in the own agency."""
    viewer = viewer_of(request)
    form = PersonForm(sent(request))
    found: list[str] | None = None
    if form.is_valid():
        try:
            found = persons.find(by=viewer, at=viewer.at, **form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
    context = {
        "form": form,
        "found": found,
        "title": _("Find a reference"),
        "lead": _("For a parent's request, a hold, a seal or a consent. It is on the record that you asked."),
        "submit_label": _("Find"),
    }
    status = 422 if form.is_bound and found is None else 200
    return render(request, "privacy/person.html", context, status=status)
