"""A number too large for the database, wherever one may be asked for: refused, and never a failure."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from schoolward.api.urls import api
from schoolward.domains.work.models import WorkItem
from schoolward.platform.ui.lists import ListPage
from web.access_matrix import ADMIN, PUBLIC, ROW_FIRST, SPECIAL, cells_of
from web.callers import _no_rate_limits, actors, everybody  # noqa: F401 - fixtures
from web.test_access_matrix import (
    BODIES,
    SAMPLES,
    URLS,
    Url,
    is_expected,
    send,
)

TOO_LARGE = (str(2**63), "9" * 23)
ASKED_OF_PAGES = ("page", "per_page", "sort", "from", "to", "as_of", "on", "site", "campus", "year", "number")
# Devices are asked for their token first: `test_openrosa.py` asks with one.
BY_PATH = [url for url in URLS if SAMPLES["int"] in url.path and not url.name.startswith("openrosa:")]
PAGES = [
    url
    for url in URLS
    if "GET" in (cells_of(url.name) or {}) and not url.name.startswith(("admin:", "api:", "account_", "mfa_"))
]
OPERATIONS: dict[str, Any] = dict(api.get_openapi_schema())


def list_pages(patterns: list[Any]) -> dict[str, type[ListPage]]:
    """The list pages by the end of their URL's name."""
    found: dict[str, type[ListPage]] = {}
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            found |= {
                f"{pattern.namespace}:{name}" if pattern.namespace else name: view
                for name, view in list_pages(pattern.url_patterns).items()
            }
        else:
            view = getattr(pattern.callback, "view_class", None)
            if view is not None and issubclass(view, ListPage):
                found[pattern.name] = view
    return found


LISTS = list_pages(get_resolver().url_patterns)


def in_query(schema: dict[str, Any]) -> bool:
    """Whether a parameter's schema takes a whole number."""
    return schema.get("type") == "integer" or any(in_query(option) for option in schema.get("anyOf", ()))


ASKED_OF_API = [
    (path, parameter["name"])
    for path, methods in OPERATIONS["paths"].items()
    for parameter in methods.get("get", {}).get("parameters", ())
    if parameter["in"] == "query" and in_query(parameter["schema"])
]


def somebody_let_in(actors: dict[str, Client], rule: str) -> Client:  # noqa: F811 - the fixture's value
    """Somebody whom the rule lets get as far as the number."""
    if rule in (PUBLIC, SPECIAL, ADMIN):
        return actors["administrator"]
    return next(client for name, client in actors.items() if is_expected(rule.removeprefix(ROW_FIRST), name))


@pytest.mark.parametrize("url", BY_PATH, ids=lambda url: url.name)
def test_in_a_path(url: Url, actors: dict[str, Client]) -> None:  # noqa: F811
    for method, rule in (cells_of(url.name) or {}).items():
        client = somebody_let_in(actors, rule)
        for number in TOO_LARGE:
            asked = Url(url.name, url.path.replace(SAMPLES["int"], number))
            answer = send(client, method, asked)
            refused = (302, 403, 404, 422) if rule.startswith(ROW_FIRST) else (302, 404, 422)
            assert answer.status_code in refused, f"{method} {asked.path}: {answer.status_code}"


@pytest.mark.parametrize("url", PAGES, ids=lambda url: url.name)
def test_in_a_pages_query(url: Url, actors: dict[str, Client]) -> None:  # noqa: F811
    client = somebody_let_in(actors, cells_of(url.name)["GET"])  # type: ignore[index]
    filters = getattr(LISTS.get(url.name), "filterset_class", None)
    names = {*ASKED_OF_PAGES, *(filters.base_filters if filters else ())}
    failed = [
        f"{url.path}?{name}={number}"
        for name in sorted(names)
        for number in TOO_LARGE
        if client.get(url.path, {name: number}).status_code >= 500
    ]
    assert failed == []


@pytest.mark.parametrize(("path", "name"), ASKED_OF_API)
def test_in_the_apis_query(path: str, name: str, actors: dict[str, Client]) -> None:  # noqa: F811
    caller = actors["administrator" if "audit" in path else "lead"]
    for number in TOO_LARGE:
        answer = caller.get(path, {name: number})
        if name == "page_size":  # as large as it may be, whatever is asked
            assert answer.status_code == 200
            continue
        assert answer.status_code == 422, f"{path}?{name}={number}: {answer.status_code}"
        assert f"{name}: Input should be less than or equal to" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("url_name", "field"),
    [("work_propose", "campus_id"), ("work_propose", "estimate_cents"), ("incident_record", "campus_id")],
)
def test_in_what_is_sent(url_name: str, field: str, actors: dict[str, Client]) -> None:  # noqa: F811
    for number in map(int, TOO_LARGE):
        sent = {**BODIES[f"api:{url_name}"], field: number}
        answer = actors["lead"].post(reverse(f"api:{url_name}"), sent, content_type="application/json")
        assert answer.status_code == 422
        assert f"{field}: Input should be less than or equal to" in answer.json()["detail"]
        assert not WorkItem.objects.exists()


def test_there_is_something_to_ask() -> None:
    assert len(BY_PATH) > 40
    assert {"incidents:list", "work:list"} <= set(LISTS)
    assert (reverse("api:incidents"), "campus_id") in ASKED_OF_API
    assert (reverse("api:incidents"), "offset") in ASKED_OF_API
