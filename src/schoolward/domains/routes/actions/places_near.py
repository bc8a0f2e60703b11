"""Whether a place can lie on the way to a school: a slip in its coordinates is told at once.

A barrier in Paris makes no street harder and stands on no map of the city: it would be lost without a word.
"""

from __future__ import annotations

from math import inf

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from schoolward.analysis.geodesy import haversine_m
from schoolward.domains.places.queries import campus_by_pk, campuses
from schoolward.domains.routes.actions.recording import RouteRefused, on_earth

MILE_M = 1609.344
FARTHEST_MILES = 5
"""A place on the way to a school lies within so many miles of it, as the crow flies: nobody walks farther."""

FARTHEST_M = FARTHEST_MILES * MILE_M


def on_the_way(longitude: float, latitude: float, *, campus_id: int) -> None:
    """Raise :class:`RouteRefused` for a place farther than :data:`FARTHEST_MILES` from its site, or from
    every site of the district where the site has no place of its own."""
    on_earth(longitude, latitude)
    refusal = why_not_on_the_way(longitude, latitude, campus_id=campus_id)
    if refusal is not None:
        raise refusal


def why_not_on_the_way(longitude: float, latitude: float, *, campus_id: int) -> RouteRefused | None:
    """The refusal of a place that is too far away, with the distance and the likely mend; else ``None``."""
    site = campus_by_pk(campus_id)
    if site is None or site.longitude is None or site.latitude is None:
        name, away = _nearest(longitude, latitude)
    else:
        name, away = site.name, float(haversine_m(site.longitude, site.latitude, longitude, latitude))
    if not name or away <= FARTHEST_M:
        return None
    words = _("This place is %(miles)s miles from %(site)s; it may be at most %(most)d miles away.") % {
        "miles": number_format(away / MILE_M, 0, force_grouping=True),
        "site": name,
        "most": FARTHEST_MILES,
    }
    return RouteRefused(f"{words} {_mend(longitude, latitude)}", field="longitude")


def _mend(longitude: float, latitude: float) -> str:
    """What was likely meant: another site, or numbers that lead to some site of the district."""
    name, away = _nearest(longitude, latitude)
    if away <= FARTHEST_M:
        return _("It is near %(site)s: is that the site?") % {"site": name}
    for lon, lat, words in (
        (-longitude, latitude, _("Is the longitude without its minus?")),
        (latitude, longitude, _("Are latitude and longitude exchanged?")),
        (-latitude, longitude, _("Are latitude and longitude exchanged, without the minus?")),
        (longitude, -latitude, _("Is the sign of the latitude wrong?")),
    ):
        if _nearest(lon, lat)[1] <= FARTHEST_M:
            return words
    return _("Check latitude and longitude.")


def _nearest(longitude: float, latitude: float) -> tuple[str, float]:
    """The name of the nearest site that has a place, and its distance in meters; no name where none has."""
    placed = list(campuses().filter(longitude__isnull=False).values_list("name", "longitude", "latitude"))
    if not placed:
        return "", inf
    names, lon, lat = zip(*placed, strict=True)
    away = haversine_m(lon, lat, longitude, latitude)
    first = int(away.argmin())
    return str(names[first]), float(away[first])
