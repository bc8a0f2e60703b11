"""Style sheets, scripts and pictures, served from a list that is made when the server starts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseNotFound
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]


class Assets(WhiteNoiseMiddleware):
    """WhiteNoise, which knows a file that was taken away since the start: it is not found, and no fault."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponseBase:
        """Answer with the file, or with 404 when a new build of the front end has removed it."""
        try:
            answer: HttpResponseBase = WhiteNoiseMiddleware.serve(static_file, request)
        except FileNotFoundError:
            return HttpResponseNotFound("This file is gone. Load the page again.", content_type="text/plain")
        return answer
