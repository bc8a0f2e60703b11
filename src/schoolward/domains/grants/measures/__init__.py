"""Numbers about grants: M17 to M21, and the money of awards under way."""

from schoolward.domains.grants.measures import proving, spending, winning  # noqa: F401
