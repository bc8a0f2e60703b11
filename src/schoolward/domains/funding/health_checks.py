"""Do the ledgers still hold what approved plans have set aside, and is no computing left lying?"""

from __future__ import annotations

from datetime import datetime, timedelta

from schoolward.domains.funding.models import Scenario, ScenarioState
from schoolward.domains.funding.queries import allocations_now, lacking_now
from schoolward.domains.grants.wording import dollars
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo import clock
from schoolward.platform.health.registry import Finding, check, ok, warn
from schoolward.platform.health.wording import counted

_STUCK_AFTER = timedelta(hours=1)
"""Longer than two tries of the longest scenario with its frontier."""


@check("Approved funding", order=255, needs_database=True)
def set_aside(at: datetime) -> Finding:
    """Every line has at least as much left as approved plans count on."""
    viewer = Viewer.system(at=at, name="doctor")
    lacking = lacking_now(viewer, on=clock.today(at))
    if lacking:
        key, cents = next(iter(lacking.items()))
        return warn(
            f"{counted(len(lacking), 'budget line')} have less left than approved plans count on; "
            f"the first: {key} lacks {dollars(cents)}",
            "Say what its entries were for, withdraw an allocation, or move money into the line.",
        )
    stuck = Scenario.objects.filter(state=ScenarioState.COMPUTING, job_id__isnull=True)
    old = [one for one in stuck if clock.now(at) - one.at > _STUCK_AFTER]
    if old:
        return warn(
            f"{counted(len(old), 'scenario')} were begun and never computed; the first: {old[0].pk}",
            f"Compute it again: `schoolward funding compute {old[0].pk}`.",
        )
    held = [one for one in allocations_now(viewer) if one.is_open]
    return ok(f"{counted(len(held), 'open allocation')}, each with its money in the ledger")
