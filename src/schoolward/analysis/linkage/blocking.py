"""Which pairs are looked at: those that share a key, by several rules, never more than a bounded number.

A rule gives each record a key. Records of one key are a block; a rule whose blocks hold more pairs than it
may have gives up its largest blocks, and says how many. A coarse rule (all of one birth date) is used whole
or not at all: it finds more in small files, and finer rules stand beside it for large ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.linkage.people import NONE, Codes, Pairs, People

Keys = NDArray[np.int64]
NO_KEY: Final = -1
LEAST_LIMIT: Final = 1_000_000
COARSE_LIMIT: Final = 250_000
"""A coarse rule is used where it brings no more pairs than so many."""
PAIRS_A_RECORD: Final = 6
"""A rule may bring so many pairs for each record, and `LEAST_LIMIT` in any case."""


@dataclass(frozen=True)
class Rule:
    """One way to find pairs. `decided` are the comparisons that agree in its pairs by its own doing."""

    name: str
    decided: frozenset[str]
    keys: Callable[[People], tuple[Keys, Keys]]
    """Keys of the records as the left one and as the right one of a pair."""
    coarse: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule brought: pairs that no rule before it had, and what it left out to keep its bound."""

    rule: str
    coarse: bool
    pairs: int
    left_out_blocks: int
    left_out_pairs: int


@dataclass(frozen=True)
class Candidates:
    """All pairs that are looked at, what each rule brought, and the keys by which it did."""

    pairs: Pairs
    found: tuple[Found, ...]
    used: tuple[tuple[Rule, Keys, Keys], ...]


def _key(*parts: Codes) -> Keys:
    """Join codes to one dense key; a record that lacks a part has none."""
    key = np.zeros(len(parts[0]), dtype=np.int64)
    known = np.ones(len(parts[0]), dtype=np.bool_)
    for part in parts:
        known &= part != NONE
        width = int(part.max(initial=0)) + 1
        # Keys are made dense before they could overflow; there are never more of them than records.
        if int(key.max(initial=0)) > np.iinfo(np.int64).max // (width + 1):
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
        key = key * width + np.maximum(part, 0)
    key[~known] = NO_KEY
    return key


def _alike(*columns: Callable[[People], Codes]) -> Callable[[People], tuple[Keys, Keys]]:
    def keys(people: People) -> tuple[Keys, Keys]:
        key = _key(*(column(people) for column in columns))
        return key, key

    return keys


def _birth(people: People) -> Codes:
    return np.where(people.birth == 0, NONE, people.birth)


def _birth_year(people: People) -> Codes:
    return np.where(people.birth == 0, NONE, people.birth // 10_000)


def _given_sound(people: People) -> Codes:
    return people.sound_of(people.given)


def _surname_sound(people: People) -> Codes:
    return people.sound_of(people.surname)


def _swapped(people: People) -> tuple[Keys, Keys]:
    """Keys by which the first name of one is held against the surname of the other."""
    size = len(people)
    birth, given, surname = _birth(people), _given_sound(people), _surname_sound(people)
    both = _key(
        np.concatenate([birth, birth]),
        np.concatenate([given, surname]),
        np.concatenate([surname, given]),
    )
    return both[:size], both[size:]


RULES: Final = (
    Rule("student number", frozenset({"student_id"}), _alike(lambda people: people.identifier)),
    Rule(
        "birth date and sound of the surname",
        frozenset({"birth_date", "surname"}),
        _alike(_birth, _surname_sound),
    ),
    Rule(
        "birth date and sound of the first name",
        frozenset({"birth_date", "given"}),
        _alike(_birth, _given_sound),
    ),
    Rule(
        "first name and surname",
        frozenset({"given", "surname"}),
        _alike(lambda people: people.given, lambda people: people.surname),
    ),
    Rule(
        "birth year and sounds of both names",
        frozenset({"birth_date", "given", "surname"}),
        _alike(_birth_year, _given_sound, _surname_sound),
    ),
    Rule("birth date, names swapped", frozenset({"birth_date", "given", "surname"}), _swapped),
    Rule(
        "telephone and sound of the first name",
        frozenset({"household", "given"}),
        _alike(lambda people: people.phone, _given_sound),
    ),
    Rule(
        "house and sound of the first name",
        frozenset({"household", "given"}),
        _alike(lambda people: people.postcode, lambda people: people.house, _given_sound),
    ),
    Rule("birth date", frozenset({"birth_date"}), _alike(_birth), coarse=True),
    Rule(
        "house",
        frozenset({"household"}),
        _alike(lambda people: people.postcode, lambda people: people.house),
        coarse=True,
    ),
    Rule("first name", frozenset({"given"}), _alike(_given_sound), coarse=True),
    Rule("surname", frozenset({"surname"}), _alike(_surname_sound), coarse=True),
    Rule("postcode", frozenset({"household"}), _alike(lambda people: people.postcode), coarse=True),
    Rule("city", frozenset({"household"}), _alike(lambda people: people.city), coarse=True),
    Rule(
        "street and house number",
        frozenset({"household"}),
        _alike(lambda people: people.street, lambda people: people.house),
        coarse=True,
    ),
)


def limit_for(people: People) -> int:
    """Return how many pairs one rule may bring."""
    return max(LEAST_LIMIT, PAIRS_A_RECORD * len(people))


def candidates(people: People, *, limit: int | None = None, rules: tuple[Rule, ...] = RULES) -> Candidates:
    """Return the pairs that share a key by any of the rules, each once."""
    limit = limit_for(people) if limit is None else limit
    used: list[tuple[Rule, Keys, Keys]] = []
    lefts: list[Codes] = []
    rights: list[Codes] = []
    found: list[Found] = []
    for rule in rules:
        left_keys, right_keys = rule.keys(people)
        blocks = _Blocks(people, left_keys, right_keys)
        if rule.coarse and blocks.pairs > min(limit, COARSE_LIMIT):
            found.append(Found(rule.name, True, 0, int((blocks.counts > 0).sum()), blocks.pairs))
            continue
        gone = blocks.bound(limit)
        kept_left, kept_right = blocks.without_gone()
        left, right = blocks.expand()
        fresh = left != right
        if not people.two_files:
            left, right = np.minimum(left, right), np.maximum(left, right)
        for _, earlier_left, earlier_right in used:
            key = earlier_left[left]
            fresh &= (key == NO_KEY) | (key != earlier_right[right])
            if earlier_left is not earlier_right and not people.two_files:
                key = earlier_left[right]
                fresh &= (key == NO_KEY) | (key != earlier_right[left])
        left, right = left[fresh], right[fresh]
        if left_keys is not right_keys and not people.two_files and len(left):
            # One file, crosswise keys: a pair may be found from both of its ends.
            keys = np.unique((left.astype(np.int64) << 32) | right)
            left, right = (keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32)
        used.append((rule, kept_left, kept_right))
        lefts.append(left)
        rights.append(right)
        found.append(Found(rule.name, rule.coarse, len(left), *gone))
    pairs = Pairs(_joined(lefts), _joined(rights))
    return Candidates(pairs, tuple(found), tuple(used))


def shares_key(used: tuple[Rule, Keys, Keys], pairs: Pairs) -> NDArray[np.bool_]:
    """Whether pairs agree by a rule, also those that an earlier rule has brought."""
    _, left, right = used
    key = left[pairs.left]
    return (key != NO_KEY) & (key == right[pairs.right])


class _Blocks:
    """The blocks of one rule: records of the left side and of the right side by key."""

    def __init__(self, people: People, left_keys: Keys, right_keys: Keys) -> None:
        size = len(people)
        left_rows = np.arange(people.first if people.two_files else size)
        right_rows = np.arange(people.first if people.two_files else 0, size)
        self._one_side = left_keys is right_keys and not people.two_files
        self._left_keys, self._right_keys = left_keys, right_keys
        self._left_rows, self._left_sorted = _sorted(left_keys, left_rows)
        self._right_rows, self._right_sorted = _sorted(right_keys, right_rows)
        left_keys, left_start, left_count = _runs(self._left_sorted)
        right_keys, right_start, right_count = _runs(self._right_sorted)
        self._common, left, right = np.intersect1d(
            left_keys, right_keys, assume_unique=True, return_indices=True
        )
        self._left_start, self._left_count = left_start[left], left_count[left]
        self._right_start, self._right_count = right_start[right], right_count[right]
        counts = self._left_count * self._right_count
        self.counts = (counts - self._left_count) // 2 if self._one_side else counts
        self._kept = self.counts > 0

    @property
    def pairs(self) -> int:
        """How many pairs the blocks hold."""
        return int(self.counts[self._kept].sum())

    def bound(self, limit: int) -> tuple[int, int]:
        """Give up the largest blocks until no more pairs than `limit` are left; return blocks and pairs."""
        before, blocks = self.pairs, int(self._kept.sum())
        if before > limit:
            order = np.argsort(self.counts, kind="stable")
            self._kept[order[np.cumsum(self.counts[order]) > limit]] = False
        return blocks - int(self._kept.sum()), before - self.pairs

    def without_gone(self) -> tuple[Keys, Keys]:
        """Return the keys of all records, `NO_KEY` where the block was given up."""
        gone = self._common[(self.counts > 0) & ~self._kept]
        if not len(gone):
            return self._left_keys, self._right_keys
        left = np.where(np.isin(self._left_keys, gone), NO_KEY, self._left_keys)
        if self._left_keys is self._right_keys:
            return left, left
        return left, np.where(np.isin(self._right_keys, gone), NO_KEY, self._right_keys)

    def expand(self) -> tuple[Codes, Codes]:
        """Return the left and right records of all pairs of the blocks that are kept."""
        kept = self._kept
        left_start, left_count = self._left_start[kept], self._left_count[kept]
        right_start, right_count = self._right_start[kept], self._right_count[kept]
        # Each left record of a block, and the right ones that it meets: all of the block, or those behind it.
        of_block = np.repeat(np.arange(len(left_start)), left_count)
        nth = _ramps(left_count)
        place = left_start[of_block] + nth
        if self._one_side:
            meets = left_count[of_block] - nth - 1
            begins = place + 1
        else:
            meets = right_count[of_block]
            begins = right_start[of_block]
        left = np.repeat(self._left_rows[place], meets)
        right = self._right_rows[np.repeat(begins, meets) + _ramps(meets)]
        return left, right


def _sorted(keys: Keys, rows: NDArray[np.int64]) -> tuple[Codes, Keys]:
    """Return the rows that have a key, by key, and their keys."""
    of_rows = keys[rows]
    known = np.flatnonzero(of_rows != NO_KEY)
    order = known[np.argsort(of_rows[known])]
    return rows[order].astype(np.int32), of_rows[order]


def _runs(ordered: Keys) -> tuple[Keys, NDArray[np.int64], NDArray[np.int64]]:
    """Return the different ones of sorted keys, where each begins, and how often it occurs."""
    begins = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)])
    return ordered[begins], begins, np.diff(np.append(begins, len(ordered)))


def _ramps(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 0, 1, … for each count: `_ramps([2, 3])` is 0 1 0 1 2."""
    ends = np.cumsum(counts)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts, counts)


def _joined(parts: list[Codes]) -> Codes:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)
