"""Cells: what each kind of column takes, and how it says what is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from schoolward.platform.exchange.columns import (
    CellError,
    Parse,
    day,
    header_key,
    money,
    number,
    one_of,
    text_up_to,
    whole_number,
    yes_no,
)

COLOURS = one_of([("red", "Bright red"), ("green", "Green")], crimson="red")


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (day, "2012-09-06", date(2012, 9, 6)),
        (day, "9/6/2012", date(2012, 9, 6)),
        (day, "1/31/06", date(2006, 1, 31)),
        (whole_number(), "1,450", 1450),
        (whole_number(0), "420.0", 420),
        (number(-180, 180), "-121.3914158", Decimal("-121.3914158")),
        (number(decimals=2), "1.5000", Decimal("1.5")),
        (money(10**6), "1200", 120_000),
        (money(10**6), "$1,200.50", 120_050),
        (money(10**6), "$ 1,200.50", 120_050),
        (money(10**6), "1200.50 USD", 120_050),
        (money(10**6), "0", 0),
        (yes_no, "Y", True),
        (yes_no, "no", False),
        (COLOURS, "RED", "red"),
        (COLOURS, "bright red", "red"),
        (COLOURS, "Crimson", "red"),
        (text_up_to(3), "abc", "abc"),
    ],
)
def test_cells_that_can_be_read(parse: Parse, cell: str, value: object) -> None:
    assert parse(cell) == value


@pytest.mark.parametrize(
    ("parse", "cell", "error"),
    [
        (day, "31/12/2012", "is not a date"),
        (day, "2012-02-30", "is not a date"),
        (whole_number(), "4.5", "is not a whole number"),
        (whole_number(), "1,45", "is not a whole number"),
        (whole_number(0), "-1", "is below 0"),
        (number(-180, 180), "181", "is above 180"),
        (number(), "NaN", "is not a number"),
        (number(), "north", "is not a number"),
        (number(), "12,50", "is not a number"),
        (number(decimals=2), "0.125", "has more than 2 decimal places"),
        (money(10**6), "a lot", "is not an amount of money"),
        (money(10**6), "12,50", "is not an amount of money"),
        (money(10**6), "€5", "is not an amount of money"),
        (money(10**6), "-5", "is below 0"),
        (money(10**6), "1000000.01", "is above 1000000"),
        (money(10**6), "1.005", "has more than 2 decimal places"),
        (money(10**6), "1e999999", "is above 1000000"),
        (yes_no, "maybe", "is neither yes nor no"),
        (COLOURS, "blue", "is not one of the known values"),
        (text_up_to(3), "abcd", "is 4 characters long"),
    ],
)
def test_cells_that_cannot_say_why_and_what_to_write(parse: Parse, cell: str, error: str) -> None:
    with pytest.raises(CellError) as problem:
        parse(cell)
    assert problem.value.error == error
    assert problem.value.mend.endswith(".")


def test_headers_are_known_whatever_their_spelling() -> None:
    assert header_key("CDS Code") == header_key("cds_code") == header_key("CDSCode")
