"""Telling the records of a file apart: by the number that the source gives, or by content and repetition."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from schoolward.domains.incidents.models import Source

_MANUAL_NUMBER = re.compile(r"\d{4}-\d{6}")


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


def source_and_key(number: str) -> tuple[str, str]:
    """Source and key of a number: our own export writes "spd-2021:1495287"; others are generic."""
    source, colon, key = number.partition(":")
    if not (colon and key) or source not in Source.values:
        return Source.GENERIC.value, number
    if source == Source.MANUAL and not _MANUAL_NUMBER.fullmatch(key):
        return Source.GENERIC.value, number  # among numbers that are counted on, it would break the counting
    return source, key
