"""Numbers about assessments (M11). The modules register their own."""

from schoolward.domains.assessments.measures import (  # noqa: F401 - register themselves
    coverage,
    findings,
    punctuality,
    scores,
)
