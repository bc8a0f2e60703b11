"""What proves an entry, and what an expenditure was for."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from schoolward.analysis.grants.balances import Kind
from schoolward.domains.grants.actions.recording import audit, happened, locked
from schoolward.domains.grants.actions.refusals import AwardClosed, GrantRefused
from schoolward.domains.grants.models import Entry, Evidence, Purpose
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.models import StoredFile


@transaction.atomic
def add_evidence(
    *,
    entry_id: int,
    by: Viewer,
    at: datetime,
    text: str = "",
    file: StoredFile | None = None,
    file_name: str = "",
) -> Evidence:
    """Add what proves an entry. Also after the award is closed: papers turn up late."""
    entry = locked(Entry, entry_id, by=by, permission="grants.link")
    if not text.strip() and file is None:
        raise GrantRefused(_("Write what proves it, or choose a file."), field="text")
    made = Evidence.objects.create(
        entry=entry, text=text.strip(), file=file, file_name=file_name, **happened(by=by, at=at)
    )
    audit("grants.evidence_added", entry, by=by, evidence=made.pk)
    return made


@transaction.atomic
def link_purpose(
    *, entry_id: int, kind: str, target: str, title: str, amount_cents: int, by: Viewer, at: datetime
) -> Purpose:
    """Say what a part of an expenditure was for, or of an obligation will be: no more than the whole of it.

    An expenditure that pays an obligation says its own purpose; what is for one thing on both is one sum.
    Closing an award leaves its links as they are. Who keeps awards may still name what has no purpose: it
    moves no money, and a cost whose paper turns up late is better traced than not. What was linked is taken
    back only where the award is opened again.
    """
    entry = locked(Entry, entry_id, by=by, permission="grants.link")
    closed_on = entry.award.closed_on
    if closed_on is not None and not may(by, "grants.manage"):
        raise AwardClosed(closed_on)
    is_obligation = entry.kind == Kind.OBLIGATION and entry.obligation_id is None
    if not (is_obligation or entry.kind == Kind.EXPENDITURE) or entry.reverses_id is not None:
        raise GrantRefused(_("Only an expenditure or an obligation has a purpose."))
    if Entry.objects.filter(reverses=entry).exists():
        raise GrantRefused(_("This entry was taken back."))
    linked = int(entry.purposes.aggregate(total=Sum("amount_cents"))["total"] or 0)
    if not 0 < amount_cents <= entry.amount_cents - linked:
        raise GrantRefused(
            _("Write an amount above nothing, and no more than what of it has no purpose yet."),
            field="amount_cents",
        )
    made = Purpose.objects.create(
        entry=entry,
        kind=kind,
        target=target,
        title=title[:200],
        amount_cents=amount_cents,
        **happened(by=by, at=at),
    )
    late = {} if closed_on is None else {"after_closing": closed_on.isoformat()}
    audit("grants.purpose_linked", entry, by=by, target=target, cents=amount_cents, **late)
    return made


@transaction.atomic
def take_purpose_back(*, purpose_id: int, by: Viewer, at: datetime) -> Purpose:
    """Take back what was said of a part's purpose, by a row of its negative; not while closed."""
    purpose = locked(Purpose, purpose_id, by=by, permission="grants.link")
    locked(Entry, purpose.entry_id, by=by, permission="grants.link")
    _not_closed(purpose.entry)
    taken = Purpose.objects.filter(takes_back=purpose).exists() or purpose.takes_back_id is not None
    if (
        taken
        or purpose.entry.reverses_id is not None
        or Entry.objects.filter(reverses=purpose.entry).exists()
    ):
        raise GrantRefused(_("This was taken back already."))
    counter = Purpose.objects.create(
        entry=purpose.entry,
        kind=purpose.kind,
        target=purpose.target,
        title=purpose.title,
        amount_cents=-purpose.amount_cents,
        takes_back=purpose,
        **happened(by=by, at=at),
    )
    audit(
        "grants.purpose_taken_back", purpose.entry, by=by, target=purpose.target, cents=purpose.amount_cents
    )
    return counter


def _not_closed(entry: Entry) -> None:
    if entry.award.closed_on is not None:
        raise AwardClosed(entry.award.closed_on)
