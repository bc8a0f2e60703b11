"""The network of streets that plans are made on: what it holds, and what is assumed in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from schoolward.domains.routes import queries
from schoolward.domains.routes.models import Severity, TimeOfDay
from schoolward.domains.routes.queries.conditions import HOURS, METRES, MINUTE
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of

WAYS = {
    "open": _("Walked"),
    "closed": _("Closed to walkers (foot or access tag)"),
    "fast": _("Motorways, trunk roads, busways and cycleways that do not mention walkers"),
    "unbuilt": _("Planned, under construction or gone"),
    "ferry": _("Ferries"),
    "other": _("Nothing to walk on"),
}
CROSSINGS = {
    "tagged": _("Drawn on the map"),
    "tagged_without_kind": _("Drawn, and nothing said of their kind"),
    "with_signal": _("Places with a signal"),
    "with_markings": _("Places with markings"),
    "with_island": _("Places with an island"),
    "of_main_roads": _("Places where walkers cross a main road"),
    "of_main_roads_with_nothing_said": _("Such places of which the map says nothing: taken as unmarked"),
    "apart_from_any_road": _("Drawn apart from any road: taken as of a residential street"),
}
REMARKS = {
    "stopped_at_barriers": _("Locked or private gates and walls across a way: not passed"),
    "conditional_ways": _("Ways that are closed at some hours: taken as always open"),
    "references_outside": _("Nodes of ways that lie outside the extract: the ways end before them"),
}
ASSUMED = {"speed": _("Speed"), "lanes": _("Lanes"), "pavement": _("Sidewalk"), "lit": _("Lamps")}


@require_safe
@requires("routes.view")
def network(request: HttpRequest) -> HttpResponse:
    """The current network with its data quality, and the earlier ones."""
    viewer = viewer_of(request)
    rows = queries.networks(viewer)
    one = rows.filter(current=True).first()
    context: dict[str, Any] = {
        "network": one,
        "others": [row for row in rows if row != one],
        "may_plan": may(viewer, "routes.plan"),
    }
    if one is not None:
        quality = one.about["data_quality"]
        context |= {
            "ways": [(WAYS[key], count) for key, count in one.about["ways"].items()],
            "crossings": [(words, quality["crossings"][key]) for key, words in CROSSINGS.items()],
            "assumed": [
                {
                    **row,
                    "what": ASSUMED[row["what"]],
                    "street": row["street"].replace("_", " "),
                    "known_km": row["known_m"] / 1000,
                    "assumed_km": row["assumed_m"] / 1000,
                    "share": row["assumed_m"] / ((row["known_m"] + row["assumed_m"]) or 1),
                }
                for row in quality["assumed"]
            ],
            "remarks": [(words, quality[key]) for key, words in REMARKS.items() if quality[key]],
            "unreadable": list(quality["unreadable"].items()),
            "components": one.about["components"],
            "length_km": one.length_m / 1000,
            "minute": f"{MINUTE // 60}:{MINUTE % 60:02}",
            "barrier_metres": [(Severity(key).label, metres) for key, metres in METRES.items()],
            "barrier_hours": [
                (TimeOfDay(key).label, f"{begins // 60}:00", f"{ends // 60}:00")
                for key, (begins, ends) in HOURS.items()
                if begins != ends
            ],
        }
    return render(request, "routes/network.html", context)
