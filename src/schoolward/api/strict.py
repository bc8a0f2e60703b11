"""Parameters and fields that an operation does not know are refused: a slip must not change the answer.

``?dry-run=true`` was once taken for nothing, and a file that somebody only wanted to look at was imported.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from ninja.errors import ValidationError
from ninja.operation import Operation
from pydantic import BaseModel

FORM_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of the field, which forms of a session send
SOURCES = {"query": ("query",), "form": ("form", "file")}


def takes_only_what_it_knows(view: Callable[..., Any]) -> Callable[..., Any]:
    """Make an operation answer 422 where it is sent a parameter that it does not have, naming the nearest."""
    operation: Operation = view._ninja_operation  # type: ignore[attr-defined]
    known = {place: _names(operation, sources) for place, sources in SOURCES.items()} | {
        "body": _body_names(operation)
    }

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **values: Any) -> Any:
        sent = {
            "query": set(request.GET),
            "form": {*request.POST, *request.FILES} - {FORM_TOKEN},
            "body": _body_fields(request),
        }
        errors = [
            {"loc": (place, name), "msg": _mend(name, known[place])}
            for place, names in sent.items()
            for name in sorted(names - known[place])
        ]
        if errors:
            raise ValidationError(errors)
        return view(request, *args, **values)

    return checked


def _names(operation: Operation, sources: Iterable[str]) -> set[str]:
    """The names under which an operation is sent values from these sources."""
    return {
        name
        for model in operation.models
        if model.__ninja_param_source__ in sources
        for name in getattr(model, "__ninja_flatten_map__", model.model_fields)
    }


def _body_names(operation: Operation) -> set[str]:
    """The names of the fields of the JSON object that an operation takes."""
    return {
        field.alias or name
        for model in operation.models
        if model.__ninja_param_source__ == "body"
        for sent in model.model_fields.values()
        if isinstance(sent.annotation, type) and issubclass(sent.annotation, BaseModel)
        for name, field in sent.annotation.model_fields.items()
    }


def _body_fields(request: HttpRequest) -> set[str]:
    """The names of the fields of the JSON object that was sent, if one was."""
    if request.content_type != "application/json" or not request.body:
        return set()
    told = json.loads(request.body)  # the operation has read it already
    return set(told) if isinstance(told, dict) else set()


def _mend(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"there is no such parameter; did you mean {near[0]}?"
    if known:
        return f"there is no such parameter; there are {', '.join(sorted(known))}"
    return "there is no such parameter, nor any other; leave it out"
