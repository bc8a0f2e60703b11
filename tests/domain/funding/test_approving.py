"""Approval: two persons, checked against today, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.models import Allocation, Approval, Plan, Scenario, TransferNeed
from schoolward.domains.funding.queries.overtaking import Obstacle, Overtaken
from schoolward.domains.funding.wording import obstacle_in_words, obstacles_in_words
from schoolward.domains.grants.models import Award, Entry
from schoolward.domains.work import actions as work
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

from .standing import DAY, amounts

Computed = Callable[..., Scenario]
Post = Callable[..., Entry]


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
        "W-GATE may no longer be paid by doors/E: its period ends before the work could be done",
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
        "may no longer be paid by doors/E: it does not take this category and trade",
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


def test_works_that_are_no_candidates_any_more_share_a_sentence() -> None:
    gone = [Obstacle(Overtaken.NO_CANDIDATE, name) for name in ("W-1", "W-2", "W-3")]
    other = Obstacle(Overtaken.COST, "W-4", cents=(1_00, 2_00))
    told = obstacles_in_words([*gone, other])
    assert [one.partition(":")[0] for one in told] == [
        "3 works can no longer be chosen",
        "W-4 cost $1.00 in the plan, and costs $2.00 today.",
    ]
    assert told[0].endswith(": W-1, W-2, W-3.")
    assert obstacles_in_words(gone[:1]) == [obstacle_in_words(gone[0])]
