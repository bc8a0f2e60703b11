"""``/map``: the sites and the incidents around them, with the same places as a list."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.incidents.queries import categories
from schoolward.domains.places.queries import campuses
from schoolward.home.beginning import beginning
from schoolward.home.queries import map as layers
from schoolward.home.queries.map import MOST_POINTS, PointFilter
from schoolward.home.question import (
    BadQuestion,
    Question,
    ask,
    explains_bad_questions,
    spans,
    twelve_months,
    whole_months,
)
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import visible
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo import clock

GEOJSON = "application/geo+json"
BOX_NUMBERS = 4


def _asked(request: HttpRequest) -> tuple[Question, PointFilter]:
    """Period, site and filters of the request; the period in whole months, as the tallies are."""
    today = clock.today(viewer_of(request).at)
    question = whole_months(ask(request.GET, today=today, start=twelve_months(today)), today)
    return question, point_filter(request.GET)


def point_filter(asked: Mapping[str, str]) -> PointFilter:
    """Read ``category``, ``school_hours``, ``bbox`` and ``limit``. Raises :class:`BadQuestion`."""
    category = asked.get("category", "").strip()
    if category and category not in categories():
        raise BadQuestion(
            _("There is no category “%(category)s”. Choose one of: %(all)s.")
            % {"category": category[:40], "all": ", ".join(categories())}
        )
    school_hours = asked.get("school_hours", "").strip().lower() in {"1", "on", "true", "yes"}
    return PointFilter(category, school_hours, _box(asked.get("bbox", "")), _limit(asked.get("limit", "")))


def _box(text: str) -> layers.Box | None:
    if not text.strip():
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise BadQuestion(
            _("“bbox” is “%(text)s”. Write west,south,east,north in degrees, like -121.6,38.4,-121.3,38.7.")
            % {"text": text[:60]}
        ) from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadQuestion(_("“bbox” is no area on earth. Give west,south,east,north in this order."))
    return west, south, east, north


def _limit(text: str) -> int:
    if not text.strip():
        return MOST_POINTS
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_POINTS):
        raise BadQuestion(
            _("“limit” is “%(text)s”. Give a number from 1 to %(most)s.")
            % {"text": text[:20], "most": MOST_POINTS}
        )
    return int(text)


@require_safe
@requires("home.view")
@explains_bad_questions
def map_page(request: HttpRequest) -> HttpResponse:
    """The map with its filters, legend and list."""
    viewer = viewer_of(request)
    question, chosen = _asked(request)
    sites = layers.sites(viewer, question, chosen)
    narrowed = {"category": chosen.category, "school_hours": "1" if chosen.school_hours else ""}
    query = urlencode({**question.parameters(), **{name: text for name, text in narrowed.items() if text}})
    context = {
        "question": question,
        "spans": spans(clock.today(viewer.at)),
        "chosen": chosen,
        "sites_url": f"{reverse('home:map_sites')}?{query}",
        "points_url": f"{reverse('home:map_incidents')}?{query}" if may(viewer, "incidents.view") else "",
        "listed": layers.busiest(sites),
        "categories": categories(),
        "sites": visible(campuses(), viewer).values_list("slug", "name"),
        "shows_incidents": may(viewer, "incidents.view"),
        "most_points": MOST_POINTS,
        "beginning": beginning(viewer),
    }
    return render(request, "home/map.html", context)


@require_safe
@requires("home.view")
@explains_bad_questions
def site_points(request: HttpRequest) -> HttpResponse:
    """The sites as GeoJSON, each with its count of incidents."""
    question, chosen = _asked(request)
    return JsonResponse(layers.sites(viewer_of(request), question, chosen), content_type=GEOJSON)


@require_safe
@requires("incidents.view")
@explains_bad_questions
def incident_points(request: HttpRequest) -> HttpResponse:
    """Single incidents as GeoJSON, the newest first, up to a limit."""
    question, chosen = _asked(request)
    return JsonResponse(layers.incidents(viewer_of(request), question, chosen), content_type=GEOJSON)
