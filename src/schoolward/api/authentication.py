"""Who calls the API: a browser's session, or a bearer token that stands for one membership."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBearer

from schoolward.platform.access.tokens import viewer_of_token
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of


class BearerToken(HttpBearer):
    """``Authorization: Bearer swt_…``. A wrong token is refused, never ignored in favour of a session."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer:
        viewer = viewer_of_token(token, at=viewer_of(request).at)
        if viewer is None:
            raise AuthenticationError(message="The token is unknown, expired or revoked.")
        request.viewer = viewer  # type: ignore[attr-defined]
        return viewer


class SessionMember(APIKeyCookie):
    """The signed-in person's chosen membership. Writes need the CSRF token, as forms do."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:
        viewer = viewer_of(request)
        return viewer if viewer.is_known else None
