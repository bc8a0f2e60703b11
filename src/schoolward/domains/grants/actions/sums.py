"""Keeping the sums by award, line and month, in the transaction of the entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from schoolward.analysis.grants.balances import Balances, Kind, Posting, of_posting
from schoolward.domains.grants.models import Entry, MonthSum
from schoolward.domains.grants.queries import SUMS, counted_months

Cell = tuple[int, int, date]
_CELL = ("award_id", "line_key", "month")


def as_posting(entry: Entry) -> Posting:
    """An entry as the arithmetic sees it. A release of an obligation is no payment of it."""
    pays = entry.kind == Kind.EXPENDITURE and entry.obligation_id is not None
    return Posting(Kind(entry.kind), entry.amount_cents, pays)


def keep_sums(entries: Iterable[Entry]) -> None:
    """Add entries to the kept sums. Only in the transaction that adds them to the ledger."""
    changes: dict[Cell, tuple[Balances, int]] = {}
    for entry in entries:
        cell = (entry.award_id, entry.line_id or 0, entry.on.replace(day=1))
        before, number = changes.get(cell, (Balances(), 0))
        changes[cell] = (before + of_posting(as_posting(entry)), number + 1)
    _write(
        (*cell, *(getattr(balance, name) for name in SUMS), number)
        for cell, (balance, number) in changes.items()
    )


def _write(rows: Iterable[tuple[Any, ...]]) -> None:
    table = MonthSum._meta.db_table
    names = (*_CELL, *SUMS, "entries")
    columns = ", ".join(f'"{name}"' for name in names)
    target = ", ".join(f'"{name}"' for name in _CELL)
    added = ", ".join(f'"{name}" = "{table}"."{name}" + EXCLUDED."{name}"' for name in (*SUMS, "entries"))
    sql = (
        f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join(["%s"] * len(names))}) '  # noqa: S608 - names are ours
        f"ON CONFLICT ({target}) DO UPDATE SET {added}"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_adapted(row) for row in rows])


def _adapted(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """SQLite takes dates as text; passing them so spares its deprecated default adapter."""
    if connection.vendor == "sqlite":
        return tuple(value.isoformat() if isinstance(value, date) else value for value in row)
    return row


def rebuild_sums() -> int:
    """Count every sum anew from the ledger; how many there are. For a repair and for bulk loads."""
    MonthSum.objects.all().delete()
    made = [
        MonthSum(
            award_id=award, line_key=line, month=month, **dict(zip((*SUMS, "entries"), sums, strict=True))
        )
        for (award, line, month), sums in counted_months().items()
    ]
    MonthSum.objects.bulk_create(made, batch_size=1000)
    return len(made)
