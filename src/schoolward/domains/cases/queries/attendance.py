"""How a young person came to school lately. Every day that is shown is on the record."""

from __future__ import annotations

from schoolward.domains.cases.models import AttendanceDay
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.viewer import Viewer

LAST = 10


def last_days(viewer: Viewer, youth_id: int) -> list[AttendanceDay]:
    """The last ten days of school that are known, the newest first, as far as the viewer may read them."""
    return read(AttendanceDay.objects.filter(youth=youth_id).order_by("-on"), viewer, stop=LAST)
