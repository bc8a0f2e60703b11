"""Numbers as JavaScript reads and writes them, so that both runtimes store the same text."""

from __future__ import annotations

import math
import re
from decimal import Decimal

NAN = math.nan
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\Z", re.ASCII)
_OTHER_BASE = re.compile(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)\Z")
_BLANKS = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_INFINITE = {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}
MOST_INT = 2**31
_MOST_PLACES = 20


def read_number(text: str) -> float:
    """What JavaScript's ``Number(text)`` gives, but NaN of blanks alone."""
    text = text.strip(_BLANKS)
    if _DECIMAL.match(text):
        return float(text)
    if _OTHER_BASE.match(text):
        return float(int(text, 0))
    return _INFINITE.get(text, NAN)


def number_text(number: float) -> str:
    """What JavaScript's ``String(number)`` gives, but ``""`` of NaN."""
    if number != number:
        return ""
    if number in (math.inf, -math.inf):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    if number.is_integer() and abs(number) < 1e21:
        return format(Decimal(repr(number)).to_integral_value(), "f")
    sign, digits, exponent = Decimal(repr(number)).normalize().as_tuple()
    point = len(digits) + int(exponent)
    shown = "".join(map(str, digits))
    if -6 < point <= 21:
        plain = format(Decimal(repr(number)), "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    mantissa = shown if len(shown) == 1 else f"{shown[0]}.{shown[1:]}"
    return f"{'-' if sign else ''}{mantissa}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def int_text(text: str) -> str:
    """A text as a whole number of 32 bits, ``""`` where it is none."""
    number = read_number(text)
    if not math.isfinite(number):
        return ""
    whole = math.trunc(number)
    return str(whole) if -MOST_INT <= whole < MOST_INT else ""


def decimal_text(text: str) -> str:
    """A text as a decimal number with at least one place and no exponent, ``""`` where it is none."""
    number = read_number(text)
    if not math.isfinite(number):
        return ""
    plain = format(Decimal(repr(number)), "f")
    if "." not in plain:
        return f"{plain}.0"
    whole, _, places = plain.partition(".")
    if len(places) > _MOST_PLACES:
        whole, _, places = format(round(Decimal(repr(number)), _MOST_PLACES), "f").partition(".")
    return f"{whole}.{places.rstrip('0') or '0'}"


def remainder(left: float, right: float) -> float:
    """JavaScript's ``left % right``: the sign of the left side."""
    if left != left or right != right or math.isinf(left) or right == 0:
        return NAN
    return math.fmod(left, right)


def quotient(left: float, right: float) -> float:
    """IEEE 754 division."""
    if right != 0:
        return left / right
    if left == 0 or left != left:
        return NAN
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def round_half_away(number: float, places: float = 0) -> float:
    """Rounded to decimal places, halves away from 0."""
    if number != number or places != places:
        return NAN
    if math.isinf(number):
        return number
    sign = -1 if number < 0 else 1
    try:
        factor = 10.0**places
    except OverflowError:
        return number
    shifted = abs(number) * factor
    if factor == 0 or math.isinf(shifted):
        return NAN if factor == 0 else number
    return math.floor(shifted + 0.5) / factor * sign
