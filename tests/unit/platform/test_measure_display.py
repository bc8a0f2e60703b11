"""Numbers as people read them."""

from __future__ import annotations

import pytest

from schoolward.platform.measures.display import display


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (75, "campuses", "75"),
        (7584, "incidents", "7,584"),
        (12.345, "per 1,000 students", "12.3"),
        (12.35, "per 1,000 students", "12.4"),
        (56.8, "percent", "57%"),
        (2.34, "percent", "2.3%"),
        (0, "percent", "0%"),
        (100.0, "percent", "100%"),
        (46369950, "cents", "$463,700"),
        (46369949, "cents", "$463,699"),
        (-1250, "cents", "-$13"),
        (563097, "USD", "$563,097"),
        (None, "percent", "n/a"),
    ],
)
def test_display(value: float | None, unit: str, expected: str) -> None:
    assert display(value, unit) == expected
