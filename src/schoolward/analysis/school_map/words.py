"""What the sheet of a school says in words, and the words themselves, which a translation may replace.

The list is the map for those who cannot see it, and what a parent takes along: where to cross, where a guard
stands, what to keep away from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from schoolward.analysis.routing.ground import metres_a_degree
from schoolward.analysis.routing.street_tags import Crossing, Street
from schoolward.analysis.school_map.content import MapContent, MapCrossing
from schoolward.analysis.school_map.labels import short

__all__ = ["Advice", "MapWords", "advise", "described", "on_the_way", "speed_shown", "zone_said"]

_ON_THE_WAY_M = 25.0  # a crossing so near to a suggested street is on it
_HELPS = Crossing.SIGNAL | Crossing.MARKED
_NAMED = 8
_MPH = 1.609_344
_MILE_M = 1_609.344


@dataclass(frozen=True)
class MapWords:
    """Every word of the sheet; fields in braces are filled in."""

    language: str = "en"
    region: str = "us"
    title: str = "Walking to {school}"
    as_of: str = "Map of {day}"
    day: str = "{month} {day}, {year}"
    months: tuple[str, ...] = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    )  # fmt: skip
    invented: str = "Invented"
    map_alt: str = (
        "Map of the streets around {school}. It shows {suggested} suggested streets, {signals} crossings "
        "with a traffic signal, {marked} other marked crossings and {guards} crossing guards. The lists "
        "below the map say the same in words."
    )
    legend: str = "What the signs mean"
    school: str = "School entrance"
    suggested: str = "Suggested way to school"
    avoid: str = "Keep away: walk another way"
    avoid_place: str = "Keep away: a barrier, or somebody was badly hurt"
    guard: str = "Crossing guard (see the list)"
    signal: str = "Traffic signal"
    crossing: str = "Marked crosswalk"
    island: str = "Crosswalk with a safety island"
    speed_miles: str = "Speed limit, miles an hour"
    speed_km: str = "Speed limit, km/h"
    main: str = "Main road"
    collector: str = "Busy street"
    present: str = "Street with a sidewalk"
    missing: str = "Street without a sidewalk"
    unknown: str = "Sidewalk: not known"
    path: str = "Path without cars"
    steps: str = "Steps"
    zone: str = "Within {minutes} minutes\N{RIGHT SINGLE QUOTATION MARK} walk"
    zone_stated: str = "Walk zone: {far} or less on foot"
    cross_at: str = "Cross busy streets here"
    guards: str = "Crossing guards"
    guard_line: str = "{where} · {hours}"
    keep_away: str = "Keep away from"
    keep_away_line: str = "{where}: {why}"
    near: str = "Near {where}"
    passed: str = "{why}; the suggested way passes here, take care"
    signal_at: str = "{where}: at the signal"
    crosswalk_at: str = "{where}: at the crosswalk"
    none_known: str = "No signal or crosswalk is known on the suggested streets. Ask the school."
    rules: str = "On the way"
    rule_sidewalk: str = "Use the sidewalk. Where there is none, walk facing the cars."
    rule_corner: str = "Cross at corners, signals and crosswalks, never between parked cars."
    rule_look: str = "Stop at the curb. Look left, right and left again. Wait until cars have stopped."
    rule_guard: str = "Do what the crossing guard says."
    rule_together: str = "Walk with others, and try the way together before the first day."
    disclaimer: str = (
        "For parents: this map suggests ways; it does not promise that they are safe. Streets, signals and "
        "guards change, and no map knows them all. Walk the way with your child, look for yourself, and "
        "choose. You are responsible for your child\N{RIGHT SINGLE QUOTATION MARK}s way to school."
    )
    feet: str = "ft"
    mile: str = "mi"
    metre: str = "m"
    kilometre: str = "km"
    fast_without: str = "fast traffic and no sidewalk"
    fast: str = "fast traffic"


@dataclass(frozen=True)
class Advice:
    """The lists beside the map, each line ready to be read."""

    cross_at: tuple[str, ...]
    guards: tuple[str, ...]
    keep_away: tuple[str, ...]
    rules: tuple[str, ...]


def advise(content: MapContent, words: MapWords) -> Advice:
    """Put a map's content into words."""
    near = sorted(
        on_the_way(content),
        key=lambda one: (one[0].across < Street.TERTIARY, not one[0].help & Crossing.SIGNAL, one[1]),
    )
    cross_at = _once(
        (words.signal_at if one.help & Crossing.SIGNAL else words.crosswalk_at).format(where=short(one.where))
        for one, _ in near
    )
    guards = tuple(
        words.guard_line.format(where=short(one.where), hours=one.hours) if one.hours else one.where
        for one in content.guards
    )
    keep_away = _once(
        words.keep_away_line.format(where=short(one.where), why=one.why) if one.why else one.where
        for one in content.avoided
        if one.where
    )
    rules = [words.rule_sidewalk, words.rule_corner, words.rule_look]
    if guards:
        rules.append(words.rule_guard)
    return Advice(cross_at[:_NAMED], guards, keep_away[:_NAMED], (*rules, words.rule_together))


def described(content: MapContent, words: MapWords) -> str:
    """The map in a sentence, for who cannot see it."""
    signals = sum(bool(one.help & Crossing.SIGNAL) for one in content.crossings)
    return words.map_alt.format(
        school=content.school,
        suggested=len({one.name for one in content.suggested if one.name}),
        signals=signals,
        marked=len(content.crossings) - signals,
        guards=len(content.guards),
    )


def zone_said(content: MapContent, words: MapWords) -> str:
    """How far the walk zone reaches: as the distance that is stated, else as a walk."""
    stated_m = content.zone.stated_m
    if stated_m is None:
        return words.zone.format(minutes=f"{content.zone.minutes:g}")
    unit, word = (_MILE_M, words.mile) if content.miles else (1000.0, words.kilometre)
    return words.zone_stated.format(far=f"{round(stated_m / unit, 2):g} {word}")


def speed_shown(content: MapContent, speed_kmh: float) -> str:
    """A speed limit as its sign has it."""
    return f"{speed_kmh / _MPH:.0f}" if content.miles else f"{speed_kmh:.0f}"


def _once(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))


def on_the_way(content: MapContent) -> list[tuple[MapCrossing, float]]:
    """Crossings with a name on a suggested street, and how many metres each is from the school."""
    named = [one for one in content.crossings if one.where and one.help & _HELPS]
    walked = [position for street in content.suggested for position in street.line]
    if not named or not walked:
        return []
    east_m, north_m = metres_a_degree(content.entrances[0].at[1])
    scale = np.array([float(east_m), float(north_m)])
    at = np.array([one.at for one in named]) * scale
    entrances = np.array([one.at for one in content.entrances]) * scale
    to_street, _ = cKDTree(np.array(walked) * scale).query(at)
    to_school, _ = cKDTree(entrances).query(at)
    return [
        (one, away)
        for one, beside, away in zip(named, to_street.tolist(), to_school.tolist(), strict=True)
        if beside <= _ON_THE_WAY_M
    ]
