"""How pupils travel, from hands raised in classes: shares with intervals, and whether one has changed.

A class is the unit that was sampled, and a pupil is counted on two days and both ways: trips of one class are
alike. So every interval and test here takes classes as clusters.
"""

from schoolward.analysis.travel.comparing import (
    Comparison,
    DifferenceInDifferences,
    compare,
    difference_in_differences,
)
from schoolward.analysis.travel.shares import ClassCount, Share, share, wilson

__all__ = [
    "ClassCount",
    "Comparison",
    "DifferenceInDifferences",
    "Share",
    "compare",
    "difference_in_differences",
    "share",
    "wilson",
]
