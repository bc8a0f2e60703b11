"""How many alarms are false, when and why they happen, what to do, and whether it helped.

Pure: numbers in, numbers out. `rates` holds measures M4 to M7 with their intervals, `exposure` the armed
hours that they are held against, `scanning` the window in which a zone's false alarms lie, `remedies` what to
do about it, and `ratios` the rate after over the rate before.

>>> share_false(Tally(activations=200, false=190, undisposed=2, dispatched=30, verified=12)).value
0.95
>>> rate_ratio(Observed(30, 2_000.0), Observed(6, 2_000.0)).verdict
<Verdict.FELL: 'fell'>
"""

from schoolward.analysis.false_alarms.exposure import (
    Arming,
    ArmingEvent,
    Span,
    armed_hours,
    armed_hours_by_slot,
    armed_microseconds,
    armed_spans,
    hours_of,
    system_years,
    union,
)
from schoolward.analysis.false_alarms.kinds import CAUSE_WORDS, Cause, DeviceKind, Disposition
from schoolward.analysis.false_alarms.rates import (
    Activation,
    Rate,
    Tally,
    activations_per_1000_armed_hours,
    dispatches_per_system_year,
    police_dispatch_rate,
    share_false,
    tally,
    verified_share,
)
from schoolward.analysis.false_alarms.ratios import (
    BeforeAfter,
    Method,
    Observed,
    RateRatio,
    Verdict,
    compared_rate_ratio,
    rate_ratio,
)
from schoolward.analysis.false_alarms.remedies import (
    REMEDIES,
    Action,
    Doer,
    Proposal,
    Remedy,
    proposal,
    remedy_for,
)
from schoolward.analysis.false_alarms.scanning import (
    Concentration,
    Days,
    Occurrence,
    Outcome,
    ScanPolicy,
    Window,
    concentration,
    dominating_cause,
    occurrence,
)

__all__ = [
    "CAUSE_WORDS",
    "REMEDIES",
    "Action",
    "Activation",
    "Arming",
    "ArmingEvent",
    "BeforeAfter",
    "Cause",
    "Concentration",
    "Days",
    "DeviceKind",
    "Disposition",
    "Doer",
    "Method",
    "Observed",
    "Occurrence",
    "Outcome",
    "Proposal",
    "Rate",
    "RateRatio",
    "Remedy",
    "ScanPolicy",
    "Span",
    "Tally",
    "Verdict",
    "Window",
    "activations_per_1000_armed_hours",
    "armed_hours",
    "armed_hours_by_slot",
    "armed_microseconds",
    "armed_spans",
    "compared_rate_ratio",
    "concentration",
    "dispatches_per_system_year",
    "dominating_cause",
    "hours_of",
    "occurrence",
    "police_dispatch_rate",
    "proposal",
    "rate_ratio",
    "remedy_for",
    "share_false",
    "system_years",
    "tally",
    "union",
    "verified_share",
]
