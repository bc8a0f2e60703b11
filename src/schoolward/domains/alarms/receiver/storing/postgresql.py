"""A receiver's statements on PostgreSQL: every commit waits for the write-ahead log to be on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import psycopg

from schoolward.domains.alarms.receiver.storing.store import (
    Execute,
    Segment,
    Store,
    StoreDown,
    StoreTables,
    utc,
)

SECONDS_TO_CONNECT = 3
_APPEND = (
    "INSERT INTO alarms_journalsegment "
    "(receiver, sequence, stored_at, frames, payload, previous_hash, hash) "
    "VALUES (%s, %s, %s, %s, %b, %b, %b)"
)
_HEARD = """
    INSERT INTO alarms_linkstate (system_id, heard_at)
    SELECT s.id, to_timestamp(v.heard) FROM unnest(%s::bigint[], %s::float8[]) AS v(system, heard)
    JOIN alarms_alarmsystem s ON s.id = v.system
    ON CONFLICT (system_id) DO UPDATE SET heard_at = greatest(alarms_linkstate.heard_at, excluded.heard_at)"""
_LOST = """
    INSERT INTO alarms_linkstate (system_id, heard_at, lost_at)
    SELECT s.id, to_timestamp(v.heard), ?::timestamptz
    FROM unnest(?::bigint[], ?::float8[]) AS v(system, heard) JOIN alarms_alarmsystem s ON s.id = v.system
    ON CONFLICT (system_id) DO UPDATE SET lost_at = excluded.lost_at"""
# A server that is gone must be noticed within seconds, also when its machine is: hence the keep-alives. lz4
# packs a segment for a tenth of what the default does, and frames pack well.
_SESSION = "SET synchronous_commit = on; SET lock_timeout = '5s'; SET statement_timeout = '30s'"
_REACH = {
    "connect_timeout": SECONDS_TO_CONNECT,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "application_name": "schoolward alarms receive",
}


class PostgresqlStore(Store):
    """One connection to a PostgreSQL."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        try:
            self._connection = psycopg.connect(
                autocommit=True, prepare_threshold=0, **{**_REACH, **parameters}
            )
            self._connection.execute(_SESSION, prepare=False)
            with suppress(psycopg.errors.DatabaseError):  # a server that was built without lz4
                self._connection.execute("SET default_toast_compression = 'lz4'", prepare=False)
        except psycopg.Error as error:
            raise StoreDown(str(error).strip()) from error

    def close(self) -> None:
        with suppress(psycopg.Error):
            self._connection.close()

    def append(self, segment: Segment) -> None:
        try:
            # A statement by itself commits in the same turn to the server and back.
            self._connection.execute(
                _APPEND,
                (
                    segment.receiver,
                    segment.sequence,
                    segment.stored_at,
                    segment.frames,
                    segment.payload,
                    segment.previous_hash,
                    segment.hash,
                ),
            )
        except psycopg.Error as error:
            raise self._meaning(error) from error

    @contextmanager
    def transaction(self) -> Iterator[Execute]:
        connection = self._connection

        def execute(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
            cursor = connection.execute(_with_marks(statement), values)
            return cursor.fetchall() if cursor.description else []

        try:
            with connection.transaction():
                yield execute
        except psycopg.Error as error:
            raise self._meaning(error) from error

    def heard(self, rows: Sequence[tuple[int, float]]) -> None:
        try:
            self._connection.execute(_HEARD, ([row[0] for row in rows], [row[1] for row in rows]))
        except psycopg.Error as error:
            raise self._meaning(error) from error

    def mark_lost(self, execute: Execute, systems: Sequence[tuple[int, float]], at: float) -> None:
        execute(_LOST, [self.moment(at), [row[0] for row in systems], [row[1] for row in systems]])

    def query(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(_with_marks(statement), values).fetchall()
        except psycopg.Error as error:
            raise self._meaning(error) from error

    def clock(self) -> float:
        return float(self.query("SELECT extract(epoch FROM clock_timestamp())::float8")[0][0])

    def moment(self, seconds: float) -> datetime:
        return utc(seconds)

    def seconds(self, value: Any) -> float:
        return float(value.timestamp())

    def _meaning(self, error: psycopg.Error) -> Exception:
        """A lost connection, a full disk, a time-out: wait. A broken rule, a missing table: ours to mend."""
        if isinstance(error, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedColumn):
            return StoreTables(str(error).strip())
        if self._connection.closed or isinstance(error, psycopg.OperationalError | psycopg.InternalError):
            return StoreDown(str(error).strip())
        return error


def _with_marks(statement: str) -> str:
    return statement.replace("?", "%s")
