"""Invented people, their records, their twins and siblings. Names are made of syllables; nobody is real."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from schoolward.analysis.linkage import Table

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ONSETS = [*"bcdfghjklmnprstvw", "br", "ch", "cl", "dr", "fl", "gr", "kr", "sh", "st", "tr"]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ie"]
_ENDS = ["", "", "", "n", "l", "r", "s", "m", "nd", "th", "ck"]


@dataclass(frozen=True)
class Person:
    """One record of one person; empty is not given."""

    given: str = ""
    middle: str = ""
    surname: str = ""
    suffix: str = ""
    birth_date: str = ""
    sex: str = ""
    student_id: str = ""
    address: str = ""
    house_number: str = ""
    city: str = ""
    postcode: str = ""
    phone: str = ""


FIELDS = tuple(Person.__dataclass_fields__)


def words(count: int, syllables: int, seed: int) -> list[str]:
    """Return so many different invented names, the first of which are to be the frequent ones."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        parts = chance.randint(1, syllables)
        word = "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(parts))
        word += chance.choice(_ENDS)
        if len(word) > 2:
            found.setdefault(word)
    return list(found)


def table(people: list[Person], prefix: str) -> Table:
    """Return people as a table with ids that begin with a prefix."""
    return Table(
        [f"{prefix}{number}" for number in range(len(people))],
        {field: [getattr(person, field) for person in people] for field in FIELDS},
    )


class District:
    """Draws people, and the records that clerks make of them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.given, self.surnames = words(600, 3, 1), words(4_000, 3, 2)
        self.streets, self.cities = words(400, 3, 3), words(12, 3, 4)
        self._number = 100_000

    def person(self) -> Person:
        """Return a student of 5 to 18 years."""
        chance = self.chance
        birth = date(2007, 1, 1) + timedelta(days=chance.randrange(13 * 365))
        return Person(
            given=self._frequent(self.given),
            middle=self._frequent(self.given) if chance.random() < 0.6 else "",
            surname=self._frequent(self.surnames),
            birth_date=birth.isoformat(),
            sex=chance.choice("fm"),
            student_id=self.number(),
            address=f"{chance.randrange(1, 9_999)} {chance.choice(self.streets)} st",
            city=chance.choice(self.cities),
            postcode=f"958{chance.randrange(14, 36)}",
            phone=f"916555{chance.randrange(10_000):04d}",
        )

    def number(self) -> str:
        """Return the next number, as an office gives them out."""
        self._number += self.chance.randrange(30, 300)
        return str(self._number)

    def twin(self, person: Person) -> Person:
        """Return somebody born to the same people on the same day: what differs is the child's own."""
        chance = self.chance
        kind = chance.randrange(4)
        given, middle = self.other(person.given), person.middle
        if kind == 0:  # names that rhyme
            given = chance.choice(LETTERS) + person.given[1:]
        elif kind == 1:  # the same middle name, or none, and another first one
            pass
        elif kind == 2:  # a first name for both, told apart by the middle one
            given, middle = person.given, self.other(person.middle)
        else:
            middle = self.other(person.middle)
        if (given, middle) == (person.given, person.middle):
            given = self.other(person.given)
        own = str(int(person.student_id) + chance.randrange(1, 4)) if person.student_id else ""
        return replace(person, given=given, middle=middle, student_id=own, sex=chance.choice("fm"))

    def sibling(self, person: Person) -> Person:
        """Return somebody born to the same people on another day, seldom one that looks like a slip."""
        born = date.fromisoformat(person.birth_date)
        if self.chance.random() < 0.3:
            other = born.replace(day=min(born.day, 28), year=born.year + self.chance.choice((-2, -1, 1, 2)))
        else:
            other = born + timedelta(days=self.chance.choice((-1, 1)) * self.chance.randrange(300, 2_500))
        return replace(self.twin(person), birth_date=other.isoformat(), student_id=self.number())

    def other(self, name: str) -> str:
        """Return another first name."""
        while (found := self._frequent(self.given)) == name:
            pass
        return found

    def record(self, person: Person, slips: float) -> Person:
        """Return a person as a clerk might enter them: with slips, facts left out, names swapped."""
        chance = self.chance
        changes: dict[str, str] = {}
        for field in ("given", "middle", "surname", "birth_date", "student_id", "address", "phone"):
            value = getattr(person, field)
            if value and chance.random() < slips:
                changes[field] = self.slip(value)
            if value and chance.random() < slips / 3:
                changes[field] = ""
        if person.middle and chance.random() < slips:
            changes["middle"] = person.middle[0]
        if chance.random() < slips / 3:
            year, month, day = person.birth_date.split("-")
            changes["birth_date"] = f"{year}-{day}-{month}"
        if chance.random() < slips / 5:
            changes |= {"given": person.surname, "surname": person.given}
        return replace(person, **changes)

    def slip(self, value: str) -> str:
        """Return a value with one sign wrong, lost, doubled, or swapped with its neighbour."""
        chance = self.chance
        places = [place for place, sign in enumerate(value) if sign.isalnum()]
        place = chance.choice(places)
        signs = "0123456789" if value[place].isdigit() else LETTERS
        kind = chance.randrange(4) if not value[:4].isdigit() or "-" not in value else 0
        if kind == 1 and len(value) > 2:
            return value[:place] + value[place + 1 :]
        if kind == 2:
            return value[:place] + chance.choice(signs) + value[place:]
        if kind == 3 and place + 1 < len(value):
            return value[:place] + value[place + 1] + value[place] + value[place + 2 :]
        return value[:place] + chance.choice(signs) + value[place + 1 :]

    def _frequent(self, names: list[str]) -> str:
        """Draw a name, the first ones far more often than the last."""
        return names[int(len(names) * self.chance.random() ** 3)]


def looks_the_same(one: Person, other: Person) -> bool:
    """Whether nobody could tell two records apart: all that is a child's own is equal, or its number says so.

    A slip may give one twin the other's number. With another first name, middle name, suffix or sex beside it
    such a pair must not pass; where these do not differ, the number is the only thing to go by.
    """
    own = ("given", "middle", "suffix", "sex")
    pairs = [(getattr(one, field), getattr(other, field)) for field in own]
    if one.student_id and one.student_id == other.student_id:
        return not any(left and right and left[:1] != right[:1] for left, right in pairs)
    return one.birth_date == other.birth_date and all(left == right for left, right in pairs)
