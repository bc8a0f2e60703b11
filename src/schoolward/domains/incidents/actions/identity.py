"""Telling the records of a file apart: by the number that the source gives, or by content and repetition."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schoolward.domains.incidents.models import Source


class Occurrences:
    """How often each content stood in the file before: eight bytes a record, whatever its length."""

    def __init__(self) -> None:
        self._seen = np.zeros(0, dtype=np.uint64)

    def count(self, digests: list[str]) -> NDArray[np.int64]:
        """Return for each digest (64 bits or more in hexadecimal) how many equal ones came before it."""
        marks = np.frombuffer(bytes.fromhex("".join(digests)), dtype=np.uint64)
        marks = marks.reshape(len(digests), -1)[:, 0]
        order = np.argsort(marks, kind="stable")
        ordered = marks[order]  # looked up in order, neighbours are found where the last one was
        seen = np.searchsorted(self._seen, ordered, "right") - np.searchsorted(self._seen, ordered, "left")
        within = np.arange(len(marks)) - np.searchsorted(ordered, ordered, "left")
        before = np.empty(len(marks), dtype=np.int64)
        before[order] = seen + within
        self._seen = np.concatenate((self._seen, ordered))
        self._seen.sort(kind="stable")  # merges two sorted runs
        return before


def content_keys(utc: NDArray[np.int64], digests: list[str], before: list[int]) -> list[str]:
    """Keys made of the minute, 96 bits of the content and, for exact duplicates, their ordinal.

    The minute stands first because files are sorted by time: keys then come in order, and the index of a
    million of them is written once instead of page by page at random.
    """
    minutes = (utc // 60).tolist()
    return [
        f"{minute:08x}{digest[:24]}.{n}" if n else f"{minute:08x}{digest[:24]}"
        for minute, digest, n in zip(minutes, digests, before, strict=True)
    ]


def source_and_key(numbers: list[str]) -> tuple[list[str], list[str]]:
    """Source and key of each number: our own export writes "spd-2021:1495287"; others are generic."""
    sources, keys = [], []
    for number in numbers:
        source, colon, key = number.partition(":")
        known = bool(colon and key) and source in Source.values
        sources.append(source if known else Source.GENERIC.value)
        keys.append(key if known else number)
    return sources, keys
