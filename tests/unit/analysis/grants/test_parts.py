"""Parts of a whole are read as people write them, and never rounded."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from schoolward.analysis.grants.cliff import Strand, cliff, overfull
from schoolward.analysis.grants.parts import WHOLE, in_hundredths, part_of, percent

FIRST, LAST = date(2012, 1, 1), date(2012, 6, 30)


@pytest.mark.parametrize(
    ("words", "part", "shown"),
    [
        ("25", 2_500, "25%"),
        (" 33.33 % ", 3_333, "33.33%"),
        ("12.5", 1_250, "12.5%"),
        ("100", 10_000, "100%"),
        ("0.01", 1, "0.01%"),
        ("1/3", Fraction(10_000, 3), "33 1/3%"),
        ("33 1/3", Fraction(10_000, 3), "33 1/3%"),
        ("33 1/3%", Fraction(10_000, 3), "33 1/3%"),
        ("1/2 %", 50, "0.5%"),
        ("1/300", Fraction(100, 3), "1/3%"),
        ("3/4", 7_500, "75%"),
    ],
)
def test_parts_as_people_write_them(words: str, part: int | Fraction, shown: str) -> None:
    assert part_of(words) == part
    assert percent(part_of(words)) == shown
    assert part_of(percent(part_of(words))) == part


@pytest.mark.parametrize(
    "words", ["", "0", "100.01", "4/3", "1/0", "-5", "a third", "33.333", "1/9999", "1e1", "٣٣", "0/3"]
)
def test_what_is_no_part(words: str) -> None:
    with pytest.raises(ValueError, match=r"part|nothing|whole|fine"):
        part_of(words)


def strands(*parts: str) -> list[Strand]:
    return [Strand(f"Source {i}", FIRST, LAST, part_of(part)) for i, part in enumerate(parts)]


def test_three_thirds_are_the_whole_and_three_times_33_33_are_not() -> None:
    whole = cliff(strands("1/3", "1/3", "1/3"), today=FIRST, until=LAST)
    assert (whole.secured_to, whole.is_beyond) == (LAST, True)
    assert overfull(strands("1/3", "1/3", "1/3")) is None
    short = cliff(strands("33.33", "33.33", "33.33"), today=FIRST, until=LAST)
    assert (short.secured_to, short.share_after) == (None, 9_999)


@pytest.mark.parametrize("denominator", range(2, 13))
def test_any_even_split_is_exact(denominator: int) -> None:
    split = strands(*[f"1/{denominator}"] * denominator)
    assert sum(strand.share for strand in split) == WHOLE
    over = overfull([*split, *strands("0.01")])
    assert over is not None
    assert over.share == WHOLE + 1


def test_what_is_not_the_whole_never_looks_like_it() -> None:
    assert in_hundredths(WHOLE - Fraction(1, 3)) == WHOLE - 1
    assert in_hundredths(WHOLE) == WHOLE
