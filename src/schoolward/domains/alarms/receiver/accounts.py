"""Which panels a receiver knows: their keys, dialects and numbers, kept in memory and refreshed.

The receiver asks here for every frame, so a system is found by one look into a dictionary.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from schoolward.domains.alarms.keys import KeyNotUnsealed, unseal
from schoolward.domains.alarms.receiver.storing.store import LineRow, SystemRow
from schoolward.protocols.dc09 import DEFAULT, PROFILES, Key, KeyMalformed, Profile, prepare_key

#: The line of a receiver that is not told another.
MAIN = "main"


class System:
    """A panel, and what the receiver remembers of it while it runs."""

    __slots__ = (
        "account",
        "described",
        "flushed",
        "heard",
        "id",
        "key",
        "keyed",
        "line",
        "lost",
        "profile",
        "recent",
        "running_away",
        "sealed_key",
        "sequence",
        "skew_until",
        "skewed",
        "slot",
        "supervision",
        "watched_since",
    )

    line: str
    account: bytes
    profile: Profile
    supervision: int
    """Within how many seconds it must be heard; 0 when it is not supervised."""

    def __init__(self, row: SystemRow) -> None:
        self.id = row.id
        self.heard = 0.0
        """Seconds since 1970 when this receiver last heard it; 0 when never."""
        self.flushed = 0.0
        """The same as far as this receiver knows it to be in the database."""
        self.slot = 0
        """Where it lies in the wheel of deadlines."""
        self.watched_since = 0.0
        """Since when its silence counts: a receiver that was not there cannot say that a panel was not."""
        self.lost = False
        self.sequence = 0
        """The last number that moved forward; 0 before the first."""
        self.recent: deque[float] | None = None
        """When its latest frames came, as many as make a runaway."""
        self.running_away = False
        self.skewed = b""
        """The body for which it was last told our time."""
        self.skew_until = 0.0
        """Until when its clock is known to be wrong, so that it is not told again."""
        self.described: tuple[Any, ...] = ()
        """Its row, but for its id and the time of its change."""
        self.sealed_key = ""
        self.key: Key | None = None
        self.keyed = False

    @property
    def supervised(self) -> bool:
        """Whether it must be heard from."""
        return self.supervision > 0


@dataclass(frozen=True, slots=True)
class Line:
    """A way by which panels report."""

    name: str
    profile: Profile = DEFAULT
    spools: bool = False


@dataclass
class Accounts:
    """All systems by line and account."""

    secret: str
    lines: dict[str, Line] = field(default_factory=dict)
    by_line: dict[str, dict[bytes, System]] = field(default_factory=dict)
    by_id: dict[int, System] = field(default_factory=dict)
    elsewhere: dict[bytes, list[System]] = field(default_factory=dict)
    unopened: list[int] = field(default_factory=list)
    """Systems whose keys could not be unsealed since somebody last asked."""
    version: int = 0
    """Grows with every change of what is known."""

    def set_lines(self, rows: Iterable[LineRow]) -> None:
        """Take over the lines. A profile that this version does not know is read as the default one."""
        lines = {
            row.name: Line(row.name, profile_named(row.profile), row.outage_policy == "spool") for row in rows
        }
        if lines != self.lines:
            self.lines = lines
            self.version += 1

    def line(self, name: str) -> Line:
        """A line; one that nobody entered has the default's habits."""
        return self.lines.get(name) or Line(name)

    def take(self, rows: Iterable[SystemRow]) -> list[System]:
        """Take over systems, new or changed, and return those that are supervised anew or otherwise."""
        changed: list[System] = []
        for row in rows:
            account = row.account.encode("ascii", "replace").upper()
            system = self.by_id.get(row.id)
            if system is None:
                system = self.by_id[row.id] = System(row)
                before = None
            else:
                before = system.supervision
                if (system.line, system.account) != (row.line, account):
                    self._forget(system)
            self._describe(system, row, account)
            self.by_line.setdefault(row.line, {})[account] = system
            alike = self.elsewhere.setdefault(account, [])
            if system not in alike:
                alike.append(system)
            if before != system.supervision:
                changed.append(system)
        return changed

    def keep_only(self, ids: set[int]) -> None:
        """Forget the systems that are not among these: their rows were deleted."""
        for system in [system for system in self.by_id.values() if system.id not in ids]:
            self._forget(system)
            del self.by_id[system.id]
            system.supervision = 0
            self.version += 1

    def rows(self) -> tuple[list[LineRow], list[SystemRow]]:
        """Lines and systems as they were taken over, for a copy."""
        lines = [
            LineRow(line.name, line.profile.name, "spool" if line.spools else "hold")
            for line in self.lines.values()
        ]
        return lines, [
            SystemRow._make((system.id, *system.described, None)) for system in self.by_id.values()
        ]

    def find(self, line: str, account: bytes) -> System | None:
        """The system of an account as a frame names it; on another line if it is known on exactly one."""
        known = self.by_line.get(line)
        if known is not None:
            system = known.get(account) or known.get(account.upper())
            if system is not None:
                return system
        alike = self.elsewhere.get(account.upper())
        return alike[0] if alike is not None and len(alike) == 1 else None

    def _describe(self, system: System, row: SystemRow, account: bytes) -> None:
        described = row[1:6]
        if system.described != described:
            system.described = described
            self.version += 1
        system.line = row.line
        system.account = account
        system.profile = profile_named(row.profile) if row.profile else self.line(row.line).profile
        system.supervision = row.supervision_seconds or 0
        if row.sealed_key == system.sealed_key and (system.key or not row.sealed_key):
            return
        system.sealed_key = row.sealed_key
        system.keyed = bool(row.sealed_key)
        system.key = None
        if row.sealed_key:
            try:
                system.key = prepare_key(unseal(row.sealed_key, self.secret), system.profile.key)
            except (KeyNotUnsealed, KeyMalformed):
                # It stays keyed: what it sends in clear is refused, as before.
                self.unopened.append(system.id)

    def _forget(self, system: System) -> None:
        known = self.by_line.get(system.line, {})
        if known.get(system.account) is system:
            del known[system.account]
        alike = self.elsewhere.get(system.account, [])
        if system in alike:
            alike.remove(system)


def profile_named(name: str) -> Profile:
    """A profile by its name; the default one for a name that this version does not know."""
    return PROFILES.get(name, DEFAULT)
