"""How much money of each line is bound or spent for a thing, whatever way it went through the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, Sum

from schoolward.analysis.grants.balances import Kind
from schoolward.domains.grants.models import Entry, Purpose
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class Bound:
    """Money of a line for a thing, in cents, and when it was entered: obligated, or spent without."""

    target: str
    line_id: int
    entry_id: int
    at: datetime
    cents: int


def bound_for(viewer: Viewer, targets: Iterable[str]) -> list[Bound]:
    """The money with a purpose of these records (``app.Model:number``), each dollar once.

    What an expenditure pays of an obligation for the same thing is one sum: the greater of the two. What was
    released of an obligation, or taken back, does not count.
    """
    purposes = visible(Purpose.objects.filter(target__in=list(targets)), viewer)
    # A counter-entry carries the negative of the purposes of what it takes back.
    summed: dict[tuple[str, int], int] = defaultdict(int)
    for target, number, taken_back, cents in purposes.values_list(
        "target", "entry_id", "entry__reverses_id", "amount_cents"
    ):
        summed[target, taken_back or number] += cents
    entries = Entry.objects.in_bulk({number for _target, number in summed})
    paid: dict[tuple[str, int], int] = defaultdict(int)
    first_paid: dict[tuple[str, int], Entry] = {}
    for (target, number), cents in summed.items():
        entry = entries[number]
        if entry.kind == Kind.EXPENDITURE and entry.obligation_id is not None and cents:
            key = target, entry.obligation_id
            paid[key] += cents
            if key not in first_paid or entry.at < first_paid[key].at:
                first_paid[key] = entry
    released = _released({number for number, one in entries.items() if one.kind == Kind.OBLIGATION})
    found = []
    for (target, number), cents in summed.items():
        entry = entries[number]
        if entry.kind == Kind.OBLIGATION:
            open_part = min(cents, entry.amount_cents + released.get(number, 0))
            cents = max(open_part, paid.pop((target, number), 0))
        elif entry.obligation_id is not None:
            continue
        if cents and entry.line_id is not None:
            found.append(Bound(target, entry.line_id, number, entry.at, cents))
    for (target, obligation), cents in paid.items():
        entry = first_paid[target, obligation]
        if entry.line_id is not None:
            found.append(Bound(target, entry.line_id, entry.pk, entry.at, cents))
    return found


def _released(obligations: set[int]) -> dict[int, int]:
    """By obligation: what was released of it since, as the negative that it is."""
    rows = Entry.objects.filter(kind=Kind.OBLIGATION, obligation__in=obligations).order_by()
    return {
        number: int(total)
        for number, total in rows.values_list("obligation").annotate(total=Sum("amount_cents"))
        if number is not None
    }


def spent_for(targets: Iterable[str], *, start: date | None, end: date) -> QuerySet[Purpose]:
    """What was spent for these things (``app.Model:number``) in the time, link by link, in cents.

    For measures: whoever counts looks at every award.
    """
    rows = Purpose.objects.filter(entry__kind="expenditure", entry__on__lte=end, target__in=list(targets))
    return rows if start is None else rows.filter(entry__on__gte=start)
