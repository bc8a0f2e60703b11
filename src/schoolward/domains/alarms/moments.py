"""The moment at which a case is answered, and to which its waiting is reckoned.

Receivers stamp signals with the true time, whatever day the demonstration stands at. There, the cases of its
one night are answered on the morning after; what a panel sends today is answered today.
"""

from __future__ import annotations

from datetime import datetime

from schoolward.domains.alarms.models import Case
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo import clock


def moment_of(case: Case, viewer: Viewer) -> datetime:
    """When the viewer acts on the case (aware)."""
    return moment_for(case, viewer.at)


def moment_for(case: Case, at: datetime) -> datetime:
    """What the moment (aware) is for the case."""
    if clock.stands_still() and case.last_signal_at <= (standing := clock.now(at)):
        return standing
    return at
