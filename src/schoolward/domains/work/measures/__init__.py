"""Numbers about work, and about recommendations among it (M12). The modules register their own."""

from schoolward.domains.work.measures import (  # noqa: F401 - register themselves
    recommendations,
    severities,
    standing,
)
