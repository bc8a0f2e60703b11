"""Setting right what was first budgeted for a line, by a counter-entry and a new entry at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.grants.balances import MOST_CENTS, Balances, Kind
from schoolward.analysis.grants.checking import Draft, faults
from schoolward.domains.grants.actions.posting import Ledgers
from schoolward.domains.grants.actions.recording import locked
from schoolward.domains.grants.actions.refusals import GrantRefused, RuleBlocks
from schoolward.domains.grants.models import Entry
from schoolward.domains.grants.wording import dollars
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def correct_budget(*, entry_id: int, amount_cents: int, reason: str, by: Viewer, at: datetime) -> Entry:
    """Set right a budget entry that was entered wrongly: it is taken back, and entered anew as it truly is.

    Both happen together, so that only what comes out has to hold: the line keeps what it has spent and
    obligated, and no more is budgeted than was awarded. This is no transfer: it counts towards no limit.
    Raises ``GrantRefused`` and ``RuleBlocks``.
    """
    wrong = locked(Entry, entry_id, by=by, permission="grants.post")
    ledgers = Ledgers(by=by, at=at)
    book = ledgers.book(wrong.award_id)  # from here on nobody else takes it back
    if wrong.kind != Kind.BUDGET or wrong.transfer_id is not None or wrong.amount_cents <= 0:
        raise GrantRefused(_("Only a budget that was entered by itself is set right so."))
    if wrong.reverses_id is not None or Entry.objects.filter(reverses=wrong).exists():
        raise GrantRefused(_("This was taken back already, or takes back something itself."))
    if not reason.strip():
        raise GrantRefused(_("Say why."), field="reason")
    if not 0 < amount_cents <= MOST_CENTS or amount_cents == wrong.amount_cents:
        raise GrantRefused(_("Write the true amount, another than it is."), field="amount_cents")
    change = amount_cents - wrong.amount_cents
    left = book.by_line.get(wrong.line_id or 0, Balances()).available
    if left + change < 0:
        raise GrantRefused(
            _("The line has spent, obligated or given away so much that this was at least %(least)s.")
            % {"least": dollars(wrong.amount_cents - left)},
            field="amount_cents",
        )
    if change > 0:
        draft = Draft(Kind.BUDGET, change, ledgers.today)
        found = faults(book.terms, draft, line=None, award=book.whole)
        if found:
            raise RuleBlocks(found)
    day = max(ledgers.today, wrong.on)
    said = _("Set right: %(reason)s") % {"reason": reason.strip()}

    def entry(cents: int, reverses: Entry | None) -> Entry:
        return Entry(
            award=book.award,
            line=wrong.line,
            kind=Kind.BUDGET,
            amount_cents=cents,
            on=day,
            incurred_on=wrong.incurred_on,
            document=wrong.document,
            description=said[:300],
            reverses=reverses,
        )

    ledgers.take(entry(-wrong.amount_cents, wrong))
    right = ledgers.take(entry(amount_cents, None))
    ledgers.write("grants.budget_corrected", corrects=wrong.pk, was=wrong.amount_cents, became=amount_cents)
    return right
