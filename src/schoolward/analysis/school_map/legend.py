"""What the signs of a map mean: those that are on it, drawn as they are there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from schoolward.analysis.routing.street_tags import Crossing, Pavement
from schoolward.analysis.school_map import strokes, symbols
from schoolward.analysis.school_map.content import MapContent
from schoolward.analysis.school_map.paper import OnPaper
from schoolward.analysis.school_map.street_rows import StreetRows
from schoolward.analysis.school_map.strokes import Look
from schoolward.analysis.school_map.words import MapWords, zone_said

__all__ = ["legend"]

_LINE = OnPaper.of_points([((-14.0, 0.0), (14.0, 0.0))])
_ROADS = [strokes.LOOKS.index(look) for look in (Look.MAIN, Look.COLLECTOR)]


def legend(content: MapContent, words: MapWords) -> list[tuple[str, str]]:
    """Pairs of a sign (SVG) and what it means."""
    return [(symbols.icon(drawn), says) for drawn, says in _signs(content, words)]


def _signs(content: MapContent, words: MapWords) -> Iterator[tuple[str, str]]:
    yield symbols.entrance(0, 1.5), words.school
    if content.suggested:
        yield _lines(strokes.suggested(_LINE)), words.suggested
    if any(one.help & Crossing.SIGNAL for one in content.crossings):
        yield symbols.signals([(0, 0)]), words.signal
    islands = {
        bool(one.help & Crossing.ISLAND) for one in content.crossings if not one.help & Crossing.SIGNAL
    }
    if False in islands:
        yield symbols.crossings([(0, 0)], island=False), words.crossing
    if True in islands:
        yield symbols.crossings([(0, 0)], island=True), words.island
    if content.guards:
        yield symbols.guard(0, 0, "1"), words.guard
    if any(len(one.line) > 1 for one in content.avoided):
        yield _lines(strokes.avoided(_LINE)), words.avoid
    if any(len(one.line) == 1 for one in content.avoided):
        yield symbols.avoided_place(0, 0), words.avoid_place
    streets = StreetRows.of(content.streets)
    drawn_as = strokes.looks_of(streets)
    looks = {strokes.LOOKS[look] for look in np.unique(drawn_as).tolist()}
    sides = {Pavement(side) for side in np.unique(streets.pavement[strokes.has_sides(drawn_as)]).tolist()}
    if Look.MAIN in looks:
        yield _street(Look.MAIN, Pavement.BOTH), words.main
    if sides & {Pavement.BOTH, Pavement.ONE, Pavement.SEPARATE}:
        yield _street(Look.LOCAL, Pavement.BOTH), words.present
    if Pavement.NONE in sides:
        yield _street(Look.LOCAL, Pavement.NONE), words.missing
    if Pavement.UNKNOWN in sides:
        yield _street(Look.LOCAL, Pavement.UNKNOWN), words.unknown
    if Look.PATH in looks:
        yield _street(Look.PATH, Pavement.UNKNOWN), words.path
    if Look.STEPS in looks:
        yield _street(Look.STEPS, Pavement.UNKNOWN), words.steps
    if np.any(streets.speed_kmh[np.isin(drawn_as, _ROADS)] > 0):
        shown = ("25", words.speed_miles) if content.miles else ("40", words.speed_km)
        yield symbols.badges([(0, 0, shown[0])]), shown[1]
    if content.zone.lines:
        yield _lines("".join(strokes.zone(_LINE, 12))), zone_said(content, words)


@cache
def _street(look: Look, pavement: Pavement) -> str:
    looks, sides = np.array([strokes.LOOKS.index(look)]), np.array([pavement], np.uint8)
    return _lines("".join(strokes.street_layers(_LINE, looks, sides)))


def _lines(drawn: str) -> str:
    return f'<g fill="none" stroke-linecap="butt" stroke-linejoin="round">{drawn}</g>'
