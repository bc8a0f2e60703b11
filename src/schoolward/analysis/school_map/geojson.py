"""A school's map as GeoJSON (RFC 7946): what the screen draws, and what a city's engineer takes into a map.

docs/reference/school-map.md describes every property. Values are codes, and names as the map has them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from schoolward.analysis.routing.street_tags import FIRST_ROAD, Crossing
from schoolward.analysis.school_map.content import Line, MapContent, MapStreet, Position
from schoolward.analysis.school_map.zoning import Zoning

__all__ = ["HELP", "school_map_geojson"]

DIGITS = 6  # of a degree: a tenth of a metre
_MPH = 1.609_344
HELP = {Crossing.SIGNAL: "signal", Crossing.MARKED: "crosswalk", Crossing.ISLAND: "island"}
"""What helps across a road, the most first."""


def school_map_geojson(content: MapContent, zoning: Zoning) -> dict[str, Any]:
    """The map as a FeatureCollection; `layer` says of each feature what it is."""
    lines = [one.line for one in content.streets]
    inside = set(zoning.inside(lines).tolist())
    # Pieces that are alike are one feature: a fifth of the file, and a street is found by its name.
    alike: dict[tuple[Any, ...], list[Line]] = defaultdict(list)
    for at in zoning.shown(lines).tolist():
        told = _street(content.streets[at], in_zone=at in inside, miles=content.miles)
        alike[tuple(told.items())].append(lines[at])
    streets = [_lines(dict(told), parts) for told, parts in alike.items()]
    crossings = [content.crossings[at] for at in zoning.shown([(one.at,) for one in content.crossings])]
    features = [
        *streets,
        *(_line({"layer": "suggested", "name": one.name}, one.line) for one in content.suggested),
        *(
            _line({"layer": "avoid", "name": one.where, "why": one.why}, one.line)
            for one in content.avoided
            if len(one.line) > 1
        ),
        *(
            _point({"layer": _sign(one.help), "name": one.where, "help": helps(one.help)}, one.at)
            for one in crossings
        ),
        *(
            _point({"layer": "hazard", "name": one.where, "why": one.why}, one.line[0])
            for one in content.avoided
            if len(one.line) == 1
        ),
        *(
            _point({"layer": "guard", "name": one.where, "hours": one.hours}, one.at)
            for one in content.guards
        ),
        *(
            _point({"layer": "entrance", "name": one.name or content.school}, one.at)
            for one in content.entrances
        ),
    ]
    return {
        "type": "FeatureCollection",
        "school": content.school,
        "as_of": content.day.isoformat(),
        "zone_minutes": content.zone.minutes,
        "zone_m": content.zone.stated_m,
        "attribution": content.attribution,
        "invented": content.invented,
        "features": [
            {"type": "Feature", "id": number} | told for number, told in enumerate(features, start=1)
        ],
    }


def helps(help_: Crossing) -> list[str]:
    """What helps across a road, as words of the file."""
    return [word for flag, word in HELP.items() if help_ & flag]


def limit(street: MapStreet, *, miles: bool) -> int | None:
    """The posted speed limit as its sign has it, where one is known: miles or kilometres an hour."""
    return round(street.speed_kmh / (_MPH if miles else 1)) if street.speed_kmh else None


def _street(street: MapStreet, *, in_zone: bool, miles: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "layer": "street",
        "name": street.name,
        "class": street.street.name.lower(),
        "rank": int(street.street),
        "stress": round(street.factor, 2),
        "in_zone": in_zone,
    }
    if street.street >= FIRST_ROAD:
        told["sidewalk"] = street.pavement.name.lower()
        if (speed := limit(street, miles=miles)) is not None:
            told["speed_mph" if miles else "speed_kmh"] = speed
    return told


def _sign(help_: Crossing) -> str:
    """What stands for a crossing on the map: the most that helps there."""
    return next(word for flag, word in HELP.items() if help_ & flag)


def _lines(properties: dict[str, Any], lines: Iterable[Line]) -> dict[str, Any]:
    degrees = [[_degrees(at) for at in line] for line in lines]
    return {"properties": properties, "geometry": {"type": "MultiLineString", "coordinates": degrees}}


def _line(properties: dict[str, Any], line: Line) -> dict[str, Any]:
    degrees = [_degrees(at) for at in line]
    return {"properties": properties, "geometry": {"type": "LineString", "coordinates": degrees}}


def _point(properties: dict[str, Any], at: Position) -> dict[str, Any]:
    return {"properties": properties, "geometry": {"type": "Point", "coordinates": _degrees(at)}}


def _degrees(at: Position) -> list[float]:
    return [round(at[0], DIGITS), round(at[1], DIGITS)]
