"""What stands already, where a form sent twice would make the same again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from schoolward.analysis.geodesy import haversine_m
from schoolward.domains.routes.models import OPEN_BARRIERS, Barrier, Crossing, WalkingBus
from schoolward.domains.routes.queries.barriers import barriers
from schoolward.domains.routes.queries.buses import buses
from schoolward.domains.routes.queries.crossings import crossings
from schoolward.platform.access.viewer import Viewer

SAME_PLACE_M = 100.0
"""Two barriers with the same words lie at the same place where no more meters are between them: positions
are taken by hand, and a long street may lack its sidewalk twice."""

SAME_CROSSING_M = 5.0
"""Two crossings are the same with no more meters between them: the legs of a corner lie farther apart."""


def same_barriers(
    viewer: Viewer, *, campus_id: int, title: str, place: str, longitude: float, latitude: float
) -> list[Barrier]:
    """The open barriers of a site that say the same about the same place, the oldest first."""
    words = _plain(title), _plain(place)
    return [
        one
        for one in barriers(viewer).filter(campus_id=campus_id, state__in=OPEN_BARRIERS).order_by("pk")
        if (_plain(one.title), _plain(one.place)) == words and _away(one, longitude, latitude) <= SAME_PLACE_M
    ]


def crossing_at(viewer: Viewer, *, campus_id: int, longitude: float, latitude: float) -> Crossing | None:
    """The crossing of a site that stands at this point; ``None`` where none does."""
    held = crossings(viewer).filter(campus_id=campus_id).order_by("pk")
    return next((one for one in held if _away(one, longitude, latitude) <= SAME_CROSSING_M), None)


def same_bus(
    viewer: Viewer,
    *,
    campus_id: int,
    name: str,
    weekdays: Collection[int],
    valid_from: date,
    valid_to: date | None,
) -> WalkingBus | None:
    """The bus of a site that has this name and walks on these weekdays in some of this time, or ``None``."""
    last = valid_to or date.max
    return next(
        (
            one
            for one in buses(viewer).filter(campus_id=campus_id).order_by("pk")
            if _plain(one.name) == _plain(name)
            and set(one.weekdays) == set(weekdays)
            and one.valid_from <= last
            and valid_from <= (one.valid_to or date.max)
        ),
        None,
    )


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _away(one: Barrier | Crossing, longitude: float, latitude: float) -> float:
    return float(haversine_m(one.longitude, one.latitude, longitude, latitude))
