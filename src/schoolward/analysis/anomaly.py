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

A number may be looked at from several sides: beside the same days of earlier years, beside its own
months, and by the sites that it is made of. Each side gives a judgement, :func:`combined` makes one of
them, and a single side that finds it unusual is enough.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

_MAD_TO_SD = 1.4826
_ASKED = ": check the records, then sign or correct it."


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
    spread = max(_MAD_TO_SD * deviation, least)
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
    write = written or _number
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
            _against(value, comparison, named, write)
            for comparison, named in ((own, name), (other, "peers"))
            if comparison is not None
        ]
        sentence = f"{write(value)} is {' and '.join(parts)}{_ASKED}"
        return Judgement(value, Verdict.UNUSUAL, sentence, own, other)
    basis, named = (own, name) if own is not None else (other, "peers")
    assert basis is not None  # noqa: S101  (one of the two exists, or we returned above)
    sentence = (
        f"{write(value)} is within the usual range of its {basis.others} {named} "
        f"(median {write(basis.median)})."
    )
    if off_peers and other is not None:
        sentence += f" It is {_against(value, other, 'peers', write)}, as before."
    return Judgement(value, Verdict.ORDINARY, sentence, own, other)


def _compared(
    value: float, others: Sequence[float], counts: bool, policy: AnomalyPolicy
) -> Comparison | None:
    if len(others) < policy.fewest:
        return None
    return compare(value, others, counts=counts, floor=policy.floor)


@dataclass(frozen=True)
class Step:
    """One value of a series, such as a month. ``own``: it is part of the number that is judged."""

    name: str
    value: float
    own: bool


def judge_series(
    value: float,
    steps: Sequence[Step],
    *,
    counts: bool = True,
    policy: AnomalyPolicy = DEFAULT_POLICY,
    written: Callable[[float], str] | None = None,
    name: str = "other months",
) -> Judgement:
    """Judge a number by its own stretches of time, each held against all the other stretches.

    A year of records in which one month is wrong may still look like a year; the month does not look
    like a month.
    """
    write = written or _number
    own = [index for index, step in enumerate(steps) if step.own]
    if not own or len(steps) - 1 < policy.fewest_in_series:
        sentence = (
            f"{write(value)} was not judged by its {name}: it takes {policy.fewest_in_series} of them, "
            f"and there are {max(len(steps) - 1, 0) if own else len(steps)}."
        )
        return Judgement(value, Verdict.NOT_JUDGED, sentence, None, None)
    compared = [
        (
            steps[index],
            compare(
                steps[index].value,
                [step.value for other, step in enumerate(steps) if other != index],
                counts=counts,
                floor=policy.floor,
            ),
        )
        for index in own
    ]
    step, furthest = max(compared, key=lambda pair: abs(pair[1].z))
    if abs(furthest.z) < policy.limit:
        sentence = (
            f"It is within the usual range of {furthest.others} {name} (median {write(furthest.median)})."
        )
        return Judgement(value, Verdict.ORDINARY, sentence, furthest, None)
    sentence = f"{step.name}: {write(step.value)} is {_against(step.value, furthest, name, write)}{_ASKED}"
    return Judgement(value, Verdict.UNUSUAL, sentence, furthest, None)


@dataclass(frozen=True)
class Part:
    """One site's share of a count: how many there, among how many students, and how many the period before.

    ``group`` is what makes sites peers, such as their level; ``before`` is None where nothing is known.
    A part that is not ``own`` is there as a peer only.
    """

    name: str
    count: float
    exposure: float
    group: str
    before: float | None
    own: bool = True


def judge_parts(value: float, parts: Sequence[Part], *, policy: AnomalyPolicy = DEFAULT_POLICY) -> Judgement:
    """Judge a count by its sites: one that is far off its peers' rate *and* off its own past is unusual.

    What a site would have at the usual rate of its peers is reckoned from its exposure; the spread is that of
    the peers' rates, and never less than chance. A site that has always been unlike its peers is how that
    place is. Where nothing is known of its past, the peers alone decide.
    """
    found: list[tuple[float, str]] = []
    judged = 0
    for part in parts:
        others = [other for other in parts if other is not part and other.exposure > 0]
        peers = [other for other in others if other.group == part.group]
        if len(peers) < policy.fewest:
            peers = others
        if not part.own or len(peers) < policy.fewest or part.exposure <= 0:
            continue
        judged += 1
        rates = [peer.count / peer.exposure for peer in peers]
        rate = statistics.median(rates)
        expected = rate * part.exposure
        deviation = statistics.median(abs(other - rate) for other in rates) * part.exposure
        z = (part.count - expected) / max(_MAD_TO_SD * deviation, math.sqrt(max(expected, 1.0)))
        if abs(z) < policy.limit:
            continue
        past = None if part.before is None else compare(part.count, [part.before])
        if past is not None and abs(past.z) < policy.limit:
            continue
        before = "" if part.before is None else f", and {_number(part.before)} in the period before"
        found.append(
            (
                abs(z),
                f"{part.name}: {_number(part.count)}, against {_number(expected)} at the usual rate of its "
                f"{len(rates)} peers (z = {z:.1f}){before}",
            )
        )
    if not judged:
        sentence = f"It was not judged by sites: it takes {policy.fewest + 1}, and there are {len(parts)}."
        return Judgement(value, Verdict.NOT_JUDGED, sentence, None, None)
    if not found:
        sentence = f"None of its {judged} sites is far off both its peers and its own past."
        return Judgement(value, Verdict.ORDINARY, sentence, None, None)
    worst = max(found)[1]
    more = f"; {len(found) - 1} more sites are far off too" if len(found) > 1 else ""
    return Judgement(value, Verdict.UNUSUAL, f"{worst}{more}{_ASKED}", None, None)


def combined(judgements: Sequence[Judgement]) -> Judgement:
    """One judgement of several sides: unusual if any side says so, ordinary if one could judge at all."""
    for verdict in (Verdict.UNUSUAL, Verdict.ORDINARY, Verdict.NOT_JUDGED):
        same = [judgement for judgement in judgements if judgement.verdict is verdict]
        if same:
            said = [judgement.sentence.removesuffix(_ASKED).rstrip(".") for judgement in same]
            end = _ASKED if verdict is Verdict.UNUSUAL else "."
            return replace(same[0], sentence=". ".join(said) + end)
    raise ValueError("there is no judgement to combine")


def _against(value: float, comparison: Comparison, name: str, write: Callable[[float], str]) -> str:
    """The distance in words a board member would use."""
    if comparison.median > 0 and value >= 2 * comparison.median:
        size = f"{_number(value / comparison.median)} times"
    elif comparison.z >= 0:
        size = f"{write(value - comparison.median)} above"
    else:
        size = f"{write(comparison.median - value)} below"
    of_these = f"{comparison.others} {name} ({write(comparison.median)}; z = {comparison.z:.1f})"
    return f"{size} the median of its {of_these}"


def _number(value: float) -> str:
    if float(value).is_integer() or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) < 1 else f"{value:,.1f}"
