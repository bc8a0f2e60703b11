"""Parts of a whole that are written and kept exactly: 25 percent, 33.33 percent, a third."""

from __future__ import annotations

import re
from fractions import Fraction

WHOLE = 10_000
"""The whole in hundredths of a percent."""

Part = Fraction | int
"""A part in hundredths of a percent."""

FINEST = 1_000
"""The largest divisor of a part that is kept: nobody splits a post finer."""

_DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s*%?", re.ASCII)
_FRACTION = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})\s*(%?)", re.ASCII)
_MIXED = re.compile(r"(\d{1,3})\s+(\d{1,4})\s*/\s*(\d{1,4})\s*%?", re.ASCII)


def part_of(words: str) -> Fraction:
    """Read a part as people write it: ``25``, ``33.33%``, ``33 1/3``, or ``1/3`` for a third of the whole.

    A fraction alone is one of the whole; with a number before it or a percent sign behind it, of a percent.
    Raises ``ValueError`` for anything else, for nothing, for more than the whole and for what is too fine.
    """
    text = words.strip()
    try:
        if found := _DECIMAL.fullmatch(text):
            part = Fraction(found[1]) * 100
        elif found := _FRACTION.fullmatch(text):
            part = Fraction(int(found[1]), int(found[2])) * (100 if found[3] else WHOLE)
        elif found := _MIXED.fullmatch(text):
            part = (int(found[1]) + Fraction(int(found[2]), int(found[3]))) * 100
        else:
            raise ValueError(f"{text!r} is no part; write it as 25, 33.33, 33 1/3 or 1/3")
    except ZeroDivisionError:
        raise ValueError(f"{text!r} divides by nothing") from None
    if not 0 < part <= WHOLE:
        raise ValueError(f"{text!r} is not above nothing and up to the whole")
    if part.denominator > FINEST:
        raise ValueError(f"{text!r} is too fine; write it in hundredths of a percent")
    return part


def percent(part: Part) -> str:
    """A part in percent, exactly: ``60%``, ``33.25%``, ``33 1/3%``."""
    exact = Fraction(part)
    if exact.denominator == 1:
        return f"{exact.numerator // 100}.{exact.numerator % 100:02d}".rstrip("0").rstrip(".") + "%"
    whole, rest = divmod(exact / 100, 1)
    return f"{whole} {rest}%" if whole else f"{rest}%"


def in_hundredths(part: Part) -> int:
    """A part in whole hundredths of a percent, rounded down: what is not the whole never looks like it."""
    return Fraction(part).__floor__()
