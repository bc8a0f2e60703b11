"""The other sides of a number: its stretches of time, the sites behind it, and all sides together."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from schoolward.analysis.anomaly.judging import (
    ASKED,
    DEFAULT_POLICY,
    MAD_TO_SD,
    AnomalyPolicy,
    Judgement,
    Verdict,
    against,
    compare,
    number,
)


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
    write = written or number
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
    sentence = f"{step.name}: {write(step.value)} is {against(step.value, furthest, name, write)}{ASKED}"
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
        z = (part.count - expected) / max(MAD_TO_SD * deviation, math.sqrt(max(expected, 1.0)))
        if abs(z) < policy.limit:
            continue
        past = None if part.before is None else compare(part.count, [part.before])
        if past is not None and abs(past.z) < policy.limit:
            continue
        before = "" if part.before is None else f", and {number(part.before)} in the period before"
        found.append(
            (
                abs(z),
                f"{part.name}: {number(part.count)}, against {number(expected)} at the usual rate of its "
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
    return Judgement(value, Verdict.UNUSUAL, f"{worst}{more}{ASKED}", None, None)


def combined(judgements: Sequence[Judgement]) -> Judgement:
    """One judgement of several sides: unusual if any side says so, ordinary if one could judge at all."""
    for verdict in (Verdict.UNUSUAL, Verdict.ORDINARY, Verdict.NOT_JUDGED):
        same = [judgement for judgement in judgements if judgement.verdict is verdict]
        if same:
            said = [judgement.sentence.removesuffix(ASKED).rstrip(".") for judgement in same]
            end = ASKED if verdict is Verdict.UNUSUAL else "."
            return replace(same[0], sentence=". ".join(said) + end)
    raise ValueError("there is no judgement to combine")
