"""The demonstration's way to school: ten schools, three seasons, one walking bus. All of it is invented."""

from __future__ import annotations

from schoolward.domains.places.queries import operating_campuses
from schoolward.domains.routes.models import Barrier, ClassTally
from schoolward.domains.routes.seed import collisions as collisions
from schoolward.domains.routes.seed import plans as plans
from schoolward.domains.routes.seed.audits import make_audits
from schoolward.domains.routes.seed.streets import make_barriers, make_bus, make_crossings
from schoolward.domains.routes.seed.travel import make_surveys, make_tallies
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.registry import SeedContext, seed

SCHOOLS = 10


@seed(45, "the way to school")
def routes(context: SeedContext) -> str:
    """Make tallies, parents' forms, barriers in all states, crossings with guards and a bus. Runs once."""
    if ClassTally.objects.exists() or Barrier.objects.exists():
        return "already there"
    placed = operating_campuses(context.today).filter(longitude__isnull=False)
    campuses = list(placed.filter(name__icontains="elementary").order_by("name", "pk")[:SCHOOLS])
    if len(campuses) < SCHOOLS:
        campuses = list(placed.order_by("name", "pk")[:SCHOOLS])
    if not campuses:
        return "no site has a position"
    tallies = make_tallies(campuses, context)
    forms = make_surveys(campuses, context)
    barriers = make_barriers(campuses, context)
    make_crossings(campuses, context)
    make_bus(campuses[0], context)
    make_audits(campuses, context)
    record(
        "routes.seeded",
        by=context.by,
        at=context.at,
        subject="routes.ClassTally",
        detail={"tallies": tallies, "forms": forms, "barriers": barriers, "invented": True},
    )
    return f"{tallies} tallies, {forms} forms of parents, {barriers} barriers, all invented"
