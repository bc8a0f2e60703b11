"""When what comes from a source whose case is closed opens a case anew.

A source (an unknown account, data that cannot be read, a runaway panel) has one case at a time. Whoever
closed it has answered what had come until then, and nothing that came after: an alarm in it must be seen.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from schoolward.domains.alarms.models import Case, CaseKind, CaseState, SignalKind
from schoolward.domains.alarms.new_rows import NewSignal

SAME_TROUBLE: Final = timedelta(minutes=10)
"""A panel with a wrong key sends every eleven seconds; so long after its case was closed it is the same."""
_ROUTINE: Final = frozenset(
    {
        SignalKind.TEST,
        SignalKind.RESTORE,
        SignalKind.LINK_RESTORED,
        SignalKind.OPENING,
        SignalKind.CLOSING,
        SignalKind.ACCESS,
        SignalKind.BYPASS,
        SignalKind.CANCEL,
    }
)
"""What an unknown or a runaway panel says all day without anything having happened."""
_LINK_TESTS: Final = frozenset({"NULL", "XNM"})


def opens_again(case: Case, signal: NewSignal, told: str) -> bool:
    """Whether a signal asks for a case of its own although its source has had this one.

    ``told`` is the kind of what it says, also where the account is unknown.
    """
    if case.state != CaseState.CLOSED or case.closed_at is None:
        return False
    if case.kind in (CaseKind.SECURITY, CaseKind.RECEIVER):
        return _is_later(signal.received_at, case.closed_at)
    if told == SignalKind.UNKNOWN_ACCOUNT:  # no event: a link test, or data that nobody can read
        return signal.code.strip("*") not in _LINK_TESTS
    return case.kind == CaseKind.SCHEDULE or told not in _ROUTINE


def _is_later(at: datetime, closed_at: datetime) -> bool:
    return at - closed_at >= SAME_TROUBLE
