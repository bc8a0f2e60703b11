"""Numbers of young people beside numbers of seats, as far as a viewer may have them.

Eighteen seats less fourteen free ones are four children. Whoever neither runs a program nor answers for it
learns whether a seat is free, and of fewer than eleven seats not even that: full would be a count.
"""

from __future__ import annotations

from collections.abc import Iterable

from schoolward.domains.programs.models import CapacityReport, Offering
from schoolward.platform.access.policy import ALL_FIELDS, mask
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.registry import FEWEST_STUDENTS

SMALLEST = FEWEST_STUDENTS
"""The smallest count of young people that is told to everybody."""
_OF_OFFERING = ("registered", "waiting", "waivers_on_file", "completed")
_OF_REPORT = ("taken", "waiting")


def has_free(seats: int | None, taken: int | None) -> bool | None:
    """Whether a seat is free; ``None`` where that is not known, or would tell a small count."""
    if seats is None or taken is None or seats < SMALLEST:
        return None
    return taken < seats


def shown_offerings(viewer: Viewer, rows: Iterable[Offering]) -> list[Offering]:
    """Offerings from a query here, without the numbers that the viewer may not read: to show, not to save."""
    found = list(rows)
    for row in found:
        row.has_free = has_free(row.seats, row.registered)
        _conceal(row, _OF_OFFERING, viewer)
    return found


def shown_reports(viewer: Viewer, rows: Iterable[CapacityReport]) -> list[CapacityReport]:
    """Reports of places, as :func:`shown_offerings`."""
    found = list(rows)
    for row in found:
        row.has_free = has_free(row.maximum, row.taken)
        _conceal(row, _OF_REPORT, viewer)
    return found


def _conceal(row: Offering | CapacityReport, names: Iterable[str], viewer: Viewer) -> None:
    row.numbers_are_shown = mask(row, viewer) == ALL_FIELDS
    if not row.numbers_are_shown:
        for name in names:
            setattr(row, name, None)
