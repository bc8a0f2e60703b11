"""Plans of random instances, held against a checker that shares no code with the planner."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolward.analysis.portfolio import Answer, Status, as_json, plan, read_answer, read_instance
from unit.analysis.portfolio import checker
from unit.analysis.portfolio.drawn import instances

MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def planned(instance: dict[str, Any], **how: Any) -> Answer:
    return plan(read_instance(json.dumps(instance)), **{"seconds": 20, "gap": 0.0, **how})


@MANY
@given(instances())
def test_no_plan_that_keeps_every_rule_brings_more_or_as_much_for_less(instance: dict[str, Any]) -> None:
    answer = planned(instance)
    best = checker.best(instance)
    if best is None:
        assert answer.status is Status.INFEASIBLE
        return
    assert answer.status is Status.OPTIMAL
    assert checker.faults(instance, as_json(answer)) == []
    assert answer.objective is not None
    assert abs(answer.objective - best[0]) < 1e-6
    assert checker.cost(as_json(answer)["allocations"]) == best[1]


@MANY
@given(instances(most=7, shared=True))
def test_shared_costs_and_moved_money_keep_every_rule(instance: dict[str, Any]) -> None:
    answer = planned(instance)
    if answer.status is Status.INFEASIBLE:
        assert checker.best(instance) is None or len(instance["candidates"]) > 5
        return
    assert answer.status in (Status.OPTIMAL, Status.FEASIBLE)
    assert checker.faults(instance, as_json(answer)) == []


@MANY
@given(instances(most=4, shared=True))
def test_sharing_never_brings_less(instance: dict[str, Any]) -> None:
    best, answer = checker.best(instance), planned(instance)
    if best is not None:
        assert answer.objective is not None
        assert answer.bound is not None
        assert answer.bound >= best[0] - 1e-6
        assert answer.objective >= best[0] - 1e-6


@MANY
@given(instances(most=12), st.sampled_from((0.0, 0.001, 0.05)))
def test_an_answer_is_true_whenever_time_is_up(instance: dict[str, Any], seconds: float) -> None:
    answer = planned(instance, seconds=seconds)
    if answer.status in (Status.OPTIMAL, Status.FEASIBLE):
        assert checker.faults(instance, as_json(answer)) == []
    exact = planned(instance)
    if exact.objective is not None:
        assert answer.status is not Status.INFEASIBLE
        assert answer.bound is not None
        assert answer.bound >= exact.objective - 1e-6


@MANY
@given(instances(most=4))
def test_a_clash_has_no_demand_too_many(instance: dict[str, Any]) -> None:
    answer = planned(instance)
    if answer.status is not Status.INFEASIBLE:
        return
    assert answer.clash
    keys = {demand.key for demand in answer.clash}
    assert checker.best(kept(instance, keys)) is None
    for key in keys:
        assert checker.best(kept(instance, keys - {key})) is not None, key


def kept(instance: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    """The instance with the demands of these keys only; eligibility always holds."""
    plenty = 10**9
    changed = json.loads(json.dumps(instance))
    for fund in changed["funds"]:
        if f"fund:{fund['id']}" not in keys:
            fund["amount"] = plenty
        fund["category_max"] = {
            category: most
            for category, most in fund.get("category_max", {}).items()
            if f"category_max:{fund['id']}/{category}" in keys
        }
    for candidate in changed["candidates"]:
        name = candidate["id"]
        if f"bundle:{candidate.get('bundle')}" not in keys:
            candidate["bundle"] = None
        candidate["requires"] = [
            other for other in candidate.get("requires", []) if f"requires:{name}/{other}" in keys
        ]
        candidate["conflicts"] = [
            other
            for other in candidate.get("conflicts", [])
            if keys & {f"conflicts:{name}/{other}", f"conflicts:{other}/{name}"}
        ]
    if "match_available:all" not in keys:
        changed["match_available"] = None
    for name in ("site_min", "site_max"):
        changed[name] = {site: v for site, v in changed.get(name, {}).items() if f"{name}:{site}" in keys}
    for name in ("locked_in", "locked_out"):
        changed[name] = [one for one in changed.get(name, []) if f"{name}:{one}" in keys]
    changed["equity"] = [v for place, v in enumerate(changed["equity"]) if f"equity:{place}" in keys]
    changed["limits"] = [v for v in changed.get("limits", []) if f"limit:{v['name']}" in keys]
    return changed


@MANY
@given(instances(most=6, shared=True))
def test_an_answer_that_was_kept_is_read_back_as_it_was(instance: dict[str, Any]) -> None:
    read = read_instance(json.dumps(instance))
    assert read_instance(json.dumps(as_json(read))) == read
    answer = plan(read, seconds=20, gap=0.0)
    assert read_answer(json.dumps(as_json(answer))) == answer
