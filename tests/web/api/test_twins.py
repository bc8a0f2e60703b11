"""What the pages and the command line do, done over HTTP."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from tests.cli.conftest import Ended

from schoolward.domains.work.models import WorkItem
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def post(client: Client, path: str, **sent: Any) -> Any:
    return client.post(f"/api/v1/{path}", sent, content_type="application/json")


def test_work_goes_its_whole_way(client_of: SignIn, settings: LazySettings) -> None:
    settings.DEMO = True
    lead, keeper = client_of("lead"), client_of("facilities")
    item = post(lead, "work", title="Mend the gate").json()["id"]
    steps = [
        (lead, "accept", {"due": "2012-10-01", "estimate_cents": 120_000}, "accepted"),
        (lead, "fund", {"amount_cents": 0, "money_source": "no cost"}, "funded"),
        (keeper, "schedule", {"planned_on": "2012-09-20"}, "scheduled"),
        (keeper, "complete", {"actual_cents": 99_900, "done_on": "2012-09-06"}, "done"),
    ]
    for who, move, sent, state in steps:
        told = post(who, f"work/{item}/{move}", **sent)
        assert (told.status_code, told.json().get("state")) == (200, state), told.content
    early = post(lead, f"work/{item}/verify")
    assert early.status_code == 409, "there is no evidence yet"
    proof = keeper.post(f"/api/v1/work/{item}/evidence", {"text": "The gate closes."})
    assert (proof.status_code, proof.json()["kind"]) == (201, "note"), proof.content
    assert post(keeper, f"work/{item}/verify").status_code == 409, "who did it does not verify it"
    assert post(lead, f"work/{item}/verify").json()["state"] == "verified"
    reopened = post(lead, f"work/{item}/reopen", reason="It broke again.")
    assert (reopened.status_code, reopened.json()["state"]) == (200, "accepted")
    assert post(lead, f"work/{item}/accept", due="2012-10-01").status_code == 409


@pytest.mark.parametrize(
    ("move", "sent", "field"),
    [
        ("accept", {"due": "2001-01-01"}, "due"),
        ("accept", {"due": "soon"}, "due"),
        ("accept", {"due": "2012-10-01", "estimate_cents": -1}, "estimate_cents"),
        ("decline", {"reason": " "}, "reason"),
        ("decline", {"reason": "a\0b"}, "reason"),
        ("decline", {}, "reason"),
    ],
)
def test_a_value_that_is_refused_is_named(
    client_of: SignIn, settings: LazySettings, move: str, sent: dict[str, Any], field: str
) -> None:
    settings.DEMO = True
    lead = client_of("lead")
    item = post(lead, "work", title="Mend the gate").json()["id"]
    told = post(lead, f"work/{item}/{move}", **sent)
    assert told.status_code == 422, told.content
    assert field in told.json()["detail"]
    assert WorkItem.objects.get().state == "proposed"


def test_a_photograph_needs_its_file(client_of: SignIn, settings: LazySettings) -> None:
    settings.DEMO = True
    lead = client_of("lead")
    item = post(lead, "work", title="Mend the gate").json()["id"]
    assert lead.post(f"/api/v1/work/{item}/evidence", {"kind": "photo"}).status_code == 422
    text = io.BytesIO(b"not a picture")
    text.name = "gate.jpg"
    assert lead.post(f"/api/v1/work/{item}/evidence", {"kind": "photo", "file": text}).status_code == 422


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_table_is_taken_out_and_put_on_record(client_of: SignIn, form: str) -> None:
    client = client_of("lead")
    keys = {table["key"] for table in client.get("/api/v1/exports").json()}
    assert {"schools", "incidents"} <= keys
    answer = client.get(f"/api/v1/exports/schools?format={form}")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="schools.{form}"'
    if form == "csv":
        assert next(csv.reader([content.decode()]))[0] == "cds_code"
    assert Event.objects.filter(action="exchange.exported", subject="exchange:schools").count() == 1
    assert client.get("/api/v1/exports/nothing").status_code == 404
    assert client.get("/api/v1/exports/schools?format=pdf").status_code == 422


def test_a_table_that_is_not_ones_own_stays(client_of: SignIn) -> None:
    client = client_of("provider")
    assert "incidents" not in {table["key"] for table in client.get("/api/v1/exports").json()}
    assert client.get("/api/v1/exports/incidents").status_code == 403
    assert not Event.objects.filter(action="exchange.exported").exists()


def test_search_finds_what_the_page_finds(client_of: SignIn) -> None:
    client = client_of("lead")
    table = io.BytesIO(b"cds_code,name,kind,address\n34670000000001,Maple,Elementary,100 First Street\n")
    table.name = "schools.csv"
    client.post("/api/v1/imports/schools", {"file": table})
    found, *_others = client.get("/api/v1/search?q=maple").json()
    assert found["hits"][0]["title"] == "Maple"
    assert found["hits"][0]["url"].startswith("/places/")
    assert client.get("/api/v1/search?q=m").json() == []
    assert client.get("/api/v1/search").json() == []


def test_accounts_are_those_of_the_command_line(client_of: SignIn, schoolward: Callable[..., Ended]) -> None:
    client_of("lead")
    told = client_of("administrator").get("/api/v1/accounts").json()
    assert len(told) == 2
    assert told == schoolward("accounts", "list", "--json").json
