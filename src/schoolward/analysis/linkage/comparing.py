"""From pairs of records to levels of agreement, all facts of a pair packed into one number: its pattern."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.linkage import agreeing
from schoolward.analysis.linkage.agreeing import Levels, Nicknames
from schoolward.analysis.linkage.levels import COMPARISONS, GIVEN, MISSING
from schoolward.analysis.linkage.people import NONE, Pairs, People

Patterns = NDArray[np.int32]

_AT_ONCE: Final = 500_000


def patterns(people: People, pairs: Pairs, nicknames: Nicknames | None = None) -> Patterns:
    """Return the pattern of each pair: one number that holds the levels of all comparisons."""
    found = np.empty(len(pairs), dtype=np.int32)

    def work(part: slice) -> None:
        found[part] = _packed(people, pairs[part], nicknames)

    with ThreadPoolExecutor(cpu_count()) as threads:
        list(threads.map(work, _slices(len(pairs))))
    return found


def levels_of(found: Patterns) -> list[Levels]:
    """Unpack patterns into the levels of each comparison, in the order of `COMPARISONS`."""
    unpacked = []
    for comparison in COMPARISONS:
        count = len(comparison.levels)
        unpacked.append((found % count).astype(np.uint8))
        found = found // count
    return unpacked


PATTERN_COUNT: Final = int(np.prod([len(comparison.levels) for comparison in COMPARISONS]))


def distinct(found: Patterns) -> tuple[Patterns, NDArray[np.int64]]:
    """Return the different patterns, and how many pairs have each."""
    if len(found) < PATTERN_COUNT // 8:
        return np.unique(found, return_counts=True)
    counts = np.bincount(found, minlength=PATTERN_COUNT)
    used = np.flatnonzero(counts)
    return used.astype(np.int32), counts[used]


def nickname_keys(people: People, nicknames: Mapping[str, set[str]]) -> Nicknames:
    """Return sorted keys of the pairs of names, of those that occur, one of which stands for the other."""
    codes = {name: code for code, name in enumerate(people.names.values)}
    keys = {
        _key(codes[one], codes[other])
        for one, others in nicknames.items()
        for other in others
        if one in codes and other in codes
    }
    return np.array(sorted(keys), dtype=np.int64)


def _slices(count: int) -> Iterator[slice]:
    for start in range(0, count, _AT_ONCE):
        yield slice(start, min(start + _AT_ONCE, count))


def _packed(people: People, pairs: Pairs, nicknames: Nicknames | None) -> Patterns:
    given = agreeing.first_names(people, pairs, nicknames)
    middle, surname = agreeing.middle_names(people, pairs), agreeing.surnames(people, pairs)
    agreeing.set_swapped(people, pairs, given, surname)
    # "Mary Ann" with no middle name is "Mary" with the middle name "Ann".
    whole_left, whole_right = people.whole[pairs.left], people.whole[pairs.right]
    one_name = (whole_left == whole_right) & (whole_left != NONE)
    one_name &= (given != GIVEN.level("equal")) & (given != GIVEN.level("same initial"))
    given[one_name] = GIVEN.level("equal")
    middle[one_name] = MISSING
    found = np.zeros(len(pairs), dtype=np.int32)
    for comparison, levels in reversed(
        list(
            zip(
                COMPARISONS,
                (
                    given,
                    middle,
                    surname,
                    agreeing.suffixes(people, pairs),
                    agreeing.birth_dates(people, pairs),
                    agreeing.sexes(people, pairs),
                    agreeing.numbers(people, pairs),
                    agreeing.households(people, pairs),
                ),
                strict=True,
            )
        )
    ):
        found *= len(comparison.levels)
        found += levels
    return found


def _key(one: int, other: int) -> int:
    return (min(one, other) << 32) | max(one, other)
