"""Equity: counts beside rates, by group and stage, with score intervals and small counts kept hidden.

A rate's denominator is the stage before it, so that a group's share of offers is held against those of it
who were eligible, and not against all children (the relative rate index of the federal disproportionality
manual). Below a set minimum there is an interval and no point. A difference is told, and not explained.
"""

from schoolward.analysis.equity.groups import OTHERS, pooled
from schoolward.analysis.equity.ratios import (
    Minimum,
    RateRatio,
    difference_interval,
    rate_ratio,
    ratio_interval,
)
from schoolward.analysis.equity.stages import GroupRate, Stage, StageTable, stage_table

__all__ = [
    "OTHERS",
    "GroupRate",
    "Minimum",
    "RateRatio",
    "Stage",
    "StageTable",
    "difference_interval",
    "pooled",
    "rate_ratio",
    "ratio_interval",
    "stage_table",
]
