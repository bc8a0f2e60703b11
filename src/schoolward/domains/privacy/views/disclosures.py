"""Who read what is kept about a person: shown, and handed out as CSV.

Asked by POST, so that no address names whom.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.privacy.forms.records import DisclosureForm
from schoolward.domains.privacy.papers import printed_log
from schoolward.domains.privacy.queries import COLUMNS, disclosure_rows
from schoolward.platform.access.disclosing import VIEW, Disclosure, disclosures
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.exchange.writers import write_csv
from schoolward.platform.ui.form_pages import FORM, add_refusal, sent
from schoolward.platform.ui.lists import CSV_TYPE


@FORM
@requires(VIEW)
def log(request: HttpRequest) -> HttpResponse:
    """The log of one person's records."""
    viewer = viewer_of(request)
    form = DisclosureForm(sent(request))
    found: list[Disclosure] | None = None
    if form.is_valid():
        try:
            found = disclosures(form.cleaned_data["subject"], by=viewer)
        except Refusal as refusal:
            add_refusal(form, refusal)
    if found is not None and request.POST.get("as") == "csv":
        response = HttpResponse(b"".join(write_csv(COLUMNS, disclosure_rows(found))), content_type=CSV_TYPE)
        response["Content-Disposition"] = 'attachment; filename="who-read-what.csv"'
        return response
    context = {
        "form": form,
        "found": found,
        "title": _("Who read what"),
        "lead": _(
            "Every reading of what your agency keeps about one person, for the person and the parents."
        ),
        "submit_label": _("Show the log"),
        "printed_at": reverse(printed_log()) if printed_log() else "",
    }
    status = 422 if form.is_bound and found is None else 200
    return render(request, "privacy/disclosures.html", context, status=status)
