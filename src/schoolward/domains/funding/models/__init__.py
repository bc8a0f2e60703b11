"""What awards may buy, what is entered of works, plans with their scenarios, and what was approved."""

from schoolward.domains.funding.models.allocations import Allocation, Approval, TransferNeed
from schoolward.domains.funding.models.candidates import (
    CandidateFact,
    FactKind,
    LinkKind,
    PriceOption,
    WorkLink,
)
from schoolward.domains.funding.models.plans import Plan, Scenario, ScenarioState
from schoolward.domains.funding.models.scopes import AwardScope

__all__ = [
    "Allocation",
    "Approval",
    "AwardScope",
    "CandidateFact",
    "FactKind",
    "LinkKind",
    "Plan",
    "PriceOption",
    "Scenario",
    "ScenarioState",
    "TransferNeed",
    "WorkLink",
]
