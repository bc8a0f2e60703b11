"""What a school's map shows, as lists to be read: the map in words, for whoever does not see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from schoolward.analysis.routing.street_tags import FIRST_ROAD, Pavement, Street
from schoolward.analysis.school_map.content import GuardPost, MapContent
from schoolward.analysis.school_map.geojson import helps, limit
from schoolward.analysis.school_map.zoning import Zoning

__all__ = ["Listing", "Stretch", "listing"]


@dataclass(frozen=True)
class Stretch:
    """A street and how much of it is meant; `name` is empty for all that bears no name."""

    name: str
    metres: float
    detail: str = ""


@dataclass(frozen=True)
class Crossed:
    """A place to cross, and what helps there (`signal`, `crosswalk`, `island`)."""

    where: str
    help: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """The map of a walk zone in words; streets are in order of length, crossings of their names."""

    suggested: tuple[Stretch, ...]
    avoid: tuple[Stretch, ...]  # detail says why; 0 metres for a place
    guards: tuple[GuardPost, ...]
    signals: tuple[Crossed, ...]
    crosswalks: tuple[Crossed, ...]
    islands: tuple[Crossed, ...]
    limits: tuple[tuple[str, tuple[int, ...]], ...]  # main streets and their speed limits
    miles: bool  # limits are miles an hour, else kilometres
    without_sidewalk: tuple[Stretch, ...]
    sidewalk_unknown: tuple[Stretch, ...]
    with_sidewalk: tuple[Stretch, ...]


def listing(content: MapContent, zoning: Zoning) -> Listing:
    """The lists of a map's walk zone."""
    streets = [content.streets[at] for at in zoning.inside([one.line for one in content.streets])]
    roads = [one for one in streets if one.street >= Street.RESIDENTIAL]
    crossings = [content.crossings[at] for at in zoning.at([(one.at,) for one in content.crossings])]
    told = sorted(
        {Crossed(one.where, tuple(helps(one.help))) for one in crossings}, key=lambda one: one.where
    )
    limits: dict[str, set[int]] = defaultdict(set)
    for one in streets:
        speed = limit(one, miles=content.miles)
        if speed is not None and one.name and one.street >= Street.TERTIARY:
            limits[one.name].add(speed)

    def of(*pavements: Pavement) -> tuple[Stretch, ...]:
        kept = [one for one in roads if one.pavement in pavements and one.street >= FIRST_ROAD]
        return _summed((one.name, "", zoning.length_m(one.line)) for one in kept)

    return Listing(
        suggested=_summed((one.name, "", zoning.length_m(one.line)) for one in content.suggested),
        avoid=(
            *(Stretch(one.where, 0.0, one.why) for one in content.avoided if len(one.line) == 1),
            *_summed(
                (one.where, one.why, zoning.length_m(one.line))
                for one in content.avoided
                if len(one.line) > 1
            ),
        ),
        guards=content.guards,
        signals=tuple(one for one in told if one.help[0] == "signal"),
        crosswalks=tuple(one for one in told if one.help[0] == "crosswalk"),
        islands=tuple(one for one in told if one.help[0] == "island"),
        limits=tuple((name, tuple(sorted(speeds))) for name, speeds in sorted(limits.items())),
        miles=content.miles,
        without_sidewalk=of(Pavement.NONE),
        sidewalk_unknown=of(Pavement.UNKNOWN),
        with_sidewalk=of(Pavement.BOTH, Pavement.ONE, Pavement.SEPARATE),
    )


def _summed(parts: Iterable[tuple[str, str, float]]) -> tuple[Stretch, ...]:
    metres: dict[tuple[str, str], float] = defaultdict(float)
    for name, detail, length in parts:
        metres[name, detail] += length
    found = [Stretch(name, length, detail) for (name, detail), length in metres.items()]
    return tuple(sorted(found, key=lambda one: (not one.name, -one.metres)))
