"""Shares of trips and their change, with classes as clusters."""

from __future__ import annotations

from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from schoolward.analysis.travel import ClassCount, compare, difference_in_differences, share, wilson

PLACES = st.integers(1, 3)


@st.composite
def classes(draw: st.DrawFn, least: int = 1, most: int = 8) -> list[ClassCount]:
    made = []
    for number in range(draw(st.integers(least, most))):
        trips = draw(st.integers(1, 60))
        made.append(
            ClassCount(
                (draw(PLACES), f"{number}"), draw(st.integers(0, trips)), trips, draw(st.integers(1, 4))
            )
        )
    return made


@pytest.mark.parametrize(("part", "whole"), [(0, 10), (1, 10), (5, 10), (10, 10), (37, 412)])
def test_wilson_is_the_score_interval(part: int, whole: int) -> None:
    known = binomtest(part, whole).proportion_ci(0.95, "wilson")
    assert wilson(part, whole) == pytest.approx((known.low, known.high), abs=1e-9)


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (-1, 5), (6, 5)])
def test_no_share_has_no_interval(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(part, whole)


def test_a_count_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2 trips"):
        ClassCount((1, "A"), 3, 2)


def test_classes_that_are_alike_widen_the_interval() -> None:
    alike = share([ClassCount((1, str(n)), 10, 20) for n in range(6)])
    apart = share([ClassCount((1, str(n)), 20 * (n % 2), 20) for n in range(6)])
    assert alike.value == apart.value == 0.5
    assert alike.design_effect == 1
    # Six classes of which all or nobody walks: 120 trips tell as much as six.
    assert apart.design_effect == pytest.approx(20)
    assert (apart.low, apart.high) == pytest.approx(wilson(3, 6))


def test_a_class_asked_four_times_is_one_class() -> None:
    once = share([ClassCount((1, "A"), 0, 20), ClassCount((1, "B"), 0, 20)])
    often = share([ClassCount((1, name), 0, 20) for name in "AB" for _time in range(4)])
    assert often.classes == 2
    assert often.trips == 160
    assert often.high == once.high


def test_no_trip_has_no_share() -> None:
    empty = share([ClassCount((1, "A"), 0, 0)])
    assert (empty.value, empty.low, empty.high, empty.classes) == (None, None, None, 0)
    assert compare([], [ClassCount((1, "A"), 1, 2)]).difference is None


@given(classes())
def test_the_share_lies_in_its_interval(counts: list[ClassCount]) -> None:
    found = share(counts)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.design_effect >= 1 or isclose(found.design_effect, 1)


@given(classes(2, 5), classes(2, 5))
def test_looking_back_turns_the_comparison(first: list[ClassCount], second: list[ClassCount]) -> None:
    onward, back = compare(first, second), compare(second, first)
    assert onward.difference is not None
    assert back.difference is not None
    assert onward.difference == pytest.approx(-back.difference)
    if onward.low is None:
        assert back.low is None
        return
    assert back.high is not None
    assert onward.low == pytest.approx(-back.high)
    assert onward.p_value == pytest.approx(back.p_value)
    assert onward.least_p is not None
    assert onward.p_value is not None
    assert 0 < onward.least_p <= onward.p_value <= 1
    assert onward.low <= onward.difference <= onward.high  # type: ignore[operator]


@given(classes(2, 7), classes(2, 7))
def test_interval_and_test_agree(first: list[ClassCount], second: list[ClassCount]) -> None:
    found = compare(first, second)
    if found.p_value is None:
        return
    assert found.low is not None
    assert found.high is not None
    assert -1 <= found.low <= found.difference <= found.high <= 1  # type: ignore[operator]
    assert (found.p_value < 0.05) == (not found.low <= 0 <= found.high) == found.is_clear


def test_an_interval_that_drawn_arrangements_give_agrees_too() -> None:
    random = np.random.default_rng(3)
    clear = 0
    for rise in np.linspace(0, 0.25, 12):
        sides = [
            [ClassCount((side, str(n)), int(random.binomial(25, 0.3 + more)), 25) for n in range(20)]
            for side, more in ((1, 0.0), (2, rise))
        ]
        found = compare(*sides)
        assert found.p_value is not None
        assert found.low is not None
        assert found.high is not None
        assert (found.p_value < 0.05) == (not found.low <= 0 <= found.high)
        clear += found.is_clear
    assert 0 < clear < 12


def test_the_interval_holds_the_true_change_as_often_as_it_says() -> None:
    """Paired classes that differ much, each asked at both times; the share rises by a tenth."""
    random = np.random.default_rng(7)
    held = 0
    for _round in range(200):
        chances = random.uniform(0.1, 0.6, size=8)
        sides = [
            [
                ClassCount((1, str(n)), int(random.binomial(40, chance + more)), 40)
                for n, chance in enumerate(chances)
            ]
            for more in (0.0, 0.1)
        ]
        found = compare(*sides)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0.1 <= found.high
    assert held / 200 >= 0.92


@given(classes(2, 5))
def test_the_same_counts_show_no_change(counts: list[ClassCount]) -> None:
    found = compare(counts, counts)
    if found.p_value is not None:
        assert found.p_value == 1
        assert not found.is_clear


def test_one_class_in_a_time_is_too_few() -> None:
    found = compare([ClassCount((1, "A"), 4, 20)], [ClassCount((1, n), 8, 20) for n in "AB"])
    assert found.difference == pytest.approx(0.2)
    assert (found.low, found.p_value, found.is_clear) == (None, None, False)


def test_three_classes_can_never_show_a_clear_change() -> None:
    before = [ClassCount((1, n), 2, 20) for n in "ABC"]
    after = [ClassCount((1, n), 12, 20) for n in "ABC"]
    found = compare(before, after)
    # Eight ways to swap; the two furthest are as it is and all turned round.
    assert found.p_value == found.least_p == 0.25
    assert not found.is_clear


def test_eight_classes_that_all_rose_show_it() -> None:
    before = [ClassCount((1, str(n)), 2 + n % 3, 20) for n in range(8)]
    after = [ClassCount((1, str(n)), 8 + n % 3, 20) for n in range(8)]
    found = compare(before, after)
    assert found.p_value == 2 / 256
    assert found.is_clear
    assert found.in_both == found.classes == 8


def test_drawn_arrangements_give_the_same_value_each_time() -> None:
    random = np.random.default_rng(1)
    before = [ClassCount((1, str(n)), int(random.integers(0, 9)), 20) for n in range(30)]
    after = [ClassCount((2, str(n)), int(random.integers(2, 11)), 20) for n in range(30)]
    first = compare(before, after)
    assert first.p_value == compare(before, after).p_value
    assert first.p_value is not None
    assert first.p_value >= 1 / 10_000


def test_the_test_holds_its_level_where_classes_differ() -> None:
    """Classes of one school differ much: a test of trips would see a change in every third comparison."""
    random = np.random.default_rng(20120906)
    clear = of_trips = 0
    for _round in range(150):
        sides = []
        for side in (1, 2):
            chances = random.beta(1, 3, size=5)
            sides.append(
                [
                    ClassCount((side, str(n)), int(random.binomial(80, chance)), 80)
                    for n, chance in enumerate(chances)
                ]
            )
        found = compare(*sides)
        assert found.p_value is not None
        clear += found.p_value < 0.05
        assert found.difference is not None
        pooled = (found.before.active + found.after.active) / 800
        of_trips += abs(found.difference) > 1.96 * (pooled * (1 - pooled) * 2 / 400) ** 0.5
    assert clear / 150 < 0.1
    assert of_trips / 150 > 0.3


def test_a_fix_is_set_against_the_other_sites() -> None:
    def rising(site: int, by: int) -> list[ClassCount]:
        return [ClassCount((site, str(n)), 4 + by + n % (1 + by), 20) for n in range(6)]

    there = compare(rising(1, 0), rising(1, 6))
    elsewhere = compare(rising(2, 0), rising(2, 2))
    found = difference_in_differences(there, elsewhere)
    assert found.difference is not None
    assert found.difference == pytest.approx(51 / 120 - 18 / 120)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.difference < found.high
    few = compare([ClassCount((3, "A"), 1, 20)], [ClassCount((3, "A"), 2, 20)])
    assert difference_in_differences(there, few).low is None
    assert difference_in_differences(there, compare([], [])).difference is None
