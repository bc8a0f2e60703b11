"""Withdrawing what was set aside for a work: by a person with a reason, or as the work goes another way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.funding.actions.recording import audit, locked, reason_of, seen_work
from schoolward.domains.funding.actions.refusals import FundingRefused
from schoolward.domains.funding.models import Allocation
from schoolward.domains.funding.queries import allocations_now
from schoolward.domains.grants.wording import dollars
from schoolward.domains.work import actions as work
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def withdraw(*, allocation_id: int, reason: str, by: Viewer, at: datetime) -> list[Allocation]:
    """Withdraw what was set aside for a work, and why. Returns what was withdrawn.

    While the work is funded and no day is set, all of its allocations go and it is accepted again: half the
    money would not pay for it. Of verified work the rest that it did not need is given back. Between the two
    the money is in use, and it is refused.
    """
    allocation = locked(Allocation, allocation_id, by=by, permission="funding.approve")
    if allocation.withdrawn_on is not None:
        raise FundingRefused(_("This was withdrawn already."))
    told = reason_of(reason)
    item = seen_work(allocation.work_id, by=by, permission="funding.approve")
    if item.state in ("scheduled", "done"):
        raise FundingRefused(
            _("The work is under way. Decline it, or wait until it is verified and the rest is free.")
        )
    if item.state != "funded":
        return take_away([allocation], reason=told, by=by, at=at)
    rows = list(open_of(item.pk).select_for_update(of=("self",)))
    bound = sum(now.bound for now in allocations_now(by, rows))
    if bound:
        raise FundingRefused(
            _("%(bound)s is obligated or spent for this work. Take that back in the ledger first.")
            % {"bound": dollars(bound)}
        )
    taken = take_away(rows, reason=told, by=by, at=at)
    work.unfund(item_id=item.pk, reason=told, by=by, at=at)
    return taken


def take_away(rows: Iterable[Allocation], *, reason: str, by: Viewer, at: datetime) -> list[Allocation]:
    """Mark allocations as withdrawn, with one audit event each. Only within a transaction."""
    taken = []
    for row in rows:
        row.withdrawn_on = timezone.localdate(at)
        row.withdrawn_by_id, row.withdrawn_by_name = by.account_id, by.account_name
        row.withdrawn_reason = reason
        row.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_by_name", "withdrawn_reason"])
        audit("funding.withdrawn", row, by=by, work=row.work_id, cents=row.amount_cents)
        taken.append(row)
    return taken


def open_of(work_id: int) -> QuerySet[Allocation]:
    """The allocations of a work that nobody has withdrawn."""
    return Allocation.objects.filter(work_id=work_id, withdrawn_on__isnull=True).order_by("pk")
