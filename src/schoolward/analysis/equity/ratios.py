"""Two rates compared: their ratio and their difference, each with a score interval.

The ratio's interval is that of Miettinen and Nurminen, "Comparative analysis of two rates", Statistics in
Medicine 4 (1985): it is defined with zero counts and keeps its coverage where the logarithm's normal interval
is not even defined. The difference's is Newcombe's hybrid score interval, "Interval estimation for the
difference between independent proportions", Statistics in Medicine 17 (1998), method 10.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from schoolward.analysis.false_alarms.intervals import Interval, check_confidence, wilson
from schoolward.analysis.false_alarms.ratios import Verdict, verdict_of

_TINY: Final = 1e-12
_WIDEST: Final = 1e9


@dataclass(frozen=True, slots=True)
class Minimum:
    """Below which there is no point estimate. The defaults are a convention, which the district may set."""

    events: int = 5
    base: int = 50

    def is_met(self, events: int, base: int) -> bool:
        """Whether one rate stands on enough."""
        return events >= self.events and base >= self.base


@dataclass(frozen=True)
class RateRatio:
    """A group's rate over the reference's. ``value`` is ``None`` below the minimum, or without a rate there.

    The interval's end is infinite where nothing bounds it. ``reading`` says it in words."""

    value: float | None
    interval: Interval
    verdict: Verdict
    reading: str


def _check(events: int, base: int) -> None:
    if base < 1 or not 0 <= events <= base:
        raise ValueError(f"{events} of {base} is no rate: give counts of a base of at least 1.")


def difference_interval(
    events: int, base: int, other_events: int, other_base: int, confidence: float = 0.95
) -> Interval:
    """Newcombe's interval of the first rate less the second. Raises ValueError for an empty base."""
    _check(events, base)
    _check(other_events, other_base)
    one, other = wilson(events, base, confidence), wilson(other_events, other_base, confidence)
    rate, other_rate = events / base, other_events / other_base
    return Interval(
        rate - other_rate - math.hypot(rate - one.low, other.high - other_rate),
        rate - other_rate + math.hypot(one.high - rate, other_rate - other.low),
    )


def ratio_interval(
    events: int, base: int, other_events: int, other_base: int, confidence: float = 0.95
) -> Interval:
    """Miettinen and Nurminen's interval of the first rate over the second, from 0 to infinity.

    Raises ValueError for an empty base.
    """
    _check(events, base)
    _check(other_events, other_base)
    check_confidence(confidence)
    from scipy.optimize import brentq
    from scipy.special import ndtri

    wanted = float(ndtri(0.5 + confidence / 2))
    if events == 0 and other_events == 0:
        return Interval(0.0, math.inf)

    def score(logarithm: float) -> float:
        return _score(math.exp(logarithm), events, base, other_events, other_base)

    # The score falls as the ratio grows, from above what is wanted to below its negative; 0 is apart.
    edge = math.log(_WIDEST)
    low = 0.0 if events == 0 else math.exp(float(brentq(lambda x: score(x) - wanted, -edge, edge)))
    high = (
        math.inf if other_events == 0 else math.exp(float(brentq(lambda x: score(x) + wanted, -edge, edge)))
    )
    return Interval(low, high)


def _score(ratio: float, events: int, base: int, other_events: int, other_base: int) -> float:
    """The signed root of the score statistic for a ratio, with the variance at the fitted rates.

    The fitted reference rate is the smaller root of a*r*r - b*r + c, in a form that loses no digits.
    """
    whole = base + other_base
    a = whole * ratio
    b = base * ratio + events + other_base + other_events * ratio
    c = events + other_events
    other = 2 * c / (b + math.sqrt(max(0.0, b * b - 4 * a * c)))
    other = min(max(other, _TINY), 1 - _TINY)
    rate = min(max(ratio * other, _TINY), 1 - _TINY)
    variance = rate * (1 - rate) / base + ratio * ratio * other * (1 - other) / other_base
    variance *= whole / (whole - 1)
    return (events / base - ratio * other_events / other_base) / math.sqrt(variance)


def rate_ratio(
    events: int,
    base: int,
    other_events: int,
    other_base: int,
    *,
    minimum: Minimum | None = None,
    confidence: float = 0.95,
    other: str = "the reference",
) -> RateRatio:
    """A group's rate over that of ``other``, with the interval always, the point only where it may be told.

    Below 1 it is also read the other way round (1/ratio), because half as often is heard as less than twice
    as often. Raises ValueError for an empty base.
    """
    least = minimum or Minimum()
    interval = ratio_interval(events, base, other_events, other_base, confidence)
    if not (least.is_met(events, base) and least.is_met(other_events, other_base)):
        reading = (
            f"Too few to give a ratio: it takes {least.events} events of {least.base} on both sides; "
            f"{events} of {base} and {other_events} of {other_base} are known."
        )
        return RateRatio(None, interval, Verdict.TOO_FEW, reading)
    if other_events == 0:
        return RateRatio(None, interval, Verdict.TOO_FEW, f"No ratio: the rate of {other} is 0.")
    value = (events / base) / (other_events / other_base)
    verdict = verdict_of(interval.low, None if math.isinf(interval.high) else interval.high)
    return RateRatio(value, interval, verdict, _reading(value, interval, verdict, other))


def _reading(value: float, interval: Interval, verdict: Verdict, other: str) -> str:
    upper = "no upper limit" if math.isinf(interval.high) else f"{interval.high:.2f}"
    span = f"interval {interval.low:.2f} to {upper}"
    if Decimal(f"{value:.2f}") == 1:
        told = f"As often as {other}"
    elif value > 1:
        told = f"{value:.2f} times as often as {other}"
    else:
        told = f"{other[:1].upper()}{other[1:]} {1 / value:.2f} times as often" if value > 0 else "Not at all"
    doubt = "; chance alone may be the reason" if verdict is Verdict.NOT_SHOWN else ""
    return f"{told} (ratio {value:.2f}, {span}){doubt}."
