"""A rate ratio held against others' in the same season, with an exact interval however few the counts.

In each stratum (a month of the year, say) there are four counts: treated and untreated, before and after. Let
each be Poisson, with a change from before to after that both groups share and the treatment multiplies by one
ratio, the same in every stratum. Given the stratum's totals by group and by time, the count "treated, after"
is Fisher's noncentral hypergeometric, whose odds are that ratio times the ratio of exposures; what both
groups share drops out. The sum over strata is the exact conditional likelihood of the common ratio: Gart,
"Point and interval estimation of the common odds ratio in the combination of 2 x 2 tables with fixed
marginals", Biometrika 57 (1970).

The interval covers the truth at least as often as it says, while incidents are independent. They are not
quite: a burst at one campus counts as several, so count cases, and read an interval that barely leaves out 1
with care.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from schoolward.analysis.false_alarms.intervals import check_confidence
from schoolward.analysis.false_alarms.ratios import (
    BeforeAfter,
    Method,
    RateRatio,
    Verdict,
    no_exposure,
    sentence_of,
    verdict_of,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNTREATED: Final = "untreated campuses of the same season"


@dataclass(frozen=True)
class Stratum:
    """One season: the treated and the untreated, before and after, events and days."""

    treated: BeforeAfter
    untreated: BeforeAfter

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """The four exposures."""
        return (
            self.treated.before.exposure,
            self.treated.after.exposure,
            self.untreated.before.exposure,
            self.untreated.after.exposure,
        )


def exact_compared_ratio(strata: Sequence[Stratum], *, confidence: float = 0.95) -> RateRatio:
    """Return the treated rate ratio (after over before) over that of the untreated.

    Below 1 the treated fell against the untreated. `value` is the conditional maximum-likelihood estimate: 0
    where as few fell after the treatment as the totals allow, None where as many did; then `high` is None as
    well, without limit.

    "Too few to tell" is said where no outcome of that many events, not even the best or the worst, could have
    left 1 out of the interval; the numbers are given all the same. Strata without exposure on one of the four
    sides tell nothing and are left out.
    """
    check_confidence(confidence)
    used = [stratum for stratum in strata if min(stratum.sides) > 0]
    if not used:
        return no_exposure(Method.EXACT, confidence)
    weights, least = _weights(used)
    count = sum(stratum.treated.after.events for stratum in used)
    before = sum(stratum.treated.before.events for stratum in used)
    others = sum(s.untreated.before.events + s.untreated.after.events for s in used)
    at, last = count - least, len(weights) - 1
    tail = (1 - confidence) / 2
    value, low, high = _limits(weights, at, tail)
    p_value = _two_sided(weights, at)
    if min(_two_sided(weights, 0), _two_sided(weights, last)) >= 1 - confidence:
        sentence = f"Too few to tell: {before} before and {count} after, against {others} at {UNTREATED}."
        return RateRatio(value, low, high, p_value, Verdict.TOO_FEW, Method.EXACT, confidence, sentence)
    verdict = verdict_of(low, high)
    if value is None:
        sentence = f"As many as could be fell after the work: {count}, against {others} at {UNTREATED}."
    else:
        sentence = sentence_of(value, low, high, verdict, confidence, against=UNTREATED)
    return RateRatio(value, low, high, p_value, verdict, Method.EXACT, confidence, sentence)


def _weights(strata: Sequence[Stratum]) -> tuple["NDArray[np.float64]", int]:
    """Return the log weights of each possible count "treated, after" at ratio 1, and the least count.

    The sum over strata is a convolution, made of logarithms: weights span more than a float does.
    """
    import numpy as np
    from scipy.special import gammaln

    def log_choose(total: int, chosen: "NDArray[np.float64]") -> "NDArray[np.float64]":
        found: NDArray[np.float64] = gammaln(total + 1) - gammaln(chosen + 1) - gammaln(total - chosen + 1)
        return found

    whole, least = np.zeros(1), 0
    for stratum in strata:
        treated = stratum.treated.before.events + stratum.treated.after.events
        untreated = stratum.untreated.before.events + stratum.untreated.after.events
        after = stratum.treated.after.events + stratum.untreated.after.events
        treated_before, treated_after, untreated_before, untreated_after = stratum.sides
        per = (
            np.log(treated_after)
            - np.log(treated_before)
            + np.log(untreated_before)
            - np.log(untreated_after)
        )
        first, last = max(0, after - untreated), min(treated, after)
        counts = np.arange(first, last + 1, dtype=np.float64)
        own = log_choose(treated, counts) + log_choose(untreated, after - counts) + counts * per
        joined = np.full(len(whole) + len(own) - 1, -np.inf)
        longer, shorter = (whole, own) if len(whole) >= len(own) else (own, whole)
        for shift, weight in enumerate(shorter):
            part = joined[shift : shift + len(longer)]
            np.logaddexp(part, longer + weight, out=part)
        whole, least = joined, least + first
    return whole, least


def _chances(weights: "NDArray[np.float64]", log_ratio: float) -> "NDArray[np.float64]":
    """Return the chance of each count at a ratio."""
    import numpy as np

    tilted = weights + log_ratio * np.arange(len(weights))
    chances: NDArray[np.float64] = np.exp(tilted - tilted.max())
    return chances / chances.sum()


def _two_sided(weights: "NDArray[np.float64]", at: int) -> float:
    """Return twice the smaller tail at ratio 1, as the interval has two equal tails."""
    chances = _chances(weights, 0.0)
    return min(1.0, 2 * float(min(chances[: at + 1].sum(), chances[at:].sum())))


def _limits(weights: "NDArray[np.float64]", at: int, tail: float) -> tuple[float | None, float, float | None]:
    """Return the estimate, and the ratios at which a count this large or this small has the chance `tail`."""
    import numpy as np

    last = len(weights) - 1
    steps = np.arange(len(weights))
    low, high, value = 0.0, None, 0.0 if at < last else None
    if at > 0:
        low = _solved(lambda log: float(_chances(weights, log)[at:].sum()) - tail)
    if at < last:
        high = _solved(lambda log: tail - float(_chances(weights, log)[: at + 1].sum()))
    if 0 < at < last:
        value = _solved(lambda log: float(_chances(weights, log) @ steps) - at)
    return value, low, high


def _solved(rising: Callable[[float], float]) -> float:
    """Return the ratio at whose logarithm a rising function is 0."""
    from math import exp

    from scipy.optimize import brentq

    reach = 1.0
    while rising(-reach) > 0 or rising(reach) < 0:
        reach *= 2
    return exp(float(brentq(rising, -reach, reach, xtol=1e-12)))
