"""Balances, read from the kept sums; and the proof that these are what the ledger says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce, TruncMonth

from schoolward.analysis.grants.balances import Balances, Kind
from schoolward.domains.grants.models import Award, Entry, MonthSum

SUMS = tuple(field.name for field in fields(Balances))
_KINDS = {
    "budgeted": Q(kind=Kind.BUDGET.value),
    "obligated": Q(kind=Kind.OBLIGATION.value),
    "liquidated": Q(kind=Kind.EXPENDITURE.value, obligation__isnull=False),
    "expended": Q(kind=Kind.EXPENDITURE.value),
    "drawn": Q(kind=Kind.DRAW.value),
    "matched": Q(kind=Kind.MATCH.value),
}
NONE = Balances()


def _kept() -> dict[str, Any]:
    return {f"sum_{name}": Sum(name) for name in SUMS}


def sums_of_entries() -> dict[str, Any]:
    """The sums that are kept, from the entries themselves: what to annotate them with."""
    return {
        f"sum_{name}": Coalesce(Sum(Case(When(condition, then=F("amount_cents")), default=0)), 0)
        for name, condition in _KINDS.items()
    }


def _as_balances(row: dict[str, Any]) -> Balances:
    return Balances(*(int(row[f"sum_{name}"] or 0) for name in SUMS))


def newest_entry() -> date | None:
    """The day of the newest entry of all ledgers."""
    return Entry.objects.order_by("-on").values_list("on", flat=True).first()


def _split(until: date | None) -> tuple[date | None, date | None]:
    """(first month that is not read whole, last day read); (None, None) reads everything."""
    if until is None:
        return None, None
    newest = newest_entry()
    if newest is None or newest <= until:
        return None, None
    return until.replace(day=1), until


def award_balances(of: Iterable[int] | None = None, *, until: date | None = None) -> dict[int, Balances]:
    """The balances of awards by their numbers, of all entries up to the end of the day ``until``.

    Whole months come from the kept sums; of the month that ``until`` cuts, the entries are added up.
    """
    kept, entries = MonthSum.objects.all(), Entry.objects.all()
    if of is not None:
        chosen = list(of)
        kept, entries = kept.filter(award__in=chosen), entries.filter(award__in=chosen)
    return _balances("award_id", "award_id", kept, entries, until)


def line_balances(award_id: int, *, until: date | None = None) -> dict[int, Balances]:
    """The balances of one award's lines by their numbers; 0 is what has no line."""
    kept = MonthSum.objects.filter(award=award_id)
    entries = Entry.objects.filter(award=award_id).annotate(line_number=Coalesce("line_id", 0))
    return _balances("line_key", "line_number", kept, entries, until)


def _balances(
    kept_key: str, entry_key: str, kept: QuerySet[Any], entries: QuerySet[Any], until: date | None
) -> dict[int, Balances]:
    cut, last = _split(until)
    whole = kept if cut is None else kept.filter(month__lt=cut)
    found: dict[int, Balances] = defaultdict(Balances)
    for row in whole.order_by().values(kept_key).annotate(**_kept()):
        found[row[kept_key]] += _as_balances(row)
    if cut is not None:
        rows = entries.filter(on__range=(cut, last)).order_by().values(entry_key)
        counted: Iterable[dict[str, Any]] = rows.annotate(**sums_of_entries())
        for row in counted:
            found[row[entry_key]] += _as_balances(row)
    return found


def spent_by_month(of: Iterable[int] | None = None) -> dict[int, dict[date, int]]:
    """What each award spent in each month that has an entry, in cents."""
    kept = MonthSum.objects.all() if of is None else MonthSum.objects.filter(award__in=list(of))
    found: dict[int, dict[date, int]] = defaultdict(dict)
    rows = kept.order_by().values("award_id", "month").annotate(spent=Sum("expended"))
    for award, month, spent in rows.values_list("award_id", "month", "spent"):
        found[award][month] = int(spent)
    return found


def counted_months(of: int | None = None) -> dict[tuple[int, int, date], tuple[int, ...]]:
    """What the kept sums have to be, from the entries: (award, line or 0, month) → sums and number."""
    entries = Entry.objects.all() if of is None else Entry.objects.filter(award=of)
    rows: Any = (
        entries.order_by()
        .annotate(line_number=Coalesce("line_id", 0), month=TruncMonth("on"))
        .values("award_id", "line_number", "month")
        .annotate(**sums_of_entries(), number=Count("pk"))
    )
    return {
        (row["award_id"], row["line_number"], row["month"]): (
            *(int(row[f"sum_{name}"]) for name in SUMS),
            row["number"],
        )
        for row in rows
    }


def differences() -> list[str]:
    """Where the kept sums differ from the ledger, in words; empty when each is right to the cent."""
    kept = {
        (award, line, month): tuple(sums)
        for award, line, month, *sums in MonthSum.objects.values_list(
            "award_id", "line_key", "month", *SUMS, "entries"
        )
    }
    counted = counted_months()
    nothing = (0,) * (len(SUMS) + 1)
    keys = dict(Award.objects.values_list("pk", "key"))
    found = []
    for cell in sorted(kept.keys() | counted.keys(), key=str):
        has, wanted = kept.get(cell, nothing), counted.get(cell, nothing)
        if has != wanted:
            award, line, month = cell
            found.append(
                f"{keys.get(award, award)}, line {line or '-'}, {month:%Y-%m}: kept {has}, ledger {wanted}"
            )
    return found
