"""``/``: what matters today, for whoever is looking."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolward.home.beginning import beginning
from schoolward.home.morning.assembly import assemble
from schoolward.home.morning.blocks import Morning
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo import clock


@require_safe
@requires("home.view")
def morning(request: HttpRequest) -> HttpResponse:
    """One sentence, then what happened overnight, what is due and what expires, each line one action."""
    viewer = viewer_of(request)
    asked = Morning(viewer, clock.today(viewer.at), clock.now(viewer.at))
    page = assemble(asked)
    context = {"page": page, "today": asked.today, "beginning": beginning(viewer)}
    return render(request, "home/morning.html", context)
