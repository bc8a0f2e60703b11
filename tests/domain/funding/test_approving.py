"""Approval: two persons, checked against today, written whole or not at all; and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.models import Allocation, Approval, Plan, Scenario, TransferNeed
from schoolward.domains.grants import actions as grants
from schoolward.domains.grants.models import Award, BudgetLine, Entry
from schoolward.domains.work import actions as work
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

DAY = date(2012, 9, 6)
Computed = Callable[..., Scenario]
Post = Callable[..., Entry]


@pytest.fixture
def approved(computed: Computed, lead: Viewer, at: datetime) -> Approval:
    """The doors, the gate and the lights, approved by the second person."""
    return actions.approve(scenario_id=computed().pk, by=lead, at=at, note="Board of September 6")


def allocation(reference: str) -> Allocation:
    return Allocation.objects.get(work__reference=reference, withdrawn_on__isnull=True)


def amounts(viewer: Viewer) -> dict[str, int]:
    return {fund.key: fund.amount for fund in queries.funds_now(viewer, on=DAY).funds}


def test_approval_sets_money_aside_and_funds_the_work(
    approved: Approval, works: dict[str, WorkItem], analyst: Viewer
) -> None:
    assert {
        (one.work.reference, one.line.code, one.amount_cents, one.match_cents)
        for one in Allocation.objects.all()
    } == {
        ("W-DOORS", "E", 52_500_00, 17_500_00),
        ("W-GATE", "E", 45_000_00, 15_000_00),
        ("W-LIGHTS", "C", 37_500_00, 12_500_00),
    }
    gate = WorkItem.objects.get(reference="W-GATE")
    assert (gate.state, gate.funded_cents) == ("funded", 60_000_00)
    assert gate.money_source == "Safer doors, line E; match of $15,000.00"
    assert WorkItem.objects.get(reference="W-CAMERAS").state == "accepted"
    assert amounts(analyst) == {"doors/C": 12_500_00, "doors/E": 52_500_00}
    actions_of = Event.objects.order_by("-sequence").values_list("action", flat=True)[:4]
    assert sorted(actions_of) == ["funding.approved", "work.funded", "work.funded", "work.funded"]


def test_not_the_one_who_asked(computed: Computed, lead: Viewer, by: Viewer, at: datetime) -> None:
    own = computed("Mine", by=lead)
    with pytest.raises(actions.SamePerson):
        actions.approve(scenario_id=own.pk, by=lead, at=at)
    with pytest.raises(actions.PersonMissing):
        actions.approve(scenario_id=computed().pk, by=by, at=at)
    asked_by_nobody = computed("By the machine", by=by)
    with pytest.raises(actions.FundingRefused, match="No person asked"):
        actions.approve(scenario_id=asked_by_nobody.pk, by=lead, at=at)
    assert not Allocation.objects.exists()


def test_only_who_may_approve(computed: Computed, person: Callable[..., Viewer], at: datetime) -> None:
    scenario = computed()
    for role in ("grants_analyst", "trustee", "facilities", "administrator"):
        with pytest.raises(AccessDenied):
            actions.approve(scenario_id=scenario.pk, by=person(role, 7), at=at)


def test_the_database_wants_two_persons(
    plan: Plan, computed: Computed, analyst: Viewer, at: datetime
) -> None:
    scenario = computed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(
            plan=plan,
            scenario=scenario,
            asked_by_id=analyst.account_id,
            by_id=analyst.account_id,
            by_name="P1",
            on=DAY,
            at=at,
        )


def test_a_plan_is_approved_once_and_its_scenario_stays(
    approved: Approval, computed: Computed, lead: Viewer, analyst: Viewer, at: datetime
) -> None:
    with pytest.raises(actions.FundingRefused, match="approved already"):
        actions.approve(scenario_id=computed("Another").pk, by=lead, at=at)
    with pytest.raises(actions.FundingRefused, match="stays as it is"):
        actions.compute(scenario_id=approved.scenario_id, by=analyst, at=at)
    for table in (Approval.objects.all(), TransferNeed.objects.all()):
        if table.exists():
            with pytest.raises(DatabaseError), transaction.atomic():
                table.update(at=at)


def test_what_is_not_computed_or_pays_nothing_is_not_approved(
    plan: Plan, computed: Computed, analyst: Viewer, lead: Viewer, at: datetime
) -> None:
    asked = actions.add_scenario(plan_id=plan.pk, title="Asked", by=analyst, at=at)
    with pytest.raises(actions.FundingRefused, match="not computed"):
        actions.approve(scenario_id=asked.pk, by=lead, at=at)
    nothing = computed("Nothing", share_percent=0)
    with pytest.raises(actions.FundingRefused, match="pays for nothing"):
        actions.approve(scenario_id=nothing.pk, by=lead, at=at)


Change = Callable[[dict[str, Any]], object]
OVERTAKEN: list[tuple[str, Change, str, str]] = [
    (
        "declined",
        lambda t: work.decline(item_id=t["gate"].pk, reason="Sold", by=t["lead"], at=t["at"]),
        "no_candidate",
        "W-GATE can no longer be chosen",
    ),
    (
        "paid otherwise",
        lambda t: work.fund(
            item_id=t["gate"].pk, amount_cents=1, money_source="Local", by=t["lead"], at=t["at"]
        ),
        "no_candidate",
        "W-GATE can no longer be chosen",
    ),
    (
        "dearer",
        lambda t: work.describe(
            item_id=t["gate"].pk, changes={"estimate_cents": 61_000_00}, by=t["lead"], at=t["at"]
        ),
        "cost",
        "W-GATE cost $60,000.00 in the plan, and costs $61,000.00 today",
    ),
    (
        "slower",
        lambda t: actions.say_fact(
            work_id=t["gate"].pk, fact="lead_days", value="500", reason="Late", by=t["lead"], at=t["at"]
        ),
        "not_allowed",
        "W-GATE may not be paid so any more",
    ),
    (
        "spent",
        lambda t: t["post"]("expenditure", 60_000_00),
        "too_little",
        "doors/E was to pay $97,500.00, and has $90,000.00 left today",
    ),
    (
        "left out",
        lambda t: actions.set_scope(
            award_id=t["award"].pk, takes_part=False, reason="No", by=t["analyst"], at=t["at"]
        ),
        "no_fund",
        "takes no part any more",
    ),
    (
        "other trades",
        lambda t: actions.set_scope(
            award_id=t["award"].pk,
            takes_part=True,
            trades=["lighting"],
            reason="No",
            by=t["analyst"],
            at=t["at"],
        ),
        "not_allowed",
        "category",
    ),
    (
        "match waived",
        lambda t: Award.objects.filter(pk=t["award"].pk).update(
            match_waived_percent=5, match_waiver="Letter"
        ),
        "match",
        "W-GATE had a match of $15,000.00; doors/E asks for $12,000.00 today",
    ),
    (
        "tied since",
        lambda t: actions.link_works(
            work_id=t["gate"].pk,
            other_id=t["cameras"].pk,
            kind="requires",
            reason="So",
            by=t["analyst"],
            at=t["at"],
        ),
        "ties",
        "W-GATE no longer agrees with W-CAMERAS",
    ),
]


@pytest.mark.parametrize(("name", "change", "why", "message"), OVERTAKEN, ids=[one[0] for one in OVERTAKEN])
def test_what_is_no_longer_true_blocks_and_is_named(
    name: str,
    change: Change,
    why: str,
    message: str,
    computed: Computed,
    works: dict[str, WorkItem],
    award: Award,
    post: Post,
    analyst: Viewer,
    lead: Viewer,
    at: datetime,
) -> None:
    scenario = computed()
    assert queries.obstacles_today(lead, scenario, on=DAY) == []
    change({**works, "award": award, "post": post, "analyst": analyst, "lead": lead, "at": at})
    with pytest.raises(actions.NotTrueAnyMore) as refused:
        actions.approve(scenario_id=scenario.pk, by=lead, at=at)
    assert why in {one.why.value for one in refused.value.obstacles}
    assert message in str(refused.value)
    assert not Approval.objects.exists()
    assert not Allocation.objects.exists()
    assert WorkItem.objects.get(reference="W-DOORS").state == "accepted"


def test_half_an_approval_is_none(
    computed: Computed, lead: Viewer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = computed()
    real = work.fund

    def fails_at_lights(**told: Any) -> Any:
        if told["item_id"] == WorkItem.objects.get(reference="W-LIGHTS").pk:
            raise RuntimeError("the disk is full")
        return real(**told)

    monkeypatch.setattr("schoolward.domains.funding.actions.approving.work.fund", fails_at_lights)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.approve(scenario_id=scenario.pk, by=lead, at=at)
    assert not Approval.objects.exists()
    assert not Allocation.objects.exists()
    assert set(WorkItem.objects.values_list("state", flat=True)) == {"accepted"}


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
    assert room.cents == 5_000_00
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
    assert room.cents == 5_000_00


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
