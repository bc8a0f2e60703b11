"""Plans and their scenarios: each answer is held against a checker that shares no code with the planner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from schoolward.analysis.portfolio import Status, as_json
from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.actions import Floor, Question
from schoolward.domains.funding.models import Plan, Scenario
from schoolward.domains.grants.models import Award, Entry
from schoolward.domains.places.models import Campus
from schoolward.domains.work import actions as work
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from unit.analysis.portfolio import checker

Computed = Callable[..., Scenario]


def is_sound(scenario: Scenario) -> bool:
    """Whether the answer keeps every rule of the question that was asked, by the checker's own lights."""
    return checker.faults(as_json(queries.instance_of(scenario)), scenario.answer) == []


def test_a_plan_freezes_the_day(plan: Plan, works: dict[str, WorkItem], post: Callable[..., Entry]) -> None:
    assert [fund["id"] for fund in plan.instance["funds"]] == ["doors/C", "doors/E"]
    assert {one["id"] for one in plan.instance["candidates"]} == {
        "W-GATE",
        "W-DOORS",
        "W-LIGHTS",
        "W-CAMERAS",
    }
    assert plan.references["candidates"]["W-GATE"]["work"] == works["gate"].pk
    assert plan.references["funds"]["doors/E"]["amount"] == 150_000_00
    post("expenditure", 1_000_00)
    again = Plan.objects.get(pk=plan.pk)
    assert again.instance == plan.instance
    with pytest.raises(DatabaseError), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(title="Another")


def test_no_fund_or_no_candidate_is_no_plan(
    award: Award, accepted: Callable[..., WorkItem], analyst: Viewer, at: datetime
) -> None:
    with pytest.raises(actions.FundingRefused, match="No award takes part"):
        actions.make_plan(title="Fall", by=analyst, at=at)
    actions.set_scope(award_id=award.pk, takes_part=True, reason="Letter", by=analyst, at=at)
    with pytest.raises(actions.FundingRefused, match="No accepted work"):
        actions.make_plan(title="Fall", by=analyst, at=at)
    accepted()
    with pytest.raises(actions.FundingRefused, match="title"):
        actions.make_plan(title="  ", by=analyst, at=at)
    actions.make_plan(title="Fall", by=analyst, at=at)


def test_the_best_that_the_money_buys(plan: Plan, computed: Computed, analyst: Viewer) -> None:
    """$150,000 of equipment at three quarters buys locks ($130,000); the lights come of the other line."""
    scenario = computed()
    assert scenario.state == "ready"
    assert is_sound(scenario)
    result = queries.result_of(analyst, scenario)
    assert result is not None
    assert result.answer.status is Status.OPTIMAL
    assert [one.reference for one in result.chosen] == ["W-DOORS", "W-GATE", "W-LIGHTS"]
    assert (result.amount, result.match) == (135_000_00, 45_000_00)
    (out,) = result.left_out
    assert (out.reference, out.left_out.why.value) == ("W-CAMERAS", "displaced")
    assert {use.key: (use.holds, use.pays, use.left) for use in result.funds} == {
        "doors/E": (150_000_00, 97_500_00, 52_500_00),
        "doors/C": (50_000_00, 37_500_00, 12_500_00),
    }
    assert [(site.slug, site.cost, site.works) for site in result.sites] == [
        ("oak", 130_000_00, 2),
        ("elm", 50_000_00, 1),
    ]
    assert [point["percent"] for point in scenario.frontier or []] == [0.0, 50.0, 100.0]
    assert (scenario.frontier or [])[-1]["objective"] == result.answer.objective


@pytest.mark.parametrize(
    "question",
    [
        {"locked_in": ("W-CAMERAS",)},
        {"locked_out": ("W-DOORS",)},
        {"funds_out": ("doors/C",)},
        {"share_percent": 40},
        {"match_available_cents": 20_000_00},
        {"site_min": {"elm": 60_000_00}},
        {"site_max": {"oak": 65_000_00}},
        {"equity": (Floor(("elm",), 50.0, "Elm"),)},
        {"may_split": True, "locked_in": ("W-CAMERAS", "W-DOORS")},
    ],
    ids=lambda question: ",".join(question),
)
def test_every_demand_is_kept(question: dict[str, Any], computed: Computed) -> None:
    scenario = computed("Asked", **question)
    assert scenario.state == "ready"
    assert scenario.answer is not None
    assert scenario.answer["status"] == "optimal"
    assert is_sound(scenario)


def test_money_is_moved_where_that_pays(computed: Computed, analyst: Viewer) -> None:
    """Both works of equipment beside the cameras are $220,000, $165,000 from the award: $15,000 are moved."""
    scenario = computed("All equipment", locked_in=("W-DOORS", "W-GATE", "W-CAMERAS"))
    assert is_sound(scenario)
    result = queries.result_of(analyst, scenario)
    assert result is not None
    (moved,) = result.transfers
    assert (moved.source["code"], moved.target["code"], moved.amount) == ("C", "E", 15_000_00)
    assert [use.left for use in result.funds] == [50_000_00 - 15_000_00, 0]


def test_what_clashes_is_named(computed: Computed, analyst: Viewer) -> None:
    scenario = computed("Too much", locked_in=("W-DOORS", "W-CAMERAS"), match_available_cents=1_00)
    result = queries.result_of(analyst, scenario)
    assert result is not None
    assert result.answer.status is Status.INFEASIBLE
    assert not result.is_plan
    assert any("match money" in demand.sentence for demand in result.clash)
    assert result.chosen == ()


def test_lock_this_in_is_one_step(computed: Computed, analyst: Viewer, at: datetime) -> None:
    first = computed(equity=(Floor(("elm",), 10.0, "Elm"),), locked_out=("W-CAMERAS",))
    second = actions.copy_scenario(scenario_id=first.pk, lock_in=["W-CAMERAS"], by=analyst, at=at)
    assert (second.locked_in, second.locked_out) == (["W-CAMERAS"], [])
    assert (second.title, second.copied_from_id, second.state) == (
        "As it is, with W-CAMERAS",
        first.pk,
        "asked",
    )
    assert second.equity == first.equity
    third = actions.copy_scenario(scenario_id=second.pk, lock_out=["W-CAMERAS"], by=analyst, at=at)
    assert (third.locked_in, third.locked_out) == ([], ["W-CAMERAS"])
    again = actions.copy_scenario(scenario_id=first.pk, lock_in=["W-CAMERAS"], by=analyst, at=at)
    assert again.title == "As it is, with W-CAMERAS (2)"
    half = actions.copy_scenario(scenario_id=first.pk, title="Half", share_percent=50, by=analyst, at=at)
    assert (half.share_percent, half.locked_out) == (50, ["W-CAMERAS"])


def test_scenarios_stand_side_by_side(plan: Plan, computed: Computed, analyst: Viewer, at: datetime) -> None:
    first, second = computed(), computed("With cameras", locked_in=("W-CAMERAS",))
    actions.add_scenario(plan_id=plan.pk, title="Not computed", by=analyst, at=at)
    side = queries.compared(plan, queries.scenarios(analyst).filter(plan=plan))
    assert [one.pk for one in side.scenarios] == [first.pk, second.pk]
    assert "W-CAMERAS" in side.comparison.only_in[str(second.pk)]
    assert side.of(first).objective is not None


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"locked_in": ("W-NONE",)}, "locked_in"),
        ({"locked_out": ("W-NONE",)}, "locked_out"),
        ({"locked_in": ("W-GATE",), "locked_out": ("W-GATE",)}, "locked_out"),
        ({"funds_out": ("doors/X",)}, "funds_out"),
        ({"share_percent": 101}, "share_percent"),
        ({"match_available_cents": -1}, "match_available_cents"),
        ({"site_min": {"nowhere": 1}}, "site_min"),
        ({"site_max": {"oak": -1}}, "site_max"),
        ({"site_min": {"oak": 2}, "site_max": {"oak": 1}}, "site_min"),
        ({"equity": (Floor((), 10.0),)}, "equity"),
        ({"equity": (Floor(("oak",), 101.0),)}, "equity"),
        ({"equity": (Floor(("nowhere",), 1.0),)}, "equity"),
        ({"gap": Decimal("1.1")}, "gap"),
        ({"gap": Decimal("nan")}, "gap"),
        ({"seconds": 0}, "seconds"),
        ({"seconds": 601}, "seconds"),
        ({"frontier_steps": 101}, "frontier_steps"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    question: dict[str, Any], field: str, plan: Plan, analyst: Viewer, at: datetime
) -> None:
    with pytest.raises(actions.FundingRefused) as refused:
        actions.add_scenario(plan_id=plan.pk, title="Asked", question=Question(**question), by=analyst, at=at)
    assert refused.value.field == field
    assert not Scenario.objects.exists()


def test_a_title_is_given_once(plan: Plan, computed: Computed, analyst: Viewer, at: datetime) -> None:
    computed()
    with pytest.raises(actions.FundingRefused, match="of this title"):
        actions.add_scenario(plan_id=plan.pk, title="As it is", by=analyst, at=at)


def test_a_failure_is_kept_and_can_be_tried_again(
    plan: Plan, computed: Computed, analyst: Viewer, at: datetime
) -> None:
    scenario = computed()
    failed = actions.keep_failure(scenario_id=scenario.pk, failure="No memory", by=analyst, at=at)
    assert (failed.state, failed.answer, failed.failure) == ("failed", None, "No memory")
    assert actions.compute(scenario_id=scenario.pk, by=analyst, at=at).state == "ready"


def test_who_plans_and_who_reads(
    plan: Plan, computed: Computed, site: Campus, person: Callable[..., Viewer], at: datetime
) -> None:
    trustee = person("trustee", 3)
    assert queries.plans(trustee).count() == 1
    for by in (trustee, person("facilities", 4), person("lead", 2, campus_ids={site.pk})):
        with pytest.raises(AccessDenied):
            actions.make_plan(title="Mine", by=by, at=at)
        with pytest.raises(AccessDenied):
            actions.add_scenario(plan_id=plan.pk, title="Mine", by=by, at=at)
    for outside in (person("site_lead", 5), person("lead", 2, campus_ids={site.pk})):
        assert not queries.plans(outside).exists()
        assert not queries.scenarios(outside).exists()


def test_each_write_is_one_event(plan: Plan, computed: Computed) -> None:
    count = Event.objects.count()
    computed()
    events = list(Event.objects.order_by("sequence")[count:].values_list("action", flat=True))
    assert events == ["funding.scenario_asked", "funding.scenario_computed"]


def test_what_is_left_out_says_why_the_viewer_sees_of_the_record(
    computed: Computed, works: dict[str, WorkItem], lead: Viewer, analyst: Viewer, at: datetime
) -> None:
    """The plan tells how a work stood; the record beside it says how it stands now."""
    scenario = computed()
    work.decline(item_id=works["gate"].pk, reason="Sold", by=replace(lead), at=at)
    result = queries.result_of(analyst, scenario)
    assert result is not None
    gate = next(one for one in result.chosen if one.reference == "W-GATE")
    assert (gate.told["title"], gate.work.state) == ("Mend the gate", "declined")
