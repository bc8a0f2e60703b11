"""What a collision is here: when, where and how surely, how grave, and how many walkers and cyclists were
hurt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from enum import IntEnum, StrEnum


class Severity(StrEnum):
    """The gravest injury of a collision, on the scale that police reports use (KABCO)."""

    FATAL = "fatal"
    SERIOUS = "serious"
    VISIBLE = "visible"
    PAIN = "pain"
    DAMAGE = "damage"
    UNKNOWN = "unknown"


GRAVE = frozenset({Severity.FATAL, Severity.SERIOUS})


class Basis(StrEnum):
    """What tells whether a walker or cyclist was killed or seriously injured."""

    PEOPLE = "people"
    """The table of the injured: each person's injury is known."""
    COLLISION = "collision"
    """The collision's gravest injury alone: it may be that of somebody in a car."""


class Quality(IntEnum):
    """How sure a position is. The higher, the surer."""

    NONE = 0
    """No position: the collision can be near no school."""
    REPORTED = 1
    """The Highway Patrol's own latitude and longitude, which are known to be unreliable."""
    INTERSECTION = 2
    """Derived from the two streets, the distance and the direction."""
    GEOCODED = 3
    """POINT_X and POINT_Y of the Transportation Injury Mapping System."""


@dataclass(frozen=True, slots=True)
class Hurt:
    """How many people were killed, seriously injured or otherwise injured while they walked or cycled."""

    walking_killed: int = 0
    walking_serious: int = 0
    walking_other: int = 0
    cycling_killed: int = 0
    cycling_serious: int = 0
    cycling_other: int = 0

    def plus(self, cycling: bool, severity: Severity) -> Hurt:
        """One more person. A person who was not injured, or of whom it is not known, adds nothing."""
        degree = {
            Severity.FATAL: "killed",
            Severity.SERIOUS: "serious",
            Severity.VISIBLE: "other",
            Severity.PAIN: "other",
        }.get(severity)
        if degree is None:
            return self
        name = f"{'cycling' if cycling else 'walking'}_{degree}"
        return replace(self, **{name: getattr(self, name) + 1})

    @property
    def grave(self) -> int:
        """Killed or seriously injured, walking or cycling."""
        return self.walking_killed + self.walking_serious + self.cycling_killed + self.cycling_serious


@dataclass(frozen=True, slots=True)
class Collision:
    """One collision. `row` is where the collisions' file holds it; `layout` and `number` name it for good.

    `hour` is None where the report says that the time is not known. `hurt` is None where no table of the
    injured was read. `distance_m` is how far from the crossing of the two streets, `direction` (N, E, S, W)
    which way. Longitude and latitude are degrees, None with quality 0. `retracted`: the report was
    withdrawn.
    """

    layout: str
    number: str
    row: int
    day: date
    hour: time | None
    severity: Severity
    pedestrian: bool
    bicycle: bool
    killed: int | None
    injured: int | None
    hurt: Hurt | None
    primary_street: str
    secondary_street: str
    distance_m: float | None
    direction: str
    place: str
    longitude: float | None
    latitude: float | None
    quality: Quality
    retracted: bool = False

    @property
    def basis(self) -> Basis:
        """What the answer of `grave_on_foot_or_bicycle` rests on."""
        return Basis.COLLISION if self.hurt is None else Basis.PEOPLE

    @property
    def grave_on_foot_or_bicycle(self) -> bool | None:
        """Whether somebody who walked or cycled was killed or seriously injured; None where nobody can
        tell."""
        if self.hurt is not None:
            return self.hurt.grave > 0
        if not (self.pedestrian or self.bicycle):
            return False
        return None if self.severity is Severity.UNKNOWN else self.severity in GRAVE
