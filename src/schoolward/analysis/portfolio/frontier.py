"""What more or less money would bring: plans for shares of the budget, from nothing to all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from schoolward.analysis.portfolio.answer import Allocation, Answer
from schoolward.analysis.portfolio.instance import Instance
from schoolward.analysis.portfolio.planning import plan


@dataclass(frozen=True)
class FrontierPoint:
    """The plan for a share of the budget."""

    share: Fraction
    budget: int  # what all funds hold together, in cents
    spent: int  # what they pay, in cents
    answer: Answer


def frontier(
    instance: Instance, *, steps: int = 10, seconds: float = 60.0, gap: float = 0.005
) -> tuple[FrontierPoint, ...]:
    """Return plans for `steps + 1` shares of every fund, from 0 to 1.

    Each begins with the plan of the point before, which still holds with more money. Match money and demands
    stay as they are, so that a point may be infeasible where demands cost more than there is.
    `seconds` are for all points together.
    """
    if steps < 1:
        raise ValueError(f"steps is {steps}; a frontier has at least one step.")
    return tuple(_points(instance, steps, seconds / (steps + 1), gap))


def at_share(instance: Instance, share: Fraction) -> Instance:
    """Return the instance with a share of every fund's amount, rounded down to cents."""
    funds = tuple(fund.model_copy(update={"amount": int(fund.amount * share)}) for fund in instance.funds)
    return instance.changed(funds=funds)


def _points(instance: Instance, steps: int, seconds: float, gap: float) -> Iterator[FrontierPoint]:
    before: tuple[Allocation, ...] = ()
    for step in range(steps + 1):
        share = Fraction(step, steps)
        scaled = at_share(instance, share)
        answer = plan(scaled, seconds=seconds, gap=gap, start=before, why_left_out=False)
        before = answer.allocations or before
        yield FrontierPoint(
            share=share,
            budget=sum(fund.amount for fund in scaled.funds),
            spent=sum(one.amount for one in answer.allocations),
            answer=answer,
        )
