"""The demonstration's incidents: generated, and marked so on every page."""

from __future__ import annotations

from datetime import date, timedelta

from schoolward.domains.incidents.actions.generating import generate
from schoolward.platform.demo.registry import SeedContext, seed

FIRST_DAY = date(2010, 7, 1)


@seed(25, "incidents")
def incidents(context: SeedContext) -> str:
    """Generate incidents from the school year 2010-11 up to the eve of the demonstration's day."""
    yesterday = context.today - timedelta(days=1)  # the demonstration stands at a morning
    made = generate(first=FIRST_DAY, last=yesterday, seed=context.random_seed, by=context.by, at=context.at)
    return f"{made:,} generated from counts of real ones"
