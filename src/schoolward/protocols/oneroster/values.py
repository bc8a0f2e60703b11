"""What a set holds, as values, and the words that the specification knows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schoolward.protocols.faults import Faults

VERSIONS = ("1.1", "1.2")


class Mode(StrEnum):
    """How a file of the set is meant: the whole of it, what has changed, or not there."""

    BULK = "bulk"
    DELTA = "delta"
    ABSENT = "absent"


STAFF_ROLES = frozenset(
    {
        "administrator",
        "aide",
        "counselor",
        "districtAdministrator",
        "principal",
        "proctor",
        "siteAdministrator",
        "systemAdministrator",
        "teacher",
    }
)
"""Roles of those who work for a school or the district. The others are students and their families."""

STUDENT = "student"
LEAVING = "tobedeleted"


class SetProblem(ValueError):
    """The set as a whole cannot be read. The message says what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the control file says: the version, and the mode of each file by its name without the ending."""

    version: str
    modes: dict[str, Mode]
    source: str = ""

    def mode(self, file: str) -> Mode:
        """The mode of a file; absent where the manifest does not name it."""
        return self.modes.get(file, Mode.ABSENT)


@dataclass(frozen=True, slots=True)
class Org:
    """A school, a district or another body."""

    row: int
    sourced_id: str
    name: str
    type: str
    identifier: str = ""
    parent: str = ""
    leaves: bool = False
    further: dict[str, str] = field(default_factory=dict)
    """Filled columns beside those of the specification (``metadata.…``), by their headers."""


@dataclass(frozen=True, slots=True)
class Engagement:
    """A role that somebody has at a body, from one day to another; blank days are open."""

    role: str
    org: str
    primary: bool = True
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff, or a student who was asked for."""

    row: int
    sourced_id: str
    given_name: str
    family_name: str
    engagements: tuple[Engagement, ...]
    identifier: str = ""
    email: str = ""
    enabled: bool = True
    leaves: bool = False

    @property
    def name(self) -> str:
        """First name and surname."""
        return f"{self.given_name} {self.family_name}"


@dataclass(slots=True)
class Roster:
    """What was read of a set. Whoever is neither staff nor asked for is in ``left_out`` as a number alone."""

    manifest: Manifest
    orgs: list[Org] = field(default_factory=list)
    staff: list[Person] = field(default_factory=list)
    students: list[Person] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)
    """Rows read, by file."""
    left_out: int = 0
    faults: Faults = field(default_factory=Faults)
