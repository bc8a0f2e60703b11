"""What is compared of two people, how well it can agree, and what each agreement is worth before any data.

A comparison ends at one level, from "equal" to "different". `matched` is how often records of one person end
there, `unmatched` how often records of two strangers do: what is believed before the files are seen, worth
a few dozen pairs of theirs (`estimating.py`).

`kin` are points for "one person" against "twins or siblings", 10 being enough. They are set and not learned,
because no file says who is a twin; what twins and siblings share (surname, birth date, address, telephone)
earns nothing, and only an equal first name (13) or an equal number of the child's own (17) earns enough. One
doubt takes more than a first name has to spare: a middle name that only one record gives, or gives as an
initial, because twins share first names where double names are usual; a number with a slip, because theirs
are given out together; a first name that is missing, an initial or merely like the other, because numbers
are copied from the form of a brother, and twins are Karl and Karla. So without an equal number a pair is the
same only where all is equal that is the child's own and that either record gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MISSING: Final = 0
KIN_ENOUGH: Final = 10
NEVER: Final = -40
"""More than all other points together: what differs so is two children, or a slip that somebody must see."""
ONCE: Final = "given once"
"""The level of a fact that only one of the records gives, where that alone is a warning."""


@dataclass(frozen=True, slots=True)
class Level:
    """How well one fact agrees. `matched` is 0 where the level says nothing of strangers (`given once`)."""

    name: str
    matched: float
    unmatched: float
    kin: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One fact that is compared: its levels, the first of which is "nothing to compare"."""

    field: str
    title: str
    levels: tuple[Level, ...]
    shared: bool = False
    """A fact of the household: it brings a pair before a person and never decides."""

    def level(self, name: str) -> int:
        """Return the number of a level."""
        return [level.name for level in self.levels].index(name)


def _missing(kin: int = 0) -> Level:
    return Level("missing", 0, 0, kin)


GIVEN: Final = Comparison(
    "given",
    "first name",
    (
        _missing(-8),
        Level("equal", 0.80, 0.005, 13),
        Level("swapped with surname", 0.02, 0.000_01, 12),
        Level("nearly swapped with surname", 0.005, 0.000_01, -8),
        Level("nickname", 0.01, 0.000_5, 4),
        Level("near", 0.08, 0.004, -8),
        Level("alike", 0.03, 0.03, -8),
        Level("same initial", 0.01, 0.05, -8),
        Level("different", 0.055, 0.960_48, -8),
    ),
)
MIDDLE: Final = Comparison(
    "middle",
    "middle name",
    (
        _missing(),
        Level("equal", 0.75, 0.02, 0),
        Level("initial agrees", 0.12, 0.03, -4),
        Level("near", 0.05, 0.005, -4),
        Level("different", 0.08, 0.945, NEVER),
        Level(ONCE, 0, 0, -4),
    ),
)
SURNAME: Final = Comparison(
    "surname",
    "surname",
    (
        _missing(-4),
        Level("equal", 0.88, 0.002, 0),
        Level("near", 0.06, 0.002, 0),
        Level("alike", 0.03, 0.01, -1),
        Level("different", 0.03, 0.986, -4),
        Level("swapped with first name", 0, 0, 0),
    ),
)
SUFFIX: Final = Comparison(
    "suffix",
    "suffix",
    (
        _missing(),
        Level("equal", 0.95, 0.4, 0),
        Level("different", 0.05, 0.6, NEVER),
        Level(ONCE, 0, 0, -4),
    ),
)
BIRTH: Final = Comparison(
    "birth_date",
    "birth date",
    (
        _missing(-4),
        Level("equal", 0.92, 0.000_2, 0),
        Level("day and month swapped", 0.01, 0.000_02, -4),
        Level("one slip", 0.03, 0.003, -4),
        Level("two of three parts equal", 0.02, 0.01, -6),
        Level("different", 0.02, 0.986_78, -8),
    ),
)
SEX: Final = Comparison(
    "sex",
    "sex",
    (_missing(), Level("equal", 0.985, 0.5, 0), Level("different", 0.015, 0.5, NEVER)),
)
IDENTIFIER: Final = Comparison(
    "student_id",
    "student number",
    (
        _missing(),
        Level("equal", 0.93, 0.000_001, 17),
        Level("one slip", 0.03, 0.000_01, -4),
        Level("neighbouring numbers", 0.002, 0.000_1, -6),
        Level("different", 0.038, 0.999_889, -6),
    ),
)
HOUSEHOLD: Final = Comparison(
    "household",
    "household",
    (
        _missing(),
        Level("same in all", 0.55, 0.000_01, 0),
        Level("same", 0.15, 0.000_02, 0),
        Level("mostly the same", 0.08, 0.000_2, 0),
        Level("partly the same", 0.06, 0.003, 0),
        Level("one thing the same", 0.08, 0.08, 0),
        Level("different", 0.08, 0.916_77, 0),
    ),
    shared=True,
)
COMPARISONS: Final = (GIVEN, MIDDLE, SURNAME, SUFFIX, BIRTH, SEX, IDENTIFIER, HOUSEHOLD)
PLACES: Final = {comparison.field: place for place, comparison in enumerate(COMPARISONS)}

EQUAL: Final = 1
"""The number of the level "equal", the same for all that have a frequency."""
