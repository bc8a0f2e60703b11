"""How streets, suggested ways and what is to be avoided are drawn: a few paths a map, each of one style."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from schoolward.analysis.routing.street_tags import FIRST_ROAD, Pavement, Street
from schoolward.analysis.school_map.content import MapStreet
from schoolward.analysis.school_map.framing import Point
from schoolward.analysis.school_map.symbols import ACCENT, INK, WARNING

__all__ = ["WIDTH", "Look", "avoided", "look_of", "sample", "street_layers", "suggested", "zone"]


class Look(StrEnum):
    """The kinds of street that a reader is to tell apart."""

    MAIN = "main"
    COLLECTOR = "collector"
    LOCAL = "local"
    SERVICE = "service"
    SIDEWALK = "sidewalk"
    PATH = "path"
    STEPS = "steps"


@dataclass(frozen=True)
class Side:
    """How the edge of a street is drawn, by what is known of its sidewalk."""

    colour: str
    width: float
    dash: str = ""


WIDTH = {Look.MAIN: 5.2, Look.COLLECTOR: 3.8, Look.LOCAL: 2.3}
"""Points between the edges of a street."""

SIDES = {
    "present": Side("#20282a", 0.75),
    "missing": Side("#20282a", 0.75, "2.2 2.2"),
    "unknown": Side("#9aa3a6", 0.5),
}
_SIDE_OF = {
    Pavement.BOTH: "present",
    Pavement.ONE: "present",
    Pavement.SEPARATE: "present",
    Pavement.NONE: "missing",
    Pavement.UNKNOWN: "unknown",
}
_PATHS = {
    Look.SERVICE: 'stroke="#b4bbbd" stroke-width="0.7"',
    Look.SIDEWALK: 'stroke="#8b9497" stroke-width="0.4"',
    Look.PATH: 'stroke="#3c484b" stroke-width="0.9" stroke-dasharray="0.1 2" stroke-linecap="round"',
    Look.STEPS: f'stroke="{INK}" stroke-width="2.2" stroke-dasharray="0.6 0.9" stroke-linecap="butt"',
}


def look_of(street: MapStreet) -> Look:
    """What a piece of street is drawn as."""
    return Look.SIDEWALK if street.is_sidewalk else _LOOKS[street.street]


def _look(street: Street) -> Look:
    if street < FIRST_ROAD:
        return Look.STEPS if street is Street.STEPS else Look.PATH
    if street is Street.SERVICE:
        return Look.SERVICE
    if street >= Street.SECONDARY:
        return Look.MAIN
    return Look.COLLECTOR if street is Street.TERTIARY else Look.LOCAL


_LOOKS = {street: _look(street) for street in Street}


def _path_of(lines: Iterable[Sequence[Point]]) -> str:
    """The `d` of a path through lines, to a tenth of a point; points that fall together are drawn once."""
    parts = []
    for line in lines:
        x0, y0 = line[0]
        before = f"{x0:.1f} {y0:.1f}"
        said = [f"M{before}"]
        for x, y in line[1:]:
            here = f"{x:.1f} {y:.1f}"
            if here != before:
                said.append(f"L{here}")
                before = here
        if len(said) > 1:
            parts.append("".join(said))
    return "".join(parts)


def street_layers(streets: Iterable[tuple[Look, Pavement, Sequence[Point]]]) -> list[str]:
    """Streets as paths: sidewalks and paths, then the edges of all streets, then what lies between them."""
    grouped: dict[tuple[Look, str], list[Sequence[Point]]] = {}
    for look, pavement, line in streets:
        side = _SIDE_OF[pavement] if look in WIDTH else ""
        grouped.setdefault((look, side), []).append(line)
    paths = {key: _path_of(lines) for key, lines in grouped.items()}
    drawn = [
        f'<path d="{d}" {_PATHS[look]}/>'
        for look in (Look.SERVICE, Look.SIDEWALK)
        for (of, _), d in paths.items()
        if of is look
    ]
    # What is known less well lies below, so that a clear edge is not covered by a faint one.
    for name in ("unknown", "missing", "present"):
        edge = SIDES[name]
        dash = f' stroke-dasharray="{edge.dash}" stroke-linecap="butt"' if edge.dash else ""
        for look in (Look.LOCAL, Look.COLLECTOR, Look.MAIN):
            if (look, name) in paths:
                d, width = paths[look, name], WIDTH[look] + 2 * edge.width
                if dash:  # gaps show the ground, not the street beneath
                    drawn.append(_stroke(d, "#ffffff", width))
                drawn.append(_stroke(d, edge.colour, width, dash))
    for look in (Look.LOCAL, Look.COLLECTOR, Look.MAIN):
        d = "".join(path for (of, _), path in paths.items() if of is look)
        if d:
            drawn.append(_stroke(d, "#d3d9da" if look is Look.MAIN else "#ffffff", WIDTH[look]))
    drawn += [
        f'<path d="{d}" {_PATHS[look]}/>'
        for look in (Look.PATH, Look.STEPS)
        for (of, _), d in paths.items()
        if of is look
    ]
    return drawn


def _stroke(d: str, colour: str, width: float, more: str = "") -> str:
    return f'<path d="{d}" stroke="{colour}" stroke-width="{width:.2f}"{more}/>'


def zone(lines: Iterable[Sequence[Point]], width: float) -> str:
    """The ground of the walk zone: a broad pale band along its streets."""
    return _stroke(_path_of(lines), "#e9eeee", width)


def suggested(lines: Sequence[Sequence[Point]]) -> str:
    """Suggested streets: a strong line in a white one, with arrows towards the school."""
    d = _path_of(lines)
    return (
        _stroke(d, "#ffffff", 4.6)
        + _stroke(d, ACCENT, 3.0)
        + f'<path d="{_chevrons(lines)}" stroke="#ffffff" stroke-width="0.9"/>'
    )


def _chevrons(lines: Iterable[Sequence[Point]], *, every: float = 26.0) -> str:
    """Small arrow heads along lines, in their direction."""
    heads = []
    for line in lines:
        for x, y, dx, dy in sample(line, every):
            # Back from the tip to either side of the line.
            back_x, back_y, out_x, out_y = x - 1.5 * dx, y - 1.5 * dy, 1.1 * dy, 1.1 * dx
            heads.append(
                f"M{back_x - out_x:.1f} {back_y + out_y:.1f}L{x:.1f} {y:.1f}"
                f"L{back_x + out_x:.1f} {back_y - out_y:.1f}"
            )
    return "".join(heads)


def avoided(lines: Sequence[Sequence[Point]]) -> str:
    """Streets to keep away from: a row of bars across."""
    d = _path_of(lines)
    return (
        _stroke(d, "#ffffff", 6.4)
        + _stroke(d, WARNING, 6.0, ' stroke-dasharray="1.3 2.5" stroke-linecap="butt"')
        + _stroke(d, WARNING, 1.0)
    )


def sample(line: Sequence[Point], every: float) -> list[tuple[float, float, float, float]]:
    """Places along a line, half a step from its beginning and then step by step: x, y and the direction.

    A line shorter than a step has one place, in its middle, if it is at least a third as long.
    """
    pieces = []
    total = 0.0
    for (x0, y0), (x1, y1) in itertools.pairwise(line):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        if length:
            pieces.append((total, length, x0, y0, (x1 - x0) / length, (y1 - y0) / length))
            total += length
    if total < every / 3:
        return []
    wanted = [total / 2] if total < every else [every * (step + 0.5) for step in range(int(total // every))]
    found, number = [], 0
    for at in wanted:
        while number + 1 < len(pieces) and pieces[number + 1][0] <= at:
            number += 1
        begins, _, x, y, dx, dy = pieces[number]
        found.append((x + (at - begins) * dx, y + (at - begins) * dy, dx, dy))
    return found
