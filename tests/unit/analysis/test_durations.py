"""Durations in words."""

from __future__ import annotations

import pytest

from schoolward.analysis.durations import duration_words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "0 s"),
        (0, "0 s"),
        (43.7, "43 s"),
        (119.9, "119 s"),
        (120, "2 min"),
        (200, "3 min 20 s"),
        (600, "10 min"),
        (878, "14 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (5448, "1 h 30 min"),
        (5460, "1 h 31 min"),
        (172_799, "47 h 59 min"),
        (172_800, "2 d"),
        (190_800, "2 d 5 h"),
    ],
)
def test_a_duration_in_words(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words
