"""``/search``: sites, incidents by number, work and initiatives that the viewer may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.search import kinds, search

LONGEST = 100
SHORTEST = 2


@require_safe
@requires("home.view")
def search_page(request: HttpRequest) -> HttpResponse:
    """What matches the words asked for, kind by kind. A single letter is not searched for."""
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    is_asked = len(text) >= SHORTEST
    found = search(viewer_of(request), text) if is_asked else []
    return render(
        request,
        "home/search.html",
        {
            "text": text,
            "is_asked": is_asked,
            "shortest": SHORTEST,
            "found": found,
            "total": sum(len(group.hits) for group in found),
            "searched": [kind.title for kind in kinds() if kind.find is not None],
        },
    )
