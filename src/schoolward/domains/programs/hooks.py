"""Where whoever follows programs says so: higher domains register, programs know nothing of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class Fact:
    """Something publicly known about a program, how far it can be trusted, and from where."""

    text: str
    mark: str
    source: str


@dataclass(frozen=True)
class Companion:
    """The record beside a program or a body that has its key: what it is called, where it opens, what is
    known."""

    title: str
    url: str
    facts: tuple[Fact, ...] = ()


Finder = Callable[[Viewer, str], Companion | None]
_finders: list[Finder] = []


def knows_companions(function: Finder) -> Finder:
    """Register a function that finds the record of a key that the viewer may see."""
    _finders.append(function)
    return function


def companion(viewer: Viewer, key: str) -> Companion | None:
    """The record beside a program or body of this key, or ``None``."""
    return next((found for finder in _finders if (found := finder(viewer, key)) is not None), None)


@dataclass(frozen=True)
class Door:
    """A page of another domain on which a program is worked."""

    title: str
    url: str


DoorFinder = Callable[[Viewer, str], list[Door]]
_door_finders: list[DoorFinder] = []


def knows_doors(function: DoorFinder) -> DoorFinder:
    """Register a function that finds the pages of a program's key that the viewer may open."""
    _door_finders.append(function)
    return function


def doors(viewer: Viewer, key: str) -> list[Door]:
    """The pages of other domains on which the program of this key is worked."""
    return [door for finder in _door_finders for door in finder(viewer, key)]


OfferingFollower = Callable[[int, Viewer, datetime], None]
_offering_followers: list[OfferingFollower] = []


def follows_offerings(function: OfferingFollower) -> OfferingFollower:
    """Register what is to be done, in the same transaction, when an offering was changed or cancelled."""
    _offering_followers.append(function)
    return function


def offering_changed(offering_id: int, by: Viewer, at: datetime) -> None:
    """Let whoever follows offerings act on the change of one."""
    for follower in _offering_followers:
        follower(offering_id, by, at)
