"""Writing many prepared incidents at once, with the fastest way that each database has."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from schoolward.domains.incidents.columns import COLUMNS, Prepared
from schoolward.domains.incidents.models import Incident, Method

_TABLE = Incident._meta.db_table
METHODS = (Method.NONE.value, Method.ADDRESS.value, Method.DISTANCE.value)
"""Methods by the numbers of `analysis.attribution`."""

_NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
# All names in these statements are our own constants.
_MAKE_INCOMING = (
    "CREATE TEMPORARY TABLE IF NOT EXISTS incidents_incoming ON COMMIT DROP AS "  # noqa: S608
    f'SELECT {_NAMES} FROM "{_TABLE}" WITH NO DATA'
)
_COPY = f"COPY incidents_incoming ({_NAMES}) FROM STDIN"
_TAKE_IN = (
    f'INSERT INTO "{_TABLE}" ({_NAMES}) SELECT {_NAMES} FROM incidents_incoming '  # noqa: S608
    "ON CONFLICT DO NOTHING"
)


_ROWS_A_STATEMENT = 100
"""So many rows by one statement of SQLite cost half of what they cost one by one."""


@cache
def _insert(rows: int) -> str:
    marks = ", ".join(["(" + ", ".join("?" * len(COLUMNS)) + ")"] * rows)
    return f'INSERT INTO "{_TABLE}" ({_NAMES}) VALUES {marks} ON CONFLICT DO NOTHING'  # noqa: S608


class Writer:
    """Writes prepared rows of one import; remembers how days and times are spelt."""

    def __init__(self, *, agency_id: int | None, record_class: str, at: datetime) -> None:
        self.agency_id = agency_id
        self.record_class = record_class
        self.is_postgresql = connection.vendor == "postgresql"
        zone = "+00" if self.is_postgresql else ""
        self.recorded_at = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}{zone}"
        # The driver of SQLite takes ten times as long to bind None as a number; NaN is stored as NULL, too.
        self._nothing = None if self.is_postgresql else math.nan
        self._zone = zone
        self._days: dict[int, str] = {}
        self._times: dict[int, str] = {}
        self._years: dict[int, int] = {}

    def insert(self, rows: Prepared) -> int:
        """Insert the rows that are not there yet (by source and key); return how many were."""
        if self.is_postgresql:
            return self._copy(rows)
        # Straight to the driver: Django would search each statement of 3,000 marks for its own "%s".
        connection.ensure_connection()
        width, inserted = len(COLUMNS), 0
        values: list[Any] = [None] * (width * len(rows))
        for place, column in enumerate(self.columns(rows)):
            values[place::width] = column
        with connection.wrap_database_errors:
            for start in range(0, len(values), width * _ROWS_A_STATEMENT):
                part = values[start : start + width * _ROWS_A_STATEMENT]
                inserted += connection.connection.execute(_insert(len(part) // width), part).rowcount
        return inserted

    def _copy(self, rows: Prepared) -> int:
        with connection.cursor() as cursor:
            cursor.execute(_MAKE_INCOMING)
            with cursor.copy(_COPY) as copy:
                for row in zip(*self.columns(rows), strict=True):
                    copy.write_row(row)
            cursor.execute(_TAKE_IN)
            inserted = int(cursor.rowcount)
            cursor.execute("TRUNCATE incidents_incoming")
        return inserted

    def columns(self, rows: Prepared) -> tuple[Sequence[Any], ...]:
        """Give the values of each of `COLUMNS`, in the database's own spelling."""
        count = len(rows)
        utc_days, rest = np.divmod(rows.utc, 86_400)
        for day in np.unique(np.concatenate((rows.day, utc_days))).tolist():
            self._learn_day(day)
        for second in np.unique(rest).tolist():
            self._learn_time(second)
        spelt, times = self._days, self._times
        day_numbers = rows.day.tolist()
        days = [spelt[day] for day in day_numbers]
        pairs = zip(utc_days.tolist(), rest.tolist(), strict=True)
        moments = [spelt[day] + times[second] for day, second in pairs]
        at = (rows.method == 1).astype(np.int8)
        agency = self._nothing if self.agency_id is None else self.agency_id
        # Truth values are given as 0 and 1: the driver of SQLite binds a number faster than a bool, too.
        return (
            [agency] * count,
            rows.source,
            rows.source_key,
            rows.content_digest,
            moments,
            days,
            rows.minute.tolist(),
            (rows.minute // 60).tolist(),
            ((rows.day + 3) % 7).tolist(),
            [self._years[day] for day in day_numbers],
            rows.offence_id,
            rows.category,
            list(map(int, rows.is_crime)),
            rows.address,
            rows.address_key,
            rows.district,
            rows.beat,
            rows.grid,
            self._floats(rows.longitude),
            self._floats(rows.latitude),
            rows.placement,
            [campus if campus >= 0 else self._nothing for campus in rows.campus.tolist()],
            [METHODS[method] for method in rows.method.tolist()],
            self._floats(np.round(rows.distance_m, 2)),
            at.tolist(),
            rows.near.astype(np.int8).tolist(),
            rows.in_school_hours.astype(np.int8).tolist(),
            [self.record_class] * count,
            list(map(int, rows.generated)),
            [self.recorded_at] * count,
        )

    def _floats(self, values: NDArray[np.float64]) -> list[float | None]:
        """Floats as Python's, NaN as what the database stores as NULL."""
        if self._nothing is None and np.isnan(values).any():
            return [None if value != value else value for value in values.tolist()]
        return values.tolist()

    def _learn_day(self, day: int) -> None:
        if day not in self._days:
            on = date.fromordinal(day + date(1970, 1, 1).toordinal())
            self._days[day] = on.isoformat()
            self._years[day] = on.year if on.month >= 7 else on.year - 1

    def _learn_time(self, second: int) -> None:
        if second not in self._times:
            clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
            self._times[second] = f" {clock}{self._zone}"


def gather_statistics() -> None:
    """Tell PostgreSQL's planner at once what a large import changed; its own daemon comes a minute later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'ANALYZE "{_TABLE}"')


@contextmanager
def deferred_indexes(wanted: bool) -> Iterator[None]:
    """On SQLite, take the secondary indexes off during a large import and build them at its end.

    One sorted build costs a fifth of a million single insertions. It happens inside the import's transaction,
    so nobody else ever sees the table without them. PostgreSQL would lock out readers: there they stay.
    """
    if not wanted or connection.vendor != "sqlite":
        yield
        return
    editor = connection.SchemaEditorClass(connection)  # only to spell the statements
    indexes = Incident._meta.indexes
    with connection.cursor() as cursor:
        for index in indexes:
            cursor.execute(f'DROP INDEX "{index.name}"')
        yield
        for index in indexes:
            cursor.execute(str(index.create_sql(Incident, editor)))
