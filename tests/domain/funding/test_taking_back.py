"""Approved money is taken back under the same rules whichever page it is done on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.models import Approval, Scenario
from schoolward.domains.grants import actions as grants
from schoolward.domains.grants.models import Entry
from schoolward.domains.work import actions as work
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.viewer import Viewer

from .standing import DAY, allocation

pytestmark = pytest.mark.django_db
Computed = Callable[..., Scenario]


def test_bound_money_does_not_go_back_by_the_works_page(
    approved: Approval,
    post: Callable[..., Entry],
    lead: Viewer,
    analyst: Viewer,
    client_of: Callable[..., Client],
    at: datetime,
    settings: object,
) -> None:
    """Otherwise the work would be a candidate at its whole cost again, and paid twice."""
    settings.DEMO = True  # type: ignore[attr-defined]
    gate = allocation("W-GATE")
    link: dict[str, Any] = {"kind": "work", "target": queries.target_of(gate.work_id), "title": "Gate"}
    entry = post("obligation", 100_00)
    grants.link_purpose(entry_id=entry.pk, amount_cents=100_00, by=analyst, at=at, **link)
    unfund: dict[str, Any] = {"item_id": gate.work_id, "reason": "No bids", "at": at}
    with pytest.raises(work.WorkRefused, match=r"\$100.00 is obligated or spent"):
        work.unfund(**unfund, by=lead)
    answer = client_of("lead").post(
        f"/api/v1/work/{gate.work_id}/unfund", {"reason": "No bids"}, content_type="application/json"
    )
    assert (answer.status_code, "obligated or spent" in answer.json()["detail"]) == (409, True)
    gate.refresh_from_db()
    assert gate.withdrawn_on is None
    assert "W-GATE" not in {one.reference for one in queries.candidates_now(analyst, on=DAY).ready}
    grants.reverse(entry_id=entry.pk, reason="Cancelled", by=analyst, at=at)
    work.unfund(**unfund, by=lead)
    gate.refresh_from_db()
    assert gate.withdrawn_on == DAY


def test_who_asked_does_not_undo_the_approval(approved: Approval, analyst: Viewer, at: datetime) -> None:
    gate = allocation("W-GATE")
    with pytest.raises(work.WorkRefused, match="Who may approve plans"):
        work.unfund(item_id=gate.work_id, reason="No bids", by=analyst, at=at)
    assert WorkItem.objects.get(pk=gate.work_id).state == "funded"
    assert allocation("W-GATE").withdrawn_on is None


def test_money_that_no_plan_set_aside_goes_back_as_before(
    works: dict[str, WorkItem], analyst: Viewer, lead: Viewer, at: datetime
) -> None:
    item = WorkItem.objects.get(reference="W-GATE").pk
    work.fund(item_id=item, amount_cents=1, money_source="Local", by=lead, at=at)
    assert work.unfund(item_id=item, reason="The bid failed", by=analyst, at=at).state == "accepted"


def test_what_is_approved_is_what_was_read(
    computed: Computed, lead: Viewer, client_of: Callable[..., Client], at: datetime, settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    scenario = computed()
    client, path = client_of("lead"), reverse("funding:approve", args=[scenario.pk])
    read = scenario.answer_digest
    assert f'value="{read}"' in client.get(path).content.decode()
    answer = dict(scenario.answer)
    Scenario.objects.filter(pk=scenario.pk).update(answer={**answer, "seconds": 99.0})
    assert Scenario.objects.get(pk=scenario.pk).answer_digest == read
    fewer = {**answer, "allocations": answer["allocations"][1:]}
    Scenario.objects.filter(pk=scenario.pk).update(answer=fewer)
    refused = client.post(path, {"note": "", "answer": read})
    assert (refused.status_code, "came out otherwise" in refused.content.decode()) == (422, True)
    with pytest.raises(actions.FundingRefused, match="came out otherwise"):
        actions.approve(scenario_id=scenario.pk, read=read, by=lead, at=at)
    assert not Approval.objects.exists()
    fresh = Scenario.objects.get(pk=scenario.pk).answer_digest
    client.post(path, {"note": "", "answer": fresh})
    assert Approval.objects.count() == 1


def test_money_that_went_elsewhere_is_told_where_it_was_approved(
    approved: Approval,
    post: Callable[..., Entry],
    analyst: Viewer,
    client_of: Callable[..., Client],
    settings: object,
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    path = reverse("funding:approval", args=[approved.pk])
    lead = client_of("lead")
    assert "Not all of it is there" not in lead.get(path).content.decode()
    free = {fund.key: fund.amount for fund in queries.funds_now(analyst, on=DAY).funds}["doors/E"]
    post("obligation", free + 864_60)
    assert queries.lacking_now(analyst, on=DAY) == {"doors/E": 864_60}
    for shown in (path, reverse("funding:allocations")):
        assert "doors/E lacks $864.60" in lead.get(shown).content.decode()
