"""What every page's frame needs: who is looking and where they may go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.navigation import NavSection, items_for


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Template variables of the frame. The navigation is built only when a template asks for it."""
    viewer: Viewer | None = getattr(request, "viewer", None)

    def navigation() -> list[NavSection]:
        return items_for(viewer, request.path) if viewer is not None and viewer.is_known else []

    return {
        "viewer": viewer,
        "viewer_role": Role(viewer.role).label if viewer is not None and viewer.is_known else "",
        "memberships": getattr(request, "memberships", []),
        "navigation": SimpleLazyObject(navigation),
        "is_demonstration": settings.DEMO,
        "mail_is_sent": settings.MAIL_IS_SENT,
    }
