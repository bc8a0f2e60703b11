"""Plans whose best answer can be reckoned by hand, rule by rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from schoolward.analysis.portfolio import (
    Answer,
    Candidate,
    Equity,
    Fund,
    Instance,
    Limit,
    Option,
    Status,
    TransferRule,
    Why,
    as_json,
    compare,
    explain,
    frontier,
    plan,
    quality,
    with_locks,
)
from unit.analysis.portfolio import checker

TODAY = date(2026, 1, 15)


def fund(name: str, amount: int, **more: Any) -> Fund:
    return Fund(id=name, amount=amount, **{"categories": None, "expires": date(2026, 12, 31), **more})


def work(name: str, cost: int, benefit: float, **more: Any) -> Candidate:
    return Candidate(id=name, cost=cost, benefit=benefit, **{"site": "s", "category": "locks", **more})


def of(*parts: Fund | Candidate, **more: Any) -> Instance:
    funds = tuple(part for part in parts if isinstance(part, Fund))
    candidates = tuple(part for part in parts if isinstance(part, Candidate))
    return Instance(funds=funds, candidates=candidates, today=TODAY, **more)


def solved(instance: Instance) -> Any:
    answer = plan(instance, seconds=20, gap=0.0)
    assert checker.faults(as_json(instance), as_json(answer)) == []
    return answer


def test_the_last_day_of_a_fund_still_counts() -> None:
    ends = date(2026, 1, 25)
    instance = of(
        fund("f", 900, expires=ends), work("a", 100, 1, lead_days=10), work("b", 100, 1, lead_days=11)
    )
    answer = solved(instance)
    assert answer.chosen == {"a"}
    assert answer.left_out[0].reason == "No fund may pay it: none lasts the 11 days that it takes."


def test_match_is_a_share_of_the_whole_cost_rounded_up() -> None:
    answer = solved(of(fund("f", 75, match_rate=0.25), work("a", 101, 1), match_available=26))
    assert [(one.amount, one.match) for one in answer.allocations] == [(75, 26)]
    assert not solved(of(fund("f", 75, match_rate=0.25), work("a", 101, 1), match_available=25)).chosen


def test_among_plans_that_bring_the_same_the_cheaper_is_taken() -> None:
    instance = of(fund("f", 500), work("dear", 400, 3), work("cheap", 300, 3))
    assert solved(instance).chosen == {"cheap"}


def test_a_bundle_comes_whole_or_not_at_all() -> None:
    parts = [work(name, 100, benefit, bundle="b") for name, benefit in (("x", 5), ("y", 0.1))]
    assert solved(of(fund("f", 200), *parts, work("z", 100, 2))).chosen == {"x", "y"}
    assert solved(of(fund("f", 199), *parts, work("z", 100, 2))).chosen == {"z"}


def test_options_have_their_own_cost_and_benefit_and_are_the_only_ones() -> None:
    option = Option(fund="g", cost=50, benefit=9)
    answer = solved(of(fund("f", 500), fund("g", 50), work("a", 100, 1, options=(option,))))
    assert [(one.fund, one.amount) for one in answer.allocations] == [("g", 50)]
    assert answer.objective == 9


def test_a_cost_is_shared_only_where_the_instance_says_so() -> None:
    parts = fund("f", 60), fund("g", 30, match_rate=0.5), work("a", 100, 1)
    assert not solved(of(*parts, match_available=None)).chosen
    answer = solved(of(*parts, match_available=None, split=True))
    assert sum(one.amount + one.match for one in answer.allocations) == 100


def test_money_is_moved_within_its_rule() -> None:
    parts = fund("f", 60), fund("g", 50), work("a", 90, 1)
    answer = solved(of(*parts, transfers=(TransferRule(funds=("f", "g"), max=40),)))
    assert {(one.source, one.target) for one in answer.transfers} in ({("f", "g")}, {("g", "f")})
    assert not solved(of(*parts, transfers=(TransferRule(funds=("f", "g"), max=29),))).chosen


def test_a_category_is_paid_up_to_its_cap() -> None:
    capped = fund("f", 900, category_max={"locks": 250})
    instance = of(capped, work("a", 200, 2), work("b", 100, 1.5), work("c", 600, 1, category="doors"))
    assert solved(instance).chosen == {"a", "c"}


def test_clashing_demands_are_as_few_as_can_be() -> None:
    instance = of(
        fund("f", 100),
        work("a", 80, 1),
        work("b", 50, 1, site="t"),
        work("c", 10, 1, site="u"),
        site_min={"s": 1, "t": 1, "u": 1},
    )
    answer = plan(instance, seconds=20)
    assert answer.status is Status.INFEASIBLE
    assert {demand.key for demand in answer.clash} == {"fund:f", "site_min:s", "site_min:t"}
    assert [one.sentence for one in answer.clash if one.key == "fund:f"] == ["The fund f holds $1."]


def test_of_several_clashes_the_smallest_is_named() -> None:
    locked = work("x", 10, 1, category="never")
    narrow = fund("f", 100, categories=("locks",))
    instance = of(
        narrow,
        work("a", 80, 1),
        work("b", 50, 1, site="t"),
        locked,
        site_min={"s": 1, "t": 1},
        locked_in=("x",),
    )
    answer = plan(instance, seconds=20)
    assert [demand.key for demand in answer.clash] == ["locked_in:x"]
    assert answer.clash[0].sentence == "x must be chosen. No fund may pay it: none takes “never”."


@pytest.mark.parametrize(
    ("candidate", "more", "why", "told"),
    [
        (work("x", 50, 9, category="other"), {}, Why.NOT_ELIGIBLE, "No fund may pay it: none takes “other”."),
        (
            work("x", 101, 9),
            {},
            Why.TOO_DEAR,
            "It is more than a rule allows, even alone. The fund f holds $1.",
        ),
        (work("x", 50, 0), {}, Why.NO_BENEFIT, "It brings no benefit."),
        (work("x", 50, 9), {"locked_out": ("x",)}, Why.LOCKED_OUT, "It is locked out."),
        (
            work("x", 50, 1),
            {},
            Why.DISPLACED,
            "The fund f has $0.20 left; it takes $0.50. At $0.20 it would fit into what is left. "
            "It would fit if a went, which brings 5; this brings 1.",
        ),
        (work("x", 10, 1, conflicts=("a",)), {}, Why.DISPLACED, "x and a are not both chosen"),
        (
            work("x", 10, 1),
            {"limits": (Limit(name="hours", weights={"x": 2, "a": 2}, max=3),)},
            Why.DISPLACED,
            "Too little is left of hours. There are 3 of hours.",
        ),
    ],
)
def test_what_is_left_out_says_why(candidate: Candidate, more: dict[str, Any], why: Why, told: str) -> None:
    narrow = fund("f", 100, categories=("locks",))
    answer = solved(of(narrow, work("a", 80, 5), candidate, **more))
    assert answer.chosen == {"a"}
    (reason,) = answer.left_out
    assert reason.why is why
    assert told.replace("x and a", "a and x") in reason.reason.replace("x and a", "a and x")


@pytest.mark.parametrize("ties", [{"conflicts": ("c",)}, {}], ids=["said by it", "said by the other"])
def test_what_needs_what_it_excludes_is_never_chosen(ties: dict[str, Any]) -> None:
    other = work("c", 10, 1, conflicts=() if ties else ("x",))
    answer = solved(of(fund("f", 100), work("x", 10, 9, requires=("c",), **ties), other))
    told = {one.candidate: one for one in answer.left_out}["x"]
    assert told.why is Why.NEEDS
    assert told.reason == "It is chosen only with c, and the two exclude each other."


def test_the_last_days_of_the_calendar_are_planned_too() -> None:
    instance = of(fund("f", 100, expires=date(9999, 12, 31)), work("a", 10, 1, lead_days=60))
    answer = plan(instance.model_copy(update={"today": date(9999, 12, 30)}), seconds=5)
    assert [one.why for one in answer.left_out] == [Why.NOT_ELIGIBLE]


def test_an_exchange_is_told_as_one_way_and_its_price_as_enough() -> None:
    """One thing that makes room is no more than that: with y beside it, x enters far below its price."""
    instance = of(
        fund("f", 100),
        work("big", 60, 9),
        work("small", 40, 5),
        work("x", 50, 6),
        work("y", 50, 7),
    )
    others = [one for one in instance.candidates if one.id != "x"]
    answer = solved(instance)
    assert answer.chosen == {"big", "small"}
    told = {one.candidate: one for one in answer.left_out}["x"]
    assert told.displaces == ("big",)
    assert told.enters_at_benefit == 9
    enters = next(
        points
        for points in (6.5, 7.5, 8, 9.5)
        if "x" in solved(of(*instance.funds, *others, work("x", 50, points))).chosen
    )
    assert enters < told.enters_at_benefit
    assert "would have to go" not in told.reason
    assert "It would fit if big went, which brings 9; this brings 6." in told.reason


def test_a_candidate_enters_at_the_price_that_is_told() -> None:
    instance = of(fund("f", 100), work("a", 80, 5), work("x", 50, 1))
    (reason,) = solved(instance).left_out
    assert reason.displaces == ("a",)
    dearer = of(fund("f", 100), work("a", 80, 5), work("x", 50, reason.enters_at_benefit + 0.1))
    assert solved(dearer).chosen == {"x"}
    cheaper = of(fund("f", 100), work("a", 80, 5), work("x", reason.enters_at_cost, 1))
    assert solved(cheaper).chosen == {"a", "x"}


@pytest.mark.parametrize("share", [0.3333333333333333, 0.30000000000000004, 0.5500000000000002])
def test_a_share_of_sixteen_digits_is_planned_too(share: float) -> None:
    instance = of(
        fund("f", 10_000_00),
        work("gate", 6_000_00, 5),
        work("door", 5_000_00, 4, site="t"),
        work("lamp", 3_000_00, 3, site="t"),
        equity=(Equity(sites=("t",), share=share),),
    )
    answer = solved(instance)
    assert answer.chosen == ({"gate", "lamp"} if share <= 1 / 3 else {"door", "lamp"})
    assert answer.status is Status.OPTIMAL


def test_where_shares_of_a_cent_pay_for_nothing_buying_nothing_is_the_plan() -> None:
    instance = of(
        fund("f", 1, match_rate=0.25),
        fund("g", 1, match_rate=0.25),
        work("a", 3, 5),
        split=True,
        match_available=1,
    )
    answer = solved(instance)
    assert answer.status in (Status.OPTIMAL, Status.FEASIBLE)
    assert answer.chosen == set()


@pytest.mark.parametrize("rate", [0.1, 0.25, 1 / 3])
@pytest.mark.parametrize("left", range(1, 30))
def test_the_highest_cost_that_fits_is_told_to_the_cent_also_with_match(rate: float, left: int) -> None:
    instance = of(fund("f", left, match_rate=rate), work("a", 500, 1), match_available=20)
    at_cost = solved(instance).left_out[0].enters_at_cost
    fits = {
        cost: bool(solved(of(*instance.funds, work("a", cost, 1), match_available=20)).chosen)
        for cost in range((at_cost or 0), (at_cost or 0) + 3)
    }
    if at_cost is not None:
        assert fits == {at_cost: True, at_cost + 1: False, at_cost + 2: False}


def test_what_is_left_is_told_whole_where_all_costs_have_a_divisor() -> None:
    (reason,) = solved(of(fund("f", 100_000), work("a", 60_000, 5), work("x", 60_000, 4))).left_out

    assert reason.reason.startswith("The fund f has $400 left; it takes $600.")
    assert reason.enters_at_cost == 40_000


def test_an_answer_is_explained_again_without_planning() -> None:
    instance = of(fund("f", 100), work("a", 80, 5), work("x", 50, 1))
    answer = solved(instance)
    assert explain(instance, answer) == answer.left_out


def test_the_frontier_rises_with_the_budget() -> None:
    works = [work(f"w{number}", 40 + 7 * number, 3 + number % 4) for number in range(12)]
    instance = of(fund("f", 420), fund("g", 280), *works)
    points = frontier(instance, steps=7, seconds=60, gap=0.0)
    assert [point.budget for point in points] == [700 * step // 7 for step in range(8)]
    assert points[0].spent == 0
    benefits = [point.answer.objective for point in points]
    assert benefits == sorted(benefits)
    assert benefits[-1] == solved(instance).objective
    for point in points:
        assert point.spent <= point.budget


def test_scenarios_side_by_side() -> None:
    instance = of(
        fund("f", 100), work("a", 60, 5), work("b", 40, 3), work("c", 40, 2, site="t"), work("d", 200, 9)
    )
    answers = {"free": solved(instance), "without b": solved(with_locks(instance, locked_out=["b"]))}
    found = compare(instance, answers)
    assert found.in_all == ("a",)
    assert found.only_in == {"free": ("b",), "without b": ("c",)}
    assert found.in_none == ("d",)
    assert found.from_fund["free"] == {"f": 100}
    assert found.at_site["without b"] == {"s": 60, "t": 40}


def test_a_plan_begins_with_an_earlier_one_even_without_time() -> None:
    works = [work(f"w{number}", 40 + 7 * number, 3 + number % 4) for number in range(12)]
    instance = of(fund("f", 400), *works)
    before = solved(instance)
    again = plan(instance, seconds=0.0, start=before.allocations)
    assert again.objective == before.objective


@pytest.mark.parametrize(
    ("objective", "bound", "gap", "told"),
    [
        (1000.0, 1001.001, 0.001001, "The plan brings 1,000, within 0.11 % of the best possible."),
        (10.0, 18.0, 0.8, "The plan brings 10; no plan brings more than 18."),
        (0.0, 3.0, None, "The plan brings 0; no plan brings more than 3."),
    ],
)
def test_how_good_a_plan_is_is_never_said_too_kindly(
    objective: float, bound: float, gap: float | None, told: str
) -> None:
    answer = Answer(status=Status.FEASIBLE, objective=objective, bound=bound, gap=gap, seconds=1.0)
    assert quality(answer) == told


def test_nothing_to_choose_from_is_a_plan_too() -> None:
    answer = plan(of(fund("f", 100)), seconds=5)
    assert (answer.status, answer.objective, answer.bound, answer.gap) == (Status.OPTIMAL, 0.0, 0.0, 0.0)
