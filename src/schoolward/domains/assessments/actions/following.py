"""Findings follow their work, wherever it is moved: on its own page, over HTTP, or from the finding."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from schoolward.domains.assessments.models import UNRESOLVED, Finding, FindingState, SettlementEffect
from schoolward.domains.assessments.queries import findings_of_same_item
from schoolward.domains.work.hooks import on_work_moved
from schoolward.platform.access.viewer import Viewer

_STATES = {
    "proposed": FindingState.OPEN,
    "declined": FindingState.DECLINED,
    "verified": FindingState.RESOLVED,
}


def state_for(work_state: str) -> FindingState:
    """How a finding stands whose work is in this state."""
    return _STATES.get(work_state, FindingState.ACCEPTED)


@on_work_moved
def follow_work(*, item: Any, reason: str, by: Viewer, at: datetime) -> None:
    """Bring the findings of a piece of work to where it stands. The work's own audit event tells of it.

    A resolved finding whose work is opened again comes back, unless the same item was found anew since.
    """
    state = state_for(item.state)
    for finding in Finding.objects.filter(work_id=item.pk).select_for_update(of=("self",)):
        if finding.state == state or _settled_away(finding, item):
            continue
        if state in UNRESOLVED and _found_anew(finding):
            continue
        finding.state = state
        finding.reason = reason if state == FindingState.DECLINED else ""
        finding.settled_on = None if state in UNRESOLVED else timezone.localdate(at)
        finding.save(update_fields=["state", "reason", "settled_on"])


def _settled_away(finding: Finding, item: Any) -> bool:
    """Whether the assessors settled that it never failed: then work of others moves on without it."""
    return (
        finding.state == FindingState.DECLINED
        and item.source != f"assessments.Finding:{finding.pk}"
        and finding.settlements.filter(effect=SettlementEffect.DECLINED).exists()
    )


def _found_anew(finding: Finding) -> bool:
    return bool(findings_of_same_item(finding, UNRESOLVED))
