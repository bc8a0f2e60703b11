"""Puts the viewer on every request, and turns a refusal into an audited 403."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone

from schoolward.platform.access import second_factor
from schoolward.platform.access.models import Membership
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.purposes import Purpose
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
    """Reads the membership afresh on each request, so that a revocation works on the next one.

    Somebody whose role demands a second factor and whose session has not shown one is nobody here
    until they have enrolled: there is no page that has to remember to ask.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        memberships: list[Membership] = []
        held_back = False
        if request.user.is_authenticated:
            memberships = live_memberships(request.user, at)
            held_back = second_factor.must_use(request.user, memberships) and not second_factor.was_shown(
                request
            )
        if held_back:
            memberships = []
        request.memberships = memberships  # type: ignore[attr-defined]
        request.viewer = _viewer(request, memberships, at=at) if memberships else Viewer.anonymous(at=at)  # type: ignore[attr-defined]
        if held_back and not _is_open_while_enrolling(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, AccessDenied):
            return None
        record_denial(request, exception)
        return render(request, "403.html", {"permission": exception.permission}, status=403)


def _viewer(request: HttpRequest, memberships: list[Membership], *, at: datetime) -> Viewer:
    """The viewer by the membership and purpose that the session holds, else by the first and the default."""
    wanted = request.session.get(MEMBERSHIP_KEY)
    membership = next((m for m in memberships if m.pk == wanted), memberships[0])
    purpose = request.session.get(PURPOSE_KEY, DEFAULT_PURPOSE)
    return viewer_for(membership, at=at, purpose=purpose if purpose in Purpose.values else DEFAULT_PURPOSE)


def _is_open_while_enrolling(request: HttpRequest) -> bool:
    """Pages of enrolling itself, and the API, which answers a nobody with 401 instead of a redirect."""
    if request.path.startswith("/api/"):
        return True
    try:
        return resolve(request.path_info).view_name in second_factor.OPEN_WHILE_ENROLLING
    except Resolver404:
        return True  # there is nothing there to protect, and a 404 is the honest answer
