"""Errors as ``application/problem+json`` (RFC 9457): what went wrong, in words, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import ObjectDoesNotExist
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from pydantic import ValidationError as PydanticValidationError

from schoolward.domains.places.queries import UnknownSite
from schoolward.platform.access.middleware import record_denial
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.audit.guard import AnchorFault
from schoolward.platform.measures.registry import UnknownMeasure
from schoolward.platform.ui.explained import STATUS as CONFLICT
from schoolward.platform.ui.explained import CannotBeShown

CONTENT_TYPE = "application/problem+json"
log = structlog.get_logger(__name__)


def problem(request: HttpRequest, status: int, detail: str, **members: Any) -> JsonResponse:
    """One problem document. ``title`` is the status in words; ``members`` are extension members."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
        **members,
    }
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def _invalid(request: HttpRequest, exc: ValidationError) -> JsonResponse:
    errors = [
        {
            "field": ".".join(str(part) for part in error.get("loc", ())) or next(iter(error)),
            "error": _in_words(error),
        }
        for error in exc.errors
    ]
    told = [
        f"{_name(error.get('loc', ())) or one['field']}: {one['error']}"
        for error, one in zip(exc.errors, errors, strict=True)
    ]
    return problem(request, 422, "; ".join(told), errors=errors)


def _name(location: Sequence[Any]) -> str:
    """What the caller calls a value: without where it was looked for and our own name for the whole."""
    first = 2 if location[:1] == ("body",) and len(location) > 2 else 1
    return ".".join(str(part) for part in location[first:])


def _in_words(error: dict[str, Any]) -> str:
    """What is wrong with a value, where the library's own words would need its manual."""
    kind, limits = error.get("type"), error.get("ctx") or {}
    if kind == "missing":
        return "is missing; send it"
    is_empty = kind == "string_too_short" and limits.get("min_length") == 1
    if is_empty or (kind == "string_pattern_mismatch" and limits.get("pattern") == r"\S"):
        return "is empty; write something"
    if kind == "string_pattern_mismatch" and limits.get("pattern") == r"^[^\x00]*$":
        return "holds a NUL character; leave it out"
    return str(error.get("msg") or next(iter(error.values())))


def _bad_cursor(request: HttpRequest, exc: PydanticValidationError) -> JsonResponse:
    """A cursor that decodes but holds nonsense. Anything else of this kind is our own fault."""
    if exc.title != "Cursor":
        return _unexpected(request, exc)
    return problem(
        request, 422, "cursor: not one of ours; start again without it", errors=[{"field": "query.cursor"}]
    )


def _refused_value(request: HttpRequest, exc: DjangoValidationError) -> JsonResponse:
    by_field = exc.message_dict if hasattr(exc, "error_dict") else {"": exc.messages}
    errors = [{"field": field, "error": text} for field, texts in by_field.items() for text in texts]
    return problem(request, 422, "; ".join(exc.messages), errors=errors)


def _refused(request: HttpRequest, exc: Refusal) -> JsonResponse:
    return problem(request, 422, str(exc), errors=[{"field": exc.field, "error": str(exc)}])


def _denied(request: HttpRequest, exc: AccessDenied) -> JsonResponse:
    try:
        record_denial(request, exc)
    except AnchorFault as fault:
        return _unanchored(request, fault)
    return problem(
        request,
        403,
        f"Your role, or your token, does not carry the permission {exc.permission}.",
        permission=exc.permission,
    )


def _unanchored(request: HttpRequest, exc: AnchorFault) -> JsonResponse:
    """Logged with the file's place, told without it."""
    log.error("audit.refused", path=request.path, why=str(exc))
    return problem(
        request,
        503,
        "The audit's anchor is missing or does not fit, so nothing is done that has to be on record; "
        "`schoolward doctor` on the server says how to mend it.",
    )


def _missing(request: HttpRequest, exc: Exception) -> JsonResponse:
    return problem(request, 404, "There is no such record.")


def _unknown(request: HttpRequest, exc: LookupError) -> JsonResponse:
    return problem(request, 404, str(exc.args[0]))


def _explained(request: HttpRequest, exc: CannotBeShown) -> JsonResponse:
    return problem(request, CONFLICT, str(exc))


def _http(request: HttpRequest, exc: HttpError) -> JsonResponse:
    response = problem(request, exc.status_code, exc.message)
    if exc.status_code == 401:
        response["WWW-Authenticate"] = 'Bearer realm="schoolward"'
    if isinstance(exc, Throttled) and exc.wait:
        response["Retry-After"] = str(exc.wait)
    return response


def _unexpected(request: HttpRequest, exc: Exception) -> JsonResponse:
    """Our own fault: logged with its trace, told without it."""
    log.error("api failed", path=request.path, exc_info=exc)
    return problem(request, 500, "The server failed. The failure is in its log.")


_HANDLERS: dict[type[Exception], Callable[..., JsonResponse]] = {
    ValidationError: _invalid,
    PydanticValidationError: _bad_cursor,
    DjangoValidationError: _refused_value,
    AccessDenied: _denied,
    Refusal: _refused,
    AnchorFault: _unanchored,
    HttpError: _http,
    CannotBeShown: _explained,
    UnknownMeasure: _unknown,
    UnknownSite: _unknown,
    Http404: _missing,
    ObjectDoesNotExist: _missing,
    Exception: _unexpected,
}


def not_found(request: HttpRequest, url: str) -> JsonResponse:
    """Answer for an address below the API at which nothing stands."""
    return problem(request, 404, "Nothing stands at this address; /api/v1/docs lists what there is.")


def explains_methods(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say in words that a view does not answer to a method."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        allowed = response["Allow"]
        told = problem(request, 405, f"{request.method} is not answered here; {allowed} is.")
        told["Allow"] = allowed
        return told

    return answer


def install(api: NinjaAPI) -> None:
    """Give the API its exception handlers."""
    for kind, handler in _HANDLERS.items():
        api.add_exception_handler(kind, handler)
