"""What the map of a school shows. The screen, the printed page and its list in words are made from the same.

Positions are WGS 84 degrees, east first; speeds are kilometres an hour. There is no pupil and no count here:
what is known of pupils goes into the choice of the suggested streets, and stays behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schoolward.analysis.routing.street_tags import Crossing, Pavement, Street

__all__ = [
    "Avoided",
    "Entrance",
    "GuardPost",
    "Line",
    "MapContent",
    "MapCrossing",
    "MapStreet",
    "Position",
    "SuggestedStreet",
    "WalkZone",
]

Position = tuple[float, float]
"""Degrees east and degrees north."""

Line = tuple[Position, ...]
"""Two positions or more."""


@dataclass(frozen=True, slots=True)
class MapStreet:
    """A piece of street or path, from one junction to the next."""

    line: Line
    street: Street
    name: str = ""
    pavement: Pavement = Pavement.UNKNOWN
    speed_kmh: float = 0.0  # the posted limit; 0 where none is known
    factor: float = 1.0  # stress of a metre: 1 is a quiet path
    is_sidewalk: bool = False  # a path that is the sidewalk of the road beside it


@dataclass(frozen=True, slots=True)
class MapCrossing:
    """A place to cross a road, and what helps there."""

    at: Position
    help: Crossing
    where: str = ""  # the streets that meet there
    across: Street = Street.RESIDENTIAL  # the largest road there


@dataclass(frozen=True, slots=True)
class GuardPost:
    """Where a crossing guard stands, and when."""

    at: Position
    where: str
    hours: str = ""


@dataclass(frozen=True, slots=True)
class SuggestedStreet:
    """A piece of a street that is suggested for walking, in the direction of the school."""

    line: Line
    name: str = ""


@dataclass(frozen=True, slots=True)
class Avoided:
    """A street, or with one position a place, to keep away from."""

    line: Line
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where pupils enter the school."""

    at: Position
    name: str = ""


@dataclass(frozen=True, slots=True)
class WalkZone:
    """The streets from which the school is walked to."""

    lines: tuple[Line, ...]
    minutes: float  # a walk to its edge
    stated_m: float | None = None  # metres along streets, where the zone is stated as a distance


@dataclass(frozen=True, slots=True)
class MapContent:
    """One school's map. Lists that are empty are left out of the legend."""

    school: str
    day: date  # as of when
    entrances: tuple[Entrance, ...]  # one or more
    streets: Sequence[MapStreet]
    zone: WalkZone
    suggested: tuple[SuggestedStreet, ...] = ()
    crossings: tuple[MapCrossing, ...] = ()
    guards: tuple[GuardPost, ...] = ()
    avoided: tuple[Avoided, ...] = ()
    attribution: str = ""  # of the network: "© OpenStreetMap contributors, ODbL"
    invented: str = ""  # what of it is invented, in a sentence; empty where nothing is
    miles: bool = True  # speeds in miles an hour and distances in feet; else kilometres and metres
