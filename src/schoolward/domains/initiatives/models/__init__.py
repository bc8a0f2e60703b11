"""Goals, what is done to reach them, how that stands, and what is known about it from where."""

from schoolward.domains.initiatives.models.bodies import Meeting, Seat
from schoolward.domains.initiatives.models.funding import FundingFact
from schoolward.domains.initiatives.models.goals import Goal, MeasureLink, Objective
from schoolward.domains.initiatives.models.history import (
    COLOURS,
    Decision,
    DueChange,
    Reopening,
    StatusUpdate,
)
from schoolward.domains.initiatives.models.initiatives import (
    ENDINGS,
    Blocker,
    Fact,
    Initiative,
    Kind,
    Mark,
    Milestone,
    Status,
    Strand,
)

__all__ = [
    "COLOURS",
    "ENDINGS",
    "Blocker",
    "Decision",
    "DueChange",
    "Fact",
    "FundingFact",
    "Goal",
    "Initiative",
    "Kind",
    "Mark",
    "MeasureLink",
    "Meeting",
    "Milestone",
    "Objective",
    "Reopening",
    "Seat",
    "Status",
    "StatusUpdate",
    "Strand",
]
