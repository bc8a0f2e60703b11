"""Whether a mend worked: the rate of alarms after it against the rate before.

For one zone the ratio has an exact interval. Given the total of events, the events afterwards are binomial,
and the limits of that probability are limits of the ratio (Przyborowski and Wilenski, "Homogeneity of
results in testing samples from Poisson series", Biometrika 31, 1940; Rothman and Greenland, "Modern
Epidemiology", the chapter on stratified and person-time data).

Against a comparison group (zones of the same season that were not mended), the ratio of the two ratios is
judged by its logarithm, normal with the sum of both variances. Strata (the same month before and after) are
pooled by Mantel and Haenszel with the variance of Greenland and Robins, "Estimation of a common effect
parameter from sparse follow-up data", Biometrics 41 (1985).

Three things that no interval here knows of: alarms come in bursts, so count cases and not signals; a zone
chosen because it was the worst tends to improve by itself, which is what the comparison group is for; and
exposure is armed hours, not days, wherever schedules changed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from schoolward.analysis.false_alarms.intervals import (
    binomial_tails,
    check_confidence,
    clopper_pearson,
    mid_p,
    mid_p_tails,
)
from schoolward.analysis.shares import percent


class Method(StrEnum):
    """How the interval was made."""

    EXACT = "exact"
    MID_P = "mid_p"
    LOG_NORMAL = "log_normal"


class Verdict(StrEnum):
    """What may be said of the ratio."""

    FELL = "fell"
    ROSE = "rose"
    NOT_SHOWN = "not shown"
    TOO_FEW = "too few to judge"
    NO_EXPOSURE = "no exposure"


@dataclass(frozen=True)
class Observed:
    """Events, and the exposure in which they happened (armed hours, or days)."""

    events: int
    exposure: float

    def __post_init__(self) -> None:
        if self.events < 0 or not 0 <= self.exposure < math.inf:
            raise ValueError(f"{self.events} events over {self.exposure}: neither may be below 0.")


@dataclass(frozen=True)
class BeforeAfter:
    """One zone, site or stratum before and after. Both exposures are in one unit."""

    before: Observed
    after: Observed


@dataclass(frozen=True)
class RateRatio:
    """A ratio of rates with its interval; below 1 it fell.

    `value` is None where there is no exposure or nothing happened before. `low` and `high` are None where
    there is no exposure; `high` is also None, meaning without limit, where nothing happened before.
    `p_value` is two-sided and agrees with the interval: it is below 1 - confidence where the interval
    leaves out 1.
    """

    value: float | None
    low: float | None
    high: float | None
    p_value: float | None
    verdict: Verdict
    method: Method
    confidence: float
    sentence: str


FEWEST_FOR_NORMAL: Final = 5
"""With fewer events in any of the four counts the normal approximation is not trusted (a convention)."""


def rate_ratio(
    before: Observed, after: Observed, *, method: Method = Method.EXACT, confidence: float = 0.95
) -> RateRatio:
    """Return the rate after over the rate before with its conditional interval.

    "Too few to judge" is said where not even the best or the worst outcome of that many events (none after,
    or none before) could have left 1 out of the interval; the numbers are given all the same.

    Args:
        before: events and exposure before the mend.
        after: events and exposure after it, in the same unit.
        method: EXACT (Clopper-Pearson, covers at least as often as it says) or MID_P (about as often).
        confidence: of the interval.
    """
    check_confidence(confidence)
    if method is Method.LOG_NORMAL:
        raise ValueError("One group has an exact interval: ask for EXACT or MID_P.")
    if before.exposure == 0 or after.exposure == 0:
        return no_exposure(method, confidence)
    total = before.events + after.events
    if total == 0:
        return RateRatio(
            None, 0.0, None, 1.0, Verdict.TOO_FEW, method, confidence, _few(0, "neither before nor after")
        )
    limits = (mid_p if method is Method.MID_P else clopper_pearson)(after.events, total, confidence)
    per = before.exposure / after.exposure
    low = _odds(limits.low) * per
    high = None if before.events == 0 else _odds(limits.high) * per
    value = None if before.events == 0 else after.events / before.events * per
    share = after.exposure / (before.exposure + after.exposure)
    p_value = _p_value(after.events, total, share, method)
    extremes = (_p_value(0, total, share, method), _p_value(total, total, share, method))
    if min(extremes) >= 1 - confidence:
        sentence = _few(total, f"{before.events} before and {after.events} after")
        return RateRatio(value, low, high, p_value, Verdict.TOO_FEW, method, confidence, sentence)
    verdict = verdict_of(low, high)
    sentence = sentence_of(value, low, high, verdict, confidence)
    return RateRatio(value, low, high, p_value, verdict, method, confidence, sentence)


def compared_rate_ratio(
    treated: Sequence[BeforeAfter], comparison: Sequence[BeforeAfter], *, confidence: float = 0.95
) -> RateRatio:
    """Return the treated zones' rate ratio over that of zones that were not mended (ratio of ratios).

    Each group is one `BeforeAfter`, or one for each stratum (such as a month of the year, so that like
    season is held against like); a group's strata are pooled by Mantel and Haenszel. Strata with no
    exposure on either side, or without events, tell nothing and are left out. The interval is log-normal,
    and is not judged where any of the four totals is below `FEWEST_FOR_NORMAL`.
    """
    check_confidence(confidence)
    groups = [
        [stratum for stratum in group if stratum.before.exposure > 0 and stratum.after.exposure > 0]
        for group in (treated, comparison)
    ]
    if not all(groups):
        return no_exposure(Method.LOG_NORMAL, confidence)
    counts = [
        sum(side.events for side in sides)
        for group in groups
        for sides in ([stratum.before for stratum in group], [stratum.after for stratum in group])
    ]
    pooled = [_mantel_haenszel(group) for group in groups]
    if pooled[0] is None or pooled[1] is None:
        sentence = _few(sum(counts), "with none on one side of a group")
        return RateRatio(None, None, None, None, Verdict.TOO_FEW, Method.LOG_NORMAL, confidence, sentence)
    from scipy.special import ndtr, ndtri

    logarithm = pooled[0][0] - pooled[1][0]
    error = math.sqrt(pooled[0][1] + pooled[1][1])
    reach = float(ndtri(0.5 + confidence / 2)) * error
    value, low, high = (math.exp(logarithm + step) for step in (0.0, -reach, reach))
    p_value = 2 * float(ndtr(-abs(logarithm) / error))
    if min(counts) < FEWEST_FOR_NORMAL:
        verdict, sentence = Verdict.TOO_FEW, _few(sum(counts), f"as few as {min(counts)} on one side")
    else:
        verdict = verdict_of(low, high)
        sentence = sentence_of(value, low, high, verdict, confidence, against="the zones compared with")
    return RateRatio(value, low, high, p_value, verdict, Method.LOG_NORMAL, confidence, sentence)


def _mantel_haenszel(strata: Sequence[BeforeAfter]) -> tuple[float, float] | None:
    """Return the logarithm of the pooled rate ratio and its variance, or None where a side has no events.

    For one stratum these are the plain ratio and 1/before + 1/after.
    """
    after = before = spread = 0.0
    for stratum in strata:
        whole = stratum.before.exposure + stratum.after.exposure
        after += stratum.after.events * stratum.before.exposure / whole
        before += stratum.before.events * stratum.after.exposure / whole
        events = stratum.before.events + stratum.after.events
        spread += events * (stratum.before.exposure / whole) * (stratum.after.exposure / whole)
    if after == 0 or before == 0:
        return None
    return math.log(after / before), spread / (after * before)


def _p_value(count: int, total: int, share: float, method: Method) -> float:
    """Twice the smaller tail, as the interval has two equal tails."""
    tails = (mid_p_tails if method is Method.MID_P else binomial_tails)(count, total, share)
    return max(0.0, min(1.0, 2 * min(tails)))


def _odds(probability: float) -> float:
    return math.inf if probability >= 1 else probability / (1 - probability)


def verdict_of(low: float, high: float | None) -> Verdict:
    """Return what an interval says: above or below 1 as a whole, or neither. `high` None is without limit."""
    if high is not None and high < 1:
        return Verdict.FELL
    return Verdict.ROSE if low > 1 else Verdict.NOT_SHOWN


def no_exposure(method: Method, confidence: float) -> RateRatio:
    """Return the ratio that cannot be: there was no time before, or none after."""
    sentence = "Not judged: there is no exposure before, or none after."
    return RateRatio(None, None, None, None, Verdict.NO_EXPOSURE, method, confidence, sentence)


def _few(total: int, how: str) -> str:
    return f"Too few to judge: {total} event{'' if total == 1 else 's'}, {how}."


def sentence_of(
    value: float | None,
    low: float,
    high: float | None,
    verdict: Verdict,
    confidence: float,
    against: str = "before",
) -> str:
    """Return a ratio in words. `against` names what it is held against.

    The change is that of the ratio as it is written beside it, so that a reader can check one by the other.
    """
    upper = "no upper limit" if high is None else f"{high:.2f}"
    interval = f"{percent(confidence)} interval {low:.2f} to {upper}"
    ratio = "none before" if value is None else f"rate ratio {value:.2f}"
    if verdict is Verdict.NOT_SHOWN or value is None:
        change = {Verdict.NOT_SHOWN: "No change shown", Verdict.ROSE: "Rose"}[verdict]
    else:
        written = Decimal(f"{value:.2f}")
        moved = abs(1 - (written if written not in (0, 1) else Decimal(str(value))))
        change = f"{'Fell' if verdict is Verdict.FELL else 'Rose'} by {percent(moved)}"
    return f"{change} against {against}: {ratio}, {interval}."
