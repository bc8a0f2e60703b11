"""What the tags of a street, a path or a crossing say, in numbers; 0 where they say nothing.

Defaults are not filled in here: the stress model states them, and counts where it had to use them.
"""

from __future__ import annotations

import re
from enum import IntEnum, IntFlag
from typing import NamedTuple

from schoolward.analysis.routing.extract import Tags


class Street(IntEnum):
    """Kinds of ways by how much traffic they carry; a higher number is crossed by a lower one."""

    PATH = 1
    STEPS = 2
    PEDESTRIAN = 3
    CYCLEWAY = 4
    TRACK = 5
    LIVING_STREET = 6
    SERVICE = 7
    RESIDENTIAL = 8
    UNCLASSIFIED = 9
    TERTIARY = 10
    SECONDARY = 11
    PRIMARY = 12
    TRUNK = 13


#: From this kind on cars drive there.
FIRST_ROAD = Street.LIVING_STREET

_STREETS = {
    "bridleway": Street.PATH,
    "busway": Street.TERTIARY,
    "crossing": Street.PATH,
    "cycleway": Street.CYCLEWAY,
    "footway": Street.PATH,
    "living_street": Street.LIVING_STREET,
    # A motorway that mentions walkers has a way for them beside it; its traffic counts as a trunk road's.
    "motorway": Street.TRUNK,
    "motorway_link": Street.TRUNK,
    "path": Street.PATH,
    "pedestrian": Street.PEDESTRIAN,
    "platform": Street.PATH,
    "primary": Street.PRIMARY,
    "primary_link": Street.PRIMARY,
    "residential": Street.RESIDENTIAL,
    "road": Street.UNCLASSIFIED,
    "secondary": Street.SECONDARY,
    "secondary_link": Street.SECONDARY,
    "service": Street.SERVICE,
    "steps": Street.STEPS,
    "tertiary": Street.TERTIARY,
    "tertiary_link": Street.TERTIARY,
    "track": Street.TRACK,
    "trunk": Street.TRUNK,
    "trunk_link": Street.TRUNK,
    "unclassified": Street.UNCLASSIFIED,
}


class Pavement(IntEnum):
    """Where a walker walks along a street, by its `sidewalk` tags."""

    UNKNOWN = 0
    BOTH = 1
    ONE = 2
    SEPARATE = 3  # drawn as ways of their own: who walks this line walks among the cars
    NONE = 4


class Lit(IntEnum):
    """Whether lamps light the way."""

    UNKNOWN = 0
    YES = 1
    NO = 2


class Crossing(IntFlag):
    """What helps a walker across a road."""

    TAGGED = 1  # somebody has drawn a crossing here, whatever its kind
    MARKED = 2
    SIGNAL = 4
    ISLAND = 8
    UNMARKED = 16  # said to have no markings, which is not the same as nothing said


class StreetTags(NamedTuple):
    """One distinct set of tags of a way, read."""

    street: int  # Street; 0 for what is neither street nor path
    speed_kmh: float
    lanes: float
    pavement: int
    lit: int
    crossing: int
    is_crossing: bool  # the way itself leads across a road
    is_sidewalk: bool  # the way is the pavement of a road beside it
    tunnel: bool
    unreadable: tuple[str, ...]  # tags whose value could not be read, `key=value`


def read_street(tags: Tags) -> StreetTags:
    """Read one set of tags of a way."""
    unreadable = []
    highway = tags.get("highway")
    street = _STREETS.get(highway, 0) if highway else int(Street.PATH)
    speed, lanes = _speed(tags.get("maxspeed")), _lanes(tags.get("lanes"))
    if speed is None:
        unreadable.append(f"maxspeed={tags['maxspeed']}")
    if lanes is None:
        unreadable.append(f"lanes={tags['lanes']}")
    part = tags.get("footway", "")
    drawn = part in {"crossing", "traffic_island"} or highway == "crossing" or _is_crossing(tags)
    is_crossing = drawn and street < FIRST_ROAD
    return StreetTags(
        street=street,
        speed_kmh=speed or 0.0,
        lanes=lanes or 0.0,
        pavement=_pavement(tags),
        lit=_lit(tags.get("lit")),
        crossing=read_crossing(tags) | int(Crossing.TAGGED) if is_crossing else 0,
        is_crossing=is_crossing,
        is_sidewalk=part == "sidewalk",
        tunnel=tags.get("tunnel", "no") not in {"no", "building_passage"},
        unreadable=tuple(unreadable),
    )


def read_crossing(tags: Tags) -> int:
    """What the tags of a node or of a crossing way say of the crossing; 0 where they say nothing."""
    kind = tags.get("crossing")
    markings = tags.get("crossing:markings")
    found = Crossing(0)
    if tags.get("highway") == "crossing" or _is_crossing(tags):
        found |= Crossing.TAGGED
    if (
        kind in _SIGNALS
        or tags.get("crossing:signals", "no") != "no"
        or tags.get("highway") == "traffic_signals"
    ):
        found |= Crossing.SIGNAL
    if kind in _MARKED or kind in _SIGNALS or (markings is not None and markings != "no"):
        found |= Crossing.MARKED
    elif kind == "unmarked" or markings == "no":
        found |= Crossing.UNMARKED
    if kind == "island" or tags.get("crossing:island", "no") != "no":
        found |= Crossing.ISLAND
    return int(found)


def _is_crossing(tags: Tags) -> bool:
    return tags.get("crossing", "no") != "no"


_SIGNALS = frozenset({"traffic_signals", "pelican", "puffin", "toucan", "pegasus"})
_MARKED = frozenset({"marked", "zebra", "uncontrolled", "tiger"})
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(mph|km/h|kmh)?\s*$")
_MPH = 1.609_344
#: Limits by the law where no sign stands; the OpenStreetMap wiki writes them so ("Default speed limits").
_BY_ZONE = {"walk": 7.0, "living_street": 10.0, "urban": 50.0, "rural": 90.0}


def _speed(value: str | None) -> float | None:
    """Kilometres an hour, 0 where nothing is said, None where what is said cannot be read."""
    if value is None or value in {"none", "signals", "variable"}:
        return 0.0
    zone = value.rpartition(":")[2].strip()
    if zone in _BY_ZONE:
        return _BY_ZONE[zone]
    # Of "30 mph;25 mph", by direction or by part, the faster counts.
    read = [_NUMBER.match(part) for part in value.split(";")]
    speeds = [float(one[1]) * (_MPH if one[2] == "mph" else 1.0) for one in read if one]
    return max(speeds) if len(speeds) == len(read) and max(speeds) <= 200 else None


def _lanes(value: str | None) -> float | None:
    if value is None:
        return 0.0
    read = [_NUMBER.match(part) for part in value.split(";")]
    lanes = [float(one[1]) for one in read if one and not one[2]]
    return max(lanes) if len(lanes) == len(read) and 0 < max(lanes) <= 16 else None


def _pavement(tags: Tags) -> int:
    """`sidewalk=*`, or `sidewalk:both=*`, or `sidewalk:left=*` and `sidewalk:right=*`."""
    whole = tags.get("sidewalk")
    if whole in {"both", "yes"}:
        return Pavement.BOTH
    if whole in {"left", "right"}:
        return Pavement.ONE
    if whole in {"no", "none"}:
        return Pavement.NONE
    if whole == "separate":
        return Pavement.SEPARATE
    both = tags.get("sidewalk:both")
    left, right = tags.get("sidewalk:left", both), tags.get("sidewalk:right", both)
    if left is None and right is None:
        return Pavement.UNKNOWN
    here = [side == "yes" for side in (left, right)]
    if any(here):
        return Pavement.BOTH if all(here) else Pavement.ONE
    return Pavement.SEPARATE if "separate" in (left, right) else Pavement.NONE


def _lit(value: str | None) -> int:
    if value is None:
        return Lit.UNKNOWN
    return Lit.NO if value in {"no", "disused"} else Lit.YES
