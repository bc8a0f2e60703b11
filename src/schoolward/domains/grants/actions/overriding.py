"""Asking a second person to let by what a rule blocks, and deciding it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.grants.actions.asking import ask
from schoolward.domains.grants.actions.ledger import post
from schoolward.domains.grants.actions.new_entry import NewEntry
from schoolward.domains.grants.actions.recording import audit, locked, open_award
from schoolward.domains.grants.actions.refusals import GrantRefused, RuleBlocks
from schoolward.domains.grants.actions.reopening import reopen
from schoolward.domains.grants.actions.transferring import transfer
from schoolward.domains.grants.models import Award, Entry, OverrideRequest, OverrideState, Transfer
from schoolward.platform.access.viewer import Viewer

#: The arguments of a transfer that a request keeps.
TRANSFER_ARGUMENTS = ("award_id", "from_line_id", "to_line_id", "amount_cents", "reason", "approval")


@transaction.atomic
def ask_to_post(
    *, new: NewEntry, blocked: RuleBlocks, reason: str, by: Viewer, at: datetime
) -> OverrideRequest:
    """Ask that an entry be let by. Raises ``GrantRefused`` where nobody may, or without a reason."""
    award = open_award(new.award_id, by=by, permission="grants.post")
    return ask(award, "post", new.as_json(), blocked, reason, by=by, at=at)


@transaction.atomic
def ask_to_transfer(
    *, arguments: dict[str, Any], blocked: RuleBlocks, reason: str, by: Viewer, at: datetime
) -> OverrideRequest:
    """Ask that a transfer be let by."""
    draft = {name: arguments.get(name, "") for name in TRANSFER_ARGUMENTS}
    award = open_award(draft["award_id"], by=by, permission="grants.post")
    return ask(award, "transfer", draft, blocked, reason, by=by, at=at)


@transaction.atomic
def let_by(*, request_id: int, reason: str, by: Viewer, at: datetime) -> Entry | Transfer | Award:
    """Let it by: the entry or transfer is made now, and names this decision; or the award is opened again.

    It is judged anew: what nobody may let by still blocks, and so does a rule that the request does not name.
    Raises ``GrantRefused`` for the one who asked.
    """
    asked = _decide(request_id, OverrideState.LET_BY, reason, by=by, at=at)
    made: Entry | Transfer | Award
    if asked.action == "reopen":
        made = reopen(asked, by=by)
    elif asked.action == "transfer":
        draft = {name: asked.draft[name] for name in TRANSFER_ARGUMENTS}
        made = transfer(**draft, by=by, at=at, override=asked)
    else:
        made = post(new=NewEntry.from_json(asked.draft), by=by, at=at, override=asked)
    audit("grants.override_let_by", asked, by=by, rule=asked.rule)
    return made


@transaction.atomic
def refuse(*, request_id: int, reason: str, by: Viewer, at: datetime) -> OverrideRequest:
    """Refuse it, and why."""
    asked = _decide(request_id, OverrideState.REFUSED, reason, by=by, at=at)
    audit("grants.override_refused", asked, by=by, rule=asked.rule)
    return asked


def _decide(
    request_id: int, state: OverrideState, reason: str, *, by: Viewer, at: datetime
) -> OverrideRequest:
    asked = locked(OverrideRequest, request_id, by=by, permission="grants.approve")
    if asked.state != OverrideState.ASKED:
        raise GrantRefused(_("This was decided already."))
    if by.account_id is None or by.account_id == asked.asked_by_id:
        raise GrantRefused(_("Somebody other than the one who asked has to decide."))
    if not reason.strip():
        raise GrantRefused(_("Say why."), field="reason")
    asked.state = state
    asked.decided_at, asked.decided_by_id, asked.decided_by_name = at, by.account_id, by.account_name
    asked.decision_reason = reason.strip()
    asked.save()
    return asked
