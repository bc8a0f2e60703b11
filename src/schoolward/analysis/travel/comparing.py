"""Whether a share of trips has changed between two times, with classes as clusters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product
from math import comb, sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.travel.shares import ClassCount, Share, by_class, ratio_variance, share

FEWEST_CLASSES: Final = 2
"""Fewer classes in either time say nothing of how classes differ: no interval is given."""

ENUMERATED: Final = 4096
"""As many arrangements are gone through one by one; of more, :data:`DRAWN` are drawn."""

DRAWN: Final = 9999
CLEAR: Final = 0.05
_SLACK: Final = 1e-9
"""Differences that are the same but for rounding count as the same."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two shares, their difference (after less before) with its 95 percent interval, and the test.

    ``low``, ``high`` and ``p_value`` are ``None`` where there are too few classes. ``least_p`` is the
    smallest value that the test could have given with these classes: above 0.05, no change can be clear.
    """

    before: Share
    after: Share
    difference: float | None
    low: float | None
    high: float | None
    p_value: float | None
    least_p: float | None
    classes: int
    in_both: int
    standard_error: float | None

    @property
    def is_clear(self) -> bool:
        """Whether both the test and the interval say that something has changed."""
        if self.p_value is None or self.low is None or self.high is None:
            return False
        return self.p_value < CLEAR and not self.low <= 0 <= self.high


@dataclass(frozen=True, slots=True)
class DifferenceInDifferences:
    """By how much the share changed more at some sites than at others, with its 95 percent interval."""

    there: Comparison
    elsewhere: Comparison
    difference: float | None
    low: float | None
    high: float | None


def compare(
    before: Iterable[ClassCount], after: Iterable[ClassCount], *, random_seed: int = 20120906
) -> Comparison:
    """Compare the share of trips walked or ridden at two times.

    The interval rests on the linearised difference of two ratios whose residuals are added up by class, so
    that a class that was asked at both times is one cluster (Cochran 1977, section 9A.1; Binder 1983,
    International Statistical Review 51, 279-292), with Student's t on the number of classes less one.

    The test is a permutation by class: a class asked at both times may swap its two counts, the others are
    dealt anew to the two times in their numbers (Gail et al. 1996, Statistics in Medicine 15, 1069-1092;
    Phipson and Smyth 2010 for the p-value of drawn arrangements, which is never 0). It holds its level with
    few classes, where the normal approximation does not. Up to 4,096 arrangements are gone through one by
    one; of more, 9,999 are drawn with ``random_seed``: the same counts give the same value.
    """
    first, second = by_class(before), by_class(after)
    shares = share(first), share(second)
    clusters = {one.cluster for one in first} | {one.cluster for one in second}
    in_both = {one.cluster for one in first} & {one.cluster for one in second}
    if shares[0].value is None or shares[1].value is None:
        return Comparison(*shares, None, None, None, None, None, len(clusters), len(in_both), None)
    difference = shares[1].value - shares[0].value
    if min(len(first), len(second)) < FEWEST_CLASSES:
        return Comparison(*shares, difference, None, None, None, None, len(clusters), len(in_both), None)
    error = sqrt(_variance_of_difference(first, second))
    low, high = _ends(difference, error, len(clusters) - 1)
    p_value, least = _permuted(first, second, np.random.default_rng(random_seed))
    return Comparison(
        *shares,
        difference,
        low,
        high,
        p_value,
        least,
        len(clusters),
        len(in_both),
        error,
    )


def difference_in_differences(there: Comparison, elsewhere: Comparison) -> DifferenceInDifferences:
    """Set the change at sites where something was done against that at the others.

    No class may be among both. The variances add up; degrees of freedom are those of the side with fewer
    classes, which errs towards a wider interval. No end is given where a side has too few classes.
    """
    if there.difference is None or elsewhere.difference is None:
        return DifferenceInDifferences(there, elsewhere, None, None, None)
    difference = there.difference - elsewhere.difference
    if there.standard_error is None or elsewhere.standard_error is None:
        return DifferenceInDifferences(there, elsewhere, difference, None, None)
    error = sqrt(there.standard_error**2 + elsewhere.standard_error**2)
    ends = _ends(difference, error, min(there.classes, elsewhere.classes) - 1, widest=2.0)
    return DifferenceInDifferences(there, elsewhere, difference, *ends)


def _ends(difference: float, error: float, freedom: int, *, widest: float = 1.0) -> tuple[float, float]:
    from scipy.stats import t  # half a second, on the first comparison only

    reach = float(t.ppf(0.975, freedom)) * error
    return max(-widest, difference - reach), min(widest, difference + reach)


def _variance_of_difference(first: list[ClassCount], second: list[ClassCount]) -> float:
    residuals: dict[tuple[int, str], float] = {}
    for sign, counts in ((-1, first), (1, second)):
        trips = sum(one.trips for one in counts)
        value = sum(one.active for one in counts) / trips
        for one in counts:
            residual = sign * (one.active - value * one.trips) / trips
            residuals[one.cluster] = residuals.get(one.cluster, 0.0) + residual
    classes = len(residuals)
    paired = classes / (classes - 1) * sum(value * value for value in residuals.values())
    if len(residuals) == len(first) + len(second):
        # No class was asked twice: two samples, each with its own number of classes.
        return (ratio_variance(first) or 0.0) + (ratio_variance(second) or 0.0)
    return paired


def _permuted(
    first: list[ClassCount], second: list[ClassCount], random: np.random.Generator
) -> tuple[float, float]:
    """The p-value of the difference, and the least that it could have been."""
    earlier, later = ({one.cluster: one for one in counts} for counts in (first, second))
    both = sorted(earlier.keys() & later.keys())
    alone_first = [earlier[key] for key in sorted(earlier.keys() - later.keys())]
    alone_second = [later[key] for key in sorted(later.keys() - earlier.keys())]
    alone = alone_first + alone_second
    pairs = np.array(
        [[earlier[k].active, earlier[k].trips, later[k].active, later[k].trips] for k in both],
        dtype=np.float64,
    ).reshape(-1, 4)
    others = np.array([[one.active, one.trips] for one in alone], dtype=np.float64).reshape(-1, 2)
    arrangements = 2 ** len(both) * comb(len(alone), len(alone_first))
    exact = arrangements <= ENUMERATED
    if exact:
        swaps, firsts = _all_arrangements(len(both), len(alone), len(alone_first))
    else:
        swaps = random.integers(0, 2, size=(DRAWN, len(both))).astype(np.float64)
        order = np.argsort(random.random((DRAWN, len(alone))), axis=1)
        firsts = (order < len(alone_first)).astype(np.float64)
    found = _differences(pairs, others, swaps, firsts)
    as_it_is = _differences(
        pairs,
        others,
        np.zeros((1, len(both))),
        np.array([[1.0] * len(alone_first) + [0.0] * len(alone_second)]).reshape(1, len(alone)),
    )[0]
    as_far = int(np.count_nonzero(np.abs(found) >= abs(as_it_is) - _SLACK))
    if exact:
        furthest = int(np.count_nonzero(np.abs(found) >= np.abs(found).max() - _SLACK))
        return as_far / arrangements, furthest / arrangements
    return (as_far + 1) / (DRAWN + 1), 1 / (DRAWN + 1)


def _all_arrangements(both: int, alone: int, in_first: int) -> tuple[NDArray[Any], NDArray[Any]]:
    swaps, firsts = [], []
    for swap in product((0.0, 1.0), repeat=both):
        for chosen in combinations(range(alone), in_first):
            swaps.append(swap)
            firsts.append([float(place in chosen) for place in range(alone)])
    return (
        np.array(swaps).reshape(len(swaps), both),
        np.array(firsts).reshape(len(firsts), alone),
    )


def _differences(
    pairs: NDArray[Any], others: NDArray[Any], swaps: NDArray[Any], firsts: NDArray[Any]
) -> NDArray[Any]:
    """The difference of shares under each arrangement: swaps (n, pairs) and who is in the first (n, others).

    Arrangements that leave a time without a trip have no difference: they cannot come up, as every class has
    a trip and both times keep their number of classes.
    """
    turned = pairs[:, 2:] - pairs[:, :2]
    before = pairs[:, :2].sum(axis=0) + swaps @ turned + firsts @ others
    after = pairs[:, 2:].sum(axis=0) - swaps @ turned + (1 - firsts) @ others
    return np.asarray(after[:, 0] / after[:, 1] - before[:, 0] / before[:, 1])
