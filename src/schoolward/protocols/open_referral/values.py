"""What a directory holds, as values, and the lists of words that the specification knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

VERSION = "3.1"
STATUSES = ("active", "inactive", "defunct", "temporarily closed")
FREQUENCIES = ("WEEKLY", "MONTHLY")


@dataclass(frozen=True, kw_only=True)
class Organization:
    """Who provides services."""

    id: str
    name: str
    description: str = ""
    website: str = ""
    codes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """When a service takes place at a location."""

    valid_from: date | None = None
    valid_to: date | None = None
    byday: str = ""
    opens_at: time | None = None
    closes_at: time | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """A location at which a service takes place, and when."""

    id: str
    name: str
    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    external_id: str = ""
    schedules: tuple[Schedule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """How much of a service is free, as of when."""

    unit: str
    available: int
    maximum: int | None
    updated: str


@dataclass(frozen=True, kw_only=True)
class Service:
    """A service of a directory. ``codes`` are classifications by the name of their taxonomy."""

    id: str
    name: str
    status: str
    organization: Organization
    description: str = ""
    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    how_to_apply: str = ""
    cost: float | None = None
    languages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    codes: dict[str, str] = field(default_factory=dict)


class BadDirectory(ValueError):
    """The file is no directory. The message says why."""


class BadService(ValueError):
    """A service cannot be read: ``field`` names where, the message what is wrong."""

    def __init__(self, field_name: str, message: str) -> None:
        super().__init__(message)
        self.field = field_name
