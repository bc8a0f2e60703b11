"""Rates by group: known intervals, coverage by simulation, and that nothing small can be worked out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.analysis.disclosure import ALL, SuppressionPolicy, exposures
from schoolward.analysis.equity import (
    OTHERS,
    Minimum,
    Stage,
    difference_interval,
    pooled,
    rate_ratio,
    ratio_interval,
    stage_table,
)
from schoolward.analysis.equity.stages import _table
from schoolward.analysis.false_alarms.ratios import Verdict

STAGES = (
    Stage("eligible", "Eligible"),
    Stage("offered", "Offered", "eligible"),
    Stage("accepted", "Accepted", "offered"),
)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        # Newcombe (1998), table II, method 10.
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 10), 0.6075, 1.0000),
        ((0, 10, 0, 10), -0.2775, 0.2775),
    ],
)
def test_differences_of_the_published_table(counts: tuple[int, ...], low: float, high: float) -> None:
    found = difference_interval(*counts)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


COUNTED = st.integers(1, 60).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@given(COUNTED, COUNTED)
def test_the_ratio_of_the_other_way_round_is_the_reciprocal(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    found, turned = ratio_interval(*one, *other), ratio_interval(*other, *one)
    assert 0 <= found.low <= found.high
    for end, back in ((found.low, turned.high), (found.high, turned.low)):
        if end == 0 or math.isinf(end):
            assert back == (math.inf if end == 0 else 0)
        else:
            assert end * back == pytest.approx(1, rel=1e-6)
    if one[0] and other[0]:
        value = one[0] / one[1] / (other[0] / other[1])
        assert found.low <= value * (1 + 1e-9)
        assert value <= found.high * (1 + 1e-9)


def test_ends_solve_the_score_equation() -> None:
    """Checked against the statistic written out with the fitted rates found by search."""
    events, base, other_events, other_base = 12, 60, 20, 50
    found = ratio_interval(events, base, other_events, other_base)
    for ratio in found:
        grid = np.linspace(1e-6, min(1, 1 / ratio) - 1e-6, 400_001)
        likelihood = (
            events * np.log(grid * ratio)
            + (base - events) * np.log1p(-grid * ratio)
            + other_events * np.log(grid)
            + (other_base - other_events) * np.log1p(-grid)
        )
        fitted = float(grid[np.argmax(likelihood)])
        rate, whole = ratio * fitted, base + other_base
        variance = rate * (1 - rate) / base + ratio**2 * fitted * (1 - fitted) / other_base
        score = (events / base - ratio * other_events / other_base) ** 2 / (variance * whole / (whole - 1))
        assert score == pytest.approx(1.959964**2, rel=1e-3)


@pytest.mark.parametrize(("base", "other_base", "rate"), [(40, 400, 0.02), (30, 60, 0.5), (100, 300, 0.1)])
def test_the_interval_covers_the_true_ratio(base: int, other_base: int, rate: float) -> None:
    """Drawn again and again: how often the interval holds the true ratio, 1.5. Zero counts are among them."""
    draw = np.random.default_rng(36)
    ones = draw.binomial(base, rate * 1.5, size=1200)
    others = draw.binomial(other_base, rate, size=1200)
    known: dict[tuple[int, int], bool] = {}
    for one, other in zip(ones.tolist(), others.tolist(), strict=True):
        if (one, other) not in known:
            found = ratio_interval(one, base, other, other_base)
            known[one, other] = found.low <= 1.5 <= found.high
    held = np.mean([known[pair] for pair in zip(ones.tolist(), others.tolist(), strict=True)])
    assert 0.93 <= held <= 0.99


@pytest.mark.parametrize(
    ("counts", "value", "verdict", "words"),
    [
        ((40, 100, 20, 100), 2.0, Verdict.ROSE, "2.00 times as often as the reference"),
        ((20, 100, 40, 100), 0.5, Verdict.FELL, "The reference 2.00 times as often"),
        ((20, 100, 21, 100), 20 / 21, Verdict.NOT_SHOWN, "chance alone may be the reason"),
        ((30, 100, 30, 100), 1.0, Verdict.NOT_SHOWN, "As often as the reference"),
        ((4, 100, 40, 100), None, Verdict.TOO_FEW, "Too few to give a ratio"),
        ((20, 49, 40, 100), None, Verdict.TOO_FEW, "it takes 5 events of 50 on both sides"),
        ((40, 100, 4, 100), None, Verdict.TOO_FEW, "Too few"),
    ],
)
def test_a_ratio_in_words(counts: tuple[int, ...], value: float | None, verdict: Verdict, words: str) -> None:
    found = rate_ratio(*counts)
    assert found.value == (None if value is None else pytest.approx(value))
    assert found.verdict is verdict
    assert words in found.reading
    assert found.interval.low < found.interval.high


def test_what_is_no_rate_is_refused() -> None:
    for counts in ((1, 0, 1, 5), (6, 5, 1, 5), (-1, 5, 1, 5)):
        with pytest.raises(ValueError, match="is no rate"):
            ratio_interval(*counts)
        with pytest.raises(ValueError, match="is no rate"):
            difference_interval(*counts)


@pytest.mark.parametrize(
    ("sizes", "told_together"),
    [
        ({"A": 500, "B": 490, "C": 10}, set()),  # exactly one percent stands by itself
        ({"A": 500, "B": 480, "C": 9, "D": 8}, {"C", "D"}),
        ({"A": 600, "B": 392, "C": 8}, {"B", "C"}),  # not alone under another name
        ({"A": 5}, set()),
        ({}, set()),
    ],
)
def test_groups_below_one_percent_are_pooled(sizes: dict[str, int], told_together: set[str]) -> None:
    found = pooled(sizes)
    assert {group for group, name in found.items() if name == OTHERS} == told_together


COUNTS = {
    "eligible": {"A": 400, "B": 200, "C": 120},
    "offered": {"A": 360, "B": 140, "C": 100},
    "accepted": {"A": 300, "B": 100, "C": 60},
}


def test_each_stage_is_held_against_the_one_before() -> None:
    table = stage_table(COUNTS, STAGES, reference="A")
    offered, accepted = table.of("offered", "B"), table.of("accepted", "B")
    assert (offered.count, offered.base, offered.missed, offered.rate) == (140, 200, 60, 0.7)
    assert (accepted.base, accepted.rate) == (140, 100 / 140)
    assert offered.ratio is not None
    assert offered.ratio.value == pytest.approx(0.7 / 0.9)
    assert table.of("offered", "A").ratio is None
    assert table.of("offered", ALL).count == 600
    assert table.of("eligible", "A").rate is None
    assert table.hidden == 0


def test_a_group_is_held_against_all_others_together() -> None:
    """M36: the reference has such a ratio as well, and the row of all has none."""
    table = stage_table(COUNTS, STAGES, reference="A")
    whole, one = table.of("offered", ALL), table.of("offered", "A")
    assert whole.count is not None
    assert whole.base is not None
    assert one.count is not None
    assert one.base is not None
    others = (whole.count - one.count) / (whole.base - one.base)
    assert one.against_others is not None
    assert one.against_others.value == pytest.approx(one.count / one.base / others)
    assert one.against_others.interval.low < one.against_others.value < one.against_others.interval.high
    assert "all others together" in one.against_others.reading
    assert whole.against_others is None


@pytest.mark.parametrize(
    ("eligible", "offered"),
    [
        ({"A": 400, "B": 8}, {"A": 200, "B": 4}),  # the others are eight
        ({"A": 400, "B": 200}, {"A": 200, "B": 195}),  # of the others five were not offered it
        ({"A": 400, "B": 200}, {"A": 200, "B": 5}),  # of the others five were
    ],
)
def test_nothing_is_held_against_a_few(eligible: dict[str, int], offered: dict[str, int]) -> None:
    table = stage_table({"eligible": eligible, "offered": offered}, STAGES[:2], reference="A")
    assert table.of("offered", "A").against_others is None


def test_who_missed_a_stage_is_hidden_when_few() -> None:
    """397 of 400 tells of three."""
    counts = {**COUNTS, "offered": {"A": 397, "B": 140, "C": 100}}
    table = stage_table(counts, STAGES, reference="A")
    row = table.of("offered", "A")
    assert row.count is None or row.base is None
    assert row.rate is None
    assert table.of("offered", "B").ratio is None


def test_tables_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="put that before it"):
        stage_table(COUNTS, (STAGES[1], STAGES[0]), reference="A")
    with pytest.raises(ValueError, match="more reached 'accepted'"):
        stage_table({**COUNTS, "accepted": {"A": 361}}, STAGES, reference="A")
    with pytest.raises(ValueError, match="'Z' is no group"):
        stage_table(COUNTS, STAGES, reference="Z")


SIZES = st.lists(st.integers(0, 60), min_size=3, max_size=3)


@settings(max_examples=12)
@given(SIZES, st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_nothing_small_can_be_worked_out(sizes: list[int], shares: list[float]) -> None:
    groups = ["A", "B", "C"]
    offered = {g: round(n * share) for g, n, share in zip(groups, sizes, shares, strict=True)}
    eligible = dict(zip(groups, sizes, strict=True))
    counts = {"eligible": eligible, "offered": offered}
    table = stage_table(counts, STAGES[:2], reference="A")
    names = pooled(eligible)
    summed = {
        (key, told): sum(n for g, n in by.items() if names[g] == told)
        for key, by in counts.items()
        for told in table.groups
    }
    truth = _table(summed, STAGES[:2], table.groups)
    published = dict.fromkeys(truth.values)
    for row in table.rows:
        published["reached", row.stage.key, row.group] = row.count
        if row.missed is not None:
            published["not", row.stage.key, row.group] = row.missed
    assert exposures(truth, published, SuppressionPolicy()) == []


def test_a_minimum_of_ones_own() -> None:
    assert rate_ratio(4, 30, 6, 30, minimum=Minimum(events=3, base=20)).value == pytest.approx(4 / 6)
