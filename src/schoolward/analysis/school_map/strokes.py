"""How streets, suggested ways and what is to be avoided are drawn: a few paths a map, each of one style."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.street_tags import FIRST_ROAD, Pavement, Street
from schoolward.analysis.school_map.paper import OnPaper
from schoolward.analysis.school_map.street_rows import StreetRows
from schoolward.analysis.school_map.symbols import ACCENT, INK, WARNING

__all__ = [
    "LOOKS", "WIDTH", "Look", "avoided", "has_sides", "looks_of", "street_layers", "suggested", "zone",
]  # fmt: skip


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


def _look(street: Street) -> Look:
    if street < FIRST_ROAD:
        return Look.STEPS if street is Street.STEPS else Look.PATH
    if street is Street.SERVICE:
        return Look.SERVICE
    if street >= Street.SECONDARY:
        return Look.MAIN
    return Look.COLLECTOR if street is Street.TERTIARY else Look.LOCAL


LOOKS = tuple(Look)
_OF_STREET = np.zeros(256, np.int64)
for _street in Street:
    _OF_STREET[_street] = LOOKS.index(_look(_street))
_SIDE_NAMES = tuple(SIDES)
_OF_PAVEMENT = np.zeros(256, np.int64)
for _pavement, _side in _SIDE_OF.items():
    _OF_PAVEMENT[_pavement] = _SIDE_NAMES.index(_side)
_HAS_SIDES = np.array([look in WIDTH for look in LOOKS])


def looks_of(streets: StreetRows) -> NDArray[np.int64]:
    """What each piece of street is drawn as: places in LOOKS."""
    return np.where(streets.is_sidewalk, LOOKS.index(Look.SIDEWALK), _OF_STREET[streets.street])


def has_sides(looks: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the looks (places in LOOKS) have two edges, which tell of sidewalks."""
    return np.asarray(_HAS_SIDES[looks])


def street_layers(laid: OnPaper, looks: NDArray[np.int64], pavement: NDArray[np.uint8]) -> list[str]:
    """Streets as paths: sidewalks and paths, then the edges of all streets, then what lies between them."""
    key = looks * len(SIDES) + np.where(has_sides(looks), _OF_PAVEMENT[pavement], 0)
    paths = {}
    for kind in np.unique(key).tolist():
        look, side = divmod(kind, len(SIDES))
        paths[LOOKS[look], _SIDE_NAMES[side]] = laid.taken(np.flatnonzero(key == kind)).path()
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


def zone(lines: OnPaper, width: float) -> tuple[str, str]:
    """The walk zone: a broad pale band along its streets, for below them; and their tint, for above, as
    streets leave little ground to be seen where a zone is large."""
    d = lines.path()
    return _stroke(d, "#e2ebe9", width), _stroke(d, "#a6cabf", 1.4)


def suggested(lines: OnPaper) -> str:
    """Suggested streets: a strong line in a white one, with arrows towards the school."""
    d = lines.path()
    return (
        _stroke(d, "#ffffff", 4.6)
        + _stroke(d, ACCENT, 3.0)
        + f'<path d="{_chevrons(lines)}" stroke="#ffffff" stroke-width="0.9"/>'
    )


def _chevrons(lines: OnPaper, *, every: float = 26.0) -> str:
    """Small arrow heads along lines, in their direction."""
    x, y, dx, dy, _ = lines.sampled(every).T
    # Back from the tip to either side of the line.
    back_x, back_y, out_x, out_y = x - 1.5 * dx, y - 1.5 * dy, 1.1 * dy, 1.1 * dx
    return OnPaper(
        np.column_stack((back_x - out_x, x, back_x + out_x)).ravel(),
        np.column_stack((back_y + out_y, y, back_y - out_y)).ravel(),
        np.full(len(x), 3),
        np.arange(len(x)),
    ).path()


def avoided(lines: OnPaper) -> str:
    """Streets to keep away from: a row of bars across."""
    d = lines.path()
    return (
        _stroke(d, "#ffffff", 6.4)
        + _stroke(d, WARNING, 6.0, ' stroke-dasharray="1.3 2.5" stroke-linecap="butt"')
        + _stroke(d, WARNING, 1.0)
    )
