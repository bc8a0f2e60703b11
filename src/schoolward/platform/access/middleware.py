"""Puts the viewer on every request, and turns a refusal into an audited 403."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.queries import DEFAULT_PURPOSE, live_memberships, viewer_for
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

MEMBERSHIP_KEY = "membership"
PURPOSE_KEY = "purpose"


def record_denial(request: HttpRequest, denial: AccessDenied) -> None:
    """Audit a refusal: who, which permission or row, by which method and path. Never the row's content."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    record(
        "access.denied",
        by=viewer,
        at=viewer.at,
        subject=denial.subject or f"permission:{denial.permission}",
        detail={"permission": denial.permission, "method": request.method, "path": request.path[:200]},
        outcome="denied",
    )


class ViewerMiddleware:
    """Reads the membership afresh on each request, so that a revocation works on the next one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        memberships = live_memberships(request.user, at) if request.user.is_authenticated else []
        chosen = request.session.get(MEMBERSHIP_KEY) if memberships else None
        membership = next((m for m in memberships if m.pk == chosen), memberships[0] if memberships else None)
        purpose = request.session.get(PURPOSE_KEY, DEFAULT_PURPOSE) if membership else ""
        request.memberships = memberships  # type: ignore[attr-defined]
        request.viewer = (  # type: ignore[attr-defined]
            viewer_for(membership, at=at, purpose=purpose) if membership else Viewer.anonymous(at=at)
        )
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, AccessDenied):
            return None
        record_denial(request, exception)
        return render(request, "403.html", {"permission": exception.permission}, status=403)
