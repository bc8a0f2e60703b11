"""What can be dialled on a telephone."""

from __future__ import annotations

import re
from typing import Final

FEWEST_DIGITS: Final = 3
_DIALLED: Final = re.compile(r"\+?[0-9(][0-9 ()./-]*(?: ?(?:x|ext\.?) ?[0-9]+)?", re.IGNORECASE)


def can_be_dialled(number: str) -> bool:
    """Whether the text is a telephone number in any common spelling, an extension included.

    >>> [can_be_dialled(text) for text in ("911", "(916) 555-0100 x3", "+44 20 7946 0100", "x", "12", "")]
    [True, True, True, False, False, False]
    """
    digits = sum(character.isdecimal() for character in number)
    return digits >= FEWEST_DIGITS and _DIALLED.fullmatch(number) is not None
