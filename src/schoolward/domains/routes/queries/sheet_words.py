"""The words of a school's sheet and map, as the reader's language has them."""

from __future__ import annotations

from django.utils.dates import MONTHS
from django.utils.translation import get_language, gettext, override

from schoolward.analysis.school_map.words import MapWords

__all__ = ["sheet_words"]


_OWN = "Map of {day}"
_FALLBACK = "en-us"


def sheet_words() -> MapWords:
    """Every word of the sheet in the language that is spoken now; in English where the sheet is not
    translated, its months too."""
    language = get_language() or _FALLBACK
    if not language.startswith("en") and gettext(_OWN) == _OWN:
        language = _FALLBACK
    with override(language):
        return _spoken()


def _spoken() -> MapWords:
    language, _, region = (get_language() or _FALLBACK).lower().partition("-")
    return MapWords(
        language=language,
        region=region or "us",
        months=tuple(str(MONTHS[month]) for month in range(1, 13)),
        title=gettext("Walking to {school}"),
        as_of=gettext("Map of {day}"),
        day=gettext("{month} {day}, {year}"),
        invented=gettext("Invented"),
        map_alt=gettext(
            "Map of the streets around {school}. It shows {suggested} suggested streets, {signals} "
            "crossings with a traffic signal, {marked} other marked crossings and {guards} crossing "
            "guards. The lists below the map say the same in words."
        ),
        legend=gettext("What the signs mean"),
        school=gettext("School entrance"),
        suggested=gettext("Suggested way to school"),
        avoid=gettext("Keep away: walk another way"),
        avoid_place=gettext("Keep away: a barrier, or somebody was badly hurt"),
        guard=gettext("Crossing guard (see the list)"),
        signal=gettext("Traffic signal"),
        crossing=gettext("Marked crosswalk"),
        island=gettext("Crosswalk with a safety island"),
        speed_miles=gettext("Speed limit, miles an hour"),
        speed_km=gettext("Speed limit, km/h"),
        main=gettext("Main road"),
        collector=gettext("Busy street"),
        present=gettext("Street with a sidewalk"),
        missing=gettext("Street without a sidewalk"),
        unknown=gettext("Sidewalk: not known"),
        path=gettext("Path without cars"),
        steps=gettext("Steps"),
        zone=gettext("Within {minutes} minutes\N{RIGHT SINGLE QUOTATION MARK} walk"),
        zone_stated=gettext("Walk zone: {far} or less on foot"),
        cross_at=gettext("Cross busy streets here"),
        guards=gettext("Crossing guards"),
        guard_line=gettext("{where} · {hours}"),
        keep_away=gettext("Keep away from"),
        keep_away_line=gettext("{where}: {why}"),
        near=gettext("Near {where}"),
        passed=gettext("{why}; the suggested way passes here, take care"),
        signal_at=gettext("{where}: at the signal"),
        crosswalk_at=gettext("{where}: at the crosswalk"),
        none_known=gettext("No signal or crosswalk is known on the suggested streets. Ask the school."),
        rules=gettext("On the way"),
        rule_sidewalk=gettext("Use the sidewalk. Where there is none, walk facing the cars."),
        rule_corner=gettext("Cross at corners, signals and crosswalks, never between parked cars."),
        rule_look=gettext("Stop at the curb. Look left, right and left again. Wait until cars have stopped."),
        rule_guard=gettext("Do what the crossing guard says."),
        rule_together=gettext("Walk with others, and try the way together before the first day."),
        disclaimer=gettext(
            "For parents: this map suggests ways; it does not promise that they are safe. Streets, "
            "signals and guards change, and no map knows them all. Walk the way with your child, look "
            "for yourself, and choose. You are responsible for your child"
            "\N{RIGHT SINGLE QUOTATION MARK}s way to school."
        ),
        feet=gettext("ft"),
        mile=gettext("mi"),
        metre=gettext("m"),
        kilometre=gettext("km"),
        fast_without=gettext("fast traffic and no sidewalk"),
        fast=gettext("fast traffic"),
    )
