"""Parameters and form fields that an operation does not know are refused: a slip must not change the answer.

``?dry-run=true`` was once taken for nothing, and a file that somebody only wanted to look at was imported.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from ninja.errors import ValidationError
from ninja.operation import Operation

FORM_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of the field, which forms of a session send
SOURCES = {"query": ("query",), "form": ("form", "file")}


def takes_only_what_it_knows(view: Callable[..., Any]) -> Callable[..., Any]:
    """Make an operation answer 422 where it is sent a parameter that it does not have, naming the nearest."""
    operation: Operation = view._ninja_operation  # type: ignore[attr-defined]
    known = {place: _names(operation, sources) for place, sources in SOURCES.items()}

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **values: Any) -> Any:
        sent = {"query": set(request.GET), "form": {*request.POST, *request.FILES} - {FORM_TOKEN}}
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


def _mend(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"there is no such parameter; did you mean {near[0]}?"
    if known:
        return f"there is no such parameter; there are {', '.join(sorted(known))}"
    return "there is no such parameter, nor any other; leave it out"
