"""The script that opens pages without a network from what they have kept on their device."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

WORKER = "offline-worker.js"


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
