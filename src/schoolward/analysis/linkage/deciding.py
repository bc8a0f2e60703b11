"""Three decisions on a pair: the same person, a person decides, different.

A pair is the same by two walls, and both must hold. Against strangers: the facts of the person alone (never
those of the household) make it likely enough. Against twins and siblings: its points (`levels.py`) reach 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import log2
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.linkage.comparing import PATTERN_COUNT, Levels, Patterns, distinct, levels_of
from schoolward.analysis.linkage.estimating import Floats, Model
from schoolward.analysis.linkage.levels import COMPARISONS, EQUAL, KIN_ENOUGH, PLACES
from schoolward.analysis.linkage.people import NONE, Codes, Pairs, People

BITS_MOST: Final = 8.0
"""A rare or a common value adds or takes no more bits than this."""
_BELIEVED_VALUES: Final = 1_000.0
_BIRTHDAYS: Final = 4_700.0
"""Days on which the children of thirteen school years are born, without their holidays from school."""
_HOUSEHOLD_KNOWN: Final = 3
"""The last level of the household at which it says that two records are of one home: mostly the same."""
_WITH_FREQUENCIES: Final = ("given", "surname", "birth_date")


class Decision(IntEnum):
    """What is done with a pair."""

    DIFFERENT = 0
    PERSON = 1
    SAME = 2


WORDS: Final = {
    Decision.SAME: "same",
    Decision.PERSON: "a person decides",
    Decision.DIFFERENT: "different",
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which chance of being one person a pair is the same, and from which a person looks at it."""

    precision: float = 0.999
    """Of the pairs that are called the same, at least so many are, each by its own chance."""
    review: float = 0.5

    @property
    def same_bits(self) -> float:
        """The odds of `precision`, in bits."""
        return log2(self.precision / (1 - self.precision))

    @property
    def review_bits(self) -> float:
        """The odds of `review`, in bits."""
        return log2(self.review / (1 - self.review))


@dataclass(frozen=True)
class Weighed:
    """Weights of pairs in bits, prior included: without and with the household; points against kin.

    ``namesakes`` is the chance that another child of the same first name and surname was born on the same
    day, where nothing else says that the two are one; 0 where something does.
    """

    identity: NDArray[np.float32]
    whole: NDArray[np.float32]
    kin: NDArray[np.int8]
    namesakes: NDArray[np.float32]


def weigh(people: People, model: Model, pairs: Pairs, found: Patterns) -> Weighed:
    """Weigh pairs by their patterns, and by how rare the values are that agree."""
    weights = model.weights()
    # What a pattern weighs is worked out once for each of those that there are.
    used, _ = distinct(found)
    place_of = np.zeros(PATTERN_COUNT, dtype=np.int32)
    place_of[used] = np.arange(len(used), dtype=np.int32)
    levels = levels_of(used)
    identity = np.full(len(used), model.prior, dtype=np.float32)
    household = np.zeros(len(used), dtype=np.float32)
    kin = np.zeros(len(used), dtype=np.int8)
    for comparison, weight, level in zip(COMPARISONS, weights, levels, strict=True):
        (household if comparison.shared else identity)[:] += weight[level]
        kin += np.array([one.kin for one in comparison.levels], dtype=np.int8)[level]
    place = place_of[found]
    by_values = identity[place]
    for field in _WITH_FREQUENCIES:
        equal = np.flatnonzero((levels[PLACES[field]] == EQUAL)[place])
        codes, rarity = rarities(people, model, field)
        by_values[equal] += rarity[codes[pairs.left[equal]]]
    alone = _by_name_and_birthday_alone(levels)[place]
    chances = np.where(alone, namesakes(people)[pairs.left], np.float32(0))
    return Weighed(by_values, by_values + household[place], kin[place], chances)


def _by_name_and_birthday_alone(levels: list[Levels]) -> NDArray[np.bool_]:
    """The patterns in which name and birth date are equal, and neither number nor middle name nor home is."""
    equal = [levels[PLACES[field]] == EQUAL for field in _WITH_FREQUENCIES]
    home = levels[PLACES["household"]]
    known = (levels[PLACES["student_id"]] == EQUAL) | (levels[PLACES["middle"]] == EQUAL)
    known |= (home >= EQUAL) & (home <= _HOUSEHOLD_KNOWN)
    found: NDArray[np.bool_] = np.logical_and.reduce(equal) & ~known
    return found


def namesakes(people: People) -> NDArray[np.float32]:
    """For each record the chance that one more child of its first name and surname has its birthday.

    First name and surname are not drawn each by itself: who is called Minh is called Nguyen more often than
    others. So children of the whole name are counted, by their other birth dates in the files.
    """
    names = people.given.astype(np.int64) * len(people.names) + people.surname
    _names, name = np.unique(names, return_inverse=True)
    born = people.birth > 0
    children = np.unique(np.stack([name[born], people.birth[born]]), axis=1)[0]
    others = np.maximum(np.bincount(children, minlength=len(_names)) - 1, 0)
    return (others / _BIRTHDAYS).astype(np.float32)[name]


def rarities(people: People, model: Model, field: str) -> tuple[Codes, NDArray[np.float32]]:
    """Return codes of the records for a comparison, and the bits that each code adds when it agrees.

    The last entry, which the code of a missing value finds, is 0.
    """
    codes = {"given": people.given, "surname": people.surname, "birth_date": people.birth}[field]
    if field == "birth_date":
        codes = np.unique(codes, return_inverse=True)[1].astype(np.int32)
    counts = np.bincount(codes[codes != NONE], minlength=len(people.names) if field != "birth_date" else 0)
    usual = model.unmatched[PLACES[field]][EQUAL]
    frequency = (counts + _BELIEVED_VALUES * usual) / (len(people) + _BELIEVED_VALUES)
    bits: Floats = np.clip(np.log2(usual / frequency), -BITS_MOST, BITS_MOST)
    return codes, np.append(bits, 0).astype(np.float32)


def decide(weighed: Weighed, thresholds: Thresholds) -> NDArray[np.int8]:
    """Return a :class:`Decision` for each pair."""
    same = (weighed.identity >= thresholds.same_bits) & (weighed.kin >= KIN_ENOUGH)
    same &= weighed.namesakes <= 1 - thresholds.precision
    looked_at = weighed.whole >= thresholds.review_bits
    looked_at |= weighed.identity >= thresholds.review_bits
    return np.where(same, Decision.SAME, np.where(looked_at, Decision.PERSON, Decision.DIFFERENT)).astype(
        np.int8
    )
