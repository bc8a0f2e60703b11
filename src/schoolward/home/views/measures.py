"""``/measures``: every measure with its definition; one measure with its history and its sites."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from schoolward.home.figures import figure, figures
from schoolward.home.queries.breakdown import Part, has_months, months, sites
from schoolward.home.question import Question, ask, explains_bad_questions, spans, twelve_months
from schoolward.home.views.trace import measure_or_404, part_choices
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo import clock
from schoolward.platform.measures.display import display, shown
from schoolward.platform.measures.examples import parse
from schoolward.platform.measures.registry import Measure, all_measures
from schoolward.platform.ui.charts import chart_svg, line_by_month

#: Families of keys whose word in the interface is another one.
FAMILIES: dict[str, str | Promise] = {"campuses": gettext_lazy("Sites")}


def _question(request: HttpRequest) -> Question:
    """The question asked; nothing asked means the twelve months up to today."""
    viewer = viewer_of(request)
    today = clock.today(viewer.at)
    return ask(request.GET, today=today, start=twelve_months(today), viewer=viewer)


def _context(request: HttpRequest, question: Question, **more: Any) -> dict[str, Any]:
    return {"question": question, "spans": spans(clock.today(viewer_of(request).at)), **more}


@require_safe
@requires("measures.view")
@explains_bad_questions
def measure_list(request: HttpRequest) -> HttpResponse:
    """Every measure that the viewer may read: its value now, and what it counts."""
    viewer = viewer_of(request)
    question = _question(request)
    mine = [measure for measure in all_measures() if may(viewer, measure.permission)]
    groups: dict[str, list[Measure]] = {}
    for measure in mine:
        groups.setdefault(measure.key.partition(".")[0], []).append(measure)
    shown = [
        (
            FAMILIES.get(name, name.replace("_", " ").capitalize()),
            figures([measure.key for measure in members], question, viewer),
        )
        for name, members in groups.items()
    ]
    return render(request, "home/measures.html", _context(request, question, groups=shown, total=len(mine)))


@require_safe
@requires("measures.view")
@explains_bad_questions
def measure_page(request: HttpRequest, key: str) -> HttpResponse:
    """What a measure means, its worked example, and its value; history and sites follow on request."""
    measure = measure_or_404(key, viewer_of(request))
    question = _question(request)
    read = figure(key, question)
    context = _context(
        request,
        question,
        measure=measure,
        figure=read,
        parts=part_choices(read.reading),
        has_months=has_months(measure),
        example_rows=parse(measure.example.rows) if measure.example else [],
        example_value=display(measure.example.value, measure.unit) if measure.example else "",
    )
    return render(request, "home/measure.html", context)


@require_safe
@requires("measures.view")
@explains_bad_questions
def measure_months(request: HttpRequest, key: str) -> HttpResponse:
    """The measure month by month as a chart with its table."""
    measure = measure_or_404(key, viewer_of(request))
    question = _question(request)
    parts = months(key, question) if has_months(measure) else []
    context = _context(
        request, question, measure=measure, parts=parts, chart=_history(measure, parts) if parts else ""
    )
    return _part(request, "home/_months.html", context)


@require_safe
@requires("measures.view")
@explains_bad_questions
def measure_sites(request: HttpRequest, key: str) -> HttpResponse:
    """The measure at each site that operates on the day asked about."""
    measure = measure_or_404(key, viewer_of(request))
    question = _question(request)
    parts = sites(key, question)
    context = _context(request, question, measure=measure, parts=parts)
    return _part(request, "home/_sites.html", context)


def _part(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The part alone where the measure's page asked for it, otherwise the part on a page of its own."""
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    if htmx and not htmx.history_restore_request:
        return render(request, template, context)
    return render(request, "home/measure_part.html", {**context, "part": template})


def _history(measure: Measure, parts: list[Part]) -> str:
    points = [(part.first, part.reading.value) for part in parts if part.first]
    known = [(part.label, shown(part.reading)) for part in parts if part.reading.value is not None]
    if not known:
        return ""
    title = _("%(measure)s by month") % {"measure": measure.title}
    description = _("From %(first)s in %(from)s to %(last)s in %(to)s.") % {
        "first": known[0][1],
        "from": known[0][0],
        "last": known[-1][1],
        "to": known[-1][0],
    }
    unit = measure.unit
    end = parts[-1].question.period.end
    is_open = end is not None and (end + timedelta(days=1)).day != 1
    spec = line_by_month(
        {str(measure.title): points}, unit=unit, open_from=parts[-1].first if is_open else None
    )
    return chart_svg(spec, title=title, description=description)
