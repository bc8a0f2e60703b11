"""The signs of a map as SVG, the same on the sheet and in its legend. All can be told apart in black and
white, by their shape.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

__all__ = [
    "ACCENT", "FAMILY", "INK", "WARNING", "avoided_place", "badge", "crossing", "entrance", "guard", "icon",
    "north", "signal", "smaller",
]  # fmt: skip

INK = "#1b2426"
ACCENT = "#00566a"  # suggested streets: dark in grey too
WARNING = "#a32a16"
FAMILY = "Source Sans Pro, sans-serif"


def signal(x: float, y: float) -> str:
    """A traffic light."""
    lamps = "".join(f'<circle cx="{x:.1f}" cy="{y + dy:.1f}" r="1" fill="#fff"/>' for dy in (-2.5, 0, 2.5))
    return (
        f'<rect x="{x - 2.2:.1f}" y="{y - 4.3:.1f}" width="4.4" height="8.6" rx="1.3" fill="{INK}" '
        f'stroke="#fff" stroke-width="0.6"/>{lamps}'
    )


def crossing(x: float, y: float, *, island: bool) -> str:
    """A crosswalk; with an island a bar lies across it."""
    bars = "".join(
        f'<rect x="{x + dx:.1f}" y="{y - 2.6:.1f}" width="1.1" height="5.2" fill="{INK}"/>'
        for dx in (-2.6, -0.55, 1.5)
    )
    bar = (
        f'<rect x="{x - 3.4:.1f}" y="{y - 0.9:.1f}" width="6.8" height="1.8" rx="0.9" fill="#fff" '
        f'stroke="{INK}" stroke-width="0.5"/>'
        if island
        else ""
    )
    return (
        f'<rect x="{x - 3.6:.1f}" y="{y - 3.4:.1f}" width="7.2" height="6.8" rx="0.8" fill="#fff" '
        f'stroke="{INK}" stroke-width="0.5"/>{bars}{bar}'
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


def badge(x: float, y: float, words: str) -> str:
    """A speed limit, as its sign."""
    return (
        f'<rect x="{x - 4.2:.1f}" y="{y - 4:.1f}" width="8.4" height="8" rx="1" fill="#fff" '
        f'stroke="{INK}" stroke-width="0.7"/>'
        f'<text x="{x:.1f}" y="{y + 2.1:.1f}" font-size="6" font-weight="700" text-anchor="middle" '
        f'fill="{INK}">{escape(words)}</text>'
    )


def north(x: float, y: float) -> str:
    """An arrow to the north, its tip up."""
    return (
        f'<path d="M{x:.1f} {y - 11:.1f}l5 14l-5 -3l-5 3z" fill="{INK}"/>'
        f'<text x="{x:.1f}" y="{y + 12:.1f}" font-size="9" font-weight="700" text-anchor="middle" '
        f'fill="{INK}">N</text>'
    )


def smaller(drawn: str, x: float, y: float, times: float) -> str:
    """A sign drawn at 0, 0 put elsewhere, and smaller."""
    return f'<g transform="translate({x:.1f} {y:.1f}) scale({times:g})">{drawn}</g>'


def icon(drawn: str, *, width: float = 30, height: float = 16) -> str:
    """A sign by itself, for the legend: a picture with its middle at 0, 0."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="{-width / 2:g} {-height / 2:g} {width:g} {height:g}" font-family="{FAMILY}">{drawn}</svg>'
    )
