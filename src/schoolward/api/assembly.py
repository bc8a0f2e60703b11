"""``/api/v1``: every domain's router under its own name, and the routers that span domains."""

from __future__ import annotations

import hashlib
import threading
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from ninja.throttling import AnonRateThrottle, AuthRateThrottle

from schoolward.api import problems
from schoolward.api.authentication import BearerToken, SessionMember
from schoolward.api.description import add_problems
from schoolward.api.strict import takes_only_what_it_knows

VERSION = "1.0.0"
SPANNING: tuple[str, ...] = (
    "measures",
    "trace",
    "search",
    "imports",
    "exports",
    "accounts",
    "audit",
    "doctor",
)


class PartnershipApi(NinjaAPI):
    """Ninja's API with an entity tag on every reading, so that an unchanged list costs no transfer."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._described: dict[str, OpenAPISchema] = {}
        self._describing = threading.Lock()

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().create_response(request, data, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if request.method not in ("GET", "HEAD") or response.status_code != 200:
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        conditional = get_conditional_response(request, etag=etag, response=response)
        return conditional if isinstance(conditional, HttpResponse) else response

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Describe every operation, with the answers that all of them may give.

        Operations do not change while the process runs and describing them takes most of a second, so each
        prefix is described once. Whoever gets the document must not change it.
        """
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        with self._describing:
            if prefix not in self._described:
                document: OpenAPISchema = super().get_openapi_schema(path_prefix=prefix)
                add_problems(document)
                self._described[prefix] = document
            return self._described[prefix]


def _routers() -> list[tuple[str, Router]]:
    """(prefix, router) of every module that has one: spanning parts first, then domains in order."""
    modules = [(name, f"schoolward.api.routers.{name}") for name in SPANNING]
    modules.append(("reports", "schoolward.reports.api"))
    modules += [(name, f"schoolward.domains.{name}.api") for name in settings.DOMAINS]
    modules.append(("collisions", "schoolward.domains.routes.api.collisions"))
    return [(name, import_module(module).router) for name, module in modules if find_spec(module)]


def build() -> PartnershipApi:
    """Assemble the API. Called once, by ``urls``."""
    api = PartnershipApi(
        title="Schoolward",
        version=VERSION,
        description="What the pages show and the command line prints, over HTTP.",
        urls_namespace="api",
        docs_url=None,
        docs_decorator=require_safe,
        auth=[BearerToken(), SessionMember()],
        throttle=[AnonRateThrottle(settings.API_RATE_ANONYMOUS), AuthRateThrottle(settings.API_RATE_KNOWN)],
    )
    problems.install(api)
    api.add_decorator(takes_only_what_it_knows)
    for name, router in _routers():
        api.add_router(f"/{name}", router, tags=[name])
    return api
