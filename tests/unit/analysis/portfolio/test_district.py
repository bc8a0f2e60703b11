"""A district of some size, with every kind of rule at once: the plan, its frontier and its reasons."""

from __future__ import annotations

import json

import pytest
from bench.portfolio.instances import district

from schoolward.analysis.portfolio import (
    Answer,
    Instance,
    Why,
    as_json,
    frontier,
    plan,
    read_instance,
    with_locks,
)
from unit.analysis.portfolio import checker


@pytest.fixture(scope="module")
def instance() -> Instance:
    return district(240, 12, 4, budget=0.25)


@pytest.fixture(scope="module")
def answer(instance: Instance) -> Answer:
    return plan(instance, seconds=120, gap=0.01)


def test_it_keeps_every_rule_within_the_gap(instance: Instance, answer: Answer) -> None:
    assert checker.faults(as_json(instance), as_json(answer)) == []
    assert answer.gap is not None
    assert answer.gap <= 0.01


def test_no_exchange_that_is_told_would_pay(instance: Instance, answer: Answer) -> None:
    allocated = {one.candidate: one.fund for one in answer.allocations}
    told = [one for one in answer.left_out if one.why is Why.DISPLACED]
    assert told
    for one in told:
        assert set(one.displaces) <= set(allocated)
        (gone,) = one.displaces
        assert one.enters_at_benefit == instance.candidate_of[gone].benefit
        assert one.enters_at_benefit >= instance.candidate_of[one.candidate].benefit


def test_what_enters_at_a_cost_does_so(instance: Instance, answer: Answer) -> None:
    """At the cost that is told, the plan still keeps every rule with the candidate in addition."""
    told = [one for one in answer.left_out if one.enters_at_cost is not None][:8]
    assert told
    for one in told:
        cheaper = json.loads(json.dumps(as_json(instance)))
        for candidate in cheaper["candidates"]:
            if candidate["id"] == one.candidate:
                candidate["cost"] = one.enters_at_cost
        start = {"seconds": 0.0, "start": answer.allocations, "why_left_out": False}
        again = plan(read_instance(json.dumps(cheaper)), **start)
        assert again.objective is not None
        assert answer.objective is not None
        assert again.objective > answer.objective


def test_locks_hold_and_never_bring_more(instance: Instance, answer: Answer) -> None:
    out = answer.allocations[0].candidate
    other = plan(with_locks(instance, locked_out=[out]), seconds=120, gap=0.01, start=answer.allocations)
    assert out not in other.chosen
    assert other.objective is not None
    assert answer.bound is not None
    assert other.objective <= answer.bound + 1e-6


def test_the_frontier_never_falls(instance: Instance) -> None:
    without_floors = instance.changed(site_min={})
    points = frontier(without_floors, steps=4, seconds=100, gap=0.02)
    benefits = [point.answer.objective for point in points]
    assert benefits[0] == 0
    assert benefits == sorted(benefits)
    for point in points:
        funds = {fund.id: int(fund.amount * point.share) for fund in instance.funds}
        for one in point.answer.allocations:
            funds[one.fund] -= one.amount
        assert min(funds.values()) >= 0
