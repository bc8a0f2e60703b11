"""A topic for pages that poll, and the gate that a stream passes before it flows (`stream`)."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.notify.registry import UnknownTopic, get, is_heard

MOST = 500
SCOPE_HEADER = "X-Stream-Scope"
NEWEST_HEADER = "X-Stream-Newest"


@require_safe
def topic(request: HttpRequest, name: str) -> HttpResponse:
    """What changed after ``?after=`` (a number; without one nothing), oldest first, at most 500 at a time.

    ``newest`` is the number to ask after next. The headers tell the stream whom it may tell what.
    """
    viewer = viewer_of(request)
    if not viewer.is_known and not request.user.is_authenticated:
        return redirect("account_login")
    try:
        followed = get(name)
    except UnknownTopic as error:
        raise Http404 from error
    check(viewer, followed.permission)
    newest = followed.newest()
    asked = request.GET.get("after", "") or request.headers.get("Last-Event-ID", "")
    if asked and not (asked.isdecimal() and len(asked) <= 18):
        return JsonResponse({"error": _("`after` is the number of a change.")}, status=422)
    after = int(asked) if asked else newest
    changes = followed.after(after, MOST) if after < newest else []
    if changes:
        newest = changes[-1].number
    heard = [change for change in changes if is_heard(change, viewer.campus_ids)]
    response = JsonResponse(
        {"newest": newest, "changes": [{"number": change.number, **change.data} for change in heard]}
    )
    scope = None if viewer.campus_ids is None else sorted(viewer.campus_ids)
    response.headers[SCOPE_HEADER] = json.dumps(scope)
    response.headers[NEWEST_HEADER] = str(newest)
    return response
