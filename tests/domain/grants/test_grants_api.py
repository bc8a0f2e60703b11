"""Grants over HTTP, the job, the health check and the calendar's form."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from schoolward.domains.grants.health_checks import sums
from schoolward.domains.grants.models import Award, Entry, LapseAlert, MonthSum
from schoolward.domains.grants.tasks import warn_of_lapses
from schoolward.platform.access.viewer import Viewer
from schoolward.protocols.icalendar import WholeDay, calendar

ClientOf = Callable[..., Client]


def test_events_are_escaped_and_folded() -> None:
    event = WholeDay("1@x", date(2012, 12, 31), "a; b, c\\d\n" + "ü" * 80, url="https://example.org/")
    made = calendar([event], name="N", product="P", at=datetime(2012, 9, 6, 19, tzinfo=UTC))
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    unfolded = made.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:a\\; b\\, c\\\\d\\n" + "ü" * 80 + "\r\n" in unfolded
    assert "DTSTART;VALUE=DATE:20121231\r\nDTEND;VALUE=DATE:20130101\r\n" in unfolded
    assert "DTSTAMP:20120906T190000Z" in unfolded
    assert made.endswith(b"END:VCALENDAR\r\n")


@pytest.mark.django_db
def test_awards_entries_and_a_blocked_entry(
    award: Award, post: Callable[..., Entry], client_of: ClientOf
) -> None:
    post("expenditure", 100_00)
    analyst = client_of("grants_analyst")
    stood = analyst.get(f"/api/v1/grants/{award.key}?as_of=2012-09-06").json()
    assert stood["balances"]["expended"] == 100_00
    assert stood["lapse"]["days_left"] == 24
    assert analyst.get("/api/v1/grants/nobody").status_code == 404
    rows = analyst.get(f"/api/v1/grants/{award.key}/entries?kind=expenditure").json()
    assert rows["count"] == 1
    sent = {
        "kind": "expenditure",
        "line": "E",
        "amount_cents": 5_00,
        "on": "2012-09-03",
        "description": "Hinges",
    }
    path = f"/api/v1/grants/{award.key}/entries"

    def send(**changed: object) -> tuple[int, str]:
        answer = analyst.post(path, json.dumps({**sent, **changed}), content_type="application/json")
        return answer.status_code, answer.content.decode()

    assert send()[0] == 201
    status, said = send(on="2009-09-01")
    assert (status, "28 CFR 66.23(a)" in said) == (422, True)
    assert send(line="Z")[0] == 422
    assert send(kind="gift")[0] == 422
    assert send(amount_cents=0)[0] == 422
    lines = analyst.get(f"/api/v1/grants/{award.key}/financial-report?until=2012-09-06").json()
    assert {line["code"]: line["cents"] for line in lines}["10e"] == 105_00
    assert analyst.get("/api/v1/grants/calendar.ics").content.startswith(b"BEGIN:VCALENDAR")
    assert client_of("provider").get("/api/v1/grants").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "match", "line": None, "match_kind": "barter"},
        {"description": "x" * 301},
        {"document": "x" * 81},
        {"description": "nul \x00 inside"},
        {"kind": "draw", "line": None, "on": "0001-01-01"},
        {"incurred_on": "0001-01-01"},
        {"kind": "draw"},
        {"amount_cents": "1"},
        {"external_id": "GL-1"},
    ],
    ids=str,
)
def test_over_http_nothing_comes_in_that_a_form_would_refuse(
    award: Award, post: Callable[..., Entry], client_of: ClientOf, changed: dict[str, object]
) -> None:
    post("expenditure", 100_00, external_id="GL-1")
    entry = {
        "kind": "expenditure",
        "line": "E",
        "amount_cents": 1,
        "on": "2012-09-03",
        "description": "Hinges",
    }
    answer = client_of("grants_analyst").post(
        f"/api/v1/grants/{award.key}/entries",
        json.dumps({**entry, **changed}),
        content_type="application/json",
    )
    assert answer.status_code == 422, answer.content
    assert Entry.objects.exclude(kind="budget").count() == 1


@pytest.mark.django_db
def test_the_daily_warning_runs_once(award: Award, by: Viewer, at: datetime, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]

    class Context:
        job_id, attempt = "1", 1

        def __init__(self) -> None:
            self.by, self.at = by, at

    for raised in (1, 0):
        assert warn_of_lapses.func(Context(), period="2012-09-06") == {"raised": raised}
    assert LapseAlert.objects.get().days == 30


@pytest.mark.django_db
def test_doctor_finds_a_sum_that_is_wrong(award: Award, at: datetime) -> None:
    assert sums(at).status == "ok"
    MonthSum.objects.update(budgeted=1)
    found = sums(at)
    assert found.status == "fail"
    assert "safer-doors" in found.found
