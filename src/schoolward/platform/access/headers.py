"""Response headers that keep a page to itself: a content security policy without inline scripts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., Any])

# Styles: attributes only. Charts carry them as SVG and the map sets them; sheets come from our files.
# Blob: the map's worker and the picture that a camera takes before it is sent.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def policy_with_style(style: str) -> str:
    """The policy of a page that carries this one style sheet in itself, known by its hash."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return CONTENT_SECURITY_POLICY.replace("style-src 'self'", f"style-src 'self' 'sha256-{digest}'")


# The walk and the report form may ask where they are and take a picture; nothing else is ours to use.
PERMISSIONS_POLICY = (
    "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), interest-cohort=()"
)


# Pages are read and forms are sent; only the API has further verbs. Django's form views answer PUT
# as they answer POST, which nobody means and nobody checks.
PAGE_METHODS = ("GET", "HEAD", "OPTIONS", "POST")


def answers_put(view: View) -> View:
    """Mark a view outside of the API that means PUT, and checks it."""
    view.answers_put = True  # type: ignore[attr-defined]
    return view


class PageMethods:
    """Answers 405 to a verb that no page of ours has."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.method in PAGE_METHODS
            or request.path.startswith("/api/")
            or (request.method == "PUT" and _answers_put(request.path_info))
        ):
            return self.get_response(request)
        return HttpResponseNotAllowed(PAGE_METHODS)


def _answers_put(path: str) -> bool:
    try:
        return getattr(resolve(path).func, "answers_put", False)
    except Resolver404:
        return False


class SecurityHeaders:
    """Adds the headers that Django does not set, and keeps signed-in pages out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
