"""The sentence about changes to sites, completed: on time, by severity, and whether the fixes helped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from schoolward.platform.access.models import Account
from schoolward.platform.measures.examples import parse
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Ends, Rows, get, measure
from schoolward.reports.board_summary.blocks.environment import environment
from schoolward.reports.composing import Composer

pytestmark = pytest.mark.django_db
AS_OF = date(2012, 9, 6)
COMMON: dict[str, Any] = {
    "owner": "test",
    "record_class": "public",
    "definition": "…",
    "numerator": "…",
    "denominator": "…",
    "unit": "percent",
}


@pytest.fixture
def effect() -> Callable[..., None]:
    """Register a measure of M13's form: ``effect(interval=(40.0, 90.0))``, or ``effect(missing="…")``."""

    def make(*, interval: Ends = (0.0, None), missing: str = "") -> None:
        for number in range(2):
            Account.objects.create_user(f"counted-{number}@example.org", name="counted")

        def rows(period: Period, scope: Scope) -> Rows:
            found = Account.objects.filter(name="counted")
            if missing:
                return Rows(found.none(), collected=False, missing=missing)
            return Rows(found, 4, factor=100, interval=lambda _count, _against: interval, unchanged=100)

        measure(key="assessments.after_fixes", title="After fixes", code="M13", **COMMON)(rows)

    return make


def told() -> str:
    composer = Composer(AS_OF, blocks={})
    return " ".join(run["text"] for block in environment(composer) for run in block["runs"])


def test_without_such_records_it_says_nothing() -> None:
    assert "After fixes" not in told()
    assert "By severity" not in told()


@pytest.mark.parametrize(
    ("interval", "verdict"),
    [
        ((40.0, 90.0), "which shows a fall"),
        ((40.0, 110.0), "no change shown"),
        ((40.0, None), "no change shown"),
        ((105.0, 300.0), "which shows a rise"),
    ],
)
def test_the_interval_decides_what_is_said(effect: Callable[..., None], interval: Ends, verdict: str) -> None:
    effect(interval=interval)
    assert "After fixes:  50%" in told()
    assert verdict in told()


def test_too_few_says_so(effect: Callable[..., None]) -> None:
    effect(missing="Too few incidents to tell.")
    assert "After fixes:  not collected . Too few incidents to tell." in told()


def test_severities_are_told_with_what_they_are_held_against_the_gravest_first() -> None:
    for key, words in (
        ("recommendations.completion", "By severity:"),
        ("recommendations.on_time", "On time, by severity:"),
    ):
        example = get(f"{key}.urgent").example
        assert example is not None
        if key.endswith("completion"):
            example.build(parse(example.rows))
        assert f"{words}  urgent  50%  ( 1 of 2 ) ; high " in told()
    assert "; medium  67%  ( 2 of 3 ) ; low  0%  ( 0 of 1 ) ." in told()
    assert "; medium  100%  ( 1 of 1 ) ." in told(), "nothing low has fallen due that was not declined"
