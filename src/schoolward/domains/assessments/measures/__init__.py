"""Numbers about assessments (M11). The modules register their own."""

from schoolward.domains.assessments.measures import coverage, scores  # noqa: F401 - register themselves
