"""The API's own description is whole, and says what is sent."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from schoolward.api import shapes
from schoolward.api.urls import api
from schoolward.platform.audit.verify import verify
from schoolward.platform.exchange.report import Report
from schoolward.platform.health.registry import diagnose
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import read

DOCUMENT: dict[str, Any] = dict(api.get_openapi_schema())
# What holds files, and what is still to be given one by its own router.
WITHOUT_SHAPE = (
    "get /api/v1/assessments/instruments/{version_id}/file",
    "get /api/v1/assessments/instruments/{version_id}/fillings",
    "get /api/v1/exports/{key}",
    "get /api/v1/reports/{report}/files/{kind}",
    "get /api/v1/reports/site-profiles/{site}/{copy_name}/files/{kind}",
    "get /api/v1/reports/corrective-actions/files/{kind}",
    "get /api/v1/reports/award-packs/{key}/files/{kind}",
    "get /api/v1/reports/route-application/files/{kind}",
    "get /api/v1/reports/funding-plans/{plan_id}/letters/{award}/files/{kind}",
    "get /api/v1/reports/funding-plans/{plan_id}/board-item/files/{kind}",
    "get /api/v1/reports/batches/{batch_id}/file",
    "get /api/v1/grants/calendar.ics",
    "get /api/v1/routes/events.ics",
    "get /api/v1/routes/schools/{key}/map/sheet",
    "get /api/v1/routes/barriers/{pk}/photo",
)
SignIn = Callable[[str], Client]


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def test_every_answer_has_a_shape() -> None:
    shapeless = [
        f"{method} {path}"
        for path, method, operation in operations()
        if 204 not in operation["responses"]
        and not any(told.get("content") for status, told in operation["responses"].items() if status < 300)
    ]
    assert [told for told in shapeless if not told.startswith(WITHOUT_SHAPE)] == []


def test_every_operation_says_how_it_fails() -> None:
    assert "Problem" in DOCUMENT["components"]["schemas"]
    for path, method, operation in operations():
        told = operation["responses"]
        wanted = {401, 403, 422, 429, 503} | ({404} if "{" in path else set())
        assert wanted <= told.keys(), f"{method} {path}"
        for status in wanted:
            assert list(told[status]["content"]) == ["application/problem+json"]


def test_every_reference_stands_for_something() -> None:
    def references(part: object) -> Iterator[str]:
        if isinstance(part, dict):
            yield from (part[key] for key in part if key == "$ref")
            for inner in part.values():
                yield from references(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from references(inner)

    known = {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}
    assert set(references(DOCUMENT)) <= known


@pytest.mark.django_db
def test_a_shape_leaves_nothing_out(at: Any) -> None:
    today = date(2012, 9, 6)
    reading = read("incidents.total", Period(None, None, today)).as_json()
    report = Report()
    report.reject(2, "name", "", "is blank", "Fill it in.")
    found = verify()
    found.add("edited", 1, "event 1 is not what was written")
    [check, *_others] = diagnose(at=at)
    for shape, sent in (
        (shapes.ReadingOut, reading),
        (shapes.TraceOut, reading | {"amounts": []}),  # which depend on who asks
        (shapes.ImportOut, report.as_json()),
        (shapes.RejectionOut, report.as_json()["rejected"][0]),
        (shapes.VerificationOut, found.as_json()),
        (shapes.FaultOut, found.as_json()["faults"][0]),
        (shapes.CheckOut, check.as_json()),
    ):
        assert set(shape.model_fields) == set(sent), shape.__name__


@pytest.mark.django_db
def test_a_trace_is_that_of_the_command_line(client_of: SignIn, schoolward: Callable[..., Any]) -> None:
    table = io.BytesIO(b"cds_code,name,kind,address\n34670000000001,Maple,Elementary,100 First Street\n")
    table.name = "schools.csv"
    client = client_of("lead")
    assert client.post("/api/v1/imports/schools", {"file": table}).json()["created"] == 1
    for key in ("campuses.operating", "incidents.total"):
        asked = (key, "--as-of", "2012-09-06", "--json")
        for place, command in (("trace", "trace"), ("measures", "measure")):
            answer = client.get(f"/api/v1/{place}/{key}?as_of=2012-09-06")
            assert answer.json() == schoolward(command, *asked).json
    assert len(client.get("/api/v1/trace/campuses.operating?as_of=2012-09-06").json()["records"]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nosuch", 404),
        ("GET", "/api/v2/measures", 404),
        ("GET", "/api/", 404),
        ("POST", "/api/v1/nosuch/1", 404),
        ("DELETE", "/api/v1/measures", 405),
        ("POST", "/api/v1/doctor", 405),
        ("PUT", "/api/v1/imports/schools", 405),
    ],
)
def test_what_is_not_there_is_a_problem_too(client: Client, method: str, path: str, status: int) -> None:
    answer = client.generic(method, path)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert (status == 405) == answer.has_header("Allow")
