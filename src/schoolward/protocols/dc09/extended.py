"""Extended data: blocks of a letter and a value that follow the data block (table of the edition of 2026)."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple

from schoolward.protocols.dc09.charset import read_text

LETTERS: Final = MappingProxyType(
    {
        "A": "authentication hash",
        "C": "supervision category",
        "G": "network path",
        "H": "time of the event",
        "I": "words of the alarm",
        "J": "JSON data",
        "K": "encryption key",
        "L": "place",
        "M": "MAC address",
        "N": "network address",
        "O": "building",
        "P": "programming data",
        "R": "room",
        "S": "site",
        "T": "what triggered",
        "V": "verification, such as the address of a picture",
        "X": "longitude",
        "Y": "latitude",
        "Z": "altitude",
    }
)
TRIGGERS: Final = MappingProxyType(
    {
        "F": "fire or smoke detector",
        "G": "gas detector",
        "W": "water detector",
        "S": "sensor",
        "C": "contact",
        "M": "by hand",
    }
)
"""The values of "T"."""

_WITHHELD: Final = "K"  # a new key, on its way to the panel


class Extended(NamedTuple):
    """One block of extended data."""

    letter: str
    """Empty where the block begins with no capital letter."""
    value: str
    meaning: str


def read_extended(block: bytes, charset: str = "utf-8") -> Extended:
    """Read one block, given without its brackets. It never fails; a key is never repeated."""
    text = read_text(block, charset)
    letter = text[:1]
    if not ("A" <= letter <= "Z"):
        return Extended("", text, "unknown")
    value = text[1:]
    if letter == _WITHHELD and value:
        return Extended(letter, "(withheld)", LETTERS[letter])
    meaning = LETTERS.get(letter, "unknown")
    if letter == "T" and value in TRIGGERS:
        meaning = f"{meaning}: {TRIGGERS[value]}"
    return Extended(letter, value, meaning)
