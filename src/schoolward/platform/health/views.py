"""Two answers for whatever watches over the server. They say nothing about what is stored."""

from __future__ import annotations

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from schoolward.platform.health import database


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers: do not restart it."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and its tables are made: send requests here."""
    try:
        is_ready = not database.pending_migrations() and not database.unknown_migrations()
    except Error:
        is_ready = False
    answer, status = ("ready\n", 200) if is_ready else ("not ready\n", 503)
    return HttpResponse(answer, status=status, content_type="text/plain")
