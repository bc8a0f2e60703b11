"""Stop a number that is far off its own history and its peers until a person has looked at it.

The state once published 6,645 suspensions for firearms for one county; the true number was a small
fraction of it, and the cause was wrong coding at one district. Nobody had asked whether the number
could be so. This module asks.

The distance of a value from a set of others is a *robust z*: the difference from their median,
divided by their spread. The spread is 1.4826 times the median absolute deviation (equal to the
standard deviation for normal data, and hardly moved by an outlier), but never less than the spread
that chance alone gives a count (Poisson: the square root of the median). Without that floor, a
history of 2, 2, 2 would make a 3 look like a catastrophe. Source: Iglewicz and Hoaglin, "How to
Detect and Handle Outliers" (1993), for the median-and-MAD score and the cut of 3.5.

A number may be looked at from several sides: beside the same days of earlier years, beside its own
months, and by the sites that it is made of. Each side gives a judgement, :func:`combined` makes one of
them, and a single side that finds it unusual is enough.
"""

from schoolward.analysis.anomaly.judging import (
    AnomalyPolicy,
    Comparison,
    Judgement,
    Verdict,
    compare,
    judge,
)
from schoolward.analysis.anomaly.sides import Part, Step, combined, judge_parts, judge_series

__all__ = [
    "AnomalyPolicy",
    "Comparison",
    "Judgement",
    "Part",
    "Step",
    "Verdict",
    "combined",
    "compare",
    "judge",
    "judge_parts",
    "judge_series",
]
