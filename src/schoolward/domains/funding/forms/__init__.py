"""Forms of the funding plan."""

from schoolward.domains.funding.forms.asking import LockForm, PlanForm, ScenarioForm
from schoolward.domains.funding.forms.deciding import ApproveForm, ReasonForm
from schoolward.domains.funding.forms.describing import (
    BundleForm,
    FactForm,
    PriceForm,
    ScopeForm,
    TieForm,
)

__all__ = [
    "ApproveForm",
    "BundleForm",
    "FactForm",
    "LockForm",
    "PlanForm",
    "PriceForm",
    "ReasonForm",
    "ScenarioForm",
    "ScopeForm",
    "TieForm",
]
