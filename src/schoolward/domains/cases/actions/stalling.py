"""Marking referrals that stall, so that each is told of once."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from schoolward.domains.cases.actions.recording import audit
from schoolward.domains.cases.models import Referral
from schoolward.domains.cases.queries.consents import yes_is_gone
from schoolward.domains.cases.states import OPEN
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within


@transaction.atomic
def tell_of_stalled(*, on: date, by: Viewer, at: datetime) -> list[int | None]:
    """Mark the open referrals whose step is past its day, or whose family's yes is gone; whose each is.

    Only those of which nobody was told yet, and only the system does this. A referral that goes on and stalls
    again is told of again.
    """
    if not by.is_system:
        raise AccessDenied("cases.keep")
    with within(by):
        rows = Referral.objects.select_for_update(of=("self",)).filter(
            Q(due_on__lt=on) | yes_is_gone(on), state__in=OPEN, stall_told_on__isnull=True
        )
        told = []
        for referral in rows.order_by("pk"):
            referral.stall_told_on = on
            referral.save(update_fields=["stall_told_on"])
            audit("referral_stalled", referral, by=by)
            told.append(referral.coordinator_id)
    return told
