"""How far a value lies from others, and the judgement on it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

MAD_TO_SD = 1.4826
"""A median absolute deviation of normal data, as a standard deviation."""

ASKED = ": check the records, then sign or correct it."


class Verdict(StrEnum):
    """What the comparison says."""

    ORDINARY = "ordinary"
    UNUSUAL = "unusual"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True)
class AnomalyPolicy:
    """When a value is far off, and how many others it takes to say so.

    ``floor`` is the least spread of values that are no counts, in their own unit: a share that stood at
    100 % for two years is not far off at 99 %.
    """

    limit: float = 3.5
    fewest: int = 3
    fewest_in_series: int = 6
    floor: float = 0.0


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


def compare(value: float, others: Sequence[float], *, counts: bool = True, floor: float = 0.0) -> Comparison:
    """Measure how far ``value`` lies from ``others``.

    Args:
        value: the value to judge, in the unit of the others.
        others: at least one earlier or neighbouring value.
        counts: values are counts of events, so chance alone spreads them by the square root of
            their median; False for shares and rates, where the floor is 1 % of the median.
        floor: the least spread there, in the unit of the values.
    """
    median = statistics.median(others)
    deviation = statistics.median(abs(other - median) for other in others)
    least = math.sqrt(max(median, 1.0)) if counts else max(abs(median) * 0.01, floor, 1e-9)
    spread = max(MAD_TO_SD * deviation, least)
    return Comparison(len(others), float(median), spread, (value - median) / spread)


def judge(
    value: float,
    *,
    history: Sequence[float] = (),
    peers: Sequence[float] = (),
    counts: bool = True,
    policy: AnomalyPolicy = DEFAULT_POLICY,
    written: Callable[[float], str] | None = None,
    name: str = "earlier values",
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
        written: how a value is put into words (plain numbers unless given).
        name: what the earlier values are.
    """
    write = written or number
    own = _compared(value, history, counts, policy)
    other = _compared(value, peers, counts, policy)
    if own is None and other is None:
        sentence = (
            f"{write(value)} was not judged: it takes {policy.fewest} earlier values or peers, "
            f"and there are {len(history)} and {len(peers)}."
        )
        return Judgement(value, Verdict.NOT_JUDGED, sentence, None, None)
    off_history = own is not None and abs(own.z) >= policy.limit
    off_peers = other is not None and abs(other.z) >= policy.limit
    if off_history or (off_peers and own is None):
        parts = [
            against(value, comparison, named, write)
            for comparison, named in ((own, name), (other, "peers"))
            if comparison is not None
        ]
        sentence = f"{write(value)} is {' and '.join(parts)}{ASKED}"
        return Judgement(value, Verdict.UNUSUAL, sentence, own, other)
    basis, named = (own, name) if own is not None else (other, "peers")
    assert basis is not None  # noqa: S101  (one of the two exists, or we returned above)
    sentence = (
        f"{write(value)} is within the usual range of its {basis.others} {named} "
        f"(median {write(basis.median)})."
    )
    if off_peers and other is not None:
        sentence += f" It is {against(value, other, 'peers', write)}, as before."
    return Judgement(value, Verdict.ORDINARY, sentence, own, other)


def _compared(
    value: float, others: Sequence[float], counts: bool, policy: AnomalyPolicy
) -> Comparison | None:
    if len(others) < policy.fewest:
        return None
    return compare(value, others, counts=counts, floor=policy.floor)


def against(value: float, comparison: Comparison, name: str, write: Callable[[float], str]) -> str:
    """The distance in words a board member would use."""
    if comparison.median > 0 and value >= 2 * comparison.median:
        size = f"{number(value / comparison.median)} times"
    elif comparison.z >= 0:
        size = f"{write(value - comparison.median)} above"
    else:
        size = f"{write(comparison.median - value)} below"
    of_these = f"{comparison.others} {name} ({write(comparison.median)}; z = {comparison.z:.1f})"
    return f"{size} the median of its {of_these}"


def number(value: float) -> str:
    """A number as a reader would write it."""
    if float(value).is_integer() or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) < 1 else f"{value:,.1f}"
