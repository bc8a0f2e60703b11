"""Counter-entries: the entry that takes another back."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from schoolward.analysis.grants.balances import Balances, Kind
from schoolward.domains.grants.actions.posting import Ledgers
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.models import Entry


def take_back(
    ledgers: Ledgers,
    entry: Entry,
    *,
    description: str,
    on: date,
    document: str = "",
    external_id: str = "",
    gl_account: str = "",
) -> Entry:
    """Take the counter-entry of a written entry. Raises ``GrantRefused`` where it cannot be taken back."""
    book = ledgers.book(entry.award_id)
    if entry.reverses_id is not None or Entry.objects.filter(reverses=entry).exists():
        raise GrantRefused(_("This was taken back already, or takes back something itself."))
    if entry.transfer_id is not None:
        raise GrantRefused(_("This belongs to a transfer. Take that back on the page of the award."))
    is_obligation = entry.kind == Kind.OBLIGATION and entry.amount_cents > 0
    if is_obligation and ledgers.left_of(entry) != entry.amount_cents:
        raise GrantRefused(_("A part of it is paid or released. Take that back first, or release the rest."))
    line = book.by_line.get(entry.line_id or 0, Balances())
    if entry.kind == Kind.BUDGET and entry.amount_cents > line.available:
        raise GrantRefused(_("The line has spent or obligated this money already."))
    if entry.kind == Kind.OBLIGATION and -entry.amount_cents > line.available:
        raise GrantRefused(_("The line has spent or obligated what was released."))
    return ledgers.take(
        Entry(
            award=book.award,
            line=entry.line,
            kind=entry.kind,
            amount_cents=-entry.amount_cents,
            on=max(on, entry.on),
            incurred_on=entry.incurred_on,
            document=document or entry.document,
            payee=entry.payee,
            description=description[:300],
            external_id=external_id,
            gl_account=gl_account or None,
            match_kind=entry.match_kind,
            given_by=entry.given_by,
            adds_to_local_money=entry.adds_to_local_money,
            agreement=entry.agreement,
            obligation=entry.obligation,
            reverses=entry,
        )
    )
