"""The reference page of the API: drawn from its own OpenAPI document, with no script from elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View
from ninja import NinjaAPI

METHODS = ("get", "post", "put", "patch", "delete")


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations of an OpenAPI document by tag, in the order of its paths."""
    by_tag: dict[str, list[dict[str, Any]]] = {}
    for path, item in schema["paths"].items():
        for method in METHODS:
            if method not in item:
                continue
            found = item[method]
            tag = (found.get("tags") or [""])[0]
            by_tag.setdefault(tag, []).append(
                {
                    "id": found["operationId"],
                    "method": method.upper(),
                    "path": path,
                    "summary": found.get("summary", ""),
                    "description": found.get("description", "").replace("``", ""),
                    "parameters": [
                        {**parameter, "kind": _kind(parameter["schema"])}
                        for parameter in found.get("parameters", ())
                    ],
                }
            )
    return [{"tag": tag, "operations": found} for tag, found in by_tag.items()]


def _kind(schema: dict[str, Any]) -> str:
    """A parameter's type in words: ``date``, ``string or nothing``."""
    if "anyOf" in schema:
        return " or ".join(_kind(option) for option in schema["anyOf"])
    return {"null": "nothing"}.get(schema.get("type", ""), schema.get("format") or schema.get("type", ""))


class Documentation(View):
    """What can be asked, with parameters and an example call."""

    http_method_names = ("get", "head", "options")

    api: NinjaAPI | None = None

    def get(self, request: HttpRequest) -> HttpResponse:
        assert self.api is not None  # noqa: S101 - given by urls
        schema = self.api.get_openapi_schema()
        return render(request, "api/docs.html", {"info": schema["info"], "groups": operations(dict(schema))})
