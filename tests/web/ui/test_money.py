"""Amounts of money, typed in and shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from schoolward.platform.ui.money import AmountField
from schoolward.platform.ui.tables import MoneyColumn
from schoolward.platform.ui.templatetags.ui import dollars


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12,000.50", "12000.50"),
        ("12000.50", "12000.50"),
        ("$12,000.50", "12000.50"),
        (" $ 1,200 ", "1200"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, read: str) -> None:
    assert AmountField(min_value=0, max_digits=12).clean(typed) == Decimal(read)


@pytest.mark.parametrize("typed", ["12,50", "1,2000", "12.345", "$", "-5", "a lot"])
def test_what_may_be_meant_otherwise_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        AmountField(min_value=0, max_digits=12).clean(typed)


@pytest.mark.parametrize(
    ("cents", "shown"),
    [(1_200_050, "$12,000.50"), (1_200_000, "$12,000"), (5, "$0.05"), (-150, "-$1.50"), (0, "$0")],
)
def test_cents_are_shown_where_there_are_any(cents: int, shown: str) -> None:
    assert dollars(cents) == MoneyColumn().render(cents) == shown
    assert dollars(None) == "–"  # noqa: RUF001
