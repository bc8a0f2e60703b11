"""Plans of schools: the newest of each site, its streets and its fixes."""

from __future__ import annotations

from django.db.models import F, OuterRef, QuerySet, Subquery

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


def season_name(plan: SchoolPlan) -> str:
    """The half-year of a plan in words: Fall 2026."""
    return f"{Season(plan.season).label} {plan.year}"
