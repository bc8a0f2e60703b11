"""A closed award: its links stand, who may still name a purpose, and opening it again takes two persons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.actions import AwardClosed, GrantRefused
from schoolward.domains.grants.models import Award, Entry, OverrideRequest
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


@pytest.fixture
def spent(award: Award, post: Callable[..., Entry], analyst: Viewer, at: datetime) -> Entry:
    """A cost of $100 of an award that was closed since; $60 of it has a purpose."""
    made = post("expenditure", 100_00)
    link(made, analyst, at, 60_00)
    Award.objects.filter(pk=award.pk).update(closed_on=date(2012, 9, 5), closed_by_name="P1")
    return made


def link(entry: Entry, by: Viewer, at: datetime, cents: int) -> Any:
    return actions.link_purpose(
        entry_id=entry.pk,
        kind="position",
        target="grants.Position:1",
        title="Advocate",
        amount_cents=cents,
        by=by,
        at=at,
    )


def test_links_stand_and_who_keeps_awards_may_add(
    spent: Entry, analyst: Viewer, lead: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    for role in ("facilities", "program_coordinator"):
        with pytest.raises(AwardClosed):
            link(spent, person(role, 7), at, 1_00)
    link(spent, lead, at, 30_00)
    link(spent, analyst, at, 10_00)
    with pytest.raises(GrantRefused, match="no more than what of it has no purpose"):
        link(spent, analyst, at, 1)
    late = [
        event.detail.get("after_closing") for event in Event.objects.filter(action="grants.purpose_linked")
    ]
    assert sorted(map(str, late)) == ["2012-09-05", "2012-09-05", "None"]
    first = spent.purposes.order_by("pk")[0]
    with pytest.raises(AwardClosed, match="a second person agrees"):
        actions.take_purpose_back(purpose_id=first.pk, by=analyst, at=at)


def test_opening_again_takes_a_reason_and_a_second_person(
    spent: Entry, award: Award, analyst: Viewer, lead: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    ask: dict[str, Any] = {"award_id": award.pk, "by": analyst, "at": at}
    with pytest.raises(GrantRefused) as refused:
        actions.ask_to_reopen(**ask, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(AccessDenied):
        actions.ask_to_reopen(award_id=award.pk, reason="x", by=person("trustee", 8), at=at)
    asked = actions.ask_to_reopen(**ask, reason="An invoice came late")
    with pytest.raises(GrantRefused, match="asked for it already"):
        actions.ask_to_reopen(**ask, reason="Again")
    with pytest.raises(GrantRefused, match="Somebody other"):
        actions.let_by(request_id=asked.pk, reason="Fine", by=analyst, at=at)
    actions.let_by(request_id=asked.pk, reason="The funder agrees", by=lead, at=at)
    award.refresh_from_db()
    assert (award.closed_on, award.closed_by_name) == (None, "")
    assert Event.objects.get(action="grants.reopened").detail["was_closed_on"] == "2012-09-05"
    first = spent.purposes.order_by("pk")[0]
    actions.take_purpose_back(purpose_id=first.pk, by=analyst, at=at)
    with pytest.raises(GrantRefused, match="not closed"):
        actions.ask_to_reopen(**ask, reason="Again")
    closing = {one.rule.key: one for one in queries.rules_of(lead, award)}["closeout"]
    assert [(one.asked_by_name, one.decided_by_name) for one in closing.let_by] == [("P1", "P2")]
    assert closing.was_let_by


def test_by_the_pages(spent: Entry, award: Award, client_of: ClientOf, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    analyst, lead = client_of("grants_analyst"), client_of("lead")
    home, path = reverse("grants:award", args=[award.key]), reverse("grants:reopen", args=[award.key])
    assert path in analyst.get(home).content.decode()
    assert path not in client_of("trustee").get(home).content.decode()
    assert "Its links stand" in analyst.get(reverse("grants:entry", args=[spent.pk])).content.decode()
    assert analyst.post(path, {"reason": ""}).status_code == 422
    analyst.post(path, {"reason": "An invoice came late"})
    assert "Somebody asked to open it again" in analyst.get(home).content.decode()
    decide = reverse("grants:decide", args=[OverrideRequest.objects.get().pk])
    assert "Open again: Safer doors" in lead.get(decide).content.decode()
    done = lead.post(decide, {"decision": "let_by", "reason": "The funder agrees"}, follow=True)
    assert "Open again: Safer doors" in done.content.decode()
    assert "Ask to open it again" not in analyst.get(home).content.decode()
    rules = client_of("accountability").get(reverse("grants:rules", args=[award.key])).content.decode()
    for told in (
        "28 CFR 66.24",
        "Oct 1, 1988 to Dec 25, 2014",
        "50 percent of the whole",
        "The funder agrees",
    ):
        assert told in rules
