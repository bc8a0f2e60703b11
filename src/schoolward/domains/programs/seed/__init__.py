"""The demonstration's programs: the real ones by name and key; days, places, counts and most plans are
invented."""

from __future__ import annotations

from schoolward.domains.programs import shipped
from schoolward.domains.programs.models import Program
from schoolward.domains.programs.seed.catalogue import make_catalogue
from schoolward.domains.programs.seed.means import make_proposals, make_results, make_volunteers
from schoolward.domains.programs.seed.running import make_offerings
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.registry import SeedContext, seed


@seed(50, "programs")
def programs(context: SeedContext) -> str:
    """Make providers, programs, offerings with their counts, volunteers and proposals. Runs once."""
    if Program.objects.exists():
        return "already there"
    made = make_catalogue(shipped.providers(), shipped.programs(), context)
    sessions = make_offerings(shipped.offerings(), made, context)
    make_results(shipped.results(), made)
    make_volunteers(shipped.volunteers(), context)
    make_proposals(shipped.proposals(), context)
    record(
        "programs.seeded",
        by=context.by,
        at=context.at,
        subject="programs.Program",
        detail={"programs": len(made), "sessions": sessions},
    )
    return f"{len(made)} programs, {sessions} sessions; days and counts are invented"
