"""Intervals against scipy's own, against tables in print, and by the share of truths that they cover."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from schoolward.analysis.false_alarms.intervals import (
    Interval,
    binomial_tails,
    clopper_pearson,
    garwood,
    mid_p,
    mid_p_tails,
    wilson,
)

SHARES = [(0, 1), (1, 1), (0, 20), (20, 20), (1, 20), (7, 31), (22, 31), (190, 200), (4_990, 5_200)]


@pytest.mark.parametrize(("count", "total"), SHARES)
@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.99])
def test_shares_agree_with_scipy(count: int, total: int, confidence: float) -> None:
    test = stats.binomtest(count, total)

    for ours, method in ((wilson, "wilson"), (clopper_pearson, "exact")):
        theirs = test.proportion_ci(confidence, method=method)
        assert ours(count, total, confidence) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@pytest.mark.parametrize("events", [0, 1, 2, 10, 40, 1_000])
def test_rates_agree_with_the_poisson_distribution_itself(events: int) -> None:
    low, high = garwood(events, 2.0)

    assert stats.poisson.cdf(events, high * 2.0) == pytest.approx(0.025, abs=1e-9)
    if events:
        assert stats.poisson.sf(events - 1, low * 2.0) == pytest.approx(0.025, abs=1e-9)
    else:
        assert low == 0


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [
        # The exact Poisson limits as every table of them prints them.
        (0, 0.0, 3.689),
        (1, 0.0253, 5.572),
        (5, 1.623, 11.668),
        (10, 4.795, 18.390),
    ],
)
def test_rates_agree_with_the_printed_table(events: int, low: float, high: float) -> None:
    assert garwood(events, 1.0) == pytest.approx((low, high), abs=1e-3)


@pytest.mark.parametrize(("count", "total"), SHARES)
def test_mid_p_lies_within_the_exact_interval_and_has_its_tails(count: int, total: int) -> None:
    low, high = mid_p(count, total)
    outer = clopper_pearson(count, total)

    assert outer.low <= low <= count / total <= high <= outer.high
    distribution = stats.binom(total, np.array([low, high]))
    upper_tail = distribution.sf(count)[0] + distribution.pmf(count)[0] / 2
    lower_tail = distribution.cdf(count)[1] - distribution.pmf(count)[1] / 2
    if count:
        assert upper_tail == pytest.approx(0.025, abs=1e-8)
    if count < total:
        assert lower_tail == pytest.approx(0.025, abs=1e-8)


def test_tails_agree_with_the_binomial_distribution() -> None:
    for count in range(8):
        at_most, at_least = binomial_tails(count, 7, 0.3)
        assert at_most == pytest.approx(stats.binom.cdf(count, 7, 0.3))
        assert at_least == pytest.approx(stats.binom.sf(count - 1, 7, 0.3))
        assert sum(mid_p_tails(count, 7, 0.3)) == pytest.approx(1)


def binomial_coverage(interval: Callable[[int, int], Interval], total: int) -> list[float]:
    """How often the interval of `total` trials holds each truth, summed over all outcomes: no dice."""
    outcomes = np.arange(total + 1)
    limits = np.array([interval(int(count), total) for count in outcomes])
    return [
        float(
            stats.binom.pmf(outcomes, total, truth)[(limits[:, 0] <= truth) & (truth <= limits[:, 1])].sum()
        )
        for truth in TRUTHS
    ]


TRUTHS = np.linspace(0.005, 0.995, 67)


@pytest.mark.parametrize("total", [5, 12, 40])
def test_what_each_interval_of_a_share_covers(total: int) -> None:
    exact, middle, score = (
        binomial_coverage(interval, total) for interval in (clopper_pearson, mid_p, wilson)
    )

    assert min(exact) >= 0.95  # at least as often as it says, everywhere
    assert np.mean(middle) >= 0.95  # on average
    assert min(middle) >= 0.90
    assert np.mean(score) == pytest.approx(0.95, abs=0.015)
    assert np.mean(middle) < np.mean(exact)  # the price of "everywhere"


def test_the_interval_of_a_rate_covers_at_least_as_often_as_it_says() -> None:
    outcomes = np.arange(200)
    limits = np.array([garwood(int(events), 1.0) for events in outcomes])
    for truth in np.linspace(0.05, 60, 240):
        held = (limits[:, 0] <= truth) & (truth <= limits[:, 1])
        assert stats.poisson.pmf(outcomes[held], truth).sum() >= 0.95


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: wilson(0, 0), "0 of 0 is no share"),
        (lambda: wilson(5, 4), "5 of 4 is no share"),
        (lambda: clopper_pearson(-1, 4), "-1 of 4 is no share"),
        (lambda: mid_p(1, 4, 1.0), "not between 0 and 1"),
        (lambda: garwood(3, 0.0), "3 events over 0.0 is no rate"),
        (lambda: garwood(-1, 1.0), "is no rate"),
        (lambda: garwood(1, math.nan), "is no rate"),
        (lambda: garwood(1, 1.0, 95), "give 0.95 for 95 %"),
    ],
)
def test_what_is_no_rate_is_refused(call: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()
