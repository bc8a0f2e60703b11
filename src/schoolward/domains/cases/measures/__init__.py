"""Numbers about referrals: counted inside the system's part of the wall, and never of fewer than eleven."""

from schoolward.domains.cases.measures import attendance, centre_and_diversion, funnel, notices, outcomes

__all__ = ["attendance", "centre_and_diversion", "funnel", "notices", "outcomes"]
