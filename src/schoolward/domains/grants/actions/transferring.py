"""Moving money from one budget line to another."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.grants.balances import Balances, Kind
from schoolward.analysis.grants.checking import Category, transfer_faults
from schoolward.domains.grants.actions.posting import Ledgers, still_blocking
from schoolward.domains.grants.actions.recording import happened, locked
from schoolward.domains.grants.actions.refusals import GrantRefused, RuleBlocks
from schoolward.domains.grants.models import Entry, OverrideRequest, Transfer
from schoolward.domains.grants.queries import transferred_unapproved
from schoolward.domains.grants.wording import dollars
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
    moved = Transfer(
        award=book.award,
        from_line=from_line,
        to_line=to_line,
        amount_cents=amount_cents,
        on=on or ledgers.today,
        reason=reason.strip(),
        approval=approval.strip(),
        override=override,
        invented=invented,
        **happened(by=by, at=at),
    )
    _enter(ledgers, moved)
    ledgers.write("grants.transferred", transfer=moved.pk, moved=amount_cents, approved=bool(moved.approval))
    return moved


@transaction.atomic
def take_transfer_back(*, transfer_id: int, reason: str, by: Viewer, at: datetime) -> Transfer:
    """Put back what a transfer moved, by a counter-transfer that names it. Neither counts as moved any more.

    No rule speaks against it: the budget is as it was approved again. Raises ``GrantRefused`` where it was
    taken back already, or where the line has not the money any more.
    """
    wrong = locked(Transfer, transfer_id, by=by, permission="grants.post")
    ledgers = Ledgers(by=by, at=at)
    book = ledgers.book(wrong.award_id)  # from here on nobody else takes it back
    if not reason.strip():
        raise GrantRefused(_("Say why it is taken back."), field="reason")
    if wrong.takes_back_id is not None or Transfer.objects.filter(takes_back=wrong).exists():
        raise GrantRefused(_("This was taken back already, or takes back something itself."))
    left = book.by_line.get(wrong.to_line_id, Balances()).available
    if wrong.amount_cents > left:
        raise GrantRefused(
            _("The line has %(left)s left of the %(moved)s that came to it; the rest is spent or obligated.")
            % {"left": dollars(left), "moved": dollars(wrong.amount_cents)}
        )
    moved = Transfer(
        award=book.award,
        from_line=wrong.to_line,
        to_line=wrong.from_line,
        amount_cents=wrong.amount_cents,
        on=max(ledgers.today, wrong.on),
        reason=(_("Taken back: %(reason)s") % {"reason": reason.strip()})[:300],
        takes_back=wrong,
        **happened(by=by, at=at),
    )
    _enter(ledgers, moved)
    ledgers.write("grants.transfer_taken_back", transfer=moved.pk, takes_back=wrong.pk)
    return moved


def _enter(ledgers: Ledgers, moved: Transfer) -> None:
    """Keep a transfer, and take its two entries."""
    moved.save()
    cents = moved.amount_cents
    for line, change in ((moved.from_line, -cents), (moved.to_line, cents)):
        ledgers.take(
            Entry(
                award=moved.award,
                line=line,
                kind=Kind.BUDGET,
                amount_cents=change,
                on=moved.on,
                incurred_on=moved.on,
                description=moved.reason,
                document=moved.approval,
                transfer=moved,
            )
        )
