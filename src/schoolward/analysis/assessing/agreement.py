"""How far two assessors of one walk agree, beyond what chance would give, and on which items they do not.

Weighted kappa: Cohen, "Weighted kappa: nominal scale agreement with provision for scaled disagreement or
partial credit", Psychological Bulletin 70 (1968). Its standard error: Fleiss, Cohen and Everitt, "Large
sample standard errors of kappa and weighted kappa", Psychological Bulletin 72 (1969). Words for it: Landis
and Koch, "The measurement of observer agreement for categorical data", Biometrics 33 (1977); they are a
convention.

A disagreement weighs by its distance on the scale (linear) or by the square of it (quadratic). Only items
that both rated enter. Kappa falls when nearly all items are alike, however well two people agree: read it
beside the observed agreement and the list of disputes.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from schoolward.analysis.assessing.scoring import check_answers, items_asked, share_of_ideal
from schoolward.analysis.assessing.shapes import SEVERITIES, Answer, Instrument, Item, Mark

FEWEST_FOR_INTERVAL: Final = 20
"""With fewer items the large-sample interval is not given (a convention)."""
_WORDS: Final = (
    (0.0, "poor"),
    (0.2, "slight"),
    (0.4, "fair"),
    (0.6, "moderate"),
    (0.8, "substantial"),
    (1.0, "almost perfect"),
)


class Weighting(StrEnum):
    """How a disagreement grows with its distance."""

    LINEAR = "linear"
    QUADRATIC = "quadratic"


@dataclass(frozen=True)
class Kappa:
    """Agreement beyond chance: 1 is perfect, 0 is chance, below 0 is less than chance.

    `value` is None where it says nothing: without items, or where both gave one and the same rating
    throughout. `low` and `high` are the 95 % interval, None with fewer than `FEWEST_FOR_INTERVAL` items and
    where agreement is perfect. `observed` and `expected` are weighted agreement from 0 to 1, as found and as
    by chance.
    """

    value: float | None
    low: float | None
    high: float | None
    observed: float | None
    expected: float | None
    items: int
    weighting: Weighting
    sentence: str


class DisputeKind(StrEnum):
    """On what two assessors differ."""

    RATING = "rating"
    EXISTENCE = "existence"


@dataclass(frozen=True)
class Dispute:
    """An item on which two assessors differ.

    `distance` is a share of the scale, from above 0 to 1; 1 where one says that the thing does not exist.
    `decides` tells that the item fails by one of the answers and not by the other.
    """

    item: Item
    first: Answer
    second: Answer
    kind: DisputeKind
    distance: float
    decides: bool


@dataclass(frozen=True)
class Agreement:
    """What two assessors of one walk have in common.

    Kappas are by scale: ratings of different scales are no categories of one. `disputes` come in the order in
    which to settle them: what decides over a finding, then the gravest, then the farthest apart.
    `seen_by_one` were rated by one while the other did not observe or answer; that is no dispute.
    """

    linear: Mapping[str, Kappa]
    quadratic: Mapping[str, Kappa]
    disputes: tuple[Dispute, ...]
    seen_by_one: tuple[Item, ...]


def agreement(
    instrument: Instrument,
    first: Mapping[str, Answer],
    second: Mapping[str, Answer],
    bands: Collection[str] | None = None,
) -> Agreement:
    """Compare the answers of two assessors to one walk.

    Raises AnswerProblem for an answer that is none, and ValueError for an unknown band.
    """
    check_answers(instrument, first)
    check_answers(instrument, second)
    pairs: dict[str, list[tuple[int, int]]] = {scale.key: [] for scale in instrument.scales}
    disputes: list[Dispute] = []
    seen_by_one: list[Item] = []
    for item in items_asked(instrument, bands):
        one, two = first.get(item.code), second.get(item.code)
        if isinstance(one, int) and isinstance(two, int):
            pairs[item.scale].append((one, two))
        if one is not None and two is not None and Mark.UNOBSERVED not in (one, two):
            if one != two:
                disputes.append(_dispute(instrument, item, one, two))
        elif isinstance(one, int) or isinstance(two, int):
            seen_by_one.append(item)
    disputes.sort(key=lambda found: (not found.decides, _gravity(found.item), -found.distance))
    values = {scale.key: [choice.value for choice in scale.choices] for scale in instrument.scales}

    def kappas(weighting: Weighting) -> dict[str, Kappa]:
        return {key: weighted_kappa(found, values[key], weighting) for key, found in pairs.items()}

    return Agreement(
        kappas(Weighting.LINEAR), kappas(Weighting.QUADRATIC), tuple(disputes), tuple(seen_by_one)
    )


def weighted_kappa(pairs: Sequence[tuple[int, int]], values: Collection[int], weighting: Weighting) -> Kappa:
    """Return the weighted kappa of pairs of ratings.

    Args:
        pairs: each item's two ratings.
        values: all that the scale allows, used or not; its ends set what the greatest distance is.
        weighting: how a disagreement grows with its distance.
    """
    ordered = sorted(set(values))
    unknown = {value for pair in pairs for value in pair} - set(ordered)
    if len(ordered) < 2 or unknown:
        raise ValueError(f"Ratings {sorted(unknown)} are not of the scale {ordered}, or it is too short.")
    count = len(pairs)
    if not count:
        return Kappa(None, None, None, None, None, 0, weighting, "Not judged: no item was rated by both.")
    size = range(len(ordered))
    at = {value: index for index, value in enumerate(ordered)}
    weights = [[_agreement_weight(one, two, ordered, weighting) for two in ordered] for one in ordered]
    counts = [[0 for _ in size] for _ in size]
    for one, two in pairs:
        counts[at[one]][at[two]] += 1
    shares = [[cell / count for cell in row] for row in counts]
    rows = [math.fsum(row) for row in shares]
    columns = [math.fsum(shares[one][two] for one in size) for two in size]
    observed = math.fsum(weights[one][two] * counts[one][two] for one in size for two in size) / count
    expected = math.fsum(weights[one][two] * rows[one] * columns[two] for one in size for two in size)
    used = {value for pair in pairs for value in pair}
    if len(used) == 1:
        sentence = (
            f"Kappa says nothing: both gave all {count} items the same one rating, as chance would too."
        )
        return Kappa(None, None, None, 1.0, 1.0, count, weighting, sentence)
    kappa = (observed - expected) / (1 - expected)
    # The standard error, equation 8 of Fleiss, Cohen and Everitt.
    by_row = [math.fsum(columns[two] * weights[one][two] for two in size) for one in size]
    by_column = [math.fsum(rows[one] * weights[one][two] for one in size) for two in size]
    spread = math.fsum(
        shares[one][two] * (weights[one][two] - (by_row[one] + by_column[two]) * (1 - kappa)) ** 2
        for one in size
        for two in size
    )
    variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / (count * (1 - expected) ** 2)
    low = high = None
    if count >= FEWEST_FOR_INTERVAL and observed < 1:
        reach = 1.959963984540054 * math.sqrt(max(0.0, variance))
        low, high = kappa - reach, min(1.0, kappa + reach)
    sentence = _sentence(kappa, low, high, count, {one for one, _ in pairs}, {two for _, two in pairs})
    return Kappa(kappa, low, high, observed, expected, count, weighting, sentence)


def word_for(kappa: float) -> str:
    """Return the customary word for a kappa, by Landis and Koch."""
    if kappa < 0:
        return _WORDS[0][1]
    return next(word for most, word in _WORDS[1:] if kappa <= most or most == 1.0)


def _agreement_weight(one: int, two: int, ordered: Sequence[int], weighting: Weighting) -> float:
    distance = abs(one - two) / (ordered[-1] - ordered[0])
    return 1 - (distance if weighting is Weighting.LINEAR else distance * distance)


def _dispute(instrument: Instrument, item: Item, one: Answer, two: Answer) -> Dispute:
    decides = item.fails(one) != item.fails(two)
    if isinstance(one, Mark) or isinstance(two, Mark):
        return Dispute(item, one, two, DisputeKind.EXISTENCE, 1.0, decides)
    distance = abs(share_of_ideal(instrument, item, one) - share_of_ideal(instrument, item, two))
    return Dispute(item, one, two, DisputeKind.RATING, distance, decides)


def _gravity(item: Item) -> int:
    return SEVERITIES.index(item.severity) if item.severity else len(SEVERITIES)


def _sentence(
    kappa: float, low: float | None, high: float | None, count: int, first: set[int], second: set[int]
) -> str:
    said = f"Agreement is {word_for(kappa)}: kappa {kappa:.2f} over {count} items"
    if low is not None and high is not None:
        return f"{said}, 95 % interval {low:.2f} to {high:.2f}."
    if len(first) == 1 or len(second) == 1:
        return f"{said}, as always where one of the two gave every item the same rating."
    if count < FEWEST_FOR_INTERVAL:
        return f"{said}; too few for an interval."
    return f"{said}."
