"""Whether a crossing warrants a guard, by rule tables that are given: no rule is written in code."""

from schoolward.analysis.crossing_warrants.evaluating import (
    CriterionFound,
    NeedFound,
    Outcome,
    Verdict,
    evaluate,
    gap_seconds,
)
from schoolward.analysis.crossing_warrants.observed import CrossingAsIs, Observed
from schoolward.analysis.crossing_warrants.tables import (
    BadTable,
    Criterion,
    Edition,
    Need,
    Quantity,
    edition_on,
    read_editions,
)

__all__ = [
    "BadTable",
    "Criterion",
    "CriterionFound",
    "CrossingAsIs",
    "Edition",
    "Need",
    "NeedFound",
    "Observed",
    "Outcome",
    "Quantity",
    "Verdict",
    "edition_on",
    "evaluate",
    "gap_seconds",
    "read_editions",
]
