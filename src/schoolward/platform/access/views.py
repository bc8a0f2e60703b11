"""Guards for views: a page is closed until it names the permission that opens it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer

View = Callable[..., HttpResponseBase]


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer that the middleware put on the request."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def closed(request: HttpRequest) -> HttpResponseBase:
    """A page of a library that this site does not offer."""
    raise Http404


def requires(permission: str) -> Callable[[View], View]:
    """Open a function view to those who hold the permission; nobody known is sent to sign in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not viewer_of(request).is_known and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            check(viewer_of(request), permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


class RequiresPermission:
    """The same guard for class-based views: set ``permission``."""

    permission: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not viewer_of(request).is_known and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        check(viewer_of(request), self.permission)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
