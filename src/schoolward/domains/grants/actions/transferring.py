"""Moving money from one budget line to another."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.grants.balances import Balances, Kind
from schoolward.analysis.grants.checking import Category, transfer_faults
from schoolward.domains.grants.actions.posting import Ledgers, still_blocking
from schoolward.domains.grants.actions.recording import happened
from schoolward.domains.grants.actions.refusals import GrantRefused, RuleBlocks
from schoolward.domains.grants.models import Entry, OverrideRequest, Transfer
from schoolward.domains.grants.queries import transferred_unapproved
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def transfer(
    *,
    award_id: int,
    from_line_id: int,
    to_line_id: int,
    amount_cents: int,
    reason: str,
    by: Viewer,
    at: datetime,
    approval: str = "",
    on: date | None = None,
    override: OverrideRequest | None = None,
    invented: bool = False,
) -> Transfer:
    """Move money from one line to another. ``approval`` names the funder's. Raises ``RuleBlocks``."""
    ledgers = Ledgers(by=by, at=at, invented=invented, override=override)
    book = ledgers.book(award_id)
    from_line, to_line = book.lines.get(from_line_id), book.lines.get(to_line_id)
    if from_line is None or to_line is None or from_line == to_line:
        raise GrantRefused(_("Choose two lines of this award."), field="to_line_id")
    if amount_cents <= 0:
        raise GrantRefused(_("Write how much is moved."), field="amount_cents")
    if not reason.strip():
        raise GrantRefused(_("Say why it is moved."), field="reason")
    found = transfer_faults(
        book.terms,
        cents=amount_cents,
        from_category=Category(from_line.category),
        to_category=Category(to_line.category),
        from_available=book.by_line.get(from_line.pk, Balances()).available,
        transferred_before=transferred_unapproved(book.award),
        is_approved=bool(approval.strip()),
    )
    blocking = still_blocking(found, override)
    if blocking:
        raise RuleBlocks(blocking)
    day = on or ledgers.today
    moved = Transfer.objects.create(
        award=book.award,
        from_line=from_line,
        to_line=to_line,
        amount_cents=amount_cents,
        on=day,
        reason=reason.strip(),
        approval=approval.strip(),
        override=override,
        invented=invented,
        **happened(by=by, at=at),
    )
    for line, cents in ((from_line, -amount_cents), (to_line, amount_cents)):
        ledgers.take(
            Entry(
                award=book.award,
                line=line,
                kind=Kind.BUDGET,
                amount_cents=cents,
                on=day,
                incurred_on=day,
                description=moved.reason,
                document=moved.approval,
                transfer=moved,
            )
        )
    ledgers.write("grants.transferred", transfer=moved.pk, moved=amount_cents, approved=bool(moved.approval))
    return moved
