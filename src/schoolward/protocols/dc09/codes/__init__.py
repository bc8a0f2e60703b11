"""What the codes mean: both tables as data, with a kind of our own for each.

``dc03.csv`` lists the two-letter codes of DC-03 (edition of 2017) and some that a maker has added;
``dc05.csv`` the three-digit ones of DC-05 Contact ID (edition of 2016). The meanings are in our own words.
``address`` says what the number after a code counts: a zone (or point, door, device), a user, an area, or
nothing.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

Address = Literal["zone", "user", "area", ""]

KINDS: Final = MappingProxyType(
    {
        "burglary": "somebody may have come in",
        "hold_up": "duress or hold-up, often silent",
        "panic": "somebody asks for help",
        "fire": "fire, smoke, heat, sprinkler",
        "medical": "somebody may be ill or hurt",
        "gas": "gas or carbon monoxide",
        "water": "leak or flood",
        "environment": "temperature, humidity, levels",
        "alarm": "an alarm of no said sort",
        "exit_error": "an alarm or fault while leaving",
        "tamper": "a device opened or moved",
        "trouble": "something does not work",
        "power": "mains, battery, supply",
        "communication": "a path to the centre",
        "supervision": "something expected did not happen",
        "bypass": "a zone left out",
        "opening": "disarmed",
        "closing": "armed",
        "cancel": "an alarm called off by a user",
        "restore": "back to normal",
        "access": "doors and cards",
        "video": "pictures",
        "test": "test reports and test modes",
        "information": "for the record",
        "unknown": "a code that is in no table",
    }
)
"""Our kinds of event. A name never changes its meaning: plans and rules refer to it."""


class Dc03Code(NamedTuple):
    """One row of dc03.csv."""

    code: str
    meaning: str
    address: Address
    kind: str


class Dc05Code(NamedTuple):
    """One row of dc05.csv. An empty ``meaning_restored`` is the meaning, restored."""

    code: str
    meaning: str
    meaning_restored: str
    address: Address
    kind: str
    kind_restored: str


@cache
def dc03_codes() -> MappingProxyType[str, Dc03Code]:
    """Return the table of DC-03 by code."""
    return MappingProxyType({row["code"]: Dc03Code(**row) for row in _rows("dc03.csv")})  # type: ignore[arg-type]


@cache
def dc05_codes() -> MappingProxyType[str, Dc05Code]:
    """Return the table of DC-05 by code."""
    return MappingProxyType({row["code"]: Dc05Code(**row) for row in _rows("dc05.csv")})  # type: ignore[arg-type]


def _rows(name: str) -> list[dict[str, str]]:
    with resources.files(__name__).joinpath(name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
