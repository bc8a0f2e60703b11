"""The shapes of funding over HTTP."""

from schoolward.domains.funding.api.shapes.plans import (
    AllocationOut,
    NeedOut,
    ObstacleOut,
    PlanOut,
    ScenarioOut,
)
from schoolward.domains.funding.api.shapes.today import (
    AsideOut,
    BasisOut,
    CandidateOut,
    CandidatesOut,
    FactOut,
    FundOut,
    LinkOut,
    OfferedOut,
    OptionOut,
    link_out,
    option_out,
)

__all__ = [
    "AllocationOut",
    "AsideOut",
    "BasisOut",
    "CandidateOut",
    "CandidatesOut",
    "FactOut",
    "FundOut",
    "LinkOut",
    "NeedOut",
    "ObstacleOut",
    "OfferedOut",
    "OptionOut",
    "PlanOut",
    "ScenarioOut",
    "link_out",
    "option_out",
]
