"""What the signs of a map mean: those that are on it, drawn as they are there."""

from __future__ import annotations

from collections.abc import Iterator

from schoolward.analysis.routing.street_tags import Crossing, Pavement
from schoolward.analysis.school_map import strokes, symbols
from schoolward.analysis.school_map.content import MapContent
from schoolward.analysis.school_map.strokes import Look
from schoolward.analysis.school_map.words import MapWords, zone_said

__all__ = ["legend"]

_LINE = [(-14.0, 0.0), (14.0, 0.0)]


def legend(content: MapContent, words: MapWords) -> list[tuple[str, str]]:
    """Pairs of a sign (SVG) and what it means."""
    return [(symbols.icon(drawn), says) for drawn, says in _signs(content, words)]


def _signs(content: MapContent, words: MapWords) -> Iterator[tuple[str, str]]:
    yield symbols.entrance(0, 1.5), words.school
    if content.suggested:
        yield _lines(strokes.suggested([_LINE])), words.suggested
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
        yield _lines(strokes.avoided([_LINE])), words.avoid
    if any(len(one.line) == 1 for one in content.avoided):
        yield symbols.avoided_place(0, 0), words.avoid_place
    looks = {strokes.look_of(one) for one in content.streets}
    sides = {one.pavement for one in content.streets if strokes.look_of(one) in strokes.WIDTH}
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
    roads = (one for one in content.streets if strokes.look_of(one) in (Look.MAIN, Look.COLLECTOR))
    if any(one.speed_kmh for one in roads):
        shown = ("25", words.speed_miles) if content.miles else ("40", words.speed_km)
        yield symbols.badges([(0, 0, shown[0])]), shown[1]
    if content.zone.lines:
        yield _lines(strokes.zone([_LINE], 12)), zone_said(content, words)


def _street(look: Look, pavement: Pavement) -> str:
    return _lines("".join(strokes.street_layers([(look, pavement, _LINE)])))


def _lines(drawn: str) -> str:
    return f'<g fill="none" stroke-linecap="butt" stroke-linejoin="round">{drawn}</g>'
