"""Fewer false alarms: the rates, and for a zone what to do and whether it helped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolward.analysis.false_alarms import Rate
from schoolward.analysis.shares import percent_of
from schoolward.domains.alarms import queries
from schoolward.domains.alarms.actions.reducing import open_corrective_action
from schoolward.domains.alarms.actions.refusals import AlarmRefused
from schoolward.domains.alarms.forms.reduction import SpanForm
from schoolward.domains.alarms.models import Zone
from schoolward.domains.alarms.queries.mending import ZoneReduction, zone_reduction
from schoolward.domains.alarms.queries.reduction import MEASURES, Reduction, reduction
from schoolward.domains.places.queries import campus_by_pk
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo import clock
from schoolward.platform.ui.charts import bars, chart_svg, heat_weekday_hour, line_by_month

BUSIEST_SHOWN = 12
_PERCENT = frozenset({"M4", "M6", "M7"})


@dataclass(frozen=True)
class Shown:
    """A rate as the page sets it: value, interval, what it was counted from, and where that is opened."""

    title: str
    value: str
    interval: str
    counted: str
    href: str


@require_safe
@requires("alarms.view")
def reduction_page(request: HttpRequest) -> HttpResponse:
    """Rates, months, causes, worst zones, hours and roles of a period; without a choice the last year."""
    viewer = viewer_of(request)
    form = SpanForm(request.GET or None, viewer=viewer)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    first, last = _span(given, clock.today(viewer.at))
    found = reduction(viewer, first, last, now=clock.now(viewer.at), campus_id=given.get("campus"))
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "rates": _rates(found, viewer),
        "cases_query": _query(found),
        "busiest": _busiest(found),
        "open_from": _open_from(clock.today(viewer.at), found),
    }
    if found.tally.activations:
        context |= _charts(found, context["open_from"])
    return render(request, "alarms/reduction.html", context, status=400 if form.errors else 200)


@require_POST
@requires("work.propose")
def corrective_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the work that the zone's alarms call for."""
    viewer = viewer_of(request)
    zone: Zone = get_object_or_404(queries.zones(viewer), pk=pk)
    try:
        item = open_corrective_action(zone_id=zone.pk, by=viewer, at=clock.now(viewer.at))
    except AlarmRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("alarms:zone", pk=pk)
    messages.success(request, _("Proposed as %(reference)s.") % {"reference": item.reference})
    return redirect("work:detail", pk=item.pk)


def zone_context(zone: Zone, viewer: Viewer) -> dict[str, Any]:
    """What ``alarms/_zone_reduction.html`` shows on the page of a zone."""
    found: ZoneReduction = zone_reduction(zone, viewer=viewer, today=clock.today(viewer.at))
    return {"reduction": found, "may_propose": may(viewer, "work.propose")}


def _span(given: dict[str, Any], today: date) -> tuple[date, date]:
    last = given.get("last")
    if last is None:
        newest = queries.last_signal_at()
        # An installation that stopped listening still shows its last year.
        last = today if newest is None else min(today, newest.date())
    first = given.get("first") or last - timedelta(days=365)
    return min(first, last), last


def _query(found: Reduction) -> str:
    """The part of an address that narrows the list of cases to what the page counts."""
    asked = {"since": found.first.isoformat(), "until": found.last.isoformat()}
    if found.campus_id is not None:
        asked["campus"] = str(found.campus_id)
    return urlencode(asked)


def _rates(found: Reduction, viewer: Viewer) -> list[Shown]:
    """The rates in the order in which they are to be read: the share of false ones last, never alone."""
    titles = {
        "M5": _("Activations per 1,000 armed hours"),
        "dispatches_per_system_year": _("Police sent per system and year"),
        "M6": _("Police sent to"),
        "M7": _("Verified before police were sent"),
        "M4": _("False"),
    }
    cases = f"{reverse('alarms:cases')}?{_query(found)}"
    opened = {
        "M5": f"{cases}&counted=1",
        "M4": f"{cases}&counted=false",
        "M6": f"{cases}&counted=1&sent=1",
        "M7": f"{cases}&counted=1&sent=verified",
        "dispatches_per_system_year": f"{cases}&counted=1&sent=1",
    }
    campus = campus_by_pk(found.campus_id) if found.campus_id is not None else None
    # The trace shows the whole district's records; whoever sees only some sites gets the list instead.
    is_traced = may(viewer, "measures.view") and viewer.campus_ids is None
    shown = []
    for key, title in titles.items():
        asked = {"from": found.first.isoformat(), "to": found.last.isoformat()}
        if campus is not None:
            asked["site"] = campus.slug
        trace = f"{reverse('home:trace', args=[MEASURES[key]])}?{urlencode(asked)}"
        shown.append(_shown(title, found.rates[key], trace if is_traced else opened[key]))
    return shown


def _shown(title: str, rate: Rate, href: str) -> Shown:
    is_share = rate.key in _PERCENT
    unit = " %" if is_share else ""
    places = 1 if rate.key != "dispatches_per_system_year" else 2

    def told(value: float) -> str:
        return str(number_format(percent_of(value))) if is_share else _set(value, places)

    units = {
        "activations": _("activations"),
        "dispatches": _("with police sent"),
        "armed hours": _("armed hours"),
        "system-years": _("system-years"),
    }
    counted = _("%(count)s of %(all)s %(unit)s") if is_share else _("%(count)s in %(all)s %(unit)s")
    return Shown(
        title=title,
        value="" if rate.value is None else f"{told(rate.value)}{unit}",
        interval=""
        if rate.low is None or rate.high is None
        else _("95 %% interval %(low)s to %(high)s%(unit)s")
        % {"low": told(rate.low), "high": told(rate.high), "unit": unit},
        counted=counted
        % {
            "count": _set(rate.numerator, 0),
            "all": _set(rate.denominator, 0),
            "unit": units.get(rate.unit, rate.unit),
        },
        href=href,
    )


def _set(value: float, places: int) -> str:
    exact = Decimal(str(value)).quantize(Decimal(10) ** -places, ROUND_HALF_UP)
    return str(number_format(exact, decimal_pos=places, force_grouping=True))


def _open_from(today: date, found: Reduction) -> date | None:
    """The first day of the first month of the span that is not over."""
    newest = queries.last_signal_at()
    known = today if newest is None else min(today, newest.date())
    first = (known + timedelta(days=1)).replace(day=1)
    return max(first, found.first.replace(day=1)) if first <= found.last else None


def _charts(found: Reduction, open_from: date | None) -> dict[str, Any]:
    most = max(found.months, key=lambda month: month.activations)
    charts = {
        "month_svg": chart_svg(
            line_by_month(
                {
                    _("Activations"): [(month.first, month.activations) for month in found.months],
                    _("Police sent"): [(month.first, month.dispatched) for month in found.months],
                },
                open_from=open_from,
            ),
            title=_("Alarm activations by month"),
            description=_("Most in %(month)s with %(count)d of %(total)d.")
            % {
                "month": date_format(most.first, "F Y"),
                "count": most.activations,
                "total": found.tally.activations,
            },
        ),
        "week_svg": chart_svg(
            heat_weekday_hour(found.week),
            title=_("Alarm activations by weekday and hour"),
            description=_("The numbers of the busiest hours stand in the table below."),
        ),
    }
    if found.causes:
        first = found.causes[0]
        charts["cause_svg"] = chart_svg(
            bars([(cause.label, cause.count) for cause in found.causes]),
            title=_("False alarms by cause"),
            description=_("%(label)s leads with %(count)d of %(total)d.")
            % {"label": first.label, "count": first.count, "total": found.tally.false},
        )
    return charts


def _busiest(found: Reduction) -> list[tuple[int, str, int, int]]:
    days = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
    ordered = sorted(found.week.items(), key=lambda cell: (-cell[1], cell[0]))[:BUSIEST_SHOWN]
    return [(day, days[day], hour, count) for (day, hour), count in ordered]
