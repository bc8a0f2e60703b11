"""Numbers about referrals: counted inside the system's part of the wall, and never of fewer than eleven."""

from schoolward.domains.cases.measures import funnel, outcomes, services

__all__ = ["funnel", "outcomes", "services"]
