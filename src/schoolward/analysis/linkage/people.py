"""People of one or two files as columns of numbers: millions of pairs are compared by looking them up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.linkage import values
from schoolward.analysis.linkage.reading import Table

Codes = NDArray[np.int32]
NONE: Final = -1
"""The code of a value that is missing."""

_PARTICLES: Final = frozenset(
    "da de del della der di dos du el la las le los mac mc san st ten van von y".split()  # noqa: SIM905
)
_SEXES: Final = ("f", "m", "x")
_SUFFIXES: Final = ("jr", "sr", "1", "2", "3", "4")


class Vocabulary:
    """Distinct values in the order of their first use; a value's code is its place."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._codes: dict[str, int] = {"": NONE}
        self._lookup: NDArray[np.object_] = np.empty(0, dtype=object)

    def code(self, value: str) -> int:
        """Return the code of a value, a new one for a new value."""
        code = self._codes.get(value)
        if code is None:
            code = self._codes[value] = len(self.values)
            self.values.append(value)
        return code

    def spelt(self, codes: Codes) -> list[str]:
        """Return the values of codes."""
        if len(self._lookup) != len(self.values):
            self._lookup = np.array(self.values, dtype=object)
        spelt: list[str] = self._lookup[codes].tolist()
        return spelt

    def __len__(self) -> int:
        return len(self.values)


class _Remembered(dict[str, int]):
    """Codes by the text as it is written: each spelling is worked out once."""

    def __init__(self, work: Callable[[str], int]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, text: str) -> int:
        code = self[text] = self._work(text)
        return code


@dataclass
class People:
    """All records: `first` ones of the first file, and behind them those of the second, if there is one."""

    records: list[str]
    first: int
    two_files: bool
    names: Vocabulary
    given: Codes
    middle: Codes
    surname: Codes
    whole: Codes
    """First and middle name together: "Mary Ann" is one name here and two there."""
    suffix: Codes
    birth: Codes
    """Year, month and day as digits; 0 where missing."""
    sex: Codes
    identifiers: Vocabulary
    identifier: Codes
    number: NDArray[np.int64]
    """The identifier as a number, by its code; -1 where it is none."""
    streets: Vocabulary
    street: Codes
    house: Codes
    cities: Vocabulary
    city: Codes
    postcode: Codes
    phone: Codes
    sound: Codes
    """The Soundex code of a name, by the name's code."""
    initial: Codes
    """The first letter of a name, by the name's code."""
    is_initial: NDArray[np.bool_]
    head: Codes
    """The code of the first part of a double name, by the name's code; missing for a name of one part."""
    tail: Codes
    given_fields: frozenset[str] = field(default_factory=frozenset)

    def __len__(self) -> int:
        return len(self.records)

    def sound_of(self, names: Codes) -> Codes:
        """Return the sounds of names, missing where a name is."""
        return _by_code(self.sound, names)


@dataclass(frozen=True)
class Pairs:
    """Pairs of records by their place; in one file the left one stands before the right one."""

    left: Codes
    right: Codes

    def __len__(self) -> int:
        return len(self.left)

    def __getitem__(self, where: slice | NDArray[np.int64] | NDArray[np.bool_]) -> Pairs:
        return Pairs(self.left[where], self.right[where])


def gather(first: Table, second: Table | None = None) -> People:
    """Put the records of one or two tables into columns of codes."""
    tables = [first] if second is None else [first, second]
    names, identifiers, streets = Vocabulary(), Vocabulary(), Vocabulary()
    parts: dict[int, tuple[str, ...]] = {}

    def name_code(text: str) -> int:
        spaced = values.name(text)
        code = names.code(spaced.replace(" ", ""))
        words = tuple(word for word in spaced.split() if word not in _PARTICLES)
        if len(words) > 1:
            parts.setdefault(code, words)
        return code

    def column(name: str, work: Callable[[str], int]) -> Codes:
        remembered = _Remembered(work)
        return np.concatenate([_encoded(table, name, remembered) for table in tables])

    def surname_code(text: str) -> int:
        return name_code(values.split_suffix(values.name(text))[0])

    given = column("given", lambda text: name_code(values.first_name(text)))
    middle = column("middle", name_code)
    surname = column("surname", surname_code)
    suffix = column("suffix", lambda text: _place(_SUFFIXES, values.suffix(text)))
    behind = column("surname", lambda text: _place(_SUFFIXES, values.split_suffix(values.name(text))[1]))
    houses, cities, postcodes, phones = Vocabulary(), Vocabulary(), Vocabulary(), Vocabulary()
    spellings = Vocabulary()
    spelling = column("address", lambda text: spellings.code(values.address(text)))
    house_in = _codes([houses.code(values.house_number(key)) for key in spellings.values])
    street_in = _codes([streets.code(_without_house(key)) for key in spellings.values])
    house = column("house_number", lambda text: houses.code(values.identifier(text).upper()))
    people = People(
        records=[record for table in tables for record in table.records],
        first=len(first.records),
        two_files=second is not None,
        names=names,
        given=given,
        middle=middle,
        surname=surname,
        whole=_whole(names, given, middle),
        suffix=np.where(suffix == NONE, behind, suffix),
        birth=column("birth_date", lambda text: values.day(text) or 0),
        sex=column("sex", lambda text: _place(_SEXES, values.sex(text))),
        identifiers=identifiers,
        identifier=column("student_id", lambda text: identifiers.code(values.identifier(text))),
        number=np.empty(0, dtype=np.int64),
        streets=streets,
        street=_by_code(street_in, spelling),
        house=np.where(house == NONE, _by_code(house_in, spelling), house),
        cities=cities,
        city=column("city", lambda text: cities.code(values.name(text).replace(" ", ""))),
        postcode=column("postcode", lambda text: postcodes.code(values.postcode(text))),
        phone=column("phone", lambda text: phones.code(values.phone(text))),
        sound=np.empty(0, dtype=np.int32),
        initial=np.empty(0, dtype=np.int32),
        is_initial=np.empty(0, dtype=np.bool_),
        head=np.empty(0, dtype=np.int32),
        tail=np.empty(0, dtype=np.int32),
        given_fields=frozenset.intersection(*(frozenset(table.columns) for table in tables)),
    )
    # Days that are missing are 0 and not the code of a missing value.
    people.birth[people.birth == NONE] = 0
    people.number = np.array([_number(text) for text in identifiers.values], dtype=np.int64)
    _describe_names(people, parts)
    return people


def _describe_names(people: People, parts: Mapping[int, tuple[str, ...]]) -> None:
    """Work out, once for each distinct name, its sound, its first letter and the parts of a double name."""
    names, sounds, letters = people.names, Vocabulary(), Vocabulary()
    ends = {code: (names.code(words[0]), names.code(words[-1])) for code, words in parts.items()}
    people.sound = _codes([sounds.code(values.soundex(name)) for name in names.values])
    people.initial = _codes([letters.code(name[0]) for name in names.values])
    people.is_initial = np.array([len(name) == 1 for name in names.values], dtype=np.bool_)
    people.head = _codes([ends.get(code, (NONE, NONE))[0] for code in range(len(names))])
    people.tail = _codes([ends.get(code, (NONE, NONE))[1] for code in range(len(names))])


def _encoded(table: Table, name: str, remembered: _Remembered) -> Codes:
    texts = table.columns.get(name)
    count = len(table.records)
    if texts is None:
        return np.full(count, NONE, dtype=np.int32)
    return np.fromiter(map(remembered.__getitem__, texts), dtype=np.int32, count=count)


def _whole(names: Vocabulary, given: Codes, middle: Codes) -> Codes:
    """Return the codes of first and middle names written as one; the first name where there is no middle."""
    found = given.copy()
    both = np.flatnonzero((given != NONE) & (middle != NONE))
    keys, inverse = np.unique(_pair_keys(given[both], middle[both]), return_inverse=True)
    written = [names.code(names.values[key >> 32] + names.values[key & 0xFFFFFFFF]) for key in keys.tolist()]
    found[both] = _codes(written)[inverse] if written else NONE
    return found


def _pair_keys(one: Codes, other: Codes) -> NDArray[np.int64]:
    return (one.astype(np.int64) << 32) | other.astype(np.int64)


def _by_code(values_by_code: Codes, codes: Codes) -> Codes:
    """Look values up by codes; missing stays missing."""
    if not len(values_by_code):
        return np.full(len(codes), NONE, dtype=np.int32)
    return np.where(codes == NONE, NONE, values_by_code[codes]).astype(np.int32)


def _codes(numbers: Iterable[int]) -> Codes:
    return np.array(list(numbers), dtype=np.int32)


def _place(known: tuple[str, ...], word: str | None) -> int:
    return known.index(word) if word else NONE


def _without_house(key: str) -> str:
    number = values.house_number(key)
    return key[len(number) + 1 :] if number else key


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1
