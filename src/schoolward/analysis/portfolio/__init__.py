"""Which affordable works bring the most: a plan over several pots of money, and how good it is for certain.

>>> from datetime import date
>>> instance = Instance(
...     today=date(2026, 1, 15),
...     funds=(Fund(id="grant", amount=100_00, categories=("locks",), expires=date(2026, 9, 30)),),
...     candidates=(
...         Candidate(id="gate", site="a", category="locks", cost=60_00, benefit=5.0),
...         Candidate(id="door", site="a", category="locks", cost=50_00, benefit=4.5),
...         Candidate(id="hall", site="b", category="locks", cost=50_00, benefit=1.5),
...     ),
... )
>>> answer = plan(instance, seconds=5)
>>> answer.status.value, answer.objective, sorted(answer.chosen)
('optimal', 6.0, ['door', 'hall'])
"""

from schoolward.analysis.portfolio.answer import (
    Allocation,
    Answer,
    Demand,
    LeftOut,
    Status,
    Transfer,
    Why,
)
from schoolward.analysis.portfolio.comparison import Comparison, compare
from schoolward.analysis.portfolio.demands import money, quality
from schoolward.analysis.portfolio.entry_prices import with_entry_prices
from schoolward.analysis.portfolio.frontier import FrontierPoint, frontier
from schoolward.analysis.portfolio.instance import (
    Candidate,
    Equity,
    Fund,
    Instance,
    Limit,
    Option,
    TransferRule,
)
from schoolward.analysis.portfolio.planning import explain, plan, with_locks
from schoolward.analysis.portfolio.reading import (
    InstanceProblem,
    as_json,
    check_instance,
    read_answer,
    read_instance,
    remarks,
    schemas,
)

__all__ = [
    "Allocation",
    "Answer",
    "Candidate",
    "Comparison",
    "Demand",
    "Equity",
    "FrontierPoint",
    "Fund",
    "Instance",
    "InstanceProblem",
    "LeftOut",
    "Limit",
    "Option",
    "Status",
    "Transfer",
    "TransferRule",
    "Why",
    "as_json",
    "check_instance",
    "compare",
    "explain",
    "frontier",
    "money",
    "plan",
    "quality",
    "read_answer",
    "read_instance",
    "remarks",
    "schemas",
    "with_entry_prices",
    "with_locks",
]
