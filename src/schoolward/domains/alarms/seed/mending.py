"""Two corrective actions that alarms asked for: one verified in spring, one that waits. Invented."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from schoolward.analysis.false_alarms import Action
from schoolward.domains.alarms.models import Zone
from schoolward.domains.alarms.queries.mending import work_source
from schoolward.domains.alarms.seed.cast import viewer_of
from schoolward.domains.alarms.seed.ground import Site
from schoolward.domains.alarms.seed.patterns import MENDED, MENDED_ON, OPEN, Pattern
from schoolward.domains.work import actions as work
from schoolward.platform.access.roles import Role

COST_CENTS = 38_000


def mend(sites: list[Site], *, at: datetime) -> int:
    """Open both, and let one be done and verified. How many."""
    facilities, lead = viewer_of(Role.FACILITIES, at), viewer_of(Role.LEAD, at)
    site_lead = viewer_of(Role.SITE_LEAD, at)
    done = _propose(sites, MENDED, MENDED_ON - timedelta(days=31), at)
    begun = MENDED_ON - timedelta(days=28)
    work.accept(
        item_id=done, due=MENDED_ON + timedelta(days=30), by=lead, at=_noon(begun), estimate_cents=COST_CENTS
    )
    work.fund(
        item_id=done,
        amount_cents=COST_CENTS,
        money_source="District maintenance budget",
        by=viewer_of(Role.GRANTS_ANALYST, at),
        at=_noon(begun + timedelta(days=7)),
    )
    work.schedule(item_id=done, planned_on=MENDED_ON, by=facilities, at=_noon(begun + timedelta(days=10)))
    work.complete(item_id=done, actual_cents=COST_CENTS, by=facilities, at=_noon(MENDED_ON))
    work.add_evidence(
        item_id=done,
        text="Dual-technology detector fitted, aimed away from the vent; walk-tested with the heating on.",
        by=facilities,
        at=_noon(MENDED_ON),
    )
    work.verify(item_id=done, by=site_lead, at=_noon(MENDED_ON + timedelta(days=6)))
    waiting = _propose(sites, OPEN, date(2012, 8, 28), at)
    work.accept(item_id=waiting, due=date(2012, 10, 15), by=lead, at=_noon(date(2012, 8, 30)))
    return 2


def _propose(sites: list[Site], pattern: Pattern, on: date, at: datetime) -> int:
    site = sites[pattern.place]
    zone = Zone.objects.get(system_id=site.system_id, number=str(site.zone(pattern.room)))
    item = work.propose(
        title=f"{pattern.room}: change schedule or detector (HVAC)",
        description=(
            "Proposed from the zone's own alarms. Invented, as these alarms are, for the demonstration."
        ),
        kind="corrective_action",
        source=work_source(zone.pk, Action.CHANGE_SCHEDULE_OR_DETECTOR),
        source_title=f"Zone {zone.number} {zone.title}, {site.name}"[:200],
        campus_id=site.campus_id,
        trade="alarms",
        owner_role=Role.FACILITIES,
        proposed_on=on,
        invented=True,
        by=viewer_of(Role.LEAD, at),
        at=_noon(on),
    )
    return item.pk


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())
