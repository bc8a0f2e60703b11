"""Rate ratios against scipy, against a worked example in print, and by what they cover."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from schoolward.analysis.false_alarms import (
    BeforeAfter,
    Method,
    Observed,
    Verdict,
    compared_rate_ratio,
    rate_ratio,
)


def sides(before: int, after: int, exposure_before: float = 1.0, exposure_after: float = 1.0) -> BeforeAfter:
    return BeforeAfter(Observed(before, exposure_before), Observed(after, exposure_after))


@pytest.mark.parametrize(
    ("before", "after", "hours_before", "hours_after"),
    [(30, 6, 2_000, 2_000), (30, 6, 2_000, 500), (9, 0, 1_000, 1_000), (0, 9, 1_000, 4_000), (3, 3, 7, 7)],
)
def test_it_agrees_with_scipys_binomial(
    before: int, after: int, hours_before: float, hours_after: float
) -> None:
    """Given the total, the events afterwards are binomial: limits and p come from scipy's test of that."""
    found = rate_ratio(Observed(before, hours_before), Observed(after, hours_after))

    test = stats.binomtest(after, before + after, hours_after / (hours_before + hours_after))
    limits = test.proportion_ci(0.95, method="exact")
    per = hours_before / hours_after
    assert found.low == pytest.approx(limits.low / (1 - limits.low) * per)
    if before:
        assert found.high == pytest.approx(limits.high / (1 - limits.high) * per)
        assert found.value == pytest.approx(after / before * per)
    else:
        assert (found.value, found.high) == (None, None)
    one_sided = min(
        stats.binomtest(after, before + after, hours_after / (hours_before + hours_after), side).pvalue
        for side in ("less", "greater")
    )
    assert found.p_value == pytest.approx(min(1.0, 2 * one_sided))


def test_the_example_of_rs_poisson_test() -> None:
    """11 events in 800 against 21 in 3,011 (the pooled county data in R's help page), as R prints it."""
    found = rate_ratio(Observed(21, 3_011), Observed(11, 800))

    assert found.value == pytest.approx(1.971488, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((0.8584264, 4.2772659), abs=1e-6)


def test_an_example_in_print() -> None:
    """Breast cancer after fluoroscopy: 41 in 28,010 woman-years against 15 in 19,017.

    Rothman's textbooks give 1.86 and the log-normal limits 1.03 and 3.35. Held against a group so large that
    it adds no variance, the comparison must come to the same; the exact limits are a little wider.
    """
    before, after = Observed(15, 19_017), Observed(41, 28_010)
    found = compared_rate_ratio([BeforeAfter(before, after)], [sides(10**9, 10**9)])
    exact = rate_ratio(before, after)

    assert found.value == pytest.approx(1.86, abs=0.005)
    assert (found.low, found.high) == pytest.approx((1.03, 3.35), abs=0.005)
    assert (exact.low or 0) < (found.low or 0)
    assert (exact.high or 0) > (found.high or 0)


@pytest.mark.parametrize(
    ("before", "after", "hours_after", "verdict"),
    [
        pytest.param(30, 6, 1_000, Verdict.FELL, id="fell"),
        pytest.param(6, 30, 1_000, Verdict.ROSE, id="rose"),
        pytest.param(30, 25, 1_000, Verdict.NOT_SHOWN, id="perhaps chance"),
        pytest.param(30, 30, 2_500, Verdict.FELL, id="as many in longer time is fewer"),
        pytest.param(6, 0, 1_000, Verdict.FELL, id="six and then none: just enough"),
        pytest.param(5, 0, 1_000, Verdict.TOO_FEW, id="five and then none: not enough"),
        pytest.param(2, 3, 1_000, Verdict.TOO_FEW, id="five in all"),
        pytest.param(0, 0, 1_000, Verdict.TOO_FEW, id="nothing ever"),
        pytest.param(30, 6, 0, Verdict.NO_EXPOSURE, id="not armed since"),
    ],
)
def test_what_is_said(before: int, after: int, hours_after: float, verdict: Verdict) -> None:
    found = rate_ratio(Observed(before, 1_000), Observed(after, hours_after))

    assert found.verdict is verdict
    if verdict is Verdict.NO_EXPOSURE:
        assert (found.value, found.low, found.high, found.p_value) == (None, None, None, None)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (30, 6, "Fell by 80 % against before: rate ratio 0.20, 95 % interval 0.07 to 0.49."),
        (30, 25, "No change shown against before: rate ratio 0.83, 95 % interval 0.47 to 1.47."),
        (0, 9, "Rose against before: none before, 95 % interval 1.97 to no upper limit."),
        (5, 0, "Too few to judge: 5 events, 5 before and 0 after."),
        (0, 0, "Too few to judge: 0 events, neither before nor after."),
    ],
)
def test_the_sentence(before: int, after: int, sentence: str) -> None:
    assert rate_ratio(Observed(before, 1_000), Observed(after, 1_000)).sentence == sentence


COUNTS = np.arange(120)


@pytest.mark.parametrize(("method", "least"), [(Method.EXACT, 0.95), (Method.MID_P, 0.935)])
@pytest.mark.parametrize(
    ("expected", "ratio", "hours"), [(8.0, 0.4, 1.0), (15.0, 1.0, 0.5), (30.0, 0.36, 1.0), (12.0, 2.0, 2.0)]
)
def test_how_often_the_interval_holds_the_true_ratio(
    method: Method, least: float, expected: float, ratio: float, hours: float
) -> None:
    """Summed over every pair of Poisson counts that can happen (but for one in a thousand): no dice."""
    mean_after = expected * ratio * hours
    chance_before = stats.poisson.pmf(COUNTS, expected)
    chance_after = stats.poisson.pmf(COUNTS, mean_after)
    held = total = 0.0
    for before in np.flatnonzero(chance_before > 1e-5).tolist():
        for after in np.flatnonzero(chance_after > 1e-5).tolist():
            chance = float(chance_before[before] * chance_after[after])
            if chance < 1e-6:
                continue
            found = rate_ratio(Observed(before, 1.0), Observed(after, hours), method=method)
            total += chance
            if found.low is None or (found.low <= ratio and (found.high is None or ratio <= found.high)):
                held += chance

    assert total > 0.999
    assert held / total >= least


def test_one_stratum_is_the_plain_ratio_of_ratios() -> None:
    found = compared_rate_ratio([sides(40, 10)], [sides(50, 45)])

    error = math.sqrt(1 / 40 + 1 / 10 + 1 / 50 + 1 / 45)
    assert found.value == pytest.approx((10 / 40) / (45 / 50))
    assert found.low == pytest.approx((10 / 40) / (45 / 50) * math.exp(-1.959964 * error))
    assert found.high == pytest.approx((10 / 40) / (45 / 50) * math.exp(1.959964 * error))
    assert found.verdict is Verdict.FELL
    assert "against the zones compared with" in found.sentence


def test_a_fall_that_the_neighbours_share_is_no_effect() -> None:
    alone = rate_ratio(Observed(40, 1.0), Observed(20, 1.0))
    compared = compared_rate_ratio([sides(40, 20)], [sides(80, 40)])

    assert alone.verdict is Verdict.FELL
    assert compared.verdict is Verdict.NOT_SHOWN
    assert compared.value == pytest.approx(1.0)


def test_pooled_strata_are_not_misled_by_seasons() -> None:
    """Each month fell by half; but the summer, with ten times the rate, was armed longer afterwards.

    The crude ratio says that alarms rose; Mantel and Haenszel's says by half.
    """
    winter, summer = sides(20, 4, 1_000, 400), sides(40, 80, 200, 800)
    assert (84 / 1_200) / (60 / 1_200) > 1

    found = compared_rate_ratio([winter, summer], [sides(500, 500)])

    assert found.value == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("treated", "comparison", "verdict"),
    [
        pytest.param([sides(40, 4)], [sides(50, 45)], Verdict.TOO_FEW, id="four after"),
        pytest.param([sides(40, 0)], [sides(50, 45)], Verdict.TOO_FEW, id="none after"),
        pytest.param([sides(40, 10)], [sides(0, 45)], Verdict.TOO_FEW, id="none before, compared"),
        pytest.param([sides(40, 10)], [], Verdict.NO_EXPOSURE, id="nothing to compare with"),
        pytest.param([sides(40, 10, 1, 0)], [sides(50, 45)], Verdict.NO_EXPOSURE, id="not armed since"),
    ],
)
def test_where_the_comparison_is_not_judged(
    treated: list[BeforeAfter], comparison: list[BeforeAfter], verdict: Verdict
) -> None:
    assert compared_rate_ratio(treated, comparison).verdict is verdict


def test_how_often_the_compared_interval_holds_the_true_ratio() -> None:
    """Seeded dice: 4,000 invented districts in two seasons, with a true effect of 0.6."""
    dice = np.random.default_rng(20110906)
    runs, judged, held = 4_000, 0, 0
    means = np.array([[20, 20 * 0.9 * 0.6], [35, 35 * 1.2 * 0.6], [60, 60 * 0.9], [90, 90 * 1.2]])
    for counts in dice.poisson(means, size=(runs, 4, 2)):
        strata = [sides(int(before), int(after)) for before, after in counts]
        found = compared_rate_ratio(strata[:2], strata[2:])
        if found.verdict is Verdict.TOO_FEW:
            continue
        judged += 1
        held += (found.low or 0) <= 0.6 <= (found.high or math.inf)

    assert judged > 0.99 * runs
    assert held / judged == pytest.approx(0.95, abs=0.012)  # three standard errors of 4,000 throws


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: Observed(-1, 1.0), "neither may be below 0"),
        (lambda: Observed(1, -1.0), "neither may be below 0"),
        (lambda: Observed(1, math.inf), "neither may be below 0"),
        (lambda: rate_ratio(Observed(1, 1.0), Observed(1, 1.0), method=Method.LOG_NORMAL), "EXACT or MID_P"),
        (lambda: rate_ratio(Observed(1, 1.0), Observed(1, 1.0), confidence=95), "give 0.95"),
    ],
)
def test_what_cannot_be_is_refused(call: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()
