"""What is set aside falls with the ledger, goes back with a reason, and follows its work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.models import Allocation, Approval, Scenario
from schoolward.domains.grants import actions as grants
from schoolward.domains.grants.models import Award, BudgetLine, Entry
from schoolward.domains.work import actions as work
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer

from .standing import DAY, allocation, amounts

Computed = Callable[..., Scenario]
Post = Callable[..., Entry]


def test_an_allocation_falls_as_the_ledger_binds_it(
    approved: Approval, post: Post, line: BudgetLine, analyst: Viewer, at: datetime
) -> None:
    """$45,000 for the gate: $30,000 obligated, of which $12,000 paid, $5,000 paid beside it."""
    one = allocation("W-GATE")
    target = queries.target_of(one.work_id)

    def stand(cents: int) -> None:
        (now,) = queries.allocations_now(analyst, [one])
        assert now.bound == cents
        assert amounts(analyst)["doors/E"] == 52_500_00

    def link(entry: Entry, cents: int) -> None:
        told = {"kind": "work", "target": target, "title": "Gate", "by": analyst, "at": at}
        grants.link_purpose(entry_id=entry.pk, amount_cents=cents, **told)

    stand(0)
    obligation = post("obligation", 30_000_00)
    assert amounts(analyst)["doors/E"] == 22_500_00  # until it says what it is for
    link(obligation, 30_000_00)
    stand(30_000_00)
    paid = post("expenditure", 12_000_00, obligation_id=obligation.pk)
    stand(30_000_00)
    link(paid, 12_000_00)
    stand(30_000_00)
    link(post("expenditure", 5_000_00), 5_000_00)
    stand(35_000_00)
    grants.release(obligation_id=obligation.pk, amount_cents=8_000_00, reason="Cheaper", by=analyst, at=at)
    stand(27_000_00)
    grants.reverse(entry_id=paid.pk, reason="Wrong", by=analyst, at=at)
    stand(27_000_00)


def test_money_that_was_bound_before_does_not_count(
    scoped: Award, works: dict[str, WorkItem], post: Post, analyst: Viewer, lead: Viewer, at: datetime
) -> None:
    entry = post("expenditure", 1_000_00)
    later = at + timedelta(hours=1)
    plan = actions.make_plan(title="Later", by=analyst, at=later)
    asked = actions.add_scenario(plan_id=plan.pk, title="As it is", by=analyst, at=later)
    scenario = actions.compute(scenario_id=asked.pk, by=analyst, at=later)
    actions.approve(scenario_id=scenario.pk, by=lead, at=later)
    one = allocation("W-GATE")
    grants.link_purpose(
        entry_id=entry.pk,
        kind="work",
        target=queries.target_of(one.work_id),
        title="Gate",
        amount_cents=1_000_00,
        by=analyst,
        at=later,
    )
    (now,) = queries.allocations_now(analyst, [one])
    assert (now.bound, now.open) == (0, 45_000_00)


def test_transfers_are_noted_until_they_are_made(
    computed: Computed,
    award: Award,
    line: BudgetLine,
    fitting: BudgetLine,
    analyst: Viewer,
    lead: Viewer,
    at: datetime,
) -> None:
    scenario = computed("All equipment", locked_in=("W-DOORS", "W-GATE", "W-CAMERAS"))
    actions.approve(scenario_id=scenario.pk, by=lead, at=at)
    (need,) = queries.needs_now(analyst)
    assert (need.need.from_line.code, need.need.to_line.code, need.open) == ("C", "E", 15_000_00)
    assert amounts(analyst) == {"doors/C": 35_000_00, "doors/E": 0}
    (room,) = queries.funds_now(analyst, on=DAY).rooms
    assert room.cents == 11_666_66
    grants.transfer(
        award_id=award.pk,
        from_line_id=fitting.pk,
        to_line_id=line.pk,
        amount_cents=10_000_00,
        reason="As approved",
        by=analyst,
        at=at,
    )
    (need,) = queries.needs_now(analyst)
    assert need.open == 5_000_00
    assert amounts(analyst) == {"doors/C": 35_000_00, "doors/E": 0}
    (room,) = queries.funds_now(analyst, on=DAY).rooms
    assert room.cents == 11_666_66


def test_a_withdrawal_takes_the_work_back(
    approved: Approval, lead: Viewer, analyst: Viewer, at: datetime
) -> None:
    one = allocation("W-GATE")
    with pytest.raises(actions.ReasonMissing):
        actions.withdraw(allocation_id=one.pk, reason=" ", by=lead, at=at)
    with pytest.raises(AccessDenied):
        actions.withdraw(allocation_id=one.pk, reason="No bids", by=analyst, at=at)
    actions.withdraw(allocation_id=one.pk, reason="No bids", by=lead, at=at)
    one.refresh_from_db()
    assert (one.withdrawn_on, one.withdrawn_reason, one.withdrawn_by_id) == (DAY, "No bids", lead.account_id)
    gate = WorkItem.objects.get(reference="W-GATE")
    assert (gate.state, gate.funded_cents, gate.money_source) == ("accepted", None, "")
    assert amounts(analyst)["doors/E"] == 97_500_00
    assert "W-GATE" in {one.reference for one in queries.candidates_now(analyst, on=DAY).ready}
    with pytest.raises(actions.FundingRefused, match="withdrawn already"):
        actions.withdraw(allocation_id=one.pk, reason="Again", by=lead, at=at)


def test_money_in_use_is_not_withdrawn(
    approved: Approval, post: Post, lead: Viewer, analyst: Viewer, at: datetime
) -> None:
    gate, doors = allocation("W-GATE"), allocation("W-DOORS")
    entry = post("obligation", 100_00)
    grants.link_purpose(
        entry_id=entry.pk,
        kind="work",
        target=queries.target_of(gate.work_id),
        title="Gate",
        amount_cents=100_00,
        by=analyst,
        at=at,
    )
    with pytest.raises(actions.FundingRefused, match=r"\$100.00 is obligated or spent"):
        actions.withdraw(allocation_id=gate.pk, reason="No bids", by=lead, at=at)
    work.schedule(item_id=doors.work_id, planned_on=date(2012, 9, 20), by=lead, at=at)
    with pytest.raises(actions.FundingRefused, match="under way"):
        actions.withdraw(allocation_id=doors.pk, reason="No bids", by=lead, at=at)


def test_verified_work_gives_back_what_it_did_not_need(
    approved: Approval, person: Callable[..., Viewer], lead: Viewer, analyst: Viewer, at: datetime
) -> None:
    one = allocation("W-DOORS")
    work.schedule(item_id=one.work_id, planned_on=DAY, by=lead, at=at)
    work.complete(item_id=one.work_id, actual_cents=1, by=lead, at=at)
    work.add_evidence(item_id=one.work_id, text="Seen", by=lead, at=at)
    work.verify(item_id=one.work_id, by=person("facilities", 4), at=at)
    assert allocation("W-DOORS").withdrawn_on is None
    actions.withdraw(allocation_id=one.pk, reason="Cheaper", by=lead, at=at)
    assert WorkItem.objects.get(pk=one.work_id).state == "verified"
    assert amounts(analyst)["doors/E"] == 105_000_00


def test_declined_work_gives_its_money_back_by_itself(
    approved: Approval, lead: Viewer, analyst: Viewer, at: datetime
) -> None:
    one = allocation("W-LIGHTS")
    work.decline(item_id=one.work_id, reason="The lot is sold", by=lead, at=at)
    one.refresh_from_db()
    assert one.withdrawn_on == DAY
    assert "The lot is sold" in one.withdrawn_reason
    assert amounts(analyst)["doors/C"] == 50_000_00


def test_the_database_keeps_allocations_in_order(approved: Approval) -> None:
    one = allocation("W-GATE")
    for wrong in (
        {"amount_cents": 0, "match_cents": 0},
        {"amount_cents": -1},
        {"withdrawn_on": DAY},
        {"withdrawn_reason": "So"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Allocation.objects.filter(pk=one.pk).update(**wrong)
    one.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)
