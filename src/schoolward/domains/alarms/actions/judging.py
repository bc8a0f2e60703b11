"""How urgent a case is and what is known about it, computed again from its signals and entries."""

from __future__ import annotations

from schoolward.domains.alarms.models import Case
from schoolward.domains.alarms.queries.judging import Judgement, judgement_of

VERIFIED_LEVEL = 2
"""From this AVS-01 level on, human presence is confirmed or highly probable."""


def judge_again(case: Case) -> Judgement:
    """Compute level, urgency and reasons again. Changes the case without saving it."""
    found = judgement_of(case)
    case.verification_level = found.level
    case.urgency = found.urgency
    case.reasons = list(found.reasons)
    return found


def why_not_police(case: Case) -> str:
    """Why the police may not be sent yet (ANSI/TMA CS-V-01), or ``""``."""
    found = judgement_of(case)
    if found.calls_suffice or found.level >= VERIFIED_LEVEL:
        return ""
    return ", ".join(found.call_reasons).capitalize() + "."
