"""``/overview``: how the district stands, every figure with its records, every chart with its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.incidents.queries import category_label
from schoolward.home.beginning import beginning
from schoolward.home.queries.overview import IncidentPicture, Overview, overview
from schoolward.home.question import Question, ask, explains_bad_questions, spans, twelve_months, whole_months
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo import clock
from schoolward.platform.measures.display import shown
from schoolward.platform.measures.together import together
from schoolward.platform.ui.charts import bars, chart_svg, heat_weekday_hour, line_by_month

KINDS_SHOWN = 8


@dataclass(frozen=True)
class Chart:
    """A chart with the table that says the same: its columns and rows."""

    title: str
    svg: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""


@require_safe
@requires("home.view")
@explains_bad_questions
def overview_page(request: HttpRequest) -> HttpResponse:
    """Key figures, incidents over time, by kind and hour, the sites with most, and the map."""
    viewer = viewer_of(request)
    today = clock.today(viewer.at)
    question = whole_months(ask(request.GET, today=today, start=twelve_months(today)), today)
    with together():
        found = overview(viewer, question)
        first_steps = beginning(viewer)
    context = {
        "question": question,
        "spans": spans(today),
        "overview": found,
        "sentence": sentence(found, question),
        "charts": charts(found.picture, question) if found.picture else None,
        "sites_url": f"{reverse('home:map_sites')}?{question.query()}",
        "only_own_sites": viewer.campus_ids is not None,
        "beginning": first_steps,
    }
    return render(request, "home/overview.html", context)


def sentence(found: Overview, question: Question) -> str:
    """What matters about the period: incidents at sites, and how that compares with the year before."""
    now = found.headline.reading
    if now.value is None:
        return _("Incidents at sites: %(shown)s.") % {"shown": shown(now)}
    since = date_format(question.period.start, "F Y") if question.period.start else ""
    text = ngettext("%(count)s incident at a site", "%(count)s incidents at sites", int(now.value))
    said = text % {"count": shown(now)}
    if since:
        said = _("%(said)s since %(since)s") % {"said": said, "since": since}
    before = found.year_before.reading if found.year_before else None
    if before is None or not before.value:
        return f"{said}."
    difference = int(now.value - before.value)
    if difference == 0:
        return _("%(said)s, as many as in the same months a year before.") % {"said": said}
    share = f"{abs(100 * difference / before.value):.0f}%"
    worded = (
        _("%(said)s, %(share)s more than in the same months a year before (%(before)s).")
        if difference > 0
        else _("%(said)s, %(share)s fewer than in the same months a year before (%(before)s).")
    )
    return worded % {"said": said, "share": share, "before": shown(before)}


def charts(picture: IncidentPicture, question: Question) -> dict[str, Chart]:
    """The charts of the page, by their place on it."""
    return {
        "months": _months(picture, question.period.end),
        "kinds": _kinds(picture),
        "hours": _hours(picture),
    }


def _months(picture: IncidentPicture, end: date | None) -> Chart:
    title = _("Incidents by month")
    at, near = _("At a site's address"), _("Within 1,000 feet of a site")
    last_month, last = picture.at_sites[-1]
    description = _("Two lines. The latest month, %(month)s, has %(count)s at sites.") % {
        "month": date_format(last_month, "F Y"),
        "count": last,
    }
    is_open = end is not None and (end + timedelta(days=1)).day != 1
    spec = line_by_month(
        {near: picture.near_sites, at: picture.at_sites},
        width=360,
        open_from=last_month if is_open else None,
    )
    rows = [
        (date_format(month, "F Y"), f"{count:,}", f"{nearby:,}")
        for (month, count), (_month, nearby) in zip(picture.at_sites, picture.near_sites, strict=True)
    ]
    note = ""
    if end and is_open:
        note = _("The last month is not over: it counts up to %(day)s, and its line is dashed.") % {
            "day": date_format(end, "F j")
        }
    svg = chart_svg(spec, title=title, description=f"{description} {note}".strip())
    return Chart(title, svg, (_("Month"), at, near), rows, note)


def _kinds(picture: IncidentPicture) -> Chart:
    title = _("What happened at sites")
    named = [(category_label(kind), count) for kind, count in picture.kinds]
    top = named[:KINDS_SHOWN]
    if len(named) > KINDS_SHOWN:
        top.append((_("All others"), sum(count for _name, count in named[KINDS_SHOWN:])))
    description = _("Bars, the most frequent first: %(kinds)s.") % {
        "kinds": ", ".join(f"{name} {count}" for name, count in named[:3])
    }
    return Chart(
        title,
        chart_svg(bars(top, width=230), title=title, description=description),
        (_("Kind"), _("Incidents")),
        [(name, f"{count:,}") for name, count in named],
    )


def _hours(picture: IncidentPicture) -> Chart:
    title = _("When it happened at sites")
    days = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
    description = _("Nothing was recorded.")
    if picture.hours:
        (day, hour), most = max(picture.hours.items(), key=lambda cell: cell[1])
        description = _("A week by hours. Most fall on %(day)s in the hour from %(hour)s: %(count)s.") % {
            "day": days[day],
            "hour": f"{hour:02d}:00",
            "count": most,
        }
    by_day = [
        (days[day], f"{sum(count for (weekday, _h), count in picture.hours.items() if weekday == day):,}")
        for day in range(7)
    ]
    return Chart(
        title,
        chart_svg(heat_weekday_hour(picture.hours, width=360), title=title, description=description),
        (_("Day"), _("Incidents")),
        by_day,
    )
