"""Are the sums that are kept of the grant ledgers what the ledgers say?"""

from __future__ import annotations

from datetime import datetime

from schoolward.domains.grants.models import Entry
from schoolward.domains.grants.queries import differences
from schoolward.platform.health.registry import Finding, check, fail, ok
from schoolward.platform.health.wording import counted


@check("Grant ledgers", order=250, needs_database=True)
def sums(at: datetime) -> Finding:
    """Every kept sum is that of its entries, to the cent."""
    found = differences()
    if found:
        return fail(
            f"{counted(len(found), 'sum')} of grant ledgers differ from their entries; the first: {found[0]}",
            "Keep a copy of the database, then count them anew: `schoolward grants check --mend`.",
        )
    return ok(f"the sums of {Entry.objects.count():,} ledger entries are right to the cent")
