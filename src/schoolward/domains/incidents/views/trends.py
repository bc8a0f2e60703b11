"""Incidents over time, by site, by category and by hour of the week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.incidents import queries
from schoolward.domains.incidents.forms import TrendForm
from schoolward.domains.incidents.models import Category
from schoolward.domains.incidents.queries import Slice
from schoolward.domains.places import queries as places
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.charts import bars, chart_svg, heat_weekday_hour, line_by_month

_SHOWN_SITES = 100


@require_safe
@requires("incidents.view")
def trends(request: HttpRequest) -> HttpResponse:
    """Trends of the chosen slice; without a choice the twelve months up to today (or to the last record)."""
    viewer = viewer_of(request)
    form = TrendForm(request.GET or None, viewer=viewer)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    chosen = _slice(given, today(viewer.at))
    months = queries.by_month(viewer, chosen)
    total = sum(count for _month, count in months)
    categories = [
        (str(Category(key).label), count, key) for key, count in queries.by_category(viewer, chosen)
    ]
    week = queries.by_hour_of_week(viewer, chosen)
    sites = queries.by_site(viewer, chosen)[:_SHOWN_SITES]
    open_from = _open_from(today(viewer.at), chosen)
    year = places.latest_enrolment_year(chosen.last)
    context: dict[str, Any] = {
        "form": form,
        "chosen": chosen,
        "total": total,
        "is_collected": queries.any_incidents(),
        "months": months,
        "categories": categories,
        "week": _busiest(week),
        "open_from": open_from,
        "sites": sites,
        "enrolment_year": year,
        "enrolment_is_invented": year is not None and places.enrolment_is_invented(year),
        "hours_are_assumed": places.school_hours_table().is_assumed_at(chosen.campus_id),
    }
    if total:
        context |= _charts(months, categories, week, total, open_from)
    return render(request, "incidents/trends.html", context, status=400 if form.errors else 200)


def _slice(given: dict[str, Any], day: date) -> Slice:
    last = given.get("last")
    if last is None:
        span = queries.span_of_days()
        last = min(day, span[1]) if span else day
    first = given.get("first") or (last.replace(day=1) - timedelta(days=334)).replace(day=1)
    return Slice(
        min(first, last),
        last,
        given.get("campus"),
        given.get("category") or "",
        given.get("where") or "",
        bool(given.get("hours")),
    )


def _open_from(day: date, chosen: Slice) -> date | None:
    """The first day of the first month of the slice that is not over, by the calendar or in the records."""
    span = queries.span_of_days()
    known = min(day, span[1]) if span else day
    first = (known + timedelta(days=1)).replace(day=1)
    return max(first, chosen.first.replace(day=1)) if first <= chosen.last else None


def _charts(
    months: list[tuple[date, int]],
    categories: list[tuple[str, int, str]],
    week: list[tuple[int, int, int]],
    total: int,
    open_from: date | None,
) -> dict[str, Any]:
    top_label, top_count, _key = categories[0]
    busiest = max(months, key=lambda pair: pair[1])
    return {
        "month_svg": chart_svg(
            line_by_month({_("Incidents"): months}, open_from=open_from),
            title=_("Incidents by month"),
            description=_("Most in %(month)s with %(count)d of %(total)d.")
            % {"month": date_format(busiest[0], "F Y"), "count": busiest[1], "total": total},
        ),
        "category_svg": chart_svg(
            bars([(label, count) for label, count, _key in categories]),
            title=_("Incidents by category"),
            description=_("%(label)s leads with %(count)d of %(total)d.")
            % {"label": top_label, "count": top_count, "total": total},
        ),
        "week_svg": chart_svg(
            heat_weekday_hour({(day, hour): count for day, hour, count in week}),
            title=_("Incidents by weekday and hour"),
            description=_("The numbers of the busiest hours stand in the table below."),
        ),
    }


def _busiest(week: list[tuple[int, int, int]]) -> list[tuple[str, str, int]]:
    days = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
    ordered = sorted(week, key=lambda cell: (-cell[2], cell[0], cell[1]))[:12]
    return [(days[day], f"{hour:02}:00-{hour:02}:59", count) for day, hour, count in ordered]
