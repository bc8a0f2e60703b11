"""Confidence intervals for shares and for rates, each from its textbook formula.

Sources: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927);
Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
Biometrika 26 (1934); Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936);
Lancaster, "Significance tests in discrete distributions", JASA 56 (1961), for the mid-P value.

`scipy.special` is imported where it is used: it costs a tenth of a second of start-up, and most commands
never ask for an interval.
"""

import math
from typing import NamedTuple


class Interval(NamedTuple):
    """The two ends of an interval, in the unit of what was estimated. An end may be infinite."""

    low: float
    high: float


def check_confidence(confidence: float) -> None:
    """Raise ValueError unless the confidence lies strictly between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence of {confidence} is not between 0 and 1: give 0.95 for 95 %.")


def _check_share(count: int, total: int, confidence: float) -> None:
    check_confidence(confidence)
    if total < 1 or not 0 <= count <= total:
        raise ValueError(
            f"{count} of {total} is no share: the count lies between 0 and a total of at least 1."
        )


def wilson(count: int, total: int, confidence: float = 0.95) -> Interval:
    """Return Wilson's score interval of the share `count / total`.

    Never leaves 0..1 and keeps its width at 0 and at 1, where the plain normal interval shrinks to a point.
    Raises ValueError for a total below 1.
    """
    _check_share(count, total, confidence)
    from scipy.special import ndtri

    z = float(ndtri(0.5 + confidence / 2))
    share = count / total
    shrink = 1 + z * z / total
    centre = (share + z * z / (2 * total)) / shrink
    reach = z / shrink * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    # The ends at 0 and at 1 are exact; subtraction leaves them a rounding error away.
    return Interval(
        0.0 if count == 0 else max(0.0, centre - reach), 1.0 if count == total else min(1.0, centre + reach)
    )


def clopper_pearson(count: int, total: int, confidence: float = 0.95) -> Interval:
    """Return the exact interval of a probability: it covers the truth at least as often as it says."""
    _check_share(count, total, confidence)
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else float(betaincinv(count, total - count + 1, tail))
    high = 1.0 if count == total else float(betaincinv(count + 1, total - count, 1 - tail))
    return Interval(low, high)


def mid_p(count: int, total: int, confidence: float = 0.95) -> Interval:
    """Return the mid-P interval of a binomial probability.

    Counts half the probability of the observed value in each tail. Narrower than `clopper_pearson`: it
    covers the truth about as often as it says on average over the truth, and may fall a little short at
    some of them.
    """
    _check_share(count, total, confidence)
    from scipy.optimize import brentq

    tail = (1 - confidence) / 2
    outer = clopper_pearson(count, total, confidence)

    def below(probability: float) -> float:
        return mid_p_tails(count, total, probability)[0] - tail

    def above(probability: float) -> float:
        return mid_p_tails(count, total, probability)[1] - tail

    # Both ends lie within the exact interval, at whose ends the mid-P tails are too light.
    low = 0.0 if count == 0 else float(brentq(above, *outer, xtol=1e-300, rtol=1e-12))
    high = 1.0 if count == total else float(brentq(below, *outer, xtol=1e-300, rtol=1e-12))
    return Interval(low, high)


def mid_p_tails(count: int, total: int, probability: float) -> tuple[float, float]:
    """Return the mid-P probabilities of a count this small, and of one this large."""
    at_most, at_least = binomial_tails(count, total, probability)
    # The two tails overlap in the observed value alone, so that they exceed 1 by its probability.
    observed = at_most + at_least - 1
    return at_most - observed / 2, at_least - observed / 2


def binomial_tails(count: int, total: int, probability: float) -> tuple[float, float]:
    """Return the probabilities of `count` or fewer, and of `count` or more, among `total`."""
    from scipy.special import betainc, betaincc

    at_least = 1.0 if count == 0 else float(betainc(count, total - count + 1, probability))
    at_most = 1.0 if count == total else float(betaincc(count + 1, total - count, probability))
    return at_most, at_least


def garwood(events: int, exposure: float, confidence: float = 0.95) -> Interval:
    """Return the exact interval of a Poisson rate, in events per unit of `exposure`.

    Covers the truth at least as often as it says. Raises ValueError for no exposure: a rate over nothing has
    no interval, and is not 0.
    """
    check_confidence(confidence)
    if events < 0 or not 0 < exposure < math.inf:
        raise ValueError(f"{events} events over {exposure} is no rate: give counts and a positive exposure.")
    from scipy.special import gammaincinv

    tail = (1 - confidence) / 2
    low = 0.0 if events == 0 else float(gammaincinv(events, tail))
    return Interval(low / exposure, float(gammaincinv(events + 1, 1 - tail)) / exposure)
