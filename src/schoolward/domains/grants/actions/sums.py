"""Keeping the sums by award, line and month, in the transaction of the entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from schoolward.analysis.grants.balances import Balances, Kind, Posting, of_posting
from schoolward.domains.grants.models import Entry, MonthSum
from schoolward.domains.grants.queries import SUMS, counted_months
from schoolward.platform.measures.kept_sums import add_to

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
    rows = (
        (*cell, *(getattr(balance, name) for name in SUMS), number)
        for cell, (balance, number) in changes.items()
    )
    add_to(MonthSum, cell=_CELL, sums=(*SUMS, "entries"), rows=rows)


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
