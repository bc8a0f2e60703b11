"""Where the items of a walk along the streets were judged, by whichever way that came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schoolward.domains.assessments.filled_forms import form_of_filling, session_of
from schoolward.domains.assessments.models import Filling, Walk
from schoolward.domains.assessments.queries import photos_by_item
from schoolward.domains.assessments.walk_journals import WalkJournal
from schoolward.protocols.xforms.session.functions.geography import parse_point

DIGITS = 6
"""Digits of a degree that are kept: about a tenth of a metre."""


def positions_of(journal: WalkJournal) -> dict[str, list[float]]:
    """By the code of an item: longitude and latitude in degrees; nothing for a walk over a site's ground.

    What stands in the journal last counts before a filled form's answer, and that before the place of a
    photograph.
    """
    walk = journal.walk
    if not walk.is_of_the_way:
        return {}
    found: dict[str, list[float]] = {}
    for code, text in (*_filled(walk), *_journaled(journal)):
        point = parse_point(text)
        if point is not None:
            latitude, longitude = point
            found[code] = [round(longitude, DIGITS), round(latitude, DIGITS)]
    for code, photographed in _photographed(walk):
        found.setdefault(code, photographed)
    return found


def _journaled(journal: WalkJournal) -> Iterator[tuple[str, str]]:
    for path, entries in journal.standing.items():
        place = journal.form.places.get(path)
        if place is not None and place.part == "place" and entries:
            last = max(entries, key=lambda one: one.moment)
            yield place.code, last.said.get("value", "")


def _filled(walk: Walk) -> Iterable[tuple[str, str]]:
    filling = Filling.objects.select_related("walk", "file").filter(walk=walk).first()
    if filling is None:
        return []
    session, places = session_of(filling), form_of_filling(filling).places
    return [(place.code, session.find(path).value) for path, place in places.items() if place.part == "place"]


def _photographed(walk: Walk) -> Iterator[tuple[str, list[float]]]:
    codes = dict(walk.photos.values_list("item_id", "item__code"))
    for item_id, photos in photos_by_item([walk.pk]).items():
        for photo in photos:
            if photo.longitude is not None and photo.latitude is not None:
                yield codes[item_id], [round(photo.longitude, DIGITS), round(photo.latitude, DIGITS)]
                break
