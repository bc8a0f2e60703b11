"""What cannot be shown, although it is there and is open to the viewer: told with its reason, and no failure.

Such as a page that is made of a file which came in when less was checked than today.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

STATUS = 409


class CannotBeShown(Exception):
    """Says what cannot be shown, why, and what to do, in words for the person."""


class ExplainsMiddleware:
    """Answers with the reason, on a page of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Explain what cannot be shown; anything else goes its way."""
        if not isinstance(exception, CannotBeShown):
            return None
        return render(request, "409.html", {"why": str(exception)}, status=STATUS)
