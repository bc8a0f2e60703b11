"""The map of a school and the question "the safest way from here", for members and for anybody.

A position comes in the body of a form, never in an address; it is not kept, logged or audited, and its answer
is kept by nobody either (`Cache-Control: no-store`).
"""

from __future__ import annotations

import gzip
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_safe

from schoolward.analysis.routing.saved import SavedProblem
from schoolward.analysis.routing.ways import WayProblem
from schoolward.analysis.school_map.gathering import NoStreetNear
from schoolward.analysis.typesetting import MissingCharacter
from schoolward.domains.routes import queries
from schoolward.domains.routes.forms.ways import WayForm
from schoolward.domains.routes.queries.school_maps import Drawn, SchoolMap
from schoolward.domains.routes.views import map_words
from schoolward.platform.access.slowing import comes_too_often
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.form_pages import FORM, sent

GEOJSON = "application/geo+json"
#: So many look-ups and maps from one address within so many seconds, where nobody signs in. It keeps one from
#: taking the server from all; behind a school's network, or a proxy, one address is many parents.
MOST_LOOK_UPS, MOST_MAPS, SECONDS = 600, 3_000, 600
_TOO_MANY = 429


@FORM
@requires("routes.view")
@sensitive_post_parameters()
def school_map(request: HttpRequest, key: str) -> HttpResponse:
    """One school's map, and the answer to where to walk from a place."""
    viewer = viewer_of(request)
    asked = _asked(viewer, key, own_sites=viewer.campus_ids)
    return _page(request, asked, public=False)


@require_safe
@requires("routes.view")
def school_map_data(request: HttpRequest, key: str) -> HttpResponse:
    """The map as GeoJSON: for the page, and with ``?download`` for a city's engineer."""
    viewer = viewer_of(request)
    asked = _asked(viewer, key, own_sites=viewer.campus_ids)
    if "download" in request.GET:
        record(
            "list.exported",
            by=viewer,
            at=viewer.at,
            subject=f"list:routes:school_map:{key}",
            detail={"format": "geojson"},
        )
    return _data(request, asked)


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """The schools that have a map, for parents."""
    _is_public()
    day = today(viewer_of(request).at)
    network = queries.current_network()
    sites = queries.sites_with_map(network, day) if network is not None else []
    return render(request, "routes/public_maps.html", {"sites": sites, "network": network})


@FORM
@sensitive_post_parameters()
def public_map(request: HttpRequest, key: str) -> HttpResponse:
    """One school's map, for parents."""
    _is_public()
    too_often = comes_too_often(
        request,
        "routes.look_ups" if request.method == "POST" else "routes.maps",
        most=MOST_LOOK_UPS if request.method == "POST" else MOST_MAPS,
        seconds=SECONDS,
    )
    if too_often:
        return render(request, "routes/public_later.html", status=_TOO_MANY)
    return _page(request, _asked(viewer_of(request), key), public=True)


@require_safe
def public_map_data(request: HttpRequest, key: str) -> HttpResponse:
    """The map as GeoJSON, for the parents' page."""
    _is_public()
    if comes_too_often(request, "routes.maps", most=MOST_MAPS, seconds=SECONDS):
        return HttpResponse(status=_TOO_MANY)
    return _data(request, _asked(viewer_of(request), key))


@require_safe
@requires("routes.view")
def school_map_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """The map as one page of PDF."""
    viewer = viewer_of(request)
    return _sheet(request, _asked(viewer, key, own_sites=viewer.campus_ids))


@require_safe
def public_map_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """The same for parents."""
    _is_public()
    if comes_too_often(request, "routes.maps", most=MOST_MAPS, seconds=SECONDS):
        return render(request, "routes/public_later.html", status=_TOO_MANY)
    return _sheet(request, _asked(viewer_of(request), key))


def _is_public() -> None:
    """Parents' pages are there only where the installation says so."""
    if not settings.PUBLIC_ROUTES:
        raise Http404


def _asked(viewer: Viewer, key: str, *, own_sites: frozenset[int] | None = None) -> SchoolMap:
    """The map of a site's key; 404 where there is none, or where it is not among one's own sites."""
    try:
        found = queries.map_of(key, today(viewer.at), own_sites=own_sites)
    except SavedProblem as problem:
        raise Http404 from problem
    if found is None:
        raise Http404
    return found


@sensitive_variables()
def _page(request: HttpRequest, asked: SchoolMap, *, public: bool) -> HttpResponse:
    form = WayForm(sent(request), asked=asked, auto_id="way_%s")
    answer: dict[str, Any] | None = None
    if form.is_valid():
        try:
            answer = queries.way_to(asked, form.cleaned_data["start"], detour=form.cleaned_data["detour"])
        except WayProblem as problem:
            form.add_error("place", queries.why_no_way(problem))
    made = _drawn(asked)
    names = "walk_to_school" if public else "routes"
    context = {
        "asked": asked,
        "site": asked.site,
        "network": asked.ground.network,
        "lists": made.lists,
        "zone_minutes": made.minutes,
        "zone_m": made.zone_m,
        "form": form,
        "answer": answer,
        "way": _features(answer, form) if answer else None,
        "is_public": public,
        "words": map_words.words(),
        "switches": map_words.SWITCHES,
        "signs": map_words.SIGNS,
        "crossings": [(label, rows) for label, rows in map_words.crossings(made.lists) if rows],
        "sidewalks": [(label, rows) for label, rows in map_words.sidewalks(made.lists) if rows],
        "map_url": reverse(f"{names}:school_map", args=[asked.site.key]),
        "data_url": reverse(f"{names}:school_map_data", args=[asked.site.key]) + f"?v={made.digest}",
        "sheet_url": reverse(f"{names}:school_map_sheet", args=[asked.site.key]),
        "all_url": reverse("walk_to_school:school_maps" if public else "routes:plans"),
    }
    is_part = form.is_bound and bool(request.htmx)  # type: ignore[attr-defined]
    template = "routes/_way.html" if is_part else "routes/school_map.html"
    response = render(request, template, context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-store"
    return response


def _drawn(asked: SchoolMap) -> Drawn:
    try:
        return queries.drawn(asked)
    except NoStreetNear as problem:
        raise Http404 from problem


def _data(request: HttpRequest, asked: SchoolMap) -> HttpResponse:
    """The map's file; packed for whoever takes it packed, and not again for whoever has it."""
    made = _drawn(asked)
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(made.packed if packs else gzip.decompress(made.packed), content_type=GEOJSON)
    if packs:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    # Weak: packed or not it is the same map.
    response["ETag"] = etag = f'W/"{made.digest}"'
    response["Cache-Control"] = "private, max-age=300"
    disposition = "attachment" if "download" in request.GET else "inline"
    response["Content-Disposition"] = f'{disposition}; filename="walk-to-{asked.site.key}.geojson"'
    found = get_conditional_response(request, etag=etag, response=response)
    return found if isinstance(found, HttpResponse) else response


def _sheet(request: HttpRequest, asked: SchoolMap) -> HttpResponse:
    try:
        sheet = queries.printed(asked)
    except NoStreetNear as problem:
        raise Http404 from problem
    except MissingCharacter as problem:
        return render(
            request, "routes/map_not_printed.html", {"site": asked.site, "why": str(problem)}, status=422
        )
    response = HttpResponse(sheet, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="walk-to-{asked.site.key}.pdf"'
    response["Cache-Control"] = "private, max-age=300"
    return response


def _features(answer: dict[str, Any], form: WayForm) -> dict[str, Any]:
    """The ways and their beginning, as the map draws them."""
    features = [
        {"type": "Feature", "properties": {"way": way}, "geometry": answer[way]["line"]}
        for way in ("shortest", "safest")
        if answer[way]["line"] is not None
    ]
    start = {"type": "Point", "coordinates": list(form.cleaned_data["start"])}
    return {
        "type": "FeatureCollection",
        "features": [*features, {"type": "Feature", "properties": {"way": "start"}, "geometry": start}],
    }
