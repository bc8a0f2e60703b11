"""An assessment instrument: what is asked, on which scale, where, and what follows from a failed item.

An instrument is a file with a key and a version, valid from a day. Once a walk has used it, it never changes:
a better wording becomes the next version. Every scored item is a statement of the ideal condition, so that a
higher value is always the better one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final, TypeAlias

BANDS: Final = ("elementary", "middle", "high", "other")
"""Grade bands by which items are filtered; "other" is adult, special, office and whatever has no grades."""
KINDS: Final = ("cpted", "security_audit", "vulnerability", "walk", "way_to_school", "other")
"""Kinds of assessment, as the register of assessments knows them."""
SEVERITIES: Final = ("urgent", "high", "medium", "low")
"""How much harm could come of leaving a failed item, worst first, as work knows them."""
TRADES: Final = (
    "locks",
    "fencing",
    "lighting",
    "landscape",
    "glazing",
    "paving",
    "signs",
    "paint",
    "cameras",
    "alarms",
    "procedure",
    "other",
)
"""Who can mend a failed item, as work knows them."""


class Mark(StrEnum):
    """What stands in place of a rating. Neither ever counts as 0. No answer at all is a missing one."""

    DOES_NOT_EXIST = "dne"
    UNOBSERVED = "uto"


Answer: TypeAlias = int | Mark
"""A value of the item's scale, or a mark in its place."""


@dataclass(frozen=True)
class Choice:
    """One step of a scale."""

    value: int
    label: str


@dataclass(frozen=True)
class Scale:
    """The answers that an item may have, in the order in which they are offered."""

    key: str
    choices: tuple[Choice, ...]
    may_not_exist: bool
    may_be_unobserved: bool

    @cached_property
    def lowest(self) -> int:
        """The value of the worst condition."""
        return min(choice.value for choice in self.choices)

    @cached_property
    def highest(self) -> int:
        """The value of the ideal condition."""
        return max(choice.value for choice in self.choices)

    def allows(self, answer: Answer) -> bool:
        """Return whether an answer is one of this scale's."""
        if isinstance(answer, Mark):
            return self.may_not_exist if answer is Mark.DOES_NOT_EXIST else self.may_be_unobserved
        return answer in self._values

    @cached_property
    def _values(self) -> frozenset[int]:
        return frozenset(choice.value for choice in self.choices)


@dataclass(frozen=True)
class Section:
    """One stretch of the walk. `zones` are the parts of a campus in which its items are looked at."""

    key: str
    title: str
    zones: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One statement to be rated.

    `area`, `principle` and `layer` are keys of the instrument's `terms`, "" where it has none. `fails_at` is
    the highest value that fails (None: it never does by itself). An item that can fail has `severity`,
    `trade` and `recommendation`; another may have "" there. `estimate_cents` is a typical cost to mend it, in
    US cents, None where it has none. `weight` 0 is asked and kept, and is not part of a score. `section` is a
    section's key.

    In a vulnerability assessment an item with an `asset` alone rates its value, with a `threat` alone how
    likely that is, and with both how open that asset is to that threat, each from 1 to 10.
    """

    code: str
    text: str
    area: str
    principle: str
    layer: str
    bands: frozenset[str]
    scale: str
    weight: float
    fails_at: int | None
    severity: str
    trade: str
    estimate_cents: int | None
    recommendation: str
    help: str
    section: str = ""
    asset: str = ""
    threat: str = ""

    def fails(self, answer: Answer | None) -> bool:
        """Return whether an answer opens work. What was not observed, or does not exist, never fails."""
        if self.fails_at is None or answer is None or isinstance(answer, Mark):
            return False
        return answer <= self.fails_at


@dataclass(frozen=True)
class Instrument:
    """One version of one instrument. `valid_to` is its last day, None while it is in use."""

    key: str
    version: str
    title: str
    kind: str
    valid_from: date
    valid_to: date | None
    credit: str
    scales: tuple[Scale, ...]
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    terms: Mapping[str, str] = field(default_factory=dict)
    """The plain words of each key of an area, principle, layer, zone, asset or threat."""

    def items_for(self, band: str) -> tuple[Item, ...]:
        """Return the items that a band of grades is asked, in walking order.

        Raises ValueError for an unknown band.
        """
        if band not in BANDS:
            raise ValueError(f"“{band}” is no grade band; there are {', '.join(BANDS)}.")
        return tuple(item for item in self.items if band in item.bands)

    def item(self, code: str) -> Item:
        """Return the item with a code. Raises KeyError."""
        return self.by_code[code]

    @cached_property
    def by_code(self) -> Mapping[str, Item]:
        """The items by their codes."""
        return {item.code: item for item in self.items}

    def scale_of(self, item: Item) -> Scale:
        """Return the scale on which an item is rated."""
        return self._scales[item.scale]

    @cached_property
    def _scales(self) -> Mapping[str, Scale]:
        return {scale.key: scale for scale in self.scales}

    def section_of(self, item: Item) -> Section:
        """Return the section in which an item stands."""
        return next(section for section in self.sections if section.key == item.section)

    def valid_on(self, day: date) -> bool:
        """Return whether a walk of that day may use this version."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
