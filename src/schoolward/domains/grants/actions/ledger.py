"""One entry, its counter-entry, and the release of an obligation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.grants.balances import Kind
from schoolward.domains.grants.actions.new_entry import NewEntry
from schoolward.domains.grants.actions.posting import Ledgers
from schoolward.domains.grants.actions.recording import locked
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.actions.storable import check_number_is_free
from schoolward.domains.grants.actions.taking_back import take_back
from schoolward.domains.grants.models import Entry, OverrideRequest
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def post(*, new: NewEntry, by: Viewer, at: datetime, override: OverrideRequest | None = None) -> Entry:
    """Make one entry. Raises ``RuleBlocks``, ``AwardClosed`` and ``GrantRefused``."""
    ledgers = Ledgers(by=by, at=at, override=override)
    ledgers.book(new.award_id)  # from here on nobody else gives the number away
    check_number_is_free(new.award_id, new.external_id)
    ledgers.add(new)
    return ledgers.write()[0]


@transaction.atomic
def reverse(*, entry_id: int, reason: str, by: Viewer, at: datetime) -> Entry:
    """Take an entry back by a counter-entry of today, with a reason. Its purposes are taken back with it."""
    entry = locked(Entry, entry_id, by=by, permission="grants.post")
    if not reason.strip():
        raise GrantRefused(_("Say why it is taken back."), field="reason")
    ledgers = Ledgers(by=by, at=at)
    ledgers.book(entry.award_id)  # from here on nobody else takes it back
    counter = take_back(
        ledgers,
        entry,
        description=_("Taken back: %(reason)s") % {"reason": reason.strip()},
        on=ledgers.today,
    )
    ledgers.write("grants.taken_back", reverses=entry.pk)
    return counter


@transaction.atomic
def release(*, obligation_id: int, amount_cents: int, reason: str, by: Viewer, at: datetime) -> Entry:
    """Lower an obligation by what will not be needed."""
    entry = locked(Entry, obligation_id, by=by, permission="grants.post")
    if amount_cents <= 0:
        raise GrantRefused(_("Write how much is released."), field="amount_cents")
    ledgers = Ledgers(by=by, at=at)
    ledgers.add(
        NewEntry(
            entry.award_id,
            Kind.OBLIGATION,
            -amount_cents,
            ledgers.today,
            reason,
            line_id=entry.line_id,
            obligation_id=entry.pk,
            document=entry.document,
        )
    )
    return ledgers.write("grants.released", obligation=entry.pk)[0]
