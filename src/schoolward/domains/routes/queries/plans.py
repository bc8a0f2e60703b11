"""Plans of schools: the newest of each site, its streets and its fixes."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery, Sum

from schoolward.domains.routes.models import PlannedFix, SchoolPlan, Season, WalkedStreet
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

# Of one year spring comes before fall; their values stand in the opposite order of the alphabet.
NEWEST_FIRST = ("-year", "season")


def plans(viewer: Viewer) -> QuerySet[SchoolPlan]:
    """The plans that the viewer may see, with site and network."""
    return visible(SchoolPlan.objects.select_related("campus", "network"), viewer)


def newest_plans(viewer: Viewer) -> QuerySet[SchoolPlan]:
    """The newest plan of each site that the viewer may see, by the site's name."""
    newest = SchoolPlan.objects.filter(campus=OuterRef("campus")).order_by(*NEWEST_FIRST).values("pk")[:1]
    return plans(viewer).filter(pk=Subquery(newest)).order_by("campus__name", "pk")


def plan_of(viewer: Viewer, key: str) -> SchoolPlan | None:
    """The newest plan of the site with this key."""
    return newest_plans(viewer).filter(campus__slug=key).first()


def streets(plan: SchoolPlan) -> QuerySet[WalkedStreet]:
    """The streets of a plan, those that most pupils walk first and those without a number last."""
    return WalkedStreet.objects.filter(plan=plan).order_by(F("pupils").desc(nulls_last=True), "pk")


def fixes(plan: SchoolPlan) -> QuerySet[PlannedFix]:
    """The fixes of a plan, the one that frees most pupils first."""
    return PlannedFix.objects.filter(plan=plan).select_related("barrier").order_by("rank")


def fix_by_pk(viewer: Viewer, pk: str) -> PlannedFix | None:
    """A fix that the viewer may see; None for a number that is none."""
    if not pk.isdecimal() or len(pk) > 18:
        return None
    return visible(PlannedFix.objects.select_related("plan"), viewer).filter(pk=int(pk)).first()


def season_name(plan: SchoolPlan) -> str:
    """The half-year of a plan in words: Fall 2026."""
    return f"{Season(plan.season).label} {plan.year}"


def with_best_fix(rows: QuerySet[SchoolPlan]) -> QuerySet[Any]:
    """Plans with `best_what`, `best_where` and `best_frees` of the fix that frees most pupils."""
    best = PlannedFix.objects.filter(plan=OuterRef("pk"), frees__isnull=False).order_by("rank")
    return rows.annotate(
        best_what=Subquery(best.values("countermeasure")[:1]),
        best_where=Subquery(best.values("where")[:1]),
        best_frees=Subquery(best.values("frees")[:1]),
    )


def busiest_streets(rows: QuerySet[WalkedStreet]) -> list[dict[str, Any]]:
    """Streets by name: how many pupils walk its busiest block, how long what is shown of it is in all."""
    named = rows.exclude(name="").order_by().values("name")
    found = named.annotate(most=Max("pupils"), metres=Sum("length_m"), worst=Max("factor"))
    return [dict(row) for row in found.order_by("-most", "name")]


def streets_geojson(plan: SchoolPlan) -> dict[str, Any]:
    """The streets of a plan as GeoJSON (RFC 7946): lines with their pupils as shown, and their stress."""
    return {
        "type": "FeatureCollection",
        "attribution": plan.network.attribution,
        "features": [
            {
                "type": "Feature",
                "id": row.pk,
                "geometry": {"type": "LineString", "coordinates": row.line},
                "properties": {
                    "name": row.name,
                    "site": plan.campus.slug,
                    "half_year": f"{plan.year}-{plan.season}",
                    "pupils": row.pupils,
                    "length_m": row.length_m,
                    "stress_factor": row.factor,
                    "crossing_m": row.crossing_m,
                    "invented": plan.invented,
                },
            }
            for row in streets(plan)
        ],
    }
