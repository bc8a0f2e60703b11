"""Opening the corrective action that a zone's alarms propose."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.alarms.actions.refusals import AlarmRefused
from schoolward.domains.alarms.models import Zone
from schoolward.domains.alarms.queries.effects import KIND
from schoolward.domains.alarms.queries.mending import (
    ZoneReduction,
    is_for,
    owner_of,
    trade_of,
    work_source,
    zone_reduction,
)
from schoolward.domains.work import actions as work
from schoolward.domains.work import queries as work_queries
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record


class NothingProposed(AlarmRefused):
    """No pattern stands out, so there is nothing to propose."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing stands out in this zone's alarms, so no action is proposed. Propose work by hand.")
        )


class WorkIsOpen(AlarmRefused):
    """The same remedy for the same zone is at work already."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(
            _("%(reference)s is open for this already. Finish or decline it first.")
            % {"reference": reference}
        )


@transaction.atomic
def open_corrective_action(*, zone_id: int, by: Viewer, at: datetime) -> Any:
    """Propose the work that the zone's alarms call for, and return it.

    At most one is open at a time for a zone and a remedy. Raises ``NothingProposed``, ``WorkIsOpen``.
    """
    check(by, "alarms.view", f"alarms.Zone:{zone_id}")
    held = Zone.objects.select_for_update(of=("self",)).select_related("system__campus")
    zone = visible(held, by).filter(pk=zone_id).first()
    if zone is None:
        raise AccessDenied("alarms.view", f"alarms.Zone:{zone_id}")
    found = zone_reduction(zone, viewer=by, today=at.date())
    if found.proposal is None:
        raise NothingProposed
    remedy = found.proposal.remedy
    # Whoever may not see the other work is refused all the same: there is one remedy at a time.
    everything = work_queries.work_items(Viewer.system(at=at, name="false alarms"))
    before = [
        item
        for item in everything.filter(source__startswith=work_source(zone.pk, remedy.action), kind=KIND)
        if is_for(item.source, zone.pk, remedy.action)
    ]
    for item in before:
        if item.state not in ("verified", "declined"):
            raise WorkIsOpen(item.reference)
    item = work.propose(
        title=_title(zone, found),
        description=_description(found),
        kind=KIND,
        source=work_source(zone.pk, remedy.action, len(before) + 1),
        source_title=f"Zone {zone.number} {zone.title}, {zone.system.campus.name}"[:200],
        campus_id=zone.system.campus_id,
        trade=trade_of(remedy.action),
        owner_role=owner_of(remedy.doer),
        invented=zone.invented,
        by=by,
        at=at,
    )
    record(
        "alarms.corrective_action_opened",
        by=by,
        at=by.at,
        subject=f"alarms.Zone:{zone.pk}",
        detail={"work": item.reference, "remedy": str(remedy.action), "false": found.false},
    )
    return item


def _title(zone: Zone, found: ZoneReduction) -> str:
    assert found.proposal is not None  # noqa: S101 - asked where there is one
    words = found.proposal.remedy.words
    return f"{zone.title or f'Zone {zone.number}'}: {words}"[:200]


def _description(found: ZoneReduction) -> str:
    assert found.proposal is not None  # noqa: S101 - asked where there is one
    return (
        f"{found.proposal.sentence[:1].upper()}{found.proposal.sentence[1:]}. "
        f"From {found.false} false activations between {found.first} and {found.last}; "
        f"{found.proposal.remedy.because}."
    )
