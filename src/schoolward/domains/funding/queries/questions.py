"""What a scenario asks of its plan, as the instance that the planner solves."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from schoolward.analysis.portfolio import (
    Answer,
    Equity,
    Instance,
    TransferRule,
    check_instance,
    read_answer,
    read_instance,
)
from schoolward.analysis.portfolio.frontier import at_share
from schoolward.domains.funding.models import Plan, Scenario


def instance_of_plan(plan: Plan) -> Instance:
    """The plan's snapshot as the planner reads it."""
    return read_instance(json.dumps(plan.instance))


def asked(base: Instance, scenario: Scenario) -> Instance:
    """An instance with everything that a scenario asks. Raises ``InstanceProblem`` where it names what is
    not there."""
    funds_out = set(scenario.funds_out)
    funds = tuple(fund for fund in base.funds if fund.id not in funds_out)
    changed = at_share(base.changed(funds=funds), Fraction(scenario.share_percent, 100))
    changed = changed.changed(
        candidates=tuple(_without_options_of(one, funds_out) for one in base.candidates),
        transfers=_transfers(base, funds_out),
        site_min=dict(scenario.site_min),
        site_max=dict(scenario.site_max),
        equity=tuple(
            Equity(sites=tuple(floor["sites"]), share=floor["percent"] / 100) for floor in scenario.equity
        ),
        match_available=scenario.match_available_cents,
        split=scenario.may_split,
        locked_in=tuple(scenario.locked_in),
        locked_out=tuple(scenario.locked_out),
    )
    check_instance(changed)
    return changed


def instance_of(scenario: Scenario) -> Instance:
    """The instance that a scenario asks about: the plan's snapshot with its demands."""
    return asked(instance_of_plan(scenario.plan), scenario)


def answer_of(scenario: Scenario) -> Answer | None:
    """The answer that was kept; ``None`` while there is none."""
    return None if scenario.answer is None else read_answer(json.dumps(scenario.answer))


def _without_options_of(one: Any, funds_out: set[str]) -> Any:
    if not funds_out or one.options is None:
        return one
    kept = tuple(option for option in one.options if option.fund not in funds_out)
    return one.model_copy(update={"options": kept})


def _transfers(base: Instance, funds_out: set[str]) -> tuple[TransferRule, ...]:
    kept = (
        rule.model_copy(update={"funds": tuple(fund for fund in rule.funds if fund not in funds_out)})
        for rule in base.transfers
    )
    return tuple(rule for rule in kept if len(rule.funds) > 1)
