"""Sums kept beside their records, so that a number over a million of them is read and not counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection, models


def add_to(
    kept: type[models.Model], *, cell: Sequence[str], sums: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Add to kept sums; a cell that is not there yet begins with what is added.

    ``cell`` are the columns that name a cell, under a unique constraint; ``sums`` the columns that are added
    to; a row holds the values of both, in this order. It belongs into the transaction that changes the
    records.
    """
    table = kept._meta.db_table
    columns = ", ".join(f'"{name}"' for name in (*cell, *sums))
    marks = ", ".join(["%s"] * (len(cell) + len(sums)))
    target = ", ".join(f'"{name}"' for name in cell)
    added = ", ".join(f'"{name}" = "{table}"."{name}" + EXCLUDED."{name}"' for name in sums)
    sql = (
        f'INSERT INTO "{table}" ({columns}) VALUES ({marks}) '  # noqa: S608 - names are ours
        f"ON CONFLICT ({target}) DO UPDATE SET {added}"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_adapted(row) for row in rows])


def _adapted(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """SQLite takes dates as text; passing them so spares its deprecated default adapter."""
    if connection.vendor == "sqlite":
        return tuple(value.isoformat() if isinstance(value, date) else value for value in row)
    return row
