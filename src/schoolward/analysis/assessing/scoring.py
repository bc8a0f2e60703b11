"""Scores that do not lie: what was not seen is never 0, and says how far it could move the score.

A rating stands for its share of the way from the worst to the ideal condition of its scale. The score is the
weighted mean of these shares, in percent, over the items that were rated. An item that does not exist leaves
the score altogether. An item that exists but was not rated (unobserved, or not answered) leaves the score
too, but widens the interval: `low` if all of these were at their worst, `high` if all were ideal.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from math import fsum

from schoolward.analysis.assessing.shapes import BANDS, SEVERITIES, Answer, Instrument, Item, Mark


@dataclass(frozen=True)
class Score:
    """One score.

    `value`, `low` and `high` are percent of the ideal condition: None where no item was rated (`value`) or
    none is known to exist (all three). `coverage` is the percentage, by weight, that was rated of what
    exists; with weights alike, of items. `high - low` is 100 - coverage. The counts are of scored items
    (weight above 0).
    """

    value: float | None
    low: float | None
    high: float | None
    coverage: float | None
    rated: int
    unobserved: int
    unanswered: int
    not_existing: int

    @property
    def asked(self) -> int:
        """How many scored items were asked."""
        return self.rated + self.unobserved + self.unanswered + self.not_existing


@dataclass(frozen=True)
class Scores:
    """The score of a walk, and the scores of its parts.

    A part has the items that name it: an item without a principle is in no principle's score, and one whose
    section has two zones is in both zones' scores. A part of which no scored item is asked is left out.
    """

    total: Score
    by_section: Mapping[str, Score]
    by_area: Mapping[str, Score]
    by_principle: Mapping[str, Score]
    by_layer: Mapping[str, Score]
    by_zone: Mapping[str, Score]


class AnswerProblem(ValueError):
    """An answer cannot be one. The message names the item, the value and what may stand there."""


def check_answers(instrument: Instrument, answers: Mapping[str, Answer]) -> None:
    """Raise AnswerProblem for an item that the instrument does not hold, or an answer its scale has not."""
    for code, answer in answers.items():
        item = instrument.by_code.get(code)
        if item is None:
            raise AnswerProblem(
                f"“{code}” is no item of {instrument.key} {instrument.version}; mend the code."
            )
        scale = instrument.scale_of(item)
        if not scale.allows(answer):
            allowed: list[str] = [str(choice.value) for choice in scale.choices]
            allowed += [mark.value for mark in Mark if scale.allows(mark)]
            raise AnswerProblem(f"{code} cannot be “{answer}”; write one of {', '.join(allowed)}.")


def items_asked(instrument: Instrument, bands: Collection[str] | None = None) -> tuple[Item, ...]:
    """Return the items that any of some bands of grades is asked, in walking order; all without bands.

    Raises ValueError for an unknown band.
    """
    if bands is None:
        return instrument.items
    if unknown := sorted(set(bands) - set(BANDS)):
        raise ValueError(f"“{unknown[0]}” is no band of grades; there are {', '.join(BANDS)}.")
    return tuple(item for item in instrument.items if item.bands & set(bands))


def scores(
    instrument: Instrument, answers: Mapping[str, Answer], bands: Collection[str] | None = None
) -> Scores:
    """Return the scores of one walk, as a whole and by part.

    Args:
        instrument: the version that the walk used.
        answers: by the code of the item. Answers to items that these bands are not asked do not count.
        bands: of the campus's schools; None asks every item.

    Raises:
        AnswerProblem: an answer is none.
    """
    check_answers(instrument, answers)
    asked = items_asked(instrument, bands)
    zones = {section.key: section.zones for section in instrument.sections}

    def by(parts_of: Callable[[Item], Iterable[str]]) -> dict[str, Score]:
        parts: dict[str, list[Item]] = {}
        for item in asked:
            for part in filter(None, parts_of(item)) if item.weight else ():
                parts.setdefault(part, []).append(item)
        return {part: score_of(instrument, items, answers) for part, items in parts.items()}

    return Scores(
        total=score_of(instrument, asked, answers),
        by_section=by(lambda item: (item.section,)),
        by_area=by(lambda item: (item.area,)),
        by_principle=by(lambda item: (item.principle,)),
        by_layer=by(lambda item: (item.layer,)),
        by_zone=by(lambda item: zones.get(item.section, ())),
    )


def share_of_ideal(instrument: Instrument, item: Item, value: int) -> float:
    """Return how far a rating is from the worst (0) to the ideal condition (1) of its scale."""
    scale = instrument.scale_of(item)
    return (value - scale.lowest) / (scale.highest - scale.lowest)


def score_of(instrument: Instrument, items: Iterable[Item], answers: Mapping[str, Answer]) -> Score:
    """Return the score of some items; those with weight 0 have no part in it."""
    gained: list[float] = []
    weights: list[float] = []
    unseen: list[float] = []
    unobserved = unanswered = not_existing = 0
    for item in items:
        if item.weight == 0:
            continue
        answer = answers.get(item.code)
        if answer is Mark.DOES_NOT_EXIST:
            not_existing += 1
        elif answer is None or isinstance(answer, Mark):
            unanswered += answer is None
            unobserved += answer is not None
            unseen.append(item.weight)
        else:
            gained.append(item.weight * share_of_ideal(instrument, item, answer))
            weights.append(item.weight)
    gain, seen, hidden = fsum(gained), fsum(weights), fsum(unseen)
    whole = fsum((*weights, *unseen))
    return Score(
        value=100 * gain / seen if seen else None,
        low=100 * gain / whole if whole else None,
        high=100 * (gain + hidden) / whole if whole else None,
        coverage=100 * seen / whole if whole else None,
        rated=len(weights),
        unobserved=unobserved,
        unanswered=unanswered,
        not_existing=not_existing,
    )


def failed_items(
    instrument: Instrument, answers: Mapping[str, Answer], bands: Collection[str] | None = None
) -> tuple[Item, ...]:
    """Return the items whose answers open work, the gravest first, then in walking order.

    Raises AnswerProblem for an answer that is none.
    """
    check_answers(instrument, answers)
    failed = [item for item in items_asked(instrument, bands) if item.fails(answers.get(item.code))]
    return tuple(sorted(failed, key=lambda item: SEVERITIES.index(item.severity)))
