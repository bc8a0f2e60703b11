"""What grouping is about: families of signals, events, and the cases that they make."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

SECOND: Final = 1_000_000
"""Times are microseconds since 1970, as the journal has them."""
JOIN: Final = 10 * 60 * SECOND
JOIN_SWINGER: Final = 60 * 60 * SECOND
JOIN_FAULT: Final = 12 * 60 * 60 * SECOND


class Family(StrEnum):
    """Signals that may share a case."""

    HOLD_UP = "hold_up"
    PANIC = "panic"
    FIRE = "fire"
    MEDICAL = "medical"
    GAS = "gas"
    INTRUSION = "intrusion"
    FAULT = "fault"


FAMILY_OF: Final = {
    "hold_up": Family.HOLD_UP,
    "panic": Family.PANIC,
    "fire": Family.FIRE,
    "medical": Family.MEDICAL,
    "gas": Family.GAS,
    "burglary": Family.INTRUSION,
    "tamper": Family.INTRUSION,
    "trouble": Family.FAULT,
    "power": Family.FAULT,
    "supervision": Family.FAULT,
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One event, as far as grouping asks."""

    at: int
    system: int
    kind: str
    partition: str = ""
    zone: str = ""
    user: str = ""
    is_restore: bool = False


@dataclass(slots=True)
class Shape:
    """What grouping remembers of a case. ``seen``: the last time of each kind of evidence."""

    seen: dict[str, int] = field(default_factory=dict)
    zones: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    run_zone: str = ""
    run: int = 0
    run_at: int = 0
    swinger: str = ""
    opened_after: dict[str, Any] = field(default_factory=dict)
    cancelled_by: str = ""

    def as_json(self) -> dict[str, Any]:
        """Only what is not at its default: most cases have one signal."""
        found: dict[str, Any] = {"seen": self.seen, "zones": self.zones, "told": self.told}
        found |= {"run_zone": self.run_zone, "run": self.run, "run_at": self.run_at}
        for name in ("swinger", "opened_after", "cancelled_by"):
            if value := getattr(self, name):
                found[name] = value
        return found

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Shape:
        """From what :meth:`as_json` gave; a copy, so that the stored one stays as it was."""
        return cls(
            seen=dict(stored.get("seen", {})),
            zones=list(stored.get("zones", [])),
            told=list(stored.get("told", [])),
            run_zone=stored.get("run_zone", ""),
            run=stored.get("run", 0),
            run_at=stored.get("run_at", 0),
            swinger=stored.get("swinger", ""),
            opened_after=dict(stored.get("opened_after", {})),
            cancelled_by=stored.get("cancelled_by", ""),
        )


@dataclass(slots=True)
class GroupedCase:
    """An open case as grouping sees it. ``key`` is the caller's own name for it."""

    key: Hashable
    system: int
    partition: str
    family: Family
    kind: str
    zone: str
    opened_at: int
    last_at: int
    count: int = 0
    shape: Shape = field(default_factory=Shape)

    @property
    def joins_within(self) -> int:
        """How long after its last signal another one still belongs to it, in microseconds."""
        if self.family is Family.FAULT:
            return JOIN_FAULT
        return JOIN_SWINGER if self.shape.swinger else JOIN

    def is_near(self, at: int) -> bool:
        """Whether a signal of the moment belongs to it. Late ones (a spool, another receiver) do as well."""
        return self.opened_at - self.joins_within <= at <= self.last_at + self.joins_within


class Note(StrEnum):
    """What is worth a line in the case beside the plain signal."""

    OPENED = "opened"
    FIRST_OF_ZONE = "first_of_zone"
    SWINGER = "swinger"
    OPENED_AFTER = "opened_after"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Grouped:
    """What became of one event: its case, if any, and what is worth a line in it."""

    case: GroupedCase | None
    notes: tuple[Note, ...] = ()
