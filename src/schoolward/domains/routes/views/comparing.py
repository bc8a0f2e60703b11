"""Two times set side by side, or the seasons around a fix."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.analysis.travel import Share
from schoolward.domains.routes import queries
from schoolward.domains.routes.charts import shares_svg
from schoolward.domains.routes.forms import CompareForm
from schoolward.domains.routes.views.travel import season_words
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.measures.registry import FEWEST_STUDENTS


@require_safe
@requires("routes.view")
def compare(request: HttpRequest) -> HttpResponse:
    """Two times set side by side, or the seasons around a fix."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    fixes = list(queries.closed_fixes(viewer)[:50])
    asked = request.GET.get("fix", "")
    fix = next((one for one in fixes if str(one.pk) == asked), None)
    form = CompareForm(
        None if fix or "before_from" not in request.GET else request.GET,
        viewer=viewer,
        seasons=[
            (season_words(*season), *queries.days_of_season(*season)) for season in queries.seasons_until(day)
        ],
        initial=_two_newest(viewer),
    )
    context: dict[str, Any] = {"form": form, "fixes": fixes, "fix": fix, "least": FEWEST_STUDENTS}
    if fix is not None and fix.closed_on is not None:
        around = queries.around_a_fix(viewer, fix.campus_id, fix.closed_on, today=day)
        context |= {"two": around.there, "elsewhere": around.elsewhere, "beyond": around.beyond}
        context["left_out"] = ", ".join(str(half.label) for half in around.left_out)
    elif form.is_bound and form.is_valid():
        given = form.cleaned_data
        site = given["campus"]
        context["two"] = queries.two_times(
            viewer,
            (given["before_from"], given["before_to"]),
            (given["after_from"], given["after_to"]),
            today=day,
            campus_ids=None if site is None else [site],
        )
    elif not form.is_bound and form.initial:
        told = form.initial
        context["two"] = queries.two_times(
            viewer,
            (told["before_from"], told["before_to"]),
            (told["after_from"], told["after_to"]),
            today=day,
        )
    two: queries.TwoTimes | None = context.get("two")
    if two is not None and two.comparison is not None:
        context["told"] = [", ".join(season_words(year, half) for year, half in side) for side in two.seasons]
        context["svg"] = shares_svg(_sides(two), title=_("Trips on foot or by bike at two times"))
    return render(request, "routes/compare.html", context, status=400 if form.errors else 200)


def _sides(two: queries.TwoTimes) -> list[tuple[str, Share]]:
    assert two.comparison is not None  # noqa: S101 - the caller has looked
    return [
        (_span(*two.first), two.comparison.before),
        (_span(*two.second), two.comparison.after),
    ]


def _span(first: date, last: date) -> str:
    return f"{date_format(first, 'M j, Y')} – {date_format(last, 'M j, Y')}"  # noqa: RUF001 - a dash of days


def _two_newest(viewer: Viewer) -> dict[str, date]:
    """The two newest seasons of one kind that have a tally: this spring and the last; else the two newest."""
    seasons = queries.seasons(viewer, most=6)
    if len(seasons) < 2:
        return {}
    newest = seasons[0]
    before = next((one for one in seasons[1:] if one[1] == newest[1]), seasons[1])
    earlier, later = queries.days_of_season(*before), queries.days_of_season(*newest)
    return {
        "before_from": earlier[0],
        "before_to": earlier[1],
        "after_from": later[0],
        "after_to": later[1],
    }
