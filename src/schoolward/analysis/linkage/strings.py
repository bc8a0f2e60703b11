"""How alike two spellings are, for arrays of pairs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.linkage.people import Codes, Vocabulary

LEAST = 0.8
"""Similarities below this are given as 0: nobody asks how unlike two names are."""


def similarity(spellings: Vocabulary, one: Codes, other: Codes) -> NDArray[np.float32]:
    """Return the Jaro-Winkler similarity of pairs of codes, 0 to 1, and 0 below `LEAST`."""
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    return process.cpdist(
        spellings.spelt(one),
        spellings.spelt(other),
        scorer=JaroWinkler.similarity,
        score_cutoff=LEAST,
        dtype=np.float32,
    )


def one_slip(spellings: Vocabulary, one: Codes, other: Codes) -> NDArray[np.bool_]:
    """Whether pairs differ by one sign: another, one too many, one too few, or two neighbours swapped."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    distances = process.cpdist(
        spellings.spelt(one), spellings.spelt(other), scorer=OSA.distance, score_cutoff=1, dtype=np.int32
    )
    return distances <= 1


def one_slip_of_digits(one: NDArray[np.int32], other: NDArray[np.int32], digits: int) -> NDArray[np.bool_]:
    """Whether numbers of so many digits differ in one digit, or by two neighbours that are swapped."""
    differing = np.zeros(len(one), dtype=np.int8)
    swapped = np.zeros(len(one), dtype=np.bool_)
    before_one = before_other = np.full(len(one), -1, dtype=np.int8)
    rest_one, rest_other = one.copy(), other.copy()
    for _ in range(digits):
        digit_one, digit_other = (rest_one % 10).astype(np.int8), (rest_other % 10).astype(np.int8)
        differ = digit_one != digit_other
        differing += differ
        swapped |= differ & (digit_one == before_other) & (digit_other == before_one)
        before_one, before_other = digit_one, digit_other
        rest_one //= 10
        rest_other //= 10
    return (differing == 1) | ((differing == 2) & swapped)
