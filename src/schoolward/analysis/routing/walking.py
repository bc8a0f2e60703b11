"""Which ways of an extract a walker may take, and which nodes stop one.

The rules are those on which the public walking engines agree (the foot profile of OSRM, the pedestrian
costing of Valhalla) and which the OpenStreetMap wiki states under "OSM tags for routing/Access restrictions".
What is left out is counted by its reason, never dropped in silence.
"""

from __future__ import annotations

from enum import StrEnum

from schoolward.analysis.routing.extract import Tags


class Walk(StrEnum):
    """Whether a way may be walked; where not, why not."""

    OPEN = "open to walkers"
    CLOSED = "closed to walkers (foot or access tag)"
    FAST = "motorway, trunk road or busway without a mention of walkers"
    UNBUILT = "proposed, under construction or gone"
    FERRY = "ferry"
    OTHER = "no street or path for walking"


#: Ways that are open unless a tag closes them.
OPEN_HIGHWAYS = frozenset(
    {
        "crossing",
        "footway",
        "living_street",
        "path",
        "pedestrian",
        "platform",
        "primary",
        "primary_link",
        "residential",
        "road",
        "secondary",
        "secondary_link",
        "service",
        "steps",
        "tertiary",
        "tertiary_link",
        "track",
        "unclassified",
    }
)
#: Ways that are closed unless a tag opens them.
MENTIONED_HIGHWAYS = frozenset(
    {"bridleway", "busway", "cycleway", "motorway", "motorway_link", "trunk", "trunk_link"}
)
UNBUILT_HIGHWAYS = frozenset(
    {"abandoned", "construction", "demolished", "disused", "no", "planned", "proposed", "razed", "removed"}
)
_OPENING = frozenset({"customers", "designated", "destination", "official", "permissive", "yes"})
_CLOSING = frozenset({"agricultural", "delivery", "forestry", "military", "no", "private", "use_sidepath"})
_SIDEWALK = frozenset({"both", "left", "right", "yes"})
_BESIDE = ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right")


def walk(tags: Tags) -> Walk:
    """Whether walkers may take a way with these tags. `foot` outweighs `access`; both outweigh the class."""
    highway = tags.get("highway")
    if highway in UNBUILT_HIGHWAYS:
        return Walk.UNBUILT
    if highway is None:
        platform = tags.get("railway") == "platform" or tags.get("public_transport") == "platform"
        if not platform and tags.get("man_made") != "pier":
            return Walk.FERRY if tags.get("route") == "ferry" else Walk.OTHER
    elif highway not in OPEN_HIGHWAYS and highway not in MENTIONED_HIGHWAYS:
        return Walk.OTHER
    foot = tags.get("foot")
    if foot in _OPENING:
        return Walk.OPEN
    if foot in _CLOSING or tags.get("access") in _CLOSING:
        return Walk.CLOSED
    if highway in MENTIONED_HIGHWAYS or tags.get("motorroad") == "yes":
        beside = any(tags.get(key) in _SIDEWALK for key in _BESIDE)
        return Walk.OPEN if beside else Walk.FAST
    return Walk.OPEN


#: Barriers that one cannot walk through. Gates, bollards, stiles, kerbs and the like have a way through.
_SOLID = frozenset(
    {
        "city_wall",
        "ditch",
        "fence",
        "guard_rail",
        "hedge",
        "jersey_barrier",
        "retaining_wall",
        "wall",
    }
)


def stops(tags: Tags) -> bool:
    """Whether a node with these tags stops a walker: a locked or private gate, or a wall across the way."""
    barrier = tags.get("barrier")
    if barrier is None:
        return False
    foot = tags.get("foot")
    if foot in _OPENING:
        return False
    if foot in _CLOSING or tags.get("access") in _CLOSING:
        return True
    return tags.get("locked") == "yes" or barrier in _SOLID
