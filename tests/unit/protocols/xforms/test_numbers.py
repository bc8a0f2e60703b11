"""Numbers as JavaScript writes them."""

from __future__ import annotations

import pytest

from schoolward.protocols.xforms.session.numbers import number_text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2.0**53, "9007199254740992"),
        (-(2.0**60), "-1152921504606847000"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (12.0, "12"),
        (-0.0, "0"),
        (float("nan"), ""),
    ],
)
def test_a_number_is_written_as_javascript_writes_it(number: float, text: str) -> None:
    assert number_text(number) == text
