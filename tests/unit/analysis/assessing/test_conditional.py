"""The exact comparison against enumeration, against scipy for one stratum, and by what it covers."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats.contingency import odds_ratio

from schoolward.analysis.assessing.conditional import Stratum, exact_compared_ratio
from schoolward.analysis.false_alarms.ratios import BeforeAfter, Observed, Verdict, compared_rate_ratio


def stratum(
    counts: tuple[int, int, int, int], days: tuple[float, float, float, float] = (30.0, 30.0, 30.0, 30.0)
) -> Stratum:
    """Return a stratum from treated before and after, untreated before and after."""
    sides = [Observed(count, exposure) for count, exposure in zip(counts, days, strict=True)]
    return Stratum(BeforeAfter(*sides[:2]), BeforeAfter(*sides[2:]))


def slow_tails(strata: list[Stratum], ratio: Fraction) -> tuple[Fraction, Fraction]:
    """Return the chances of a count this small and this large, by going through all tables with fractions."""
    choices = []
    for one in strata:
        treated = one.treated.before.events + one.treated.after.events
        untreated = one.untreated.before.events + one.untreated.after.events
        after = one.treated.after.events + one.untreated.after.events
        days = [Fraction(side) for side in one.sides]
        odds = ratio * days[1] / days[0] * days[2] / days[3]
        choices.append(
            [
                (count, math.comb(treated, count) * math.comb(untreated, after - count) * odds**count)
                for count in range(treated + 1)
                if 0 <= after - count <= untreated
            ]
        )
    observed = sum(one.treated.after.events for one in strata)
    whole = small = large = Fraction(0)
    for table in product(*choices):
        chance = math.prod((weight for _, weight in table), start=Fraction(1))
        total = sum(count for count, _ in table)
        whole += chance
        small += chance * (total <= observed)
        large += chance * (total >= observed)
    return small / whole, large / whole


COUNT = st.integers(0, 5)
DAYS = st.sampled_from((28.0, 30.0, 31.0, 310.0))
STRATA = st.lists(
    st.builds(stratum, st.tuples(COUNT, COUNT, COUNT, COUNT), st.tuples(DAYS, DAYS, DAYS, DAYS)),
    min_size=1,
    max_size=3,
)


@settings(max_examples=60)
@given(STRATA)
def test_the_limits_leave_a_fortieth_in_each_tail(strata: list[Stratum]) -> None:
    found = exact_compared_ratio(strata)
    assert found.low is not None
    small, large = slow_tails(strata, Fraction(1))
    assert found.p_value == pytest.approx(min(1.0, 2 * float(min(small, large))))
    if found.low > 0:
        assert float(slow_tails(strata, Fraction(found.low))[1]) == pytest.approx(0.025, rel=1e-6)
    if found.high is not None:
        assert float(slow_tails(strata, Fraction(found.high))[0]) == pytest.approx(0.025, rel=1e-6)
    if found.value is not None and found.high is not None:
        assert found.low <= found.value <= found.high
    if found.verdict in (Verdict.FELL, Verdict.ROSE):
        assert found.p_value is not None
        assert found.p_value < 0.05


@pytest.mark.parametrize("counts", [(40, 10, 50, 45), (7, 1, 3, 9), (3, 4, 5, 6), (200, 150, 900, 1_000)])
def test_one_stratum_of_equal_days_is_scipys_conditional_odds_ratio(
    counts: tuple[int, int, int, int],
) -> None:
    before, after, other_before, other_after = counts
    theirs = odds_ratio(np.array([[after, before], [other_after, other_before]]), kind="conditional")
    limits = theirs.confidence_interval(0.95)
    found = exact_compared_ratio([stratum(counts)])
    assert found.value == pytest.approx(theirs.statistic, rel=1e-5)
    assert (found.low, found.high) == pytest.approx((limits.low, limits.high), rel=1e-4)


def test_large_counts_come_to_the_log_normal_interval() -> None:
    """With many incidents in every month both methods must say the same."""
    months = [stratum((190 + m, 120 + m, 400, 420 + m), (31.0, 31.0, 310.0, 310.0)) for m in range(12)]
    exact = exact_compared_ratio(months)
    normal = compared_rate_ratio([one.treated for one in months], [one.untreated for one in months])
    assert (exact.value, exact.low, exact.high) == pytest.approx(
        (normal.value, normal.low, normal.high), rel=5e-3
    )
    assert exact.verdict is normal.verdict is Verdict.FELL


def test_a_fall_that_all_share_and_longer_days_are_no_effect() -> None:
    shared = exact_compared_ratio([stratum((40, 20, 80, 40))])
    longer = exact_compared_ratio([stratum((20, 40, 80, 80), (30.0, 60.0, 30.0, 30.0))])
    assert shared.value == pytest.approx(1.0)
    # The conditional estimate is not quite the plain ratio of ratios, which is 1.
    assert longer.value == pytest.approx(1.0, abs=0.01)
    assert shared.verdict is longer.verdict is Verdict.NOT_SHOWN


@pytest.mark.parametrize(
    ("counts", "verdict", "says"),
    [
        (
            (40, 10, 50, 45),
            Verdict.FELL,
            "Fell by 72 % against untreated campuses of the same season: rate ratio",
        ),
        ((10, 40, 50, 45), Verdict.ROSE, "Rose by"),
        ((20, 18, 200, 190), Verdict.NOT_SHOWN, "No change shown against untreated campuses"),
        ((3, 0, 40, 40), Verdict.TOO_FEW, "Too few to tell: 3 before and 0 after, against 80 at untreated"),
        ((0, 0, 40, 40), Verdict.TOO_FEW, "Too few to tell: 0 before and 0 after"),
        ((9, 0, 40, 40), Verdict.FELL, "Fell by 100 %"),
        ((0, 9, 40, 40), Verdict.ROSE, "As many as could be fell after the work: 9"),
        ((9, 2, 0, 0), Verdict.TOO_FEW, "Too few to tell: 9 before and 2 after, against 0"),
    ],
)
def test_what_is_said(counts: tuple[int, int, int, int], verdict: Verdict, says: str) -> None:
    found = exact_compared_ratio([stratum(counts)])
    assert found.verdict is verdict
    assert found.sentence.startswith(says)


@given(st.tuples(COUNT, COUNT, st.integers(0, 30), st.integers(0, 30)))
def test_too_few_is_where_no_table_of_these_totals_could_show_anything(
    counts: tuple[int, int, int, int],
) -> None:
    before, after, other_before, other_after = counts
    found = exact_compared_ratio([stratum(counts)])
    possible = []
    for now in range(before + after + 1):
        moved = after - now  # what is not after at the treated is after at the untreated: the totals stay
        table = (before + moved, now, other_before - moved, other_after + moved)
        if min(table) >= 0:
            possible.append(exact_compared_ratio([stratum(table)]))
    assert possible
    shows = any(one.p_value is not None and one.p_value < 0.05 for one in possible)
    assert (found.verdict is Verdict.TOO_FEW) == (not shows)


def test_strata_without_days_on_a_side_tell_nothing() -> None:
    useful = stratum((40, 10, 50, 45))
    useless = stratum((40, 0, 50, 45), (30.0, 0.0, 30.0, 30.0))
    assert exact_compared_ratio([useful, useless]) == exact_compared_ratio([useful])
    assert exact_compared_ratio([useless]).verdict is Verdict.NO_EXPOSURE
    assert exact_compared_ratio([]).verdict is Verdict.NO_EXPOSURE


def test_how_often_the_interval_holds_the_true_ratio() -> None:
    """Seeded dice: 400 invented districts with few incidents in four seasons, and a true effect of 0.5."""
    dice = np.random.default_rng(20110906)
    held = 0
    for _ in range(400):
        months = []
        for season in (0.6, 1.0, 1.4, 2.0):
            means = np.array([3.0, 3.0 * 0.8 * 0.5, 30.0, 30.0 * 0.8]) * season
            treated_before, treated_after, before, after = (int(count) for count in dice.poisson(means))
            months.append(stratum((treated_before, treated_after, before, after)))
        found = exact_compared_ratio(months)
        held += (found.low or 0) <= 0.5 <= (found.high or math.inf)
    assert held / 400 >= 0.94  # at least 0.95 but for the dice: one standard error is 0.011


def test_a_confidence_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"give 0\.95"):
        exact_compared_ratio([stratum((1, 1, 1, 1))], confidence=95)
