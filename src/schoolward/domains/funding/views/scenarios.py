"""One scenario: its sentence, what it pays and leaves out and why, its curve, its map, and its file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.analysis.portfolio import quality
from schoolward.domains.funding import queries
from schoolward.domains.funding.charts import burn_down, frontier_chart
from schoolward.domains.funding.exporting import COLUMNS, export_rows
from schoolward.domains.funding.frontier_points import place_of, points_of
from schoolward.domains.funding.models import Scenario, ScenarioState
from schoolward.domains.funding.on_the_map import LEGEND, sites_of, sites_on_map
from schoolward.domains.funding.queries import Result
from schoolward.domains.funding.questions_in_words import asked_in_words, way_out
from schoolward.domains.funding.telling import in_names, in_points, over_of, points, sentence_of
from schoolward.domains.funding.views.finding import scenario_or_404
from schoolward.domains.funding.views.waiting import reload_page, standing_of, waits
from schoolward.domains.funding.wording import basis_in_words, entering_in_words
from schoolward.domains.grants import queries as grants
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.exchange.writers import write_csv, write_xlsx
from schoolward.platform.ui.lists import CSV_TYPE, XLSX_TYPE


@require_safe
@requires("funding.view")
def scenario(request: HttpRequest, pk: int) -> HttpResponse:
    """One scenario."""
    viewer = viewer_of(request)
    found = scenario_or_404(viewer, pk)
    pending = [(found, standing_of(found, viewer))] if waits(found) else []
    asks_again = reverse("funding:scenario", args=[pk])
    may_plan = may(viewer, "funding.plan")
    context: dict[str, Any] = {
        "scenario": found,
        "plan": found.plan,
        "pending": pending,
        "asks_again": asks_again,
        "may_plan": may_plan,
        "asked": asked_in_words(found),
        "breadcrumbs": [
            (_("Plans"), reverse("funding:plans")),
            (found.plan.title, reverse("funding:plan", args=[found.plan_id])),
        ],
    }
    if request.headers.get("HX-Request"):
        return render(request, "funding/_waiting.html", context) if pending else reload_page()
    result = queries.result_of(viewer, found)
    if result is not None:
        context |= _told(result, viewer)
        context |= _curve(found, request)
    return render(request, "funding/scenario.html", context)


def _told(result: Result, viewer: Viewer) -> dict[str, Any]:
    """Everything that the page says of an answer."""
    found, told = result.scenario, result.scenario.plan.references
    approval = getattr(found, "approval", None)
    approved_plan = queries.approvals(viewer).filter(plan=found.plan).first()
    is_own = found.by_id is not None and found.by_id == viewer.account_id
    may_approve = (
        may(viewer, "funding.approve") and result.is_plan and bool(result.chosen) and not approved_plan
    )
    return {
        "result": result,
        "sentence": sentence_of(result),
        "quality": in_names(in_points(quality(result.answer)), told),
        "over": over_of(result),
        "chosen": [(one, points(one.benefit), _why(one.told)) for one in result.chosen],
        "left_out": [
            {
                "out": one,
                "reason": in_names(one.left_out.reason, told),
                "displaces": [(name, told["candidates"][name]) for name in one.left_out.displaces],
                "benefit": points(one.told["benefit"]),
                "why": _why(one.told),
                "enters_at": entering_in_words(one.left_out),
            }
            for one in result.left_out
        ],
        "clash": [(in_names(one.sentence, told), way_out(one.key)) for one in result.clash],
        "burns": _burns(result, viewer),
        "sites": sites_of(result),
        "legend": LEGEND,
        "is_on_map": bool(result.chosen or result.left_out),
        "approval": approval,
        "approved_plan": approved_plan,
        "may_approve": may_approve and not is_own,
        "asked_myself": may_approve and is_own,
        "sees_findings": may(viewer, "assessments.view"),
    }


def _why(told: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Why a work brings what it brings, as it stood in the plan: sentences, each with its finding."""
    said = told["facts"].get("benefit")
    lines: list[tuple[str, Any]] = []
    if said:
        lines.append(
            (
                _("%(who)s said %(value)s points: %(why)s")
                % {"who": said["by"], "value": said["value"], "why": said["reason"]},
                None,
            )
        )
    return lines + [(basis_in_words(basis), basis["finding"]) for basis in told["bases"]]


def _burns(result: Result, viewer: Viewer) -> list[Any]:
    """How each award that pays burns down with the plan."""
    paying = {part.fund["award"] for one in result.chosen for part in one.parts}
    rows = grants.awards(viewer).filter(pk__in=paying)
    on = result.scenario.plan.on
    return [burn_down(stood, result, on=on) for stood in grants.standings(rows, on=on)]


def _curve(found: Scenario, request: HttpRequest) -> dict[str, Any]:
    """The budget curve with the point that is asked for."""
    rows = points_of(found)
    if not rows:
        return {"points": []}
    at = place_of(request.GET.get("point", ""), rows)
    return {"points": rows, "point": rows[at], "last": len(rows) - 1, "chart": frontier_chart(rows, at)}


@require_safe
@requires("funding.view")
def frontier(request: HttpRequest, pk: int) -> HttpResponse:
    """One point of a scenario's curve alone, for the slider."""
    found = scenario_or_404(viewer_of(request), pk)
    curve = _curve(found, request)
    if not curve["points"]:
        raise Http404
    return render(request, "funding/_point.html", {"scenario": found, **curve})


@require_safe
@requires("funding.view")
def points_on_map(request: HttpRequest, pk: int) -> HttpResponse:
    """The sites of a scenario as GeoJSON: what is paid and what is left out at each."""
    viewer = viewer_of(request)
    return JsonResponse(sites_on_map(viewer, _result_or_404(viewer, pk)), content_type="application/geo+json")


@require_safe
@requires("funding.view")
def works_file(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The works of a scenario, paid and left out, as CSV or XLSX."""
    viewer = viewer_of(request)
    if form not in ("csv", "xlsx"):
        raise Http404
    result = _result_or_404(viewer, pk)
    record(
        "list.exported",
        by=viewer,
        at=viewer.at,
        subject=f"funding.Scenario:{pk}",
        detail={"format": form, "filters": {}},
    )
    rows = export_rows(result)
    if form == "csv":
        response = StreamingHttpResponse(write_csv(COLUMNS, rows), content_type=CSV_TYPE)
    else:
        response = StreamingHttpResponse(write_xlsx(COLUMNS, rows), content_type=XLSX_TYPE)
    name = slugify(result.scenario.title) or "scenario"
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _result_or_404(viewer: Viewer, pk: int) -> Result:
    found = scenario_or_404(viewer, pk)
    result = queries.result_of(viewer, found) if found.state == ScenarioState.READY else None
    if result is None:
        raise Http404
    return result
