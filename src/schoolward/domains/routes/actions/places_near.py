"""Whether a place can lie on the way to a school: a slip in its coordinates is told at once.

A barrier in Paris makes no street harder and stands on no map of the city: it would be lost without a word.
"""

from __future__ import annotations

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from schoolward.analysis.geodesy import haversine_m
from schoolward.domains.places.queries import campus_by_pk, campuses
from schoolward.domains.routes.actions.recording import RouteRefused, on_earth

MILE_M = 1609.344
FARTHEST_MILES = 5
"""A place on the way to a school lies within so many miles of it, as the crow flies: nobody walks farther."""


def on_the_way(longitude: float, latitude: float, *, campus_id: int) -> None:
    """Raise :class:`RouteRefused` for a place farther than :data:`FARTHEST_MILES` from its site, or from
    every site of the district where the site has no place of its own."""
    on_earth(longitude, latitude)
    refusal = why_not_on_the_way(longitude, latitude, campus_id=campus_id)
    if refusal is not None:
        raise refusal


def why_not_on_the_way(longitude: float, latitude: float, *, campus_id: int) -> RouteRefused | None:
    """The refusal of a place that is too far away, with the distance and the likely mend; else ``None``."""
    site, points = _sites(campus_id)
    away = _nearest_m(points, longitude, latitude)
    if away is None or away <= FARTHEST_MILES * MILE_M:
        return None
    told = {"miles": number_format(away / MILE_M, 0, force_grouping=True), "most": FARTHEST_MILES}
    if site:
        words = _("This place is %(miles)s miles from %(site)s; it may be at most %(most)d miles away.")
        told["site"] = site
    else:
        words = _("This place is %(miles)s miles from the nearest site; it may be at most %(most)d away.")
    mend, field = _mend(points, longitude, latitude)
    return RouteRefused(f"{words % told} {mend}", field=field)


def _mend(points: list[tuple[float, float]], longitude: float, latitude: float) -> tuple[str, str]:
    """What was likely meant, and the field that it is about."""
    for lon, lat, words, field in (
        (-longitude, latitude, _("Is the longitude without its minus?"), "longitude"),
        (latitude, longitude, _("Are latitude and longitude exchanged?"), "longitude"),
        (-latitude, longitude, _("Are latitude and longitude exchanged, without the minus?"), "longitude"),
        (longitude, -latitude, _("Is the sign of the latitude wrong?"), "latitude"),
    ):
        away = _nearest_m(points, lon, lat)
        if away is not None and away <= FARTHEST_MILES * MILE_M:
            return words, field
    return _("Check latitude and longitude."), "longitude"


def _sites(campus_id: int) -> tuple[str, list[tuple[float, float]]]:
    """The site's name and place; no name, and every place of the district, where it has none."""
    site = campus_by_pk(campus_id)
    if site is not None and site.longitude is not None and site.latitude is not None:
        return site.name, [(site.longitude, site.latitude)]
    rows = campuses().values_list("longitude", "latitude")
    return "", [(lon, lat) for lon, lat in rows if lon is not None and lat is not None]


def _nearest_m(points: list[tuple[float, float]], longitude: float, latitude: float) -> float | None:
    """The distance to the nearest of the points (longitude, latitude) in meters; ``None`` where none is."""
    if not points:
        return None
    lon, lat = np.array(points, dtype=np.float64).T
    return float(haversine_m(lon, lat, longitude, latitude).min())
