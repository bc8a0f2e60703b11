"""What goes out comes back in, and nothing that goes out runs."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.platform.exchange.reading import open_table
from schoolward.platform.exchange.writers import guard, unguard, write_csv, write_xlsx

DANGEROUS = ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "'=1"]  # noqa: RUF001


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Maple", "-121.39", "+1", "0", "3 - 4", "a=b", "'quoted'", "O'Neil"])
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert guard(text) == text


@given(st.text() | st.sampled_from(DANGEROUS).map(lambda text: f"'{text}"))
def test_the_guard_comes_off_exactly(text: str) -> None:
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_values_come_back_as_the_text_our_columns_read(write: object) -> None:
    row = ["=cmd()", date(2012, 9, 6), 38.5301, Decimal("-121.4700"), True, None, 34674396034110, "Suy:u"]
    header = ["=head", *"bcdefgh"]
    table = open_table(io.BytesIO(b"".join(write(header, [row]))))  # type: ignore[operator]
    assert table.header == header
    ((number, cells),) = table.rows
    assert number == 2
    assert [*cells[:3], float(cells[3]), *cells[4:]] == [
        "=cmd()",
        "2012-09-06",
        "38.5301",
        -121.47,
        "yes",
        "",
        "34674396034110",
        "Suy:u",
    ]


def test_a_workbook_takes_what_xml_cannot_hold_and_long_codes() -> None:
    moment = datetime(2012, 9, 6, 19, 30, tzinfo=UTC)
    made = b"".join(write_xlsx(["a", "b", "c"], [["bell\x07", 10**17 + 1, moment]], title="a/b:c"))
    ((_number, cells),) = open_table(io.BytesIO(made)).rows
    assert cells == ["bell", "100000000000000001", "2012-09-06T19:30:00+00:00"]


def test_a_long_table_streams_in_pieces() -> None:
    pieces = list(write_csv(["n"], ([n] for n in range(100_000))))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 200_000
    assert b"".join(pieces).count(b"\r\n") == 100_001
