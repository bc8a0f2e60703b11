"""What nobody should send is refused with a reason, on the pages and over HTTP, and never breaks."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from schoolward.domains.initiatives import actions
from schoolward.domains.initiatives.models import (
    Blocker,
    Decision,
    Initiative,
    Meeting,
    Milestone,
    StatusUpdate,
)

pytestmark = pytest.mark.django_db
LARGE = "1" + "0" * 30
DAYS = ["2012-02-31", "0000-00-00", "0001-01-01", "9999-12-31", "99999-01-01", "tomorrow"]
LONG = ["x" * 2001, "a\0b"]
LINE = ["", "  ", "x" * 301, "a\0b"]
TITLE = ["", "  ", "x" * 201, "a\0b"]
PERCENT = [LARGE, "-1", "101", "NaN", "1e309", "1.5", "half", ""]
GOOD = {
    "title": "Fences",
    "kind": "initiative",
    "strand": "results",
    "owner_role": "lead",
    "note": "On its way.",
    "percent": "40",
    "due": "2013-01-07",
    "reason": "Parts are late.",
    "status": "stopped",
    "done_on": "2012-09-06",
    "evidence": "Invoice 12.",
    "needs": "The city signs.",
    "how": "Signed.",
    "held_on": "2012-09-06",
    "text": "Go on.",
}


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> None:
    settings.DEMO = True


def everything() -> list[object]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Initiative, Milestone, Blocker, StatusUpdate, Meeting, Decision)
    ]


@pytest.mark.parametrize(
    ("page", "field", "value"),
    [
        *(("open", "title", value) for value in TITLE),
        *(("open", "summary", value) for value in LONG),
        *(("open", "objective_id", value) for value in ("999999", LARGE, "-1", "oak")),
        *(("open", name, "other") for name in ("kind", "strand", "owner_role")),
        *(("open", name, value) for name in ("start", "due") for value in DAYS),
        *(("edit", "title", value) for value in TITLE),
        *(("edit", "start", value) for value in DAYS),
        *(("report", "percent", value) for value in PERCENT),
        *(("report", "note", value) for value in ["", " ", *LONG]),
        *(("report", "colour", value) for value in ("blue", "x" * 3000)),
        *(("report", name, value) for name in ("override_reason", "evidence") for value in LONG),
        *(("report_line", "percent", value) for value in PERCENT),
        *(("report_line", "note", value) for value in LINE),
        *(("change_due", "due", value) for value in [*DAYS, ""]),
        *(("change_due", "reason", value) for value in ["", " ", *LONG]),
        ("close", "status", "lost"),
        *(("add_milestone", "title", value) for value in TITLE),
        *(("add_milestone", "due", value) for value in [*DAYS, ""]),
        *(("raise_blocker", "title", value) for value in TITLE),
        *(("raise_blocker", "needs", value) for value in LINE),
        *(("reach_milestone", "done_on", value) for value in [*DAYS, "", "2999-01-01"]),
        *(("reach_milestone", "evidence", value) for value in ["", " ", *LONG]),
        *(("clear_blocker", "how", value) for value in LINE),
        *(("hold_meeting", "held_on", value) for value in [*DAYS, "", "2999-01-01"]),
        *(("hold_meeting", "note", value) for value in LONG),
        *(("decide", "initiative_id", value) for value in ("999999", LARGE, "-1", "oak", "")),
        *(("decide", "text", value) for value in ["", " ", *LONG]),
    ],
)
def test_the_pages_refuse(
    client_of: Any, cameras: Initiative, team: Initiative, by: Any, at: Any, page: str, field: str, value: str
) -> None:
    milestone = actions.add_milestone(
        initiative_id=cameras.pk, title="Parts", due=date(2012, 12, 1), by=by, at=at
    )
    blocker = actions.raise_blocker(initiative_id=cameras.pk, title="No key", needs="A key", by=by, at=at)
    row: dict[str, list[Any]] = {
        "open": [],
        "reach_milestone": [milestone.pk],
        "clear_blocker": [blocker.pk],
        "hold_meeting": [team.key],
        "decide": [team.key],
    }
    before = everything()
    sent = {**GOOD, "initiative_id": str(cameras.pk), field: value}

    response = client_of("lead").post(reverse(f"initiatives:{page}", args=row.get(page, [cameras.key])), sent)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert everything() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("percent", value) for value in (LARGE, "-1", "101", "1.5", "NaN", "1e309", '"half"', "null")),
        *(("note", json.dumps(value)) for value in ["", " ", *LONG]),
        ("note", r'"a\ud800b"'),
        ("note", "7"),
        *(("colour", value) for value in ('"blue"', "7", json.dumps("x" * 3000))),
        *((name, json.dumps(value)) for name in ("override_reason", "evidence") for value in LONG),
    ],
)
def test_the_api_refuses(client_of: Any, cameras: Initiative, field: str, value: str) -> None:
    sent = {"note": '"On its way."', "percent": "40", field: value}
    body = "{" + ", ".join(f'"{name}": {given}' for name, given in sent.items()) + "}"

    response = client_of("lead").post(
        f"/api/v1/initiatives/{cameras.key}/reports", data=body, content_type="application/json"
    )

    assert response.status_code in (400, 422), response.content
    assert not StatusUpdate.objects.exists()


def test_the_api_names_the_field(client_of: Any, cameras: Initiative) -> None:
    response = client_of("lead").post(
        f"/api/v1/initiatives/{cameras.key}/reports",
        data={"note": "On its way.", "percent": 101},
        content_type="application/json",
    )

    assert response.json()["detail"] == "percent: Ensure this value is less than or equal to 100."


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2012-02-31", "oak"])
def test_a_day_that_is_a_slip(client_of: Any, cameras: Initiative, day: str) -> None:
    client = client_of("lead")

    assert client.get(f"/api/v1/initiatives?as_of={day}").status_code in (200, 422)
    assert client.get(f"/api/v1/initiatives/{cameras.key}?as_of={day}").status_code in (200, 422)
