"""What is known of a crossing, and what was counted there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class CrossingAsIs:
    """A crossing: ``control`` is none, stop or signal; lengths in feet, speed in miles an hour.

    ``controlled_within_ft`` is ``None`` where there is no other controlled crossing near.
    """

    control: str
    lanes: int
    divided: bool
    width_ft: float
    has_refuge: bool
    rural: bool
    speed_85_mph: float | None
    controlled_within_ft: float | None


@dataclass(frozen=True, slots=True)
class Observed:
    """What was counted at a crossing in a stretch of a day. ``gaps`` is ``None`` where it was not counted."""

    day: date
    begins: time
    minutes: int
    vehicles: int
    turning: int
    pupils: int
    rows: int = 1
    gaps: int | None = None
