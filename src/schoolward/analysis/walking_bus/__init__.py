"""Walking school buses: who walks together to one school, with the fewest leaders and then the least danger.

The rule is that of the Pedibus problem (F. Malucelli, A. Nonato, Politecnico di Milano; used there as a
course project by R. Tresoldi and others): a tree of the stops towards the school, in which nobody walks
more than a factor times the direct way. Each leaf of the tree is a stop where a leader begins; where
branches meet, the groups walk on together. First the leaves are to be few, then the sum of the danger of
the tree's edges small.
"""

from schoolward.analysis.walking_bus.bounding import Bounds, bounds
from schoolward.analysis.walking_bus.greedy import greedy
from schoolward.analysis.walking_bus.instance import BadInstance, Instance, Stop, read_instance
from schoolward.analysis.walking_bus.plan import BrokenPlan, Plan, check
from schoolward.analysis.walking_bus.solving import Answer, solve

__all__ = [
    "Answer",
    "BadInstance",
    "Bounds",
    "BrokenPlan",
    "Instance",
    "Plan",
    "Stop",
    "bounds",
    "check",
    "greedy",
    "read_instance",
    "solve",
]
