"""Numbers about programs: what was delivered against the plan, and how many came."""

from schoolward.domains.programs.measures import delivery, taking_part

__all__ = ["delivery", "taking_part"]
