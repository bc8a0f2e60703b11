"""Opening a closed award again: asked for with a reason, agreed to by a second person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.grants.checking import Fault, Why
from schoolward.analysis.grants.rules import RuleKey
from schoolward.domains.grants.actions.asking import ask
from schoolward.domains.grants.actions.recording import audit, locked
from schoolward.domains.grants.actions.refusals import GrantRefused, RuleBlocks
from schoolward.domains.grants.models import Award, OverrideRequest, OverrideState
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def ask_to_reopen(*, award_id: int, reason: str, by: Viewer, at: datetime) -> OverrideRequest:
    """Ask that a closed award be opened again. Raises ``GrantRefused`` where it is open or asked for."""
    award = locked(Award, award_id, by=by, permission="grants.manage")
    if award.closed_on is None:
        raise GrantRefused(_("This award is not closed."))
    if award.overrides.filter(action="reopen", state=OverrideState.ASKED).exists():
        raise GrantRefused(_("Somebody asked for it already; a second person has to decide."))
    fault = Fault(award.as_terms().rule(RuleKey.CLOSEOUT), Why.CLOSED, {"day": award.closed_on})
    draft = {
        "award_id": award.pk,
        "closed_on": award.closed_on.isoformat(),
        "closed_by": award.closed_by_name,
    }
    return ask(award, "reopen", draft, RuleBlocks([fault]), reason, by=by, at=at)


def reopen(asked: OverrideRequest, *, by: Viewer) -> Award:
    """Open the award of a request that was let by. What its links and entries say stays as it is.

    Raises ``GrantRefused`` where it was opened since.
    """
    award = locked(Award, asked.award_id, by=by, permission="grants.approve")
    if award.closed_on is None:
        raise GrantRefused(_("This award is not closed."))
    award.closed_on, award.closed_by_name = None, ""
    award.save(update_fields=["closed_on", "closed_by_name"])
    audit("grants.reopened", award, by=by, request=asked.pk, was_closed_on=asked.draft["closed_on"])
    return award
