"""The log of who read what about a person, as PDF. By POST, so that no address names whom."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from schoolward.platform.access.disclosing import VIEW
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.views import requires, viewer_of
from schoolward.reports.disclosure_log.log import disclosure_log
from schoolward.reports.errors import CannotPrint
from schoolward.reports.views.profiles import sheet_file


@require_POST
@requires(VIEW)
def disclosure_log_file(request: HttpRequest) -> HttpResponse:
    """The paper; where it cannot be made, back to the page with the reason."""
    try:
        sheet = disclosure_log(request.POST.get("subject", ""), by=viewer_of(request))
        return sheet_file(sheet, "pdf")
    except (Refusal, CannotPrint) as refusal:
        messages.error(request, str(refusal))
        return redirect("privacy:disclosures")
