"""A receiver's statements on SQLite: write-ahead log, and a commit that waits for the disk."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from schoolward.domains.alarms.receiver.storing.store import Execute, Segment, Store, StoreDown, StoreTables

#: How long a commit may wait for another process's turn before that counts as an outage.
SECONDS_FOR_A_TURN = 5.0
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_INTERRUPT,
}
_APPEND = (
    "INSERT INTO alarms_journalsegment "
    "(receiver, sequence, stored_at, frames, payload, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
# One statement for any number of systems: the whole of it runs without Python's lock.
_HEARD = """
    INSERT INTO alarms_linkstate (system_id, heard_at)
    SELECT s.id, strftime('%Y-%m-%d %H:%M:%f', j.value ->> 1, 'unixepoch')
    FROM json_each(?) j JOIN alarms_alarmsystem s ON s.id = j.value ->> 0 WHERE true
    ON CONFLICT (system_id) DO UPDATE SET heard_at = max(heard_at, excluded.heard_at)"""

_LOST = """
    INSERT INTO alarms_linkstate (system_id, heard_at, lost_at)
    SELECT s.id, strftime('%Y-%m-%d %H:%M:%f', j.value ->> 1, 'unixepoch'), ?
    FROM json_each(?) j JOIN alarms_alarmsystem s ON s.id = j.value ->> 0 WHERE true
    ON CONFLICT (system_id) DO UPDATE SET lost_at = excluded.lost_at"""


class SqliteStore(Store):
    """One connection to a SQLite file."""

    def __init__(self, path: str) -> None:
        try:
            # The file must be there: a receiver that makes an empty one would refuse everything that follows.
            self._connection = sqlite3.connect(
                f"file:{path}?mode=rw",
                uri=True,
                timeout=SECONDS_FOR_A_TURN,
                isolation_level=None,
                check_same_thread=False,
            )
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16384"):
                self._connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error as error:
            raise StoreDown(f"{path}: {error}") from error

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self._connection.close()

    def append(self, segment: Segment) -> None:
        connection = self._connection
        try:
            # A statement by itself is a transaction that takes its turn and commits, in one call.
            connection.execute(
                _APPEND,
                (
                    segment.receiver,
                    segment.sequence,
                    _text(segment.stored_at),
                    segment.frames,
                    segment.payload,
                    segment.previous_hash,
                    segment.hash,
                ),
            )
        except sqlite3.Error as error:
            raise _meaning(error) from error

    @contextmanager
    def transaction(self) -> Iterator[Execute]:
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield lambda statement, values: connection.execute(statement, values).fetchall()
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise _meaning(error) from error

    def heard(self, rows: Sequence[tuple[int, float]]) -> None:
        try:
            self._connection.execute(_HEARD, [json.dumps(rows)])
        except sqlite3.Error as error:
            raise _meaning(error) from error

    def mark_lost(self, execute: Execute, systems: Sequence[tuple[int, float]], at: float) -> None:
        execute(_LOST, [self.moment(at), json.dumps(systems)])

    def query(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise _meaning(error) from error

    def clock(self) -> float:
        return time.time()  # whoever opens the file runs on this machine

    def moment(self, seconds: float) -> str:
        return _text(datetime.fromtimestamp(seconds, UTC))

    def seconds(self, value: Any) -> float:
        return datetime.fromisoformat(value).replace(tzinfo=UTC).timestamp()


def _text(moment: datetime) -> str:
    """As Django writes moments into SQLite: UTC, without saying so."""
    return moment.replace(tzinfo=None).isoformat(" ")


def _meaning(error: sqlite3.Error) -> Exception:
    """Locked, full, unreadable: wait. A table that is not there, or a broken rule: ours to mend."""
    if "no such" in str(error):
        return StoreTables(str(error))
    code = getattr(error, "sqlite_errorcode", None)  # none where the driver itself refused
    if code is not None and code & 0xFF in _PASSING:
        return StoreDown(str(error))
    return error
