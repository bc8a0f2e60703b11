"""A scenario's sites: what is paid and what is left out at each, as a list and as points of a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolward.domains.funding.queries import Result
from schoolward.domains.funding.telling import whole
from schoolward.domains.places import queries as places
from schoolward.platform.access.viewer import Viewer

PAID, NOTHING = "#00687d", "#ffffff"
LEGEND = (
    (PAID, gettext_lazy("Site with works that are paid; the number says how many")),
    (NOTHING, gettext_lazy("Site where works wait and none is paid; the number says how many wait")),
)


@dataclass(frozen=True)
class SiteInPlan:
    """A site of a scenario. ``cost`` is what is spent there, match included, in cents."""

    slug: str
    name: str
    paid: int
    left_out: int
    cost: int

    @property
    def words(self) -> str:
        """What the map says of it."""
        paid = ngettext("%(count)s work paid", "%(count)s works paid", self.paid) % {"count": self.paid}
        out = ngettext("%(count)s left out", "%(count)s left out", self.left_out) % {"count": self.left_out}
        return _("%(paid)s (%(cost)s), %(out)s") % {"paid": paid, "cost": whole(self.cost), "out": out}


def sites_of(result: Result) -> list[SiteInPlan]:
    """Every site with a candidate, what is spent most first."""
    used = {site.slug: site for site in result.sites}
    names = {
        row["campus_slug"]: row["campus_name"]
        for row in result.scenario.plan.references["candidates"].values()
    }
    waiting: dict[str, int] = dict.fromkeys(names, 0)
    for out in result.left_out:
        waiting[out.told["campus_slug"]] += 1
    sites = [
        SiteInPlan(
            slug=slug,
            name=name,
            paid=used[slug].works if slug in used else 0,
            left_out=waiting[slug],
            cost=used[slug].cost if slug in used else 0,
        )
        for slug, name in names.items()
    ]
    return sorted(sites, key=lambda site: (-site.cost, site.name))


def sites_on_map(viewer: Viewer, result: Result) -> dict[str, Any]:
    """The sites that have a place as GeoJSON (RFC 7946): those that are paid filled, the others hollow."""
    sites = {site.slug: site for site in sites_of(result)}
    features = []
    for campus in places.campuses().filter(slug__in=sites, longitude__isnull=False).order_by("name"):
        site = sites[campus.slug]
        features.append(
            {
                "type": "Feature",
                "id": campus.pk,
                "geometry": {"type": "Point", "coordinates": [campus.longitude, campus.latitude]},
                "properties": {
                    "name": campus.name,
                    "detail": site.words,
                    "value": str(site.paid or site.left_out),
                    "colour": PAID if site.paid else NOTHING,
                    "is_pale": not site.paid,
                    "rank": site.cost,
                    "url": reverse("places:detail", args=[campus.slug]),
                },
            }
        )
    return {"type": "FeatureCollection", "features": features}
