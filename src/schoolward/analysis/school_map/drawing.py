"""The map itself, as SVG: streets, walk zone, suggested ways, signs, names, a scale bar, an arrow north."""

from __future__ import annotations

import math

import numpy as np

from schoolward.analysis.routing.street_tags import Crossing
from schoolward.analysis.school_map import strokes, symbols
from schoolward.analysis.school_map.content import MapContent
from schoolward.analysis.school_map.framing import WIDTH, Frame, Point, frame_of
from schoolward.analysis.school_map.labels import Free, Label, Named, label_streets, printable, width_of
from schoolward.analysis.school_map.paper import OnPaper
from schoolward.analysis.school_map.stretching import Stretches, stretches
from schoolward.analysis.school_map.strokes import Look
from schoolward.analysis.school_map.symbols import FAMILY, INK
from schoolward.analysis.school_map.words import MapWords, on_the_way, speed_shown

__all__ = ["HEIGHT", "draw"]

HEIGHT = 500.0
"""Points of a map by itself, as wide as a sheet has it."""

_ZONE_M = 90.0  # how broad the walk zone's band is along each street
_ZONE_FINEST = 0.04  # of the band's breadth: its edge is moved by half of that at most
_NAME_SIZE = 9.5
_SMALL = 0.62  # signs beside the suggested ways
_LIMIT_APART = 130.0
_RANKS = {Look.MAIN: 50, Look.COLLECTOR: 40, Look.LOCAL: 20, Look.PATH: 10, Look.SERVICE: 5}
_SIZES = {Look.MAIN: 7.5, Look.COLLECTOR: 7.0, Look.LOCAL: 6.0, Look.PATH: 5.5, Look.SERVICE: 5.5}
_LIMITED = [strokes.LOOKS.index(look) for look in (Look.MAIN, Look.COLLECTOR)]
_FEET, _MILE = 0.3048, 1609.344


def draw(
    content: MapContent, *, width: float = WIDTH, height: float = HEIGHT, words: MapWords | None = None
) -> str:
    """Draw a school's map as an SVG of so many points, which can stand by itself.

    The same content gives the same text.
    """
    words = words or MapWords()
    frame = frame_of(content, width, height)
    free = Free(frame)
    streets = stretches(content.streets, frame)
    suggested = OnPaper.of_lines([one.line for one in content.suggested], frame)
    avoided = OnPaper.of_lines([one.line for one in content.avoided if len(one.line) > 1], frame)
    ground, tint = _zone(content, frame)
    lines = [
        ground,
        *strokes.street_layers(streets.laid, streets.looks, streets.rows.pavement),
        tint,
        *([strokes.avoided(avoided)] if len(avoided.sizes) else ()),
        *([strokes.suggested(suggested)] if len(suggested.sizes) else ()),
    ]
    margin = _furniture(content, frame, free, words)
    guards = _guards(content, frame, free)
    school = _school_name(content, frame, free)
    signs = _signs(content, frame, free)
    free.take_dots(suggested.sampled(3.0))
    limits = _limits(content, streets, frame, free)
    names = label_streets(_named(content, streets), frame, free)
    entrances = "".join(symbols.entrance(*frame.at(one.at)) for one in content.entrances)
    labels = "".join(label.svg() for label in names)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{FAMILY}">'
        f'<clipPath id="sheet"><rect width="{width:g}" height="{height:g}"/></clipPath>'
        f'<g clip-path="url(#sheet)"><rect width="{width:g}" height="{height:g}" fill="#fff"/>'
        f'<g fill="none" stroke-linecap="round" stroke-linejoin="round">{"".join(lines)}</g>'
        f'<path d="{"".join(label.ground() for label in names)}" fill="#fff" fill-opacity="0.8"/>'
        f'<g text-anchor="middle" fill="{INK}">{labels}</g>'
        f"{signs}{limits}{school}{guards}{entrances}{margin}</g>"
        f'<rect x="0.5" y="0.5" width="{width - 1:g}" height="{height - 1:g}" fill="none" '
        f'stroke="{INK}"/></svg>'
    )


def _zone(content: MapContent, frame: Frame) -> tuple[str, str]:
    """The ground of the walk zone, whose edge is as rough as a pen of its width, and its streets' tint."""
    width = _ZONE_M * frame.points_a_metre
    laid = OnPaper.of_lines(content.zone.lines, frame).touching(frame)
    joined = laid.joined(np.zeros(len(laid.sizes), np.int64))
    return strokes.zone(joined.simplified(width * _ZONE_FINEST), width)


def _guards(content: MapContent, frame: Frame, free: Free) -> str:
    """Guards, and places to be careful at, where they are; entrances keep theirs."""
    drawn = []
    for one in content.entrances:
        free.take(*frame.at(one.at), 8)
    for number, post in enumerate(content.guards, 1):
        free.take(*frame.at(post.at), 6.5)
        drawn.append(symbols.guard(*frame.at(post.at), str(number)))
    for place in content.avoided:
        if len(place.line) == 1:
            free.take(*frame.at(place.line[0]), 6)
            drawn.append(symbols.avoided_place(*frame.at(place.line[0])))
    return "".join(drawn)


def _signs(content: MapContent, frame: Frame, free: Free) -> str:
    """Those signals and crossings that find a place."""
    # Signs that matter for a suggested way find their places first; the others are small.
    on_way = {id(one) for one, _ in on_the_way(content)}
    placed = [(id(one) in on_way, int(one.help), frame.at(one.at)) for one in content.crossings]
    ranked = [one for one in placed if frame.holds(one[2], inset=6)]
    ranked.sort(key=lambda one: (not one[0], not one[1] & Crossing.SIGNAL.value))
    found: dict[tuple[bool, bool, bool], list[Point]] = {}
    for is_large, helps, at in ranked:
        if not free.has(*at, 2.5):
            continue
        free.take(*at, 4.5 * (1.0 if is_large else _SMALL))
        is_signal, has_island = bool(helps & Crossing.SIGNAL.value), bool(helps & Crossing.ISLAND.value)
        found.setdefault((is_large, is_signal, has_island and not is_signal), []).append(at)
    drawn = []
    for (is_large, is_signal, has_island), places in found.items():
        times = 1.0 if is_large else _SMALL
        scaled = [(x / times, y / times) for x, y in places]
        signs = symbols.signals(scaled) if is_signal else symbols.crossings(scaled, island=has_island)
        drawn.append(signs if is_large else symbols.smaller(signs, times))
    return "".join(drawn)


def _named(content: MapContent, streets: Stretches) -> list[Named]:
    """The streets whose names may be written; those that are suggested come first."""
    named = np.array([bool(name) for name in streets.rows.names], np.bool_)
    looks = [look in _SIZES for look in strokes.LOOKS]
    of = streets.taken(np.flatnonzero(np.array(looks)[streets.looks] & named[streets.rows.name]))
    walked = {one.name for one in content.suggested}
    found = []
    for name, look, line in zip(of.names(), of.looks.tolist(), of.laid.lines(), strict=True):
        look, is_walked = strokes.LOOKS[look], name in walked
        above = strokes.WIDTH.get(look, 1.0) / 2 + 1.2 + (0.6 if is_walked else 0.0)
        found.append(Named(name, line, _RANKS[look] + (25 if is_walked else 0), _SIZES[look], above))
    return found


def _limits(content: MapContent, streets: Stretches, frame: Frame, free: Free) -> str:
    """Speed limits on main and busy streets, each again after a while."""
    placed: dict[tuple[str, str], list[Point]] = {}
    drawn: list[tuple[float, float, str]] = []
    of = streets.taken(np.flatnonzero(np.isin(streets.looks, _LIMITED) & (streets.rows.speed_kmh > 0)))
    names, shown = of.names(), [speed_shown(content, speed) for speed in of.rows.speed_kmh.tolist()]
    for x, y, _, _, number in of.laid.sampled(24.0).tolist():
        if not frame.holds((x, y), inset=8) or not free.has(x, y, 4):
            continue
        says = shown[int(number)]
        near = placed.setdefault((names[int(number)], says), [])
        if any(math.hypot(x - a, y - b) < _LIMIT_APART for a, b in near):
            continue
        free.take(x, y, 4.5)
        near.append((x, y))
        drawn.append((x, y, says))
    return symbols.badges(drawn)


def _school_name(content: MapContent, frame: Frame, free: Free) -> str:
    """The school's name: below its entrance, or above or beside it where guards stand below."""
    if not printable(content.school):
        return ""
    x, y = frame.at(content.entrances[0].at)
    wide = width_of(content.school, _NAME_SIZE) * 1.04 + 4
    tries = ((x, y + 18), (x, y - 17), (x + wide / 2 + 9, y + 4), (x - wide / 2 - 9, y + 4))
    foot = next((foot for foot in tries if free.take_box(*foot, 1.0, 0.0, wide, 9)), None)
    if foot is None:
        foot = min(max(x, wide / 2), frame.width - wide / 2), y + 18
    label = Label(content.school, *foot, 0.0, _NAME_SIZE, strong=True)
    return (
        f'<g text-anchor="middle" fill="{INK}" stroke="#fff" stroke-width="3" stroke-linejoin="round" '
        f'paint-order="stroke">{label.svg()}</g>'
    )


def _furniture(content: MapContent, frame: Frame, free: Free, words: MapWords) -> str:
    """The scale bar at the lower left, and the arrow at the upper right."""
    metres, said = _scale(content, frame, words)
    long = metres * frame.points_a_metre
    left, low = 12.0, frame.height - 12.0
    box = max(long, width_of(said, 8)) + 14
    free.take_box(left - 6 + box / 2, frame.height - 3, 1.0, 0.0, box, 28)
    free.take_box(frame.width - 16, 34, 1.0, 0.0, 22, 30)
    return (
        f'<rect x="{left - 7:g}" y="{low - 18:g}" width="{box:.1f}" height="25" rx="2" fill="#fff" '
        f'fill-opacity="0.9"/>'
        f'<path d="M{left:g} {low - 4:.1f}v4h{long:.1f}v-4" fill="none" stroke="{INK}" stroke-width="1.2"/>'
        f'<text x="{left:g}" y="{low - 7:.1f}" font-size="8" fill="{INK}">{said}</text>'
        f'<rect x="{frame.width - 28:g}" y="5" width="23" height="31" rx="2" fill="#fff" fill-opacity="0.9"/>'
        f"{symbols.north(frame.width - 16.5, 19)}"
    )


def _scale(content: MapContent, frame: Frame, words: MapWords) -> tuple[float, str]:
    """A round length of at most a fifth of the width: in metres, and as it is said."""
    most = frame.width / 5 / frame.points_a_metre
    if content.miles:
        steps = [(feet * _FEET, f"{feet:,} {words.feet}") for feet in (100, 200, 300, 500, 1000)]
        steps += [
            (part * _MILE, f"{said} {words.mile}") for part, said in ((0.25, "¼"), (0.5, "½"), (1, "1"))
        ]
    else:
        steps = [(metres, f"{metres} {words.metre}") for metres in (25, 50, 100, 200, 300, 500)]
        steps += [(1000, f"1 {words.kilometre}")]
    return max((step for step in steps if step[0] <= most), default=steps[0])
