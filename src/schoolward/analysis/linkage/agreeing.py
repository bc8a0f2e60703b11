"""How well two records agree in each fact, for arrays of pairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.linkage import strings
from schoolward.analysis.linkage.levels import (
    BIRTH,
    GIVEN,
    HOUSEHOLD,
    IDENTIFIER,
    MIDDLE,
    MISSING,
    ONCE,
    SEX,
    SUFFIX,
    SURNAME,
)
from schoolward.analysis.linkage.people import NONE, Codes, Pairs, People

Levels = NDArray[np.uint8]
Nicknames = NDArray[np.int64]

NEAR: Final = 0.92
ALIKE: Final = 0.8
NEIGHBOURS: Final = 20
"""Numbers so close were given out on one day: twins are entered one after the other."""
_BIRTH_DIGITS: Final = 8

# What agrees within a household, in points. A telephone is a household's own; a postcode is half a town's.
_POINTS: Final = {"phone": 4, "street": 2, "house": 1, "city": 1, "postcode": 1}
_GRADES: Final = (
    (1, "one thing the same"),
    (2, "partly the same"),
    (3, "mostly the same"),
    (4, "same"),
    (5, "same in all"),
)


def _both(column: Codes, pairs: Pairs) -> tuple[Codes, Codes, NDArray[np.bool_]]:
    """Return both sides of a column, and where neither is missing."""
    one, other = column[pairs.left], column[pairs.right]
    return one, other, (one != NONE) & (other != NONE)


def _graded(
    people: People,
    levels: Levels,
    one: Codes,
    other: Codes,
    known: NDArray[np.bool_],
    grades: Callable[[Codes, Codes, NDArray[np.float32]], Levels],
) -> None:
    """Write `equal`, or what `grades` says of names that are not equal."""
    levels[known & (one == other)] = 1
    unequal = np.flatnonzero(known & (one != other))
    names = one[unequal], other[unequal]
    levels[unequal] = grades(*names, strings.similarity(people.names, *names))


def first_names(people: People, pairs: Pairs, nicknames: Nicknames | None) -> Levels:
    """Grade first names."""
    one, other, known = _both(people.given, pairs)
    levels = np.zeros(len(pairs), dtype=np.uint8)

    def grades(one: Codes, other: Codes, similar: NDArray[np.float32]) -> Levels:
        graded = np.full(len(one), GIVEN.level("different"), dtype=np.uint8)
        initial = (people.is_initial[one] | people.is_initial[other]) & (
            people.initial[one] == people.initial[other]
        )
        alike = (similar >= ALIKE) | (people.sound[one] == people.sound[other]) | initial
        graded[alike] = GIVEN.level("alike")
        graded[similar >= NEAR] = GIVEN.level("near")
        if nicknames is not None and len(nicknames):
            graded[_among(nicknames, one, other)] = GIVEN.level("nickname")
        return graded

    _graded(people, levels, one, other, known, grades)
    levels[known & (one == other) & people.is_initial[one]] = GIVEN.level("same initial")
    return levels


def set_swapped(people: People, pairs: Pairs, given: Levels, surname: Levels) -> None:
    """Find pairs whose names stand crosswise, and let the first name's level speak for both names."""
    apart = np.flatnonzero((given >= GIVEN.level("alike")) & (surname == SURNAME.level("different")))
    left, right = pairs.left[apart], pairs.right[apart]
    crosses = ((people.given[left], people.surname[right]), (people.surname[left], people.given[right]))
    equal = (crosses[0][0] == crosses[0][1]) & (crosses[1][0] == crosses[1][1])
    nearly = np.ones(len(apart), dtype=np.bool_)
    for one, other in crosses:
        among = np.flatnonzero(nearly)
        nearly[among] = strings.similarity(people.names, one[among], other[among]) >= NEAR
    for found, level in ((nearly, "nearly swapped with surname"), (equal, "swapped with surname")):
        given[apart[found]] = GIVEN.level(level)
        surname[apart[found]] = SURNAME.level("swapped with first name")


def middle_names(people: People, pairs: Pairs) -> Levels:
    """Grade middle names."""
    one, other, known = _both(people.middle, pairs)
    levels = np.zeros(len(pairs), dtype=np.uint8)

    def grades(one: Codes, other: Codes, similar: NDArray[np.float32]) -> Levels:
        graded = np.full(len(one), MIDDLE.level("different"), dtype=np.uint8)
        graded[similar >= NEAR] = MIDDLE.level("near")
        initial = people.is_initial[one] | people.is_initial[other]
        graded[initial & (people.initial[one] == people.initial[other])] = MIDDLE.level("initial agrees")
        return graded

    _graded(people, levels, one, other, known, grades)
    levels[(one == NONE) != (other == NONE)] = MIDDLE.level(ONCE)
    return levels


def surnames(people: People, pairs: Pairs) -> Levels:
    """Grade surnames."""
    one, other, known = _both(people.surname, pairs)
    levels = np.zeros(len(pairs), dtype=np.uint8)

    def grades(one: Codes, other: Codes, similar: NDArray[np.float32]) -> Levels:
        graded = np.full(len(one), SURNAME.level("different"), dtype=np.uint8)
        part = (people.head[one] == other) | (people.tail[one] == other)
        part |= (people.head[other] == one) | (people.tail[other] == one)
        graded[(similar >= ALIKE) | (people.sound[one] == people.sound[other]) | part] = SURNAME.level(
            "alike"
        )
        graded[similar >= NEAR] = SURNAME.level("near")
        return graded

    _graded(people, levels, one, other, known, grades)
    return levels


def suffixes(people: People, pairs: Pairs) -> Levels:
    """Grade suffixes."""
    one, other, known = _both(people.suffix, pairs)
    levels = np.where(known, np.where(one == other, 1, SUFFIX.level("different")), MISSING).astype(np.uint8)
    levels[(one == NONE) != (other == NONE)] = SUFFIX.level(ONCE)
    return levels


def birth_dates(people: People, pairs: Pairs) -> Levels:
    """Grade birth dates."""
    one, other = people.birth[pairs.left], people.birth[pairs.right]
    levels = np.zeros(len(pairs), dtype=np.uint8)
    known = (one != 0) & (other != 0)
    levels[known] = BIRTH.level("different")
    levels[known & (one == other)] = BIRTH.level("equal")
    unequal = np.flatnonzero(known & (one != other))
    one, other = one[unequal], other[unequal]
    year = one // 10_000 == other // 10_000
    month_one, month_other = one // 100 % 100, other // 100 % 100
    day_one, day_other = one % 100, other % 100
    graded = levels[unequal]
    parts = year.astype(np.int8) + (month_one == month_other) + (day_one == day_other)
    graded[parts == 2] = BIRTH.level("two of three parts equal")
    graded[strings.one_slip_of_digits(one, other, _BIRTH_DIGITS)] = BIRTH.level("one slip")
    crosswise = year & (month_one == day_other) & (day_one == month_other)
    graded[crosswise] = BIRTH.level("day and month swapped")
    levels[unequal] = graded
    return levels


def sexes(people: People, pairs: Pairs) -> Levels:
    """Grade sexes."""
    one, other, known = _both(people.sex, pairs)
    return np.where(known, np.where(one == other, 1, SEX.level("different")), MISSING).astype(np.uint8)


def numbers(people: People, pairs: Pairs) -> Levels:
    """Grade numbers of students."""
    one, other, known = _both(people.identifier, pairs)
    levels = np.zeros(len(pairs), dtype=np.uint8)
    levels[known] = IDENTIFIER.level("different")
    levels[known & (one == other)] = IDENTIFIER.level("equal")
    unequal = np.flatnonzero(known & (one != other))
    one, other = one[unequal], other[unequal]
    graded = levels[unequal]
    graded[strings.one_slip(people.identifiers, one, other)] = IDENTIFIER.level("one slip")
    number_one, number_other = people.number[one], people.number[other]
    numbers = (number_one >= 0) & (number_other >= 0)
    neighbours = numbers & (np.abs(number_one - number_other) <= NEIGHBOURS)
    graded[neighbours] = IDENTIFIER.level("neighbouring numbers")
    levels[unequal] = graded
    return levels


def households(people: People, pairs: Pairs) -> Levels:
    """Grade all facts of the household together: they come from one place and are evidence once."""
    points = np.zeros(len(pairs), dtype=np.int8)
    anything = np.zeros(len(pairs), dtype=np.bool_)
    for name, worth in _POINTS.items():
        one, other, known = _both(getattr(people, name), pairs)
        anything |= known
        agree = known & (one == other)
        if name in ("street", "city"):
            unequal = np.flatnonzero(known & (one != other))
            vocabulary = people.streets if name == "street" else people.cities
            similar = strings.similarity(vocabulary, one[unequal], other[unequal])
            agree[unequal] = similar >= NEAR
        points += np.int8(worth) * agree
    levels = np.full(len(pairs), HOUSEHOLD.level("different"), dtype=np.uint8)
    for least, level in _GRADES:
        levels[points >= least] = HOUSEHOLD.level(level)
    levels[~anything] = MISSING
    return levels


def _among(keys: Nicknames, one: Codes, other: Codes) -> NDArray[np.bool_]:
    wanted = (np.minimum(one, other).astype(np.int64) << 32) | np.maximum(one, other).astype(np.int64)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return keys[place] == wanted
