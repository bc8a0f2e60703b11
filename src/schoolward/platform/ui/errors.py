"""The answer to what went wrong on our side: a fault of ours, or an audit that cannot be kept just now."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error as fault_of_ours

from schoolward.platform.audit.guard import AnchorFault


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler of an exception that nobody caught.

    The one that says that the audit's anchor is lost may come from a view, from the sign-in, or from the
    record of a refusal; all of them end here. It is no page of ours that is broken, so it is a 503.
    """
    if isinstance(sys.exc_info()[1], AnchorFault):
        return HttpResponse(render_to_string("503.html"), status=503)
    return fault_of_ours(request)
