"""The safest way from here: a place goes in, ways come out, and nothing is kept or noted of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_variables

from schoolward.analysis.routing.directions import Guard
from schoolward.analysis.routing.ground import from_line_m
from schoolward.analysis.routing.way_answers import answer
from schoolward.analysis.routing.ways import NoWay, WayProblem, ways_from
from schoolward.analysis.school_map.gathering import ON_THE_WAY_M
from schoolward.domains.routes.queries.school_maps import SchoolMap

__all__ = ["way_to", "why_no_way"]


@sensitive_variables()
def way_to(asked: SchoolMap, place: tuple[float, float], *, detour: float) -> dict[str, Any]:
    """The shortest and the safest way to a school from a place in degrees, longitude first.

    Raises :class:`WayProblem` where there is none; :func:`why_no_way` has the words for it.
    """
    ground = asked.ground
    choice = ways_from(ground.laid, ground.snapper, place, asked.site.entrance, detour=detour)
    guards = [Guard(*one.at, one.hours) for one in asked.guards]
    told = answer(choice, ground.guide, guards, say=gettext)
    return told | {
        "hazards": _hazards(asked, told["safest"]["line"]),
        "in_walk_zone": told["shortest"]["length_m"] <= asked.zone_m,
        "walk_zone_m": round(asked.zone_m, 1),
        "school": asked.site.school,
        "as_of": asked.day.isoformat(),
        "attribution": ground.network.attribution,
        "invented": asked.invented,
    }


def _hazards(asked: SchoolMap, line: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The places on a way of which it is known that one should take care there."""
    if line is None:
        return []
    made, snapper = asked.ground.made, asked.ground.snapper
    found = []
    for one in asked.avoided:
        longitude, latitude = one.line[0]
        if from_line_m(line["coordinates"], (longitude, latitude)) > ON_THE_WAY_M:
            continue
        edge = int(snapper.snap([longitude], [latitude]).edge[0])
        street = one.where.strip() or (made.names[made.name[edge]] if edge >= 0 else "")
        found.append({"where": street, "why": one.why, "longitude": longitude, "latitude": latitude})
    return found


def why_no_way(problem: WayProblem) -> str:
    """Why there is no way, and what to do."""
    return {
        NoWay.OUTSIDE: gettext("This place is not on our map of streets. Choose one nearer to the school."),
        NoWay.FAR: gettext("This place is more than a kilometer (0.6 mi) from any street that we know."),
        NoWay.CUT_OFF: gettext("No way that can be walked leads from this place to the school on our map."),
        NoWay.SCHOOL: gettext(
            "The school's own entrance is not near any street of our map. Please tell the district."
        ),
    }[problem.reason]
