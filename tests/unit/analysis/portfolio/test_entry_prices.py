"""The price at which a work enters is that at which the best plan contains it."""

from __future__ import annotations

from datetime import date

from schoolward.analysis.portfolio import Candidate, Fund, Instance, LeftOut, plan, with_entry_prices


def instance(price: float = 5.0, *, needs: bool = False) -> Instance:
    """Ten dollars: one work of ten dollars' worth, and two small ones that fit beside a third."""
    fund = Fund(id="f", amount=10_00, categories=("c",), expires=date(2026, 9, 30))
    given = (
        ("big", 7_00, 9.0, ()),
        ("small", 3_00, 3.0, ()),
        ("other", 3_00, 2.5, ()),
        ("wanted", 4_00, price, ("never",) if needs else ()),
        *((("never", 7_00, 1.0, ()),) if needs else ()),
    )
    candidates = tuple(
        Candidate(id=name, site="s", category="c", cost=cost, benefit=benefit, requires=requires)
        for name, cost, benefit, requires in given
    )
    return Instance(today=date(2026, 1, 15), funds=(fund,), candidates=candidates)


def left_out(asked: Instance, name: str = "wanted", *, most: int = 9) -> LeftOut:
    answer = plan(asked, seconds=10, gap=0.0)
    priced = with_entry_prices(asked, answer, seconds=10, most=most)
    return next(one for one in priced.left_out if one.candidate == name)


def test_a_price_is_what_the_best_plan_loses() -> None:
    """The best brings 12 (big, small); with it 5.5 beside (small, other): 6.5, and a swap of one says 9."""
    told = left_out(instance())
    assert (told.price_low, told.price_high) == (6.5, 6.5)
    assert told.enters_at_benefit == 9.0
    assert "wanted" not in plan(instance(6.4), seconds=10, gap=0.0).chosen
    assert "wanted" in plan(instance(6.6), seconds=10, gap=0.0).chosen


def test_what_no_plan_can_contain_is_blocked() -> None:
    told = left_out(instance(needs=True))
    assert (told.why.value, told.price_high, told.enters_at_benefit) == ("blocked", None, None)


def test_only_so_many_are_priced_those_that_bring_most_first() -> None:
    assert left_out(instance(), most=1).price_high == 6.5
    assert left_out(instance(), "other", most=1).price_high is None
    answer = plan(instance(), seconds=10, gap=0.0)
    assert with_entry_prices(instance(), answer, seconds=0) == answer
