"""Shares as percentages, by one rule wherever alarms show one."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_TENTH: Final = Decimal("0.1")
_LEAST, _MOST = _TENTH, 100 - _TENTH


def percent_of(share: float | Decimal) -> Decimal:
    """A share as a percentage to one decimal, halves up, and without one where it is whole.

    What is not all is never told as 100, and what is not nothing never as 0.

    >>> percent_of(5 / 8), percent_of(1 / 160), percent_of(22 / 31)
    (Decimal('62.5'), Decimal('0.6'), Decimal('71'))
    >>> percent_of(0.9999), percent_of(0.00001), percent_of(1.0)
    (Decimal('99.9'), Decimal('0.1'), Decimal('100'))
    """
    exact = Decimal(str(share)) * 100
    found = exact.quantize(_TENTH, ROUND_HALF_UP)
    if 0 < exact < 100:
        found = min(max(found, _LEAST), _MOST)
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


def percent(share: float | Decimal) -> str:
    """The same in words, with the sign set apart.

    >>> percent(5 / 8), percent(0.71)
    ('62.5 %', '71 %')
    """
    return f"{percent_of(share)} %"
