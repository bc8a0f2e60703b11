"""What one shift tells the next."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from schoolward.domains.alarms.actions.refusals import OwnHandOver, PersonMissing, TextMissing
from schoolward.domains.alarms.models import Case, CaseState, HandOver
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record


@transaction.atomic
def write_hand_over(*, text: str, by: Viewer, at: datetime) -> HandOver:
    """Write what the next shift has to know. The number of open cases goes with it."""
    check(by, "alarms.answer")
    if by.account_id is None:
        raise PersonMissing
    if not text.strip():
        raise TextMissing
    open_cases = visible(Case.objects.exclude(state=CaseState.CLOSED), by).count()
    made = HandOver.objects.create(at=at, by_id=by.account_id, text=text.strip(), open_cases=open_cases)
    _audit("alarms.hand_over_written", made, by, open_cases=open_cases)
    return made


@transaction.atomic
def read_hand_over(*, hand_over_id: int, by: Viewer, at: datetime) -> HandOver:
    """Say that one has read it and takes over. The first reader counts; raises ``OwnHandOver``."""
    check(by, "alarms.answer")
    if by.account_id is None:
        raise PersonMissing
    found = visible(HandOver.objects.select_for_update(of=("self",)), by).filter(pk=hand_over_id).first()
    if found is None:
        raise AccessDenied("alarms.answer", f"alarms.HandOver:{hand_over_id}")
    if found.by_id == by.account_id:
        raise OwnHandOver
    if found.read_at is not None:
        return found
    found.read_by_id = by.account_id
    found.read_at = at
    found.save(update_fields=["read_by", "read_at"])
    _audit("alarms.hand_over_read", found, by)
    return found


def _audit(action: str, hand_over: HandOver, by: Viewer, **detail: int) -> None:
    record(action, by=by, at=by.at, subject=f"alarms.HandOver:{hand_over.pk}", detail=detail)
