"""Keep small counts of students out of published tables, and prove it by attack.

A count of one to ten students can point at a child. Hiding that one cell is not enough: anyone can
subtract the cells that are shown from the total that is shown. This package hides the small counts
(*primary* suppression), hides as little more as is needed (*complementary* suppression), and carries
the attack that tries to undo it.

The promise, for every small count in a protected table: among the whole-number tables that agree
with everything published, one gives that cell at most 1 and another gives it at least
``threshold - 1``. So the publication tells nothing about a small count beyond the rule itself.

>>> table = tabulate({("Referred",): 4, ("Started",): 9, ("Declined",): 30})
>>> protected = protect(table, SuppressionPolicy())
>>> protected.public()[("All",)]
43
>>> attack(protected.public(), table.sums)[("Referred",)]
Interval(low=0, high=13)
"""

from schoolward.analysis.disclosure.attack import Exposure, Interval, attack, exposures
from schoolward.analysis.disclosure.editions import Edition, attack_editions, cumulative, protect_next
from schoolward.analysis.disclosure.suppress import CannotProtectError, protect
from schoolward.analysis.disclosure.tables import (
    ALL,
    Cell,
    CountTable,
    InconsistentTableError,
    Protected,
    Status,
    Sum,
    SuppressionPolicy,
    tabulate,
)

__all__ = [
    "ALL",
    "CannotProtectError",
    "Cell",
    "CountTable",
    "Edition",
    "Exposure",
    "InconsistentTableError",
    "Interval",
    "Protected",
    "Status",
    "Sum",
    "SuppressionPolicy",
    "attack",
    "attack_editions",
    "cumulative",
    "exposures",
    "protect",
    "protect_next",
    "tabulate",
]
