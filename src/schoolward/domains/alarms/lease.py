"""A fenced lease: what only one process may do, and no process that overslept may do any more.

Whoever takes it gets a number that no holder before had. Each write under the lease holds this number against
the table in the same transaction (:func:`guard`), so that a holder that was stopped for an hour and goes on
as if nothing had happened writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from schoolward.domains.alarms.models import Lease

CASE_BUILDER = "case-builder"
TTL = timedelta(seconds=1.8)
"""How long a lease lasts unless it is renewed: whoever follows a holder that was killed has it within two
seconds, its own next look included."""


class LeaseLost(Exception):
    """Another process has taken the lease. What was about to be written must not be."""


@dataclass(frozen=True, slots=True)
class Held:
    """A lease as it was taken: by whom, and under which number."""

    name: str
    holder: str
    fence: int


@transaction.atomic
def take(*, name: str, holder: str, at: datetime, ttl: timedelta = TTL) -> Held | None:
    """Take the lease if nobody holds it at the moment; ``None`` while somebody does."""
    Lease.objects.get_or_create(name=name, defaults={"holder": "", "fence": 0, "until": at})
    row = Lease.objects.select_for_update().get(name=name)
    if row.until > at:
        return None
    row.holder = holder[:80]
    row.fence += 1
    row.until = at + ttl
    row.save(update_fields=["holder", "fence", "until"])
    return Held(name, row.holder, row.fence)


def guard(held: Held, *, at: datetime, ttl: timedelta = TTL) -> None:
    """Within the caller's transaction: make sure that the lease is still this one, and renew it.

    The row stays locked until the transaction ends, so that nobody takes the lease over in between. Raises
    :class:`LeaseLost`.
    """
    changed = Lease.objects.filter(name=held.name, holder=held.holder, fence=held.fence).update(
        until=at + ttl
    )
    if not changed:
        raise LeaseLost(f"the lease {held.name} has another holder than {held.holder} ({held.fence})")


@transaction.atomic
def renew(held: Held, *, at: datetime, ttl: timedelta = TTL) -> None:
    """Renew the lease. Raises :class:`LeaseLost`."""
    guard(held, at=at, ttl=ttl)


@transaction.atomic
def give_back(held: Held, *, at: datetime) -> None:
    """End the lease, so that another process need not wait for its end. Lost already is just as well."""
    Lease.objects.filter(name=held.name, holder=held.holder, fence=held.fence).update(until=at)


def holder(name: str, *, at: datetime) -> str:
    """Who holds the lease at the moment; ``""`` for nobody."""
    row = Lease.objects.filter(name=name, until__gt=at).first()
    return "" if row is None else row.holder
