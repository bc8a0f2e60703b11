"""The signs of a map as SVG, the same on the sheet and in its legend. All can be told apart in black and
white, by their shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

__all__ = [
    "ACCENT", "FAMILY", "INK", "WARNING", "avoided_place", "badges", "crossings", "entrance", "guard", "icon",
    "north", "signals", "smaller",
]  # fmt: skip

INK = "#1b2426"
ACCENT = "#00566a"  # suggested streets: dark in grey too
WARNING = "#a32a16"
FAMILY = "Source Sans Pro, sans-serif"

Place = tuple[float, float]
"""Points to the right and down: the middle of a sign."""


def signals(places: Iterable[Place]) -> str:
    """Traffic lights; those of a map are two strokes of the pen, however many they are."""
    at = list(places)
    boxes = "".join(_box(x - 2.2, y - 4.3, 4.4, 8.6, 1.3) for x, y in at)
    lamps = "".join(_disc(x, y + dy, 1.0) for x, y in at for dy in (-2.5, 0, 2.5))
    return f'<path d="{boxes}" fill="{INK}" stroke="#fff" stroke-width="0.6"/><path d="{lamps}" fill="#fff"/>'


def crossings(places: Iterable[Place], *, island: bool) -> str:
    """Crosswalks; with an island a bar lies across each."""
    at = list(places)
    grounds = "".join(_box(x - 3.6, y - 3.4, 7.2, 6.8, 0.8) for x, y in at)
    bars = "".join(f"M{x + dx:.2f} {y - 2.6:.2f}h1.1v5.2h-1.1z" for x, y in at for dx in (-2.6, -0.55, 1.5))
    drawn = f'{_white(grounds, 0.5)}<path d="{bars}" fill="{INK}"/>'
    return drawn + (
        _white("".join(_box(x - 3.4, y - 0.9, 6.8, 1.8, 0.9) for x, y in at), 0.5) if island else ""
    )


def guard(x: float, y: float, number: str) -> str:
    """A crossing guard's paddle: an octagon with the guard's number."""
    near, far = 2.7, 6.5
    right = ((near, -far), (far, -near), (far, near), (near, far))
    corners = (*right, *((-dx, dy) for dx, dy in reversed(right)))
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return (
        f'<polygon points="{points}" fill="{INK}" stroke="#fff" stroke-width="1"/>'
        f'<text x="{x:.1f}" y="{y + 2.8:.1f}" font-size="8" font-weight="700" text-anchor="middle" '
        f'fill="#fff">{escape(number)}</text>'
    )


def entrance(x: float, y: float) -> str:
    """A schoolhouse with a flag."""
    return (
        f'<path d="M{x - 7:.1f} {y + 6:.1f}v-7l7-5.5l7 5.5v7z" fill="{INK}" stroke="#fff" '
        f'stroke-width="1.1"/>'
        f'<path d="M{x:.1f} {y - 6.5:.1f}v-6.2h5v3.4h-5" fill="{INK}" stroke="{INK}" stroke-width="0.9"/>'
        f'<rect x="{x - 1.5:.1f}" y="{y + 1.2:.1f}" width="3" height="4.8" fill="#fff"/>'
        f'<rect x="{x - 4.9:.1f}" y="{y:.1f}" width="2" height="2" fill="#fff"/>'
        f'<rect x="{x + 2.9:.1f}" y="{y:.1f}" width="2" height="2" fill="#fff"/>'
    )


def avoided_place(x: float, y: float) -> str:
    """A warning triangle."""
    return (
        f'<path d="M{x:.1f} {y - 6:.1f}l6.4 11h-12.8z" fill="#fff" stroke="{WARNING}" stroke-width="1.5" '
        f'stroke-linejoin="round"/>'
        f'<path d="M{x:.1f} {y - 2.2:.1f}v3.6" stroke="{WARNING}" stroke-width="1.4"/>'
        f'<circle cx="{x:.1f}" cy="{y + 3:.1f}" r="0.8" fill="{WARNING}"/>'
    )


def badges(places: Iterable[tuple[float, float, str]]) -> str:
    """Speed limits, as their signs: where, and what is on each."""
    at = list(places)
    words = "".join(f'<text x="{x:.1f}" y="{y + 2.1:.1f}">{escape(said)}</text>' for x, y, said in at)
    boxes = "".join(_box(x - 4.2, y - 4, 8.4, 8, 1) for x, y, _ in at)
    return (
        f'{_white(boxes, 0.7)}<g font-size="6" font-weight="700" text-anchor="middle" '
        f'fill="{INK}">{words}</g>'
    )


def north(x: float, y: float) -> str:
    """An arrow to the north, its tip up."""
    return (
        f'<path d="M{x:.1f} {y - 11:.1f}l5 14l-5 -3l-5 3z" fill="{INK}"/>'
        f'<text x="{x:.1f}" y="{y + 12:.1f}" font-size="9" font-weight="700" text-anchor="middle" '
        f'fill="{INK}">N</text>'
    )


def smaller(drawn: str, times: float) -> str:
    """Signs drawn smaller, about the origin."""
    return f'<g transform="scale({times:g})">{drawn}</g>'


def icon(drawn: str, *, width: float = 30, height: float = 16) -> str:
    """A sign by itself, for the legend: a picture with its middle at 0, 0."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="{-width / 2:g} {-height / 2:g} {width:g} {height:g}" font-family="{FAMILY}">{drawn}</svg>'
    )


def _box(x: float, y: float, width: float, height: float, radius: float) -> str:
    """A box with round corners, from its upper left, as a part of a path."""
    turn = f"a{radius:g} {radius:g} 0 0 1 "
    across, down = f"{width - 2 * radius:.2f}", f"{height - 2 * radius:.2f}"
    return (
        f"M{x + radius:.2f} {y:.2f}h{across}{turn}{radius:g} {radius:g}v{down}{turn}-{radius:g} {radius:g}"
        f"h-{across}{turn}-{radius:g} -{radius:g}v-{down}{turn}{radius:g} -{radius:g}z"
    )


def _disc(x: float, y: float, radius: float) -> str:
    across = 2 * radius
    arc = f"a{radius:g} {radius:g} 0 1 0 "
    return f"M{x - radius:.2f} {y:.2f}{arc}{across:g} 0{arc}-{across:g} 0z"


def _white(d: str, stroke: float) -> str:
    return f'<path d="{d}" fill="#fff" stroke="{INK}" stroke-width="{stroke:g}"/>'
