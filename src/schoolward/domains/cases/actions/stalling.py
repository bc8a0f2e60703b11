"""Marking referrals that stall: each is told of once in each period, and to more people as it ages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from schoolward.domains.cases.actions.recording import audit
from schoolward.domains.cases.models import Referral
from schoolward.domains.cases.queries.consents import yes_is_gone
from schoolward.domains.cases.states import OPEN, goes_to_leads, stall_step
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within


@dataclass(frozen=True)
class Stalled:
    """One referral to be told of: whose it is (``None``: nobody's yet), its agency, whether to leads."""

    coordinator_id: int | None
    agency_id: int
    to_leads: bool


@transaction.atomic
def tell_of_stalled(*, on: date, by: Viewer, at: datetime) -> list[Stalled]:
    """Mark the open referrals past their day, or without the family's yes, that are to be told of now.

    Periods are ``states.STALLED``, and only the system does this. A referral that goes on and stalls again is
    told of from the first step on.
    """
    if not by.is_system:
        raise AccessDenied("cases.keep")
    with within(by):
        rows = Referral.objects.select_for_update(of=("self",)).filter(
            Q(due_on__lt=on) | yes_is_gone(on), state__in=OPEN
        )
        found = []
        for referral in rows.order_by("pk"):
            step = _step(referral, on)
            if referral.stall_told_on is not None and step <= _step(referral, referral.stall_told_on):
                continue
            referral.stall_told_on = on
            referral.save(update_fields=["stall_told_on"])
            audit("referral_stalled", referral, by=by)
            found.append(Stalled(referral.coordinator_id, referral.agency_id, goes_to_leads(step)))
    return found


def _step(referral: Referral, day: date) -> int:
    return 0 if referral.due_on is None else stall_step((day - referral.due_on).days)
