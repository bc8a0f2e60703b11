"""What bodies decide, and when they met."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.initiatives.actions.recording import audit, happened, locked
from schoolward.domains.initiatives.actions.refusals import DateWrong, InitiativeRefused, NothingSaid
from schoolward.domains.initiatives.models import Decision, Kind, Meeting
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def hold_meeting(*, body_id: int, held_on: date, by: Viewer, at: datetime, note: str = "") -> Meeting:
    """Write down that a body met. Asked again for the same day, it returns the meeting that is there."""
    body = locked(body_id, by=by, permission="initiatives.meet")
    if body.kind != Kind.BODY:
        raise InitiativeRefused(_("Only a body meets."))
    if held_on > timezone.localdate(at):
        raise DateWrong(_("A meeting can be written down from its day on."), field="held_on")
    meeting, made = Meeting.objects.get_or_create(body=body, held_on=held_on, defaults={"note": note.strip()})
    if made:
        audit("initiatives.meeting_held", body, by=by, meeting=meeting.pk, held_on=held_on)
    return meeting


@transaction.atomic
def decide(
    *, initiative_id: int, text: str, by: Viewer, at: datetime, meeting: Meeting | None = None
) -> Decision:
    """Write down a decision about an initiative."""
    initiative = locked(initiative_id, by=by, permission="initiatives.meet")
    if not text.strip():
        raise NothingSaid(field="text")
    decision = Decision.objects.create(
        initiative=initiative, meeting=meeting, text=text.strip(), **happened(by=by, at=at)
    )
    audit("initiatives.decided", initiative, by=by, decision=decision.pk)
    return decision
