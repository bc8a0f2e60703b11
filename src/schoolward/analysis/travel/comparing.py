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

_HALVINGS: Final = 32
"""So often an end is halved in: to less than a billionth."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two shares, their difference (after less before) with its 95 percent interval, and the test.

    ``low``, ``high`` and ``p_value`` are ``None`` where there are too few classes. The interval lacks 0 just
    where ``p_value`` is below 0.05. ``least_p`` is the smallest value that the test could have given with
    these classes: above 0.05, no change can be clear, and the interval holds everything.
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
        """Whether the test, and so the interval, says that something has changed."""
        return self.p_value is not None and self.p_value < CLEAR


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

    The test is a permutation by class: a class asked at both times may swap its two counts, the others are
    dealt anew to the two times in their numbers (Gail et al. 1996, Statistics in Medicine 15, 1069-1092;
    Phipson and Smyth 2010 for the p-value of drawn arrangements, which is never 0). It holds its level with
    few classes, where the normal approximation does not. Up to 4,096 arrangements are gone through one by
    one; of more, 9,999 are drawn with ``random_seed``: the same counts give the same value.

    The interval is the same test turned round: it holds the changes that the test would not refuse, were they
    taken off the second time first (Garthwaite 1996, Biometrics 52, 1387-1393; Ernst 2004, Statistical
    Science 19, 676-685). So interval and test never contradict each other. The standard error, for setting
    one comparison against another, rests on the linearised difference of two ratios whose residuals are added
    up by class, so that a class that was asked at both times is one cluster (Cochran 1977, section 9A.1;
    Binder 1983, International Statistical Review 51, 279-292).
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
    dealt = _dealt(first, second, np.random.default_rng(random_seed))
    return Comparison(
        *shares,
        difference,
        *dealt.ends(difference),
        dealt.chance(0.0),
        dealt.least(),
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


@dataclass(frozen=True, slots=True)
class _Dealt:
    """The differences that come up as classes are dealt anew.

    ``found`` (n,) is the difference under each arrangement, ``moved`` (n,) by how much of a change it falls
    where that change is taken off every class of the second time; ``as_it_is`` is the difference itself.
    ``is_whole`` tells whether these are all arrangements, or drawn ones.
    """

    found: NDArray[Any]
    moved: NDArray[Any]
    as_it_is: float
    is_whole: bool

    def chance(self, change: float) -> float:
        """The p-value of the test that the second time is the first and so much more."""
        there = np.abs(self.found - change * self.moved) >= abs(self.as_it_is - change) - _SLACK
        as_far = int(np.count_nonzero(there))
        return as_far / len(self.found) if self.is_whole else (as_far + 1) / (len(self.found) + 1)

    def least(self) -> float:
        """The least p-value that could have come up."""
        if not self.is_whole:
            return 1 / (len(self.found) + 1)
        far = np.abs(self.found)
        return int(np.count_nonzero(far >= far.max() - _SLACK)) / len(self.found)

    def ends(self, difference: float) -> tuple[float, float]:
        """The ends of the changes that the test does not refuse, between -1 and 1."""
        return self._end(difference, -1.0), self._end(difference, 1.0)

    def _end(self, difference: float, furthest: float) -> float:
        """The last change from the difference on towards ``furthest`` that is not refused.

        Which side of 0 it lies on is asked first: the interval shall say of 0 what the test says of it.
        """
        kept, refused = difference, furthest
        if min(difference, furthest) < 0 < max(difference, furthest):
            if self.chance(0.0) < CLEAR:
                refused = 0.0
            else:
                kept = 0.0
        if self.chance(refused) >= CLEAR:
            return refused
        for _step in range(_HALVINGS):
            middle = (kept + refused) / 2
            if self.chance(middle) < CLEAR:
                refused = middle
            else:
                kept = middle
        return kept


def _dealt(first: list[ClassCount], second: list[ClassCount], random: np.random.Generator) -> _Dealt:
    """Deal the classes anew, in every way or in ways that are drawn."""
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
    is_whole = arrangements <= ENUMERATED
    if is_whole:
        swaps, firsts = _all_arrangements(len(both), len(alone), len(alone_first))
    else:
        swaps = random.integers(0, 2, size=(DRAWN, len(both))).astype(np.float64)
        order = np.argsort(random.random((DRAWN, len(alone))), axis=1)
        firsts = (order < len(alone_first)).astype(np.float64)
    as_it_is = _differences(
        pairs,
        others,
        np.zeros((1, len(both))),
        np.array([[1.0] * len(alone_first) + [0.0] * len(alone_second)]).reshape(1, len(alone)),
    )[0]
    # A change taken off the second time takes so many trips a class of it: its trips stand for what is taken.
    taken_pairs, taken_others = pairs.copy(), others.copy()
    taken_pairs[:, 0], taken_pairs[:, 2] = 0.0, pairs[:, 3]
    taken_others[: len(alone_first), 0] = 0.0
    taken_others[len(alone_first) :, 0] = others[len(alone_first) :, 1]
    return _Dealt(
        _differences(pairs, others, swaps, firsts),
        _differences(taken_pairs, taken_others, swaps, firsts),
        float(as_it_is),
        is_whole,
    )


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
