"""One rule for percentages: one decimal, halves up; never all or nothing by rounding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.shares import percent, percent_of


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (5 / 8, "62.5 %"),
        (1 / 16, "6.3 %"),  # 6.25: half up, where rounding to even gives 6.2
        (3 / 16, "18.8 %"),
        (1 / 3, "33.3 %"),
        (0.71, "71 %"),
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.99999, "99.9 %"),
        (0.00001, "0.1 %"),
        (1.5, "150 %"),
    ],
)
def test_shares_in_words(share: float, words: str) -> None:
    assert percent(share) == words


@given(st.integers(1, 100_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_only_all_is_told_as_all_and_only_none_as_none(counted: tuple[int, int]) -> None:
    count, total = counted
    found = percent_of(count / total)
    assert (found == 100) == (count == total)
    assert (found == 0) == (count == 0)
    assert abs(float(found) - 100 * count / total) <= 0.1
