"""Whether ids that one file points at stand in another, without keeping anybody's id.

Ids are held as numbers of 64 bits that a key of this run alone makes of them: who is not wanted is not kept,
and 200,000 rows take a few megabytes.
"""

from __future__ import annotations

import secrets
from array import array
from collections import defaultdict
from collections.abc import Iterator
from hashlib import blake2b


class References:
    """Ids that are there by file, and those that are pointed at."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(16)
        self._there: dict[str, set[int]] = defaultdict(set)
        self._wanted: dict[tuple[str, str, str], tuple[array[int], array[int]]] = {}

    def mark(self, sourced_id: str) -> int:
        """The number that stands for an id in this run."""
        return int.from_bytes(blake2b(sourced_id.encode(), digest_size=8, key=self._key).digest())

    def is_first(self, file: str, sourced_id: str) -> bool:
        """Take an id of a file in. Whether it was not there before."""
        mark, there = self.mark(sourced_id), self._there[file]
        if mark in there:
            return False
        there.add(mark)
        return True

    def want(self, file: str, column: str, row: int, target: str, sourced_id: str) -> None:
        """Note that a row points at an id of the file ``target``."""
        rows, marks = self._wanted.setdefault((file, column, target), (array("Q"), array("Q")))
        rows.append(row)
        marks.append(self.mark(sourced_id))

    def lost(self, whole: frozenset[str]) -> Iterator[tuple[str, str, str, int]]:
        """Each pointer into one of the ``whole`` files that finds nothing: file, column, target, row."""
        for (file, column, target), (rows, marks) in self._wanted.items():
            if target in whole:
                there = self._there[target]
                yield from (
                    (file, column, target, row)
                    for row, mark in zip(rows, marks, strict=True)
                    if mark not in there
                )
