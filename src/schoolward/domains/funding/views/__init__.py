"""Pages of the funding plan."""

from schoolward.domains.funding.views.approving import AllocationList, approval, approve, withdraw
from schoolward.domains.funding.views.asking import ask, compute, copy, lock
from schoolward.domains.funding.views.candidates import candidate, candidates
from schoolward.domains.funding.views.describing import bundle, price, say, tie, unprice, unsay, untie
from schoolward.domains.funding.views.funds import funds, scope
from schoolward.domains.funding.views.panels import award_panel, work_panel
from schoolward.domains.funding.views.plans import PlanList, plan, plan_new
from schoolward.domains.funding.views.scenarios import frontier, points_on_map, scenario, works_file

__all__ = [
    "AllocationList",
    "PlanList",
    "approval",
    "approve",
    "ask",
    "award_panel",
    "bundle",
    "candidate",
    "candidates",
    "compute",
    "copy",
    "frontier",
    "funds",
    "lock",
    "plan",
    "plan_new",
    "points_on_map",
    "price",
    "say",
    "scenario",
    "scope",
    "tie",
    "unprice",
    "unsay",
    "untie",
    "withdraw",
    "work_panel",
    "works_file",
]
