"""A request that a second person has to decide."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from schoolward.domains.grants.actions.recording import audit
from schoolward.domains.grants.actions.refusals import GrantRefused, RuleBlocks
from schoolward.domains.grants.models import Award, OverrideRequest
from schoolward.platform.access.viewer import Viewer


def ask(
    award: Award,
    action: str,
    draft: dict[str, Any],
    blocked: RuleBlocks,
    reason: str,
    *,
    by: Viewer,
    at: datetime,
) -> OverrideRequest:
    """Write the request, of an award that is locked. Raises ``GrantRefused``."""
    if not blocked.may_override:
        raise GrantRefused(_("Nobody can let this by: %(why)s") % {"why": blocked})
    if not reason.strip():
        raise GrantRefused(
            _("Say why it should be let by."), field="reason" if action == "reopen" else "override_reason"
        )
    if by.account_id is None:
        raise GrantRefused(_("Only a person can ask for this. Sign in with an account of your own."))
    first = blocked.faults[0]
    asked = OverrideRequest.objects.create(
        award=award,
        rule=first.rule.key,
        why=first.why,
        whys=[fault.why.value for fault in blocked.faults],
        citation=first.rule.citation,
        message=str(blocked),
        reason=reason.strip(),
        action=action,
        draft=draft,
        asked_at=at,
        asked_by_id=by.account_id,
        asked_by_name=by.account_name,
    )
    audit("grants.override_asked", asked, by=by, rule=first.rule.key, award=award.key)
    return asked
