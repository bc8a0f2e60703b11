"""What the pages of grants write, written over HTTP: the whole way, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from schoolward.domains.grants import queries
from schoolward.domains.grants.models import Award, Entry, Opportunity, OverrideRequest
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def _demonstration_day(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]


class Caller:
    """Somebody who calls the API of grants."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def __call__(self, method: str, path: str, status: int = 201, **sent: Any) -> Any:
        answer = self.client.generic(
            method, f"/api/v1/grants{path}", json.dumps(sent), content_type="application/json"
        )
        assert answer.status_code == status, answer.content
        return json.loads(answer.content) if answer.content else None

    def refused(self, method: str, path: str, **sent: Any) -> str:
        """The words of a 422."""
        return str(self(method, path, 422, **sent)["detail"])


@pytest.fixture
def analyst_calls(client_of: ClientOf) -> Caller:
    return Caller(client_of("grants_analyst"))


@pytest.fixture
def lead_calls(client_of: ClientOf) -> Caller:
    return Caller(client_of("lead"))


def test_money_is_sought_and_awarded(analyst_calls: Caller, lead_calls: Caller) -> None:
    new = {"title": "Round 2", "funder_name": "An office", "closes": "2012-09-30", "ceiling_cents": 500_00}
    assert "closes before it opens" in analyst_calls.refused(
        "POST", "/opportunities", **{**new, "opens": "2012-10-01"}
    )
    assert "title" in analyst_calls.refused("POST", "/opportunities", **{**new, "title": "x" * 201})
    assert "closes" in analyst_calls.refused("POST", "/opportunities", **{**new, "closes": "0001-01-01"})
    assert analyst_calls("POST", "/opportunities", **new)["key"] == "round-2"
    analyst_calls("PUT", "/opportunities/round-2", 200, **{**new, "eligibility": "Districts"})
    assert Opportunity.objects.get().eligibility == "Districts"
    analyst_calls("POST", "/opportunities/round-2/application", 409, requested_cents=1)
    analyst_calls("POST", "/opportunities/round-2/decide", 200, choice="go", reason="Fits")
    assert "ceiling" in analyst_calls.refused(
        "POST", "/opportunities/round-2/application", requested_cents=500_01
    )
    made = analyst_calls("POST", "/opportunities/round-2/application", requested_cents=400_00)
    place = f"/applications/{made['id']}"
    analyst_calls("PUT", place, 200, requested_cents=500_00)
    wrong = analyst_calls("POST", f"{place}/parts", kind="budget", title="Loks", amount_cents=5_00)
    analyst_calls("POST", f"/applications/parts/{wrong['parts'][0]['id']}/remove", 200)
    told = analyst_calls("POST", f"{place}/parts", kind="budget", title="Locks", amount_cents=500_00)
    assert len(told["lacks"]) == 2
    for caller in (analyst_calls, lead_calls):
        told = caller("POST", f"{place}/sign", 200)
    assert (told["lacks"], told["signed_by"]) == ([], ["grants_analyst", "lead"])
    lead_calls("POST", f"{place}/sign", 409)
    analyst_calls("POST", f"{place}/submit", 200, submitted_on="2012-09-06")
    analyst_calls("POST", f"{place}/take-up", 409)
    told = analyst_calls("POST", f"{place}/answer", 200, outcome="awarded", decided_on="2012-09-06")
    award = {
        "title": "Safer locks",
        "funder_name": "An office",
        "amount_cents": 500_00,
        "awarded_on": "2012-09-06",
        "start": "2012-09-06",
        "end": "2013-09-05",
        "application_id": told["id"],
        "forbids_supplanting": False,
    }
    assert "allowed" in analyst_calls.refused("POST", "", **{**award, "allowed": ["sweets"]})
    assert analyst_calls("POST", "", **award)["key"] == "safer-locks"
    assert Award.objects.get().application_id == told["id"]


def test_lines_entries_and_what_sets_them_right(
    award: Award, analyst_calls: Caller, lead_calls: Caller
) -> None:
    place = f"/{award.key}"
    lines = analyst_calls("POST", f"{place}/lines", code="S", title="Signs", category="supplies")
    assert [line["code"] for line in lines] == ["C", "E", "S"]
    assert "code" in analyst_calls.refused("POST", f"{place}/lines", code="S", title="S", category="other")
    budget = Entry.objects.get(kind="budget", line__code="E")
    low = analyst_calls.refused("POST", f"/entries/{budget.pk}/correct", amount_cents=0, reason="x")
    assert "amount_cents" in low
    analyst_calls("POST", f"/entries/{budget.pk}/correct", amount_cents=140_000_00, reason="Mistyped")
    cost = {"kind": "obligation", "line": "E", "amount_cents": 900_00, "on": "2012-09-03", "description": "L"}
    bound = analyst_calls("POST", f"{place}/entries", **cost)["id"]
    analyst_calls("POST", f"/entries/{bound}/release", amount_cents=100_00, reason="Cheaper")
    given = {"kind": "match", "amount_cents": 5_00, "on": "2012-09-03", "description": "Paint"}
    given |= {"match_kind": "in_kind", "given_by": "A shop"}
    assert "document" in analyst_calls.refused("POST", f"{place}/entries", **given)
    paint = analyst_calls("POST", f"{place}/entries", **given, document="Letter 7")
    assert paint["given_by"] == "A shop"
    assert analyst_calls("POST", f"/entries/{paint['id']}/take-back", reason="Twice")["amount_cents"] == -5_00
    early = {**cost, "kind": "expenditure", "on": "2009-09-01"}
    assert "28 CFR 66.23(a)" in analyst_calls.refused("POST", f"{place}/entries", **early)
    asked = analyst_calls("POST", f"{place}/entries", 202, **early, override_reason="Letter of March 3")
    decide = f"/requests/{asked['id']}/decide"
    analyst_calls("POST", decide, 409, decision="let_by", reason="Fine")
    assert lead_calls("POST", decide, 200, decision="let_by", reason="Seen")["state"] == "let_by"
    assert analyst_calls("GET", "/requests", 200) == []
    moved = {"from_line": "E", "to_line": "C", "amount_cents": 100_00, "reason": "More fitting"}
    assert "from_line" in analyst_calls.refused("POST", f"{place}/transfers", **{**moved, "from_line": "Z"})
    made = analyst_calls("POST", f"{place}/transfers", **moved)
    analyst_calls("POST", f"/transfers/{made['id']}/take-back", reason="Wrong line")
    assert len(analyst_calls("GET", f"{place}/transfers", 200)) == 2
    assert queries.differences() == []
    rules = {row["key"]: row for row in analyst_calls("GET", f"{place}/rules", 200)}
    assert [one["decided_by"] for one in rules["period-of-performance"]["let_by"]] == ["Test lead"]


def test_purposes_evidence_reports_and_amendments(
    award: Award, post: Callable[..., Entry], analyst_calls: Caller
) -> None:
    cost, place = post("expenditure", 100_00), f"/{award.key}"
    post_in = {"title": "Advocate", "annual_cents": 60_000_00, "starts": "2010-07-01"}
    assert analyst_calls("POST", "/positions", **post_in)["key"] == "advocate"
    paid = {"part": "1/3", "start": "2011-07-01", "end": "2012-06-30"}
    assert "part" in analyst_calls.refused("POST", "/positions/advocate/funding", **{**paid, "part": "0"})
    made = analyst_calls("POST", "/positions/advocate/funding", **paid, award=award.key)
    assert (made["part"], made["award"]) == ("33 1/3%", award.key)
    changed = analyst_calls(
        "PUT", f"/positions/funding/{made['id']}", 200, **{**paid, "part": "50"}, award=award.key
    )
    assert changed["part"] == "50%"
    analyst_calls("POST", f"/positions/funding/{made['id']}/remove", 204)
    told = analyst_calls("PUT", "/positions/advocate", 200, **{**post_in, "title": "Advocate, site 2"})
    assert (told["key"], told["title"], told["funding"]) == ("advocate", "Advocate, site 2", [])
    link = f"/entries/{cost.pk}/purposes"
    assert "position" in analyst_calls.refused("POST", link, amount_cents=1_00, position="nobody")
    purpose = analyst_calls("POST", link, amount_cents=1_00, position="advocate")
    analyst_calls("POST", f"/purposes/{purpose['id']}/take-back")
    assert sum(row["amount_cents"] for row in analyst_calls("GET", link, 200)) == 0
    analyst_calls("POST", f"/entries/{cost.pk}/evidence", text="Invoice 4711")
    report = analyst_calls("GET", "/reports", 200)["items"][0]
    sent = f"/reports/{report['id']}/sent"
    assert "submitted_on" in analyst_calls.refused("POST", sent, submitted_on="2012-09-07")
    analyst_calls("POST", sent, 200, submitted_on="2012-09-06")
    analyst_calls("POST", f"/reports/{report['id']}/not-sent", 204, reason="Wrong row")
    amend = {"kind": "extension", "approval": "GAN 1", "approved_on": "2012-09-01", "text": "More time"}
    assert "new_end" in analyst_calls.refused("POST", f"{place}/amendments", **amend, new_end="2012-09-30")
    made = analyst_calls("POST", f"{place}/amendments", **amend, new_end="2013-03-31")
    assert (made["end_before"], made["end_after"]) == ("2012-09-30", "2013-03-31")
    said = {"title": "Safer doors", "funder_name": "An office", "transfer_percent": 20}
    said |= {"forbids_supplanting": False}
    assert "approval" in analyst_calls.refused("PUT", place, **said)
    analyst_calls("PUT", place, 200, **said, approval="GAN 2", reason="A letter came")
    award.refresh_from_db()
    assert award.transfer_percent == 20
    assert analyst_calls("GET", f"{place}/closing", 200)[0] == "Its period has not ended."
    analyst_calls("POST", f"{place}/close", 409)
    analyst_calls("POST", f"{place}/reopen", 409, reason="It is open")


def test_feeds_and_what_a_caller_may_not(award: Award, analyst_calls: Caller, client_of: ClientOf) -> None:
    made = analyst_calls("POST", "/calendar-feeds", name="My telephone")
    assert Client().get(made["address"]).status_code == 200
    trustee = Caller(client_of("trustee"))
    trustee("POST", f"/calendar-feeds/{made['id']}/revoke", 404)
    assert trustee("GET", "/calendar-feeds", 200) == []
    analyst_calls("POST", f"/calendar-feeds/{made['id']}/revoke", 204)
    assert Client().get(made["address"]).status_code == 404
    trustee("POST", f"/{award.key}/close", 403)
    trustee("POST", f"/{award.key}/entries", 422, kind="draw")
    assert "did you mean title?" in analyst_calls.refused(
        "POST", "/opportunities", titel="x", title="x", funder_name="x", closes="2012-09-30"
    )
    assert not OverrideRequest.objects.exists()
    assert Event.objects.filter(action="grants.feed_revoked").count() == 1
