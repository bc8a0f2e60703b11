"""Sentences about rules name what the rule is about, and files are read however editors save UTF-8."""

from __future__ import annotations

from datetime import date

import pytest

from schoolward.analysis.portfolio import Candidate, Equity, Fund, Instance, InstanceProblem, read_instance
from schoolward.analysis.portfolio.demands import demand
from schoolward.analysis.portfolio.model import Key, Kind

PLAIN = '{"today": "2012-09-06", "funds": [], "candidates": []}'


def one(name: str, **more: tuple[str, ...]) -> Candidate:
    return Candidate(id=name, site="s", category="c", cost=1_00, benefit=1.0, **more)


def asked(*candidates: Candidate, **more: tuple[Equity, ...]) -> Instance:
    fund = Fund(id="f", amount=10_00, categories=("c",), expires=date(2026, 9, 30))
    return Instance(today=date(2026, 1, 15), funds=(fund,), candidates=candidates, **more)


def test_names_with_strokes_are_told_apart() -> None:
    """The tie is of a/b and c, though there are a and b/c too."""
    tied = asked(one("a"), one("b/c"), one("a/b", conflicts=("c",), requires=("a",)), one("c"))
    assert demand(tied, Key(Kind.CONFLICT, "a/b/c")).sentence == "a/b and c are not both chosen."
    assert demand(tied, Key(Kind.CONFLICT, "c/a/b")).sentence == "c and a/b are not both chosen."
    assert demand(tied, Key(Kind.REQUIRES, "a/b/a")).sentence == "a/b is chosen only with a."


def test_a_floor_is_told_in_percent() -> None:
    floors = (Equity(sites=("s",), share=0.75), Equity(sites=(), share=0.1))
    told = asked(one("a"), equity=floors)
    assert demand(told, Key(Kind.EQUITY, "0")).sentence == (
        "At least 75 percent of what is spent is spent at s."
    )
    assert "names none" in demand(told, Key(Kind.EQUITY, "1")).sentence


def test_a_mark_of_order_is_passed_over_and_another_code_named() -> None:
    assert read_instance(PLAIN.encode("utf-8-sig")) == read_instance(PLAIN)
    assert read_instance("\ufeff" + PLAIN) == read_instance(PLAIN)
    with pytest.raises(InstanceProblem, match="Save it as UTF-8"):
        read_instance(PLAIN.encode("utf-16"))
