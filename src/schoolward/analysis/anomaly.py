"""Stop a number that is far off its own history and its peers until a person has looked at it.

The state once published 6,645 suspensions for firearms for one county; the true number was a small
fraction of it, and the cause was wrong coding at one district. Nobody had asked whether the number
could be so. This module asks.

The distance of a value from a set of others is a *robust z*: the difference from their median,
divided by their spread. The spread is 1.4826 times the median absolute deviation (equal to the
standard deviation for normal data, and hardly moved by an outlier), but never less than the spread
that chance alone gives a count (Poisson: the square root of the median). Without that floor, a
history of 2, 2, 2 would make a 3 look like a catastrophe. Source: Iglewicz and Hoaglin, "How to
Detect and Handle Outliers" (1993), for the median-and-MAD score and the cut of 3.5.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_MAD_TO_SD = 1.4826


class Verdict(StrEnum):
    """What the comparison says."""

    ORDINARY = "ordinary"
    UNUSUAL = "unusual"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True)
class AnomalyPolicy:
    """When a value is far off, and how many others it takes to say so."""

    limit: float = 3.5
    fewest: int = 3


DEFAULT_POLICY = AnomalyPolicy()


@dataclass(frozen=True)
class Comparison:
    """One value against one set of others."""

    others: int
    median: float
    spread: float
    z: float


@dataclass(frozen=True)
class Judgement:
    """The verdict, the sentence for the person who must sign, and the numbers behind it."""

    value: float
    verdict: Verdict
    sentence: str
    history: Comparison | None
    peers: Comparison | None

    @property
    def needs_signature(self) -> bool:
        """Whether publication waits for a person."""
        return self.verdict is Verdict.UNUSUAL


def compare(value: float, others: Sequence[float], *, counts: bool = True) -> Comparison:
    """Measure how far ``value`` lies from ``others``.

    Args:
        value: the value to judge, in the unit of the others.
        others: at least one earlier or neighbouring value.
        counts: values are counts of events, so chance alone spreads them by the square root of
            their median; False for shares and rates, where the floor is 1 % of the median.
    """
    median = statistics.median(others)
    deviation = statistics.median(abs(other - median) for other in others)
    floor = math.sqrt(max(median, 1.0)) if counts else max(abs(median) * 0.01, 1e-9)
    spread = max(_MAD_TO_SD * deviation, floor)
    return Comparison(len(others), float(median), spread, (value - median) / spread)


def judge(
    value: float,
    *,
    history: Sequence[float] = (),
    peers: Sequence[float] = (),
    counts: bool = True,
    policy: AnomalyPolicy = DEFAULT_POLICY,
) -> Judgement:
    """Judge a value against its own earlier values and against its peers in the same period.

    Peers must be on the value's scale: per student, or scaled to this district's size. A value that is
    far from its peers but close to its own history is how this place is, not a mistake, and does not
    ask for a signature in every edition.

    Args:
        value: the value about to be published.
        history: the same measure in earlier periods of the same length.
        peers: the same measure elsewhere in the same period.
        counts: see :func:`compare`.
        policy: the limit on the robust z, and the fewest values that make a comparison.
    """
    own = compare(value, history, counts=counts) if len(history) >= policy.fewest else None
    other = compare(value, peers, counts=counts) if len(peers) >= policy.fewest else None
    if own is None and other is None:
        sentence = (
            f"{_number(value)} was not judged: it takes {policy.fewest} earlier values or peers, "
            f"and there are {len(history)} and {len(peers)}."
        )
        return Judgement(value, Verdict.NOT_JUDGED, sentence, None, None)
    off_history = own is not None and abs(own.z) >= policy.limit
    off_peers = other is not None and abs(other.z) >= policy.limit
    if off_history or (off_peers and own is None):
        parts = [
            _against(value, comparison, name)
            for comparison, name in ((own, "earlier values"), (other, "peers"))
            if comparison is not None
        ]
        sentence = f"{_number(value)} is {' and '.join(parts)}: check the records, then sign or correct it."
        return Judgement(value, Verdict.UNUSUAL, sentence, own, other)
    basis, name = (own, "earlier values") if own is not None else (other, "peers")
    assert basis is not None  # noqa: S101  (one of the two exists, or we returned above)
    sentence = (
        f"{_number(value)} is within the usual range of its {basis.others} {name} "
        f"(median {_number(basis.median)})."
    )
    if off_peers and other is not None:
        sentence += f" It is {_against(value, other, 'peers')}, as before."
    return Judgement(value, Verdict.ORDINARY, sentence, own, other)


def _against(value: float, comparison: Comparison, name: str) -> str:
    """The distance in words a board member would use."""
    if comparison.median > 0 and value >= 2 * comparison.median:
        size = f"{_number(value / comparison.median)} times"
    elif comparison.z >= 0:
        size = f"{_number(value - comparison.median)} above"
    else:
        size = f"{_number(comparison.median - value)} below"
    of_these = f"{comparison.others} {name} ({_number(comparison.median)}; z = {comparison.z:.1f})"
    return f"{size} the median of its {of_these}"


def _number(value: float) -> str:
    if float(value).is_integer() or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) < 1 else f"{value:,.1f}"
