"""What nobody should send is refused with a reason, on the pages and over HTTP, and never breaks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from schoolward.domains.work.models import WorkItem
from schoolward.domains.work.states import State

pytestmark = pytest.mark.django_db
MONEY = ["1" + "0" * 30, "-1", "NaN", "1e309", "Infinity", "1.001", "ten"]
DAYS = ["2012-02-31", "0000-00-00", "99999-01-01", "2012-13-01", "tomorrow", ""]
URL = "/api/v1/work"


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> None:
    settings.DEMO = True


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("estimate_cents", value) for value in ("1" + "0" * 30, "-1", "NaN", "1e309", "1.5", str(10**12))),
        ("title", '""'),
        ("title", '"  "'),
        ("title", json.dumps("x" * 201)),
        ("title", r'"a\u0000b"'),
        ("title", r'"a\ud800b"'),
        ("description", json.dumps("x" * 5001)),
        ("description", r'"a\u0000b"'),
        ("description", r'"a\ud800b"'),
        ("campus_id", "999999"),
        ("campus_id", "1" + "0" * 30),
        ("campus_id", "-1"),
        ("kind", '"gift"'),
        ("trade", '"magic"'),
        ("severity", '"dire"'),
    ],
)
def test_the_api_refuses(client_of: Any, field: str, value: str) -> None:
    sent = {"title": '"Repair the gate"', field: value}
    body = "{" + ", ".join(f'"{name}": {given}' for name, given in sent.items()) + "}"

    response = client_of("lead").post(URL, data=body, content_type="application/json")

    assert response.status_code == 422, response.content
    assert field in response.content.decode() or "site" in response.content.decode()
    assert not WorkItem.objects.exists()


def test_the_api_takes_the_dearest_work_that_the_form_takes(client_of: Any) -> None:
    sent = {"title": "Build", "estimate_cents": 10**12 - 1}

    response = client_of("lead").post(URL, data=sent, content_type="application/json")

    assert response.status_code == 201


@pytest.mark.parametrize("number", [0, 999_999, 10**30])
def test_the_api_knows_no_such_work(client_of: Any, number: int) -> None:
    assert client_of("lead").get(f"{URL}/{number}").status_code == 404


def _refused(client: Any, url: str, field: str, sent: dict[str, str]) -> None:
    response = client.post(url, sent)

    assert response.status_code == 422
    assert field in response.context["form"].errors


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("estimate", value) for value in MONEY),
        *(("campus_id", value) for value in ("999999", "1" + "0" * 30, "-1", "oak")),
        *(("title", value) for value in ("", "  ", "x" * 201, "a\0b")),
        *(("description", value) for value in ("x" * 5001, "a\0b")),
        *((name, "other thing") for name in ("kind", "trade", "severity")),
    ],
)
def test_the_form_for_a_proposal_refuses(client_of: Any, field: str, value: str) -> None:
    sent = {"title": "Repair the gate", "kind": "task", "trade": "other", "severity": "low", field: value}

    _refused(client_of("lead"), reverse("work:propose"), field, sent)

    assert not WorkItem.objects.exists()


@pytest.mark.parametrize(
    ("state", "move", "field", "value"),
    [
        *((State.PROPOSED, "accept", "due", value) for value in [*DAYS, "1900-01-01"]),
        *((State.PROPOSED, "accept", "estimate", value) for value in MONEY),
        *((State.ACCEPTED, "fund", "amount", value) for value in [*MONEY, ""]),
        *((State.ACCEPTED, "fund", "money_source", value) for value in ("", "x" * 201, "a\0b")),
        *((State.FUNDED, "schedule", "planned_on", value) for value in [*DAYS, "1900-01-01"]),
        *((State.SCHEDULED, "complete", "done_on", value) for value in [*DAYS, "1900-01-01", "2999-01-01"]),
        *((State.SCHEDULED, "complete", "actual", value) for value in [*MONEY, ""]),
        *((State.PROPOSED, "decline", "reason", value) for value in ("", "  ", "x" * 2001)),
    ],
)
def test_the_forms_of_moves_refuse(
    client_of: Any, proposed: WorkItem, advance: Any, state: State, move: str, field: str, value: str
) -> None:
    advance(proposed, state)
    good = {
        "due": "2013-01-07",
        "planned_on": "2013-01-07",
        "done_on": "2012-09-06",
        "amount": "1",
        "actual": "1",
        "money_source": "Grant",
    }

    _refused(client_of("lead"), _move(proposed, move), field, {**good, field: value})

    proposed.refresh_from_db()
    assert proposed.state == state


def _move(item: WorkItem, move: str) -> str:
    return reverse("work:move", args=[item.pk, move])
