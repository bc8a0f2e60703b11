"""How a young person came to school lately. Every day that is shown is on the record."""

from __future__ import annotations

from datetime import date

from schoolward.domains.cases.models import AttendanceDay
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.viewer import Viewer

LAST = 10
MOST = 400
"""Days told at once: two years of school."""


def last_days(viewer: Viewer, youth_id: int) -> list[AttendanceDay]:
    """The last ten days of school that are known, the newest first, as far as the viewer may read them."""
    return read(AttendanceDay.objects.filter(youth=youth_id).order_by("-on"), viewer, stop=LAST)


def days_between(viewer: Viewer, youth_id: int, first: date | None, last: date | None) -> list[AttendanceDay]:
    """The days of school that are known from one day to another, the newest first, :data:`MOST` at most."""
    rows = AttendanceDay.objects.filter(youth=youth_id).order_by("-on")
    if first is not None:
        rows = rows.filter(on__gte=first)
    if last is not None:
        rows = rows.filter(on__lte=last)
    return read(rows, viewer, stop=MOST)
