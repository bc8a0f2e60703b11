"""The demonstration's incidents: generated, and marked so on every page; and whose police serve a site."""

from __future__ import annotations

from datetime import date, timedelta

from schoolward.analysis.geodesy import haversine_m
from schoolward.domains.incidents.actions.generating import generate
from schoolward.domains.incidents.reference_points import grid_centroids
from schoolward.domains.places import queries as places
from schoolward.domains.places.actions import change_campus
from schoolward.platform.demo.registry import SeedContext, seed

FIRST_DAY = date(2010, 7, 1)
CITY_WITHIN_M = 450.0
"""Half a cell of the police's grid and a little: the site lies in a cell that they file reports for."""
COUNTY_BEYOND_M = 1200.0
"""More than a whole cell away from any that they file reports for."""


@seed(25, "incidents")
def incidents(context: SeedContext) -> str:
    """Generate incidents from the school year 2010-11 up to the eve of the demonstration's day."""
    yesterday = context.today - timedelta(days=1)  # the demonstration stands at a morning
    made = generate(first=FIRST_DAY, last=yesterday, seed=context.random_seed, by=context.by, at=context.at)
    return f"{made:,} generated from counts of real ones"


@seed(26, "police jurisdictions")
def jurisdictions(context: SeedContext) -> str:
    """Infer whose police serve a site from how near it lies to the city police's grid, and say so there.

    The directory of schools does not say. Between the two distances it stays unknown.
    """
    longitudes, latitudes = zip(*grid_centroids().values(), strict=True)
    found = {"city": 0, "county": 0}
    for campus in places.campuses().filter(jurisdiction="unknown", longitude__isnull=False):
        assert campus.longitude is not None  # noqa: S101 - filtered above
        assert campus.latitude is not None  # noqa: S101
        nearest = float(haversine_m(campus.longitude, campus.latitude, longitudes, latitudes).min())
        if CITY_WITHIN_M < nearest < COUNTY_BEYOND_M:
            continue
        jurisdiction = "city" if nearest <= CITY_WITHIN_M else "county"
        change_campus(
            campus=campus,
            name=campus.name,
            address=campus.address,
            zip_code=campus.zip_code,
            jurisdiction=jurisdiction,
            longitude=campus.longitude,
            latitude=campus.latitude,
            notes=" ".join(filter(None, (campus.notes, _INFERRED))),
            by=context.by,
            at=context.at,
        )
        found[jurisdiction] += 1
    return (
        f"{found['city']} sites with the city's, {found['county']} with the county's, inferred and marked so"
    )


_INFERRED = "For the demonstration, the police jurisdiction is inferred from the city police's grid."
