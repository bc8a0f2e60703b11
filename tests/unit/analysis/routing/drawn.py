"""Small OpenStreetMap extracts drawn in metres, for tests of routing. Every street in them is invented."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

#: Metres of a degree at 38.5° north, 121.5° west.
EAST_M, NORTH_M = 87_232.8, 111_005.9
WEST, SOUTH = -121.5, 38.5

Point = tuple[float, float]
Tags = dict[str, str]


def position(east: float, north: float) -> tuple[float, float]:
    """Longitude and latitude of a point so many metres east and north of the map's corner."""
    return WEST + east / EAST_M, SOUTH + north / NORTH_M


class Map:
    """Nodes and ways; write it as a file of XML that osmium reads."""

    def __init__(self) -> None:
        self._nodes: dict[Point, int] = {}
        self._node_tags: dict[int, Tags] = {}
        self._ways: list[tuple[list[int], Tags]] = []
        self._relations: list[tuple[list[int], Tags]] = []

    def node(self, east: float, north: float, **tags: str) -> int:
        """The node at a point; one is made where there is none yet."""
        number = self._nodes.setdefault((east, north), 100 + len(self._nodes))
        self._node_tags.setdefault(number, {}).update(_colons(tags))
        return number

    def way(self, *points: Point, **tags: str) -> int:
        """A way through points, and its id; `sidewalk__left` is the tag `sidewalk:left`."""
        self._ways.append(([self.node(*point) for point in points], _colons(tags)))
        return len(self._ways)

    def square(self, *ways: int, **tags: str) -> None:
        """A multipolygon of these ways, the first its outer ring."""
        self._relations.append((list(ways), {"type": "multipolygon"} | _colons(tags)))

    def forget(self, east: float, north: float) -> None:
        """Leave a node out of the file, as an extract that is cut does, and keep the ways that go there."""
        self._node_tags.pop(self._nodes[east, north])

    def write(self, path: Path) -> Path:
        lines = ["<?xml version='1.0'?>", '<osm version="0.6">']
        for (east, north), number in self._nodes.items():
            if number in self._node_tags:
                longitude, latitude = position(east, north)
                lines.append(f'<node id="{number}" version="1" lon="{longitude:.7f}" lat="{latitude:.7f}">')
                lines += _lines(self._node_tags[number])
                lines.append("</node>")
        for number, (nodes, tags) in enumerate(self._ways, start=1):
            lines.append(f'<way id="{number}" version="1">')
            lines += [f'<nd ref="{node}"/>' for node in nodes]
            lines += _lines(tags)
            lines.append("</way>")
        for number, (ways, tags) in enumerate(self._relations, start=1):
            lines.append(f'<relation id="{number}" version="1">')
            roles = ["outer", *["inner"] * len(ways[1:])]
            lines += [
                f'<member type="way" ref="{way}" role="{role}"/>'
                for way, role in zip(ways, roles, strict=True)
            ]
            lines += _lines(tags)
            lines.append("</relation>")
        path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
        return path


def _colons(tags: Tags) -> Tags:
    return {key.replace("__", ":"): value for key, value in tags.items()}


def _lines(tags: Tags) -> list[str]:
    return [f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items()]


def small_town() -> Map:
    """Seven by seven streets, a hundred metres apart; Main Street, busy and wide, is the fourth from south.

    A signal stands at Main and 4th, markings at Main and 2nd. A Avenue lacks sidewalks, a path and steps lead
    north from the corner of G and 4th.
    """
    town = Map()
    lines = [100.0 * line for line in range(7)]
    for number, north in enumerate(lines):
        tags = {"highway": "residential", "name": f"{'ABCDEFG'[number]} Avenue", "sidewalk": "both"}
        if number == 0:
            tags["sidewalk"] = "no"
        if number == 3:
            tags |= {"highway": "secondary", "name": "Main Street", "maxspeed": "35 mph", "lanes": "4"}
        town.way(*((east, north) for east in lines), **tags)
    for number, east in enumerate(lines, 1):
        ending = {1: "st", 2: "nd", 3: "rd"}.get(number, "th")
        town.way(*((east, north) for north in lines), highway="residential", name=f"{number}{ending} Street")
    town.way((300, 600), (300, 660), highway="footway")
    town.way((300, 660), (300, 680), highway="steps")
    town.node(300, 300, highway="crossing", crossing="traffic_signals")
    town.node(100, 300, highway="crossing", crossing="marked")
    return town
