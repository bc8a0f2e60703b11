"""Streets over the demonstration's sites, drawn by chance and the same each time. None of them is there.

A map as OpenStreetMap writes them, so that it is read by the very program that reads a real one: main streets
every mile or so, collectors between them, quiet streets between those; sidewalks missing here and there, some
crossings with a signal, markings or an island, and some of which the map says nothing.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np

from schoolward.analysis.routing.ground import metres_a_degree

BLOCK_M = 160.0
AROUND_M = 1_500.0
"""So far around a site there are streets."""
MAIN_EVERY, COLLECTOR_EVERY = 8, 4
_JITTER_M = 14.0
_MISSING = 0.12  # of the blocks of quiet streets

Corner = tuple[int, int]
Tags = dict[str, str]


@dataclass
class _Drawing:
    """Lines of XML: nodes first, then ways, as a file that is read in one pass must have them."""

    nodes: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)

    def node(self, number: int, longitude: float, latitude: float, tags: Tags) -> None:
        told = f'<node id="{number}" version="1" lon="{longitude:.7f}" lat="{latitude:.7f}"'
        self.nodes.append(f"{told}>{_xml(tags)}</node>" if tags else f"{told}/>")

    def way(self, nodes: Sequence[int], tags: Tags) -> None:
        refs = "".join(f'<nd ref="{node}"/>' for node in nodes)
        self.ways.append(f'<way id="{len(self.ways) + 1}" version="1">{refs}{_xml(tags)}</way>')


def _xml(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items())


def draw_streets(file: Path, sites: Sequence[tuple[float, float]], *, seed: int) -> None:
    """Write a map of invented streets around sites (longitude and latitude) as OpenStreetMap XML."""
    chance = np.random.default_rng(seed)
    places = np.array(sites)
    west, south = places.min(axis=0)
    east_m, north_m = (float(one) for one in metres_a_degree(float(places[:, 1].mean())))
    metres = (places - (west, south)) * (east_m, north_m)
    columns, rows = (math.ceil((float(most) + 2 * AROUND_M) / BLOCK_M) + 1 for most in metres.max(axis=0))
    across, up = np.meshgrid(np.arange(columns), np.arange(rows))
    points = np.stack((across, up), axis=-1) * BLOCK_M - AROUND_M
    points += chance.uniform(-_JITTER_M, _JITTER_M, points.shape)
    near = np.zeros((rows, columns), dtype=np.bool_)
    for site in metres:
        near |= np.hypot(*(points - site).transpose(2, 0, 1)) <= AROUND_M
    drawing = _Drawing()
    used: set[Corner] = set()
    extra = rows * columns
    for line, corners in _lines(rows, columns):
        kind = _kind(line)
        for first, second in itertools.pairwise(corners):
            if not (near[first] and near[second]):
                continue
            if kind == "residential" and chance.random() < _MISSING:
                continue
            used |= {first, second}
            extra += 1
            middle = (points[first] + points[second]) / 2
            drawing.node(extra, west + middle[0] / east_m, south + middle[1] / north_m, {})
            ends = [1 + row * columns + column for row, column in (first, second)]
            drawing.way([ends[0], extra, ends[1]], _street(line, kind, chance))
    for row, column in sorted(used):
        point = points[row, column]
        drawing.node(
            1 + row * columns + column,
            west + point[0] / east_m,
            south + point[1] / north_m,
            _corner(_kind(("column", column)), _kind(("row", row)), chance),
        )
    lines = ["<?xml version='1.0'?>", '<osm version="0.6">', *drawing.nodes, *drawing.ways, "</osm>"]
    file.write_text("\n".join(lines), encoding="utf-8")


def _lines(rows: int, columns: int) -> Iterator[tuple[tuple[str, int], list[Corner]]]:
    """Every street with its corners: along a row, then along a column."""
    for row in range(rows):
        yield ("row", row), [(row, column) for column in range(columns)]
    for column in range(columns):
        yield ("column", column), [(row, column) for row in range(rows)]


def _kind(line: tuple[str, int]) -> str:
    _along, number = line
    if number % MAIN_EVERY == 0:
        return "secondary"
    return "tertiary" if number % COLLECTOR_EVERY == 0 else "residential"


def _street(line: tuple[str, int], kind: str, chance: np.random.Generator) -> Tags:
    """The tags of a block. What is left out is assumed by the stress model, as on a real map."""
    along, number = line
    name = f"Invented {'Avenue' if along == 'row' else 'Street'} {number + 1}"
    tags = {"highway": kind, "name": name}
    luck = chance.random()
    missing, silent = {"secondary": (0.06, 0.1), "tertiary": (0.18, 0.3), "residential": (0.15, 0.55)}[kind]
    if luck >= silent:
        tags["sidewalk"] = "no" if luck < silent + missing else ("both" if luck < 0.9 else "left")
    if kind == "secondary":
        tags |= {"maxspeed": "40 mph", "lanes": "4", "lit": "yes"}
    elif kind == "tertiary":
        tags |= {"maxspeed": "30 mph", "lanes": "2"}
    elif luck > 0.7:
        tags["maxspeed"] = "25 mph"
    return tags


def _corner(one: str, other: str, chance: np.random.Generator) -> Tags:
    """What helps across at a corner of two kinds of streets."""
    kinds = {one, other}
    luck = chance.random()
    if kinds == {"secondary"} or (kinds == {"secondary", "tertiary"} and luck < 0.75):
        return {"highway": "traffic_signals", "crossing": "traffic_signals"}
    if "secondary" in kinds and luck < 0.12:
        return {"highway": "crossing", "crossing": "traffic_signals"}
    if "secondary" in kinds and luck < 0.25:
        return {"highway": "crossing", "crossing": "island", "crossing:island": "yes"}
    if "tertiary" in kinds and luck < 0.4:
        return {"highway": "crossing", "crossing": "marked"}
    if "tertiary" in kinds and luck < 0.5:
        return {"highway": "crossing"}
    return {}
