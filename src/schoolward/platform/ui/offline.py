"""Pages that go on without a network: their frame, and the script that opens what they have kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from schoolward.platform.access.headers import policy_with_style
from schoolward.platform.ui.built import built_style

WORKER = "offline-worker.js"


def device_page(request: HttpRequest, template: str, context: dict[str, Any], script: str) -> HttpResponse:
    """A page that extends ``ui/device_page.html``. Its style is in the page: nothing that is shown waits."""
    style = built_style(script)
    shown = {**context, "script": script, "style": mark_safe(style)}  # noqa: S308 - made by our build
    answer = render(request, template, shown)
    if style:
        answer["Content-Security-Policy"] = policy_with_style(style)
    return answer


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script. Each kind of page serves it under an address of its own, which is its scope: it answers for
    nothing else."""
    built = Path(str(settings.DJANGO_VITE["default"]["manifest_path"])).parent / WORKER
    try:
        content = built.read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(content, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer
