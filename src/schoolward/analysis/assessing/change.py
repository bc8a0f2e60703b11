"""What changed on a campus since its last walk, also where the instrument changed in between.

Items are compared that are the same by the crosswalk, or by being of one edition. The two scores that are
held against each other are over the items that were rated both times, so that neither what was newly asked
nor what could not be seen this time looks like a change. The weights are those of the later edition.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from schoolward.analysis.assessing.crosswalk import Place, Threads, edition_of
from schoolward.analysis.assessing.scoring import check_answers, items_asked, share_of_ideal
from schoolward.analysis.assessing.shapes import Answer, Instrument, Item


@dataclass(frozen=True)
class Walk:
    """One walk: the edition that it used, its answers, and the bands of grades of its campus (None: all)."""

    instrument: Instrument
    answers: Mapping[str, Answer]
    bands: Collection[str] | None = None


class Direction(StrEnum):
    """What became of an item."""

    MENDED = "mended"
    BETTER = "better"
    UNCHANGED = "unchanged"
    WORSE = "worse"
    NEWLY_FAILED = "newly failed"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True)
class ItemChange:
    """One item then and now.

    `step` is the change as a share of the scale, from -1 to 1; None where it was not rated both times.
    Whether it failed is judged each time by the edition of that time.
    """

    item: Item
    item_then: Item
    then: Answer | None
    now: Answer | None
    direction: Direction
    step: float | None


@dataclass(frozen=True)
class ScoreChange:
    """Two scores over the same items, in percent of the ideal: None where no item was rated twice."""

    then: float | None
    now: float | None
    items: int

    @property
    def difference(self) -> float | None:
        """Percentage points; above 0 it became better."""
        return None if self.then is None or self.now is None else self.now - self.then


@dataclass(frozen=True)
class Change:
    """All that changed. `ended` were asked then alone, `begun` are asked now alone."""

    items: tuple[ItemChange, ...]
    score: ScoreChange
    by_area: Mapping[str, ScoreChange]
    by_principle: Mapping[str, ScoreChange]
    by_layer: Mapping[str, ScoreChange]
    by_section: Mapping[str, ScoreChange]
    ended: tuple[Item, ...]
    begun: tuple[Item, ...]

    def count(self, direction: Direction) -> int:
        """Return how many items went that way."""
        return sum(one.direction is direction for one in self.items)


def change(then: Walk, now: Walk, threads: Threads) -> Change:
    """Return what changed from one walk to a later one.

    Args:
        then: the earlier walk.
        now: the later walk; parts are named as its edition names them.
        threads: which items are the same.

    Raises:
        AnswerProblem: an answer is none.
        ValueError: an unknown band.
    """
    for walk in (then, now):
        check_answers(walk.instrument, walk.answers)
    asked_then = {item.code: item for item in items_asked(then.instrument, then.bands)}
    edition_then, edition_now = edition_of(then.instrument), edition_of(now.instrument)
    compared: list[ItemChange] = []
    begun: list[Item] = []
    for item in items_asked(now.instrument, now.bands):
        place = threads.same(Place(edition_now, item.code), edition_then)
        before = asked_then.pop(place.code, None) if place is not None else None
        if before is None:
            begun.append(item)
        else:
            compared.append(_item_change(then, now, before, item))

    def by(part_of: Callable[[Item], str]) -> dict[str, ScoreChange]:
        parts: dict[str, list[ItemChange]] = {}
        for one in compared:
            if part := part_of(one.item):
                parts.setdefault(part, []).append(one)
        return {part: _score_change(then, now, found) for part, found in parts.items()}

    return Change(
        items=tuple(compared),
        score=_score_change(then, now, compared),
        by_area=by(lambda item: item.area),
        by_principle=by(lambda item: item.principle),
        by_layer=by(lambda item: item.layer),
        by_section=by(lambda item: item.section),
        ended=tuple(asked_then.values()),
        begun=tuple(begun),
    )


def _item_change(then: Walk, now: Walk, before: Item, item: Item) -> ItemChange:
    old, new = then.answers.get(before.code), now.answers.get(item.code)
    if not isinstance(old, int) or not isinstance(new, int):
        return ItemChange(item, before, old, new, Direction.NOT_COMPARED, None)
    step = share_of_ideal(now.instrument, item, new) - share_of_ideal(then.instrument, before, old)
    failed, fails = before.fails(old), item.fails(new)
    if failed and not fails:
        direction = Direction.MENDED
    elif fails and not failed:
        direction = Direction.NEWLY_FAILED
    elif abs(step) < 1e-9:
        direction = Direction.UNCHANGED
    else:
        direction = Direction.BETTER if step > 0 else Direction.WORSE
    return ItemChange(item, before, old, new, direction, step)


def _score_change(then: Walk, now: Walk, found: Iterable[ItemChange]) -> ScoreChange:
    weights: list[float] = []
    gained: tuple[list[float], list[float]] = ([], [])
    for one in found:
        if one.item.weight > 0 and isinstance(one.then, int) and isinstance(one.now, int):
            weights.append(one.item.weight)
            gained[0].append(one.item.weight * share_of_ideal(then.instrument, one.item_then, one.then))
            gained[1].append(one.item.weight * share_of_ideal(now.instrument, one.item, one.now))
    whole = fsum(weights)
    if not whole:
        return ScoreChange(None, None, 0)
    return ScoreChange(100 * fsum(gained[0]) / whole, 100 * fsum(gained[1]) / whole, len(weights))
