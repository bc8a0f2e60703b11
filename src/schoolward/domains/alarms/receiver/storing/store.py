"""The statements of a receiver. They are few, and the same on both databases but for what subclasses say.

A store belongs to one thread. Every method either returns with its rows committed, or raises: `StoreDown`
when the database does not answer (try again later), anything else when a statement is wrong.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from schoolward.domains.alarms.journal import GENESIS
from schoolward.domains.alarms.presence import presence_of

Execute = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]


class StoreDown(Exception):
    """The database does not answer, or did not say whether it committed."""


class StoreTables(Exception):
    """The database answers and has not the tables of this version."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A row of alarms_journalsegment (`journal` says what its payload and hash are)."""

    receiver: str
    sequence: int
    stored_at: datetime
    frames: int
    payload: bytes
    previous_hash: bytes
    hash: bytes


class SystemRow(NamedTuple):
    """A row of alarms_alarmsystem, as far as a receiver cares, with the name of its line."""

    id: int
    line: str
    account: str
    sealed_key: str
    profile: str
    supervision_seconds: int | None
    changed_at: Any


class LineRow(NamedTuple):
    """A row of alarms_line, as far as a receiver cares."""

    name: str
    profile: str
    outage_policy: str


_SYSTEMS = (
    "SELECT s.id, l.name, s.account, s.sealed_key, s.profile, s.supervision_seconds, s.changed_at "
    "FROM alarms_alarmsystem s JOIN alarms_line l ON l.id = s.line_id"
)


class Store(ABC):
    """One connection."""

    @abstractmethod
    def close(self) -> None:
        """End the connection; it never raises."""

    @abstractmethod
    def append(self, segment: Segment) -> None:
        """Store a segment durably: when this returns, it survives loss of power."""

    def add(self, execute: Execute, segment: Segment) -> None:
        """Within a transaction: store a segment together with what else it writes."""
        execute(
            "INSERT INTO alarms_journalsegment "
            "(receiver, sequence, stored_at, frames, payload, previous_hash, hash) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                segment.receiver,
                segment.sequence,
                self.moment(segment.stored_at.timestamp()),
                segment.frames,
                segment.payload,
                segment.previous_hash,
                segment.hash,
            ],
        )

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Execute]:
        """One durable transaction; the function runs a statement (``?`` for values) and returns its rows."""

    @abstractmethod
    def heard(self, rows: Sequence[tuple[int, float]]) -> None:
        """Note when systems (id, seconds since 1970) were heard, in one statement; later times win."""

    @abstractmethod
    def clock(self) -> float:
        """The time by which leases run, in seconds since 1970: all holders must go by one clock."""

    @abstractmethod
    def moment(self, seconds: float) -> Any:
        """Seconds since 1970 as the driver takes them for a column of moments."""

    @abstractmethod
    def seconds(self, value: Any) -> float:
        """A column of moments as seconds since 1970."""

    @abstractmethod
    def query(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of one reading statement."""

    def head(self, receiver: str) -> tuple[int, bytes]:
        """Number and hash of the receiver's last segment; (0, GENESIS) before its first."""
        found = self.query(
            "SELECT sequence, hash FROM alarms_journalsegment WHERE receiver = ? "
            "ORDER BY sequence DESC LIMIT 1",
            [receiver],
        )
        return (int(found[0][0]), bytes(found[0][1])) if found else (0, GENESIS)

    def migrations(self) -> set[tuple[str, str]]:
        """The changes that were made to the tables (app, name). Raises `StoreTables` where there are none."""
        return {(str(app), str(name)) for app, name in self.query("SELECT app, name FROM django_migrations")}

    def lines(self) -> list[LineRow]:
        """All lines."""
        return [LineRow(*row) for row in self.query("SELECT name, profile, outage_policy FROM alarms_line")]

    def systems(self, changed_since: float | None = None) -> Iterable[SystemRow]:
        """All systems, or those changed since a moment (seconds since 1970)."""
        if changed_since is None:
            rows = self.query(_SYSTEMS)
        else:
            rows = self.query(f"{_SYSTEMS} WHERE s.changed_at >= ?", [self.moment(changed_since)])
        return map(SystemRow._make, rows)

    def count_of_systems(self) -> int:
        """How many systems there are: tells of deleted ones, which have no time of change."""
        return int(self.query("SELECT count(*) FROM alarms_alarmsystem")[0][0])

    def links(self, of: Sequence[int] | None = None) -> list[tuple[int, float, float | None]]:
        """(system, heard at, lost at or ``None``) of all systems, or of these."""
        statement = "SELECT system_id, heard_at, lost_at FROM alarms_linkstate"
        rows: list[tuple[Any, ...]] = []
        if of is None:
            rows = self.query(statement)
        else:
            for at in range(0, len(of), 500):
                some = of[at : at + 500]
                rows += self.query(f"{statement} WHERE system_id IN ({','.join('?' * len(some))})", some)
        return [
            (system, self.seconds(heard), None if lost is None else self.seconds(lost))
            for system, heard, lost in rows
        ]

    def lost(self, since: float) -> list[tuple[int, float]]:
        """(system, lost at) of the systems that are lost, as far as they were lost since a moment."""
        rows = self.query(
            "SELECT system_id, lost_at FROM alarms_linkstate WHERE lost_at IS NOT NULL AND lost_at >= ?",
            [self.moment(since)],
        )
        return [(system, self.seconds(lost)) for system, lost in rows]

    @abstractmethod
    def mark_lost(self, execute: Execute, systems: Sequence[tuple[int, float]], at: float) -> None:
        """Within a transaction: these systems (id, last heard) are lost. One statement, however many fell."""

    def mark_restored(self, execute: Execute, systems: Sequence[int], at: float) -> list[int]:
        """Within a transaction: these systems are heard again. Returns those that had been lost until now."""
        moment = self.moment(at)
        back: list[int] = []
        for start in range(0, len(systems), 500):
            some = systems[start : start + 500]
            marks = ",".join("?" * len(some))
            rows = execute(
                f"UPDATE alarms_linkstate SET lost_at = NULL, heard_at = ? "  # noqa: S608 - marks only
                f"WHERE lost_at IS NOT NULL AND system_id IN ({marks}) RETURNING system_id",
                [moment, *some],
            )
            back += [int(row[0]) for row in rows]
        return sorted(back)

    def take_lease(self, name: str, holder: str, seconds: float) -> int | None:
        """Take a lease that is free or has ended, and return its fence; ``None`` while another holds it."""
        now = self.clock()
        with self.transaction() as execute:
            execute(
                "INSERT INTO alarms_lease (name, holder, fence, until) VALUES (?, '', 0, ?) "
                "ON CONFLICT (name) DO NOTHING",
                [name, self.moment(0)],
            )
            rows = execute(
                "UPDATE alarms_lease SET holder = ?, fence = fence + 1, until = ? "
                "WHERE name = ? AND until < ? RETURNING fence",
                [holder, self.moment(now + seconds), name, self.moment(now)],
            )
        return int(rows[0][0]) if rows else None

    def renew_lease(self, name: str, fence: int, seconds: float) -> bool:
        """Hold on to a lease; false when it was taken by another meanwhile."""
        now = self.clock()
        with self.transaction() as execute:
            rows = execute(
                "UPDATE alarms_lease SET until = ? WHERE name = ? AND fence = ? RETURNING fence",
                [self.moment(now + seconds), name, fence],
            )
        return bool(rows)

    def release_lease(self, name: str, fence: int) -> None:
        """Give a lease back at once, so that the next holder need not wait for its end."""
        with self.transaction() as execute:
            execute(
                "UPDATE alarms_lease SET until = ? WHERE name = ? AND fence = ?",
                [self.moment(0), name, fence],
            )

    def say_here(self, receiver: str, seconds: float) -> None:
        """Say that a receiver runs, which holds for so many seconds unless it is said again."""
        until = self.moment(self.clock() + seconds)
        with self.transaction() as execute:
            execute(
                "INSERT INTO alarms_lease (name, holder, fence, until) VALUES (?, ?, 0, ?) "
                "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until",
                [presence_of(receiver), receiver, until],
            )

    def say_stopped(self, receiver: str) -> None:
        """Say that a receiver was stopped in order, just now."""
        with self.transaction() as execute:
            execute(
                "UPDATE alarms_lease SET holder = '', until = ? WHERE name = ?",
                [self.moment(self.clock()), presence_of(receiver)],
            )

    def holds_lease(self, execute: Execute, name: str, fence: int) -> bool:
        """Within a transaction: whether this fence is still the lease's. It stays locked to the commit."""
        rows = execute(
            # An update that changes nothing locks the row on both databases.
            "UPDATE alarms_lease SET fence = fence WHERE name = ? AND fence = ? RETURNING fence",
            [name, fence],
        )
        return bool(rows)


def utc(seconds: float) -> datetime:
    """Seconds since 1970 as an aware moment."""
    return datetime.fromtimestamp(seconds, UTC)
