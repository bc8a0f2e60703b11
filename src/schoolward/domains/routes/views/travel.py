"""How pupils travel: the seasons, tallies, two times set side by side, what parents answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from schoolward.analysis.travel import Share
from schoolward.domains.places.queries import campus_names
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.charts import shares_svg
from schoolward.domains.routes.exchange.travel import TravelTallies
from schoolward.domains.routes.filters import TallyFilter
from schoolward.domains.routes.forms import SurveyForm, TallyCorrection, TallyForm, only_site
from schoolward.domains.routes.models import (
    TALLY_WEEKDAYS,
    Allowed,
    Change,
    ClassTally,
    Distance,
    Mode,
    Season,
)
from schoolward.domains.routes.queries.surveys import CHANGE
from schoolward.domains.routes.tables import TallyTable
from schoolward.domains.routes.views.listing import ExchangedList
from schoolward.domains.routes.views.saving import found, kept, pressed
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.measures.registry import FEWEST_STUDENTS
from schoolward.platform.ui.form_pages import FORM, confirm_page, is_done, sent
from schoolward.platform.ui.lists import Action, Empty


def season_words(year: int, season: str) -> str:
    """A season in words: Spring 2012."""
    return _("%(season)s %(year)d") % {"season": Season(season).label, "year": year}


def chosen_season(request: HttpRequest, seasons: Sequence[tuple[int, Season]]) -> tuple[int, Season] | None:
    """The season that the address asks for, among those that there are; else the newest."""
    asked = request.GET.get("season", "")
    for year, season in seasons:
        if asked == f"{year}-{season.value}":
            return year, season
    return seasons[0] if seasons else None


@require_safe
@requires("routes.view")
def travel(request: HttpRequest) -> HttpResponse:
    """One season at each site, and by mode."""
    viewer = viewer_of(request)
    seasons = queries.seasons(viewer, most=8)
    chosen = chosen_season(request, seasons)
    names = campus_names()
    rows = queries.by_site(viewer, *chosen) if chosen else []
    rows.sort(key=lambda row: names[row.campus_id])
    drawn: list[tuple[str, Share]] = [(names[row.campus_id], row.share) for row in rows if row.share]
    modes = queries.by_mode(viewer, *queries.days_of_season(*chosen)) if chosen else {}
    context = {
        "seasons": [(f"{year}-{season.value}", season_words(year, season)) for year, season in seasons],
        "chosen": f"{chosen[0]}-{chosen[1].value}" if chosen else "",
        "season": season_words(*chosen) if chosen else "",
        "rows": [(row, names[row.campus_id]) for row in rows],
        "modes": [(Mode(mode).label, count) for mode, count in modes.items()],
        "svg": shares_svg(drawn, title=_("Trips on foot or by bike by site")),
        "least": FEWEST_STUDENTS,
        "may_tally": may(viewer, "routes.tally"),
        "may_survey": may(viewer, "routes.survey"),
        "may_apply": may(viewer, "routes.application"),
        "invented": chosen is not None
        and queries.on_days(queries.all_tallies(), *queries.days_of_season(*chosen))
        .filter(invented=True)
        .exists(),
    }
    return render(request, "routes/travel.html", context)


class TallyList(ExchangedList):
    """Tallies of classes, for those who tally or answer for the numbers."""

    title = gettext_lazy("Travel tallies")
    permission = "routes.tally"
    table_class = TallyTable
    exchange_class = TravelTallies
    filterset_class = TallyFilter

    def queryset(self, viewer: Viewer) -> QuerySet[ClassTally]:
        return queries.tallies(viewer)

    def lead(self) -> str:
        return _("Hands raised in class, in the national form. No names of teachers or pupils.")

    def actions(self) -> list[Action]:
        return [Action(_("Tally a class"), reverse("routes:tally_new"))]

    def empty(self) -> Empty:
        return Empty(
            _("No tally yet"),
            _("Ask a class on a Tuesday, Wednesday or Thursday how it came, and count the hands."),
            Action(_("Tally a class"), reverse("routes:tally_new")),
        )

    def export_table(self, queryset: QuerySet[Any]) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        return super().export_table(queryset.filter(class_key__isnull=False))


@FORM
@requires("routes.tally")
def tally_new(request: HttpRequest) -> HttpResponse:
    """Big buttons for one class: hands by mode."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    initial = {
        "day": day if day.weekday() in TALLY_WEEKDAYS else None,
        "campus_id": only_site(viewer, request.GET.get("site")),
        "class_label": request.GET.get("class", ""),
        "direction": "arrival",
    }
    form = TallyForm(sent(request), viewer=viewer, initial=initial)
    return _tally_page(
        request,
        form,
        title=_("Tally a class"),
        back=reverse("routes:travel"),
        what_next=_("It counts at once. Sent again for the same class, day and way, it corrects itself."),
    )


@FORM
@requires("routes.tally")
def tally_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a tally, also in its site, class, day and direction: it moves there."""
    viewer = viewer_of(request)
    tally = found(queries.tallies(viewer), pk=pk)
    names = ("campus_id", "class_label", "grade", "enrolled", "day", "direction", "weather", *Mode.values)
    form = TallyCorrection(
        sent(request), viewer=viewer, initial={name: getattr(tally, name) for name in names}
    )
    return _tally_page(
        request,
        form,
        title=_("Correct a tally"),
        back=reverse("routes:tally", args=[tally.pk]),
        what_next=_(
            "It counts at once, in place of what was sent before, also for another class, day or way."
        ),
        tally_id=tally.pk,
    )


def _tally_page(
    request: HttpRequest,
    form: TallyForm,
    *,
    title: str,
    back: str,
    what_next: str,
    tally_id: int | None = None,
) -> HttpResponse:
    viewer = viewer_of(request)
    made: list[ClassTally] = []

    def write() -> None:
        made.append(actions.keep_tally(by=viewer, at=now(viewer.at), tally_id=tally_id, **form.arguments()))

    if is_done(form, write, actions.RouteRefused):
        return render(request, "routes/tally_kept.html", {"tally": made[0]})
    context = {"form": form, "title": title, "what_next": what_next, "cancel_url": back}
    return render(request, "routes/tally_form.html", context, status=422 if form.is_bound else 200)


@require_safe
@requires("routes.tally")
def tally(request: HttpRequest, pk: int) -> HttpResponse:
    """One tally."""
    one = found(queries.tallies(viewer_of(request)), pk=pk)
    hands = [(Mode(mode).label, getattr(one, mode)) for mode in Mode.values]
    return render(request, "routes/tally.html", {"tally": one, "hands": hands})


@FORM
@requires("routes.tally")
def tally_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a tally away that was sent for the wrong class or day."""
    viewer = viewer_of(request)
    one = found(queries.tallies(viewer), pk=pk)
    if request.method == "POST":
        return pressed(
            request,
            lambda: actions.remove_tally(tally_id=pk, by=viewer, at=now(viewer.at)),
            said=_("Taken away."),
            back=reverse("routes:tallies"),
        )
    return confirm_page(
        request,
        title=_("Take the tally of %(class)s on %(day)s away")
        % {"class": one.class_label, "day": date_format(one.day, "F j, Y")},
        consequences=_("It counts no more. That it was there, and who took it away, is kept."),
        button=_("Take it away"),
        back=reverse("routes:tally", args=[pk]),
    )


@FORM
@requires("routes.survey")
def survey_new(request: HttpRequest) -> HttpResponse:
    """A parent's short form, on the phone or typed in from paper."""
    viewer = viewer_of(request)
    initial = {"day": today(viewer.at), "campus_id": only_site(viewer, request.GET.get("site"))}
    form = SurveyForm(sent(request), viewer=viewer, initial=initial)
    site = f"?site={form.data.get('campus_id', '')}" if form.is_bound else ""
    return kept(
        request,
        form,
        lambda: actions.keep_survey(by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Kept. The next form can be entered."),
        back=reverse("routes:survey_new") + site,
        title=_("What a parent answers"),
        lead=_("No name, no address. Answers are shown in sums alone, and never of fewer than eleven."),
        button=_("Keep"),
        what_next=_("Then an empty form stands here for the next one."),
    )


@require_safe
@requires("routes.view")
def surveys(request: HttpRequest) -> HttpResponse:
    """What parents answered in a season, small counts hidden."""
    viewer = viewer_of(request)
    seasons = queries.survey_seasons()
    chosen = chosen_season(request, seasons)
    told = queries.answers(viewer, *chosen) if chosen else None
    titles = {
        "distance": _("How far home is from school"),
        "allowed": _("When the child may walk or ride without an adult"),
    }
    context = {
        "seasons": [(f"{year}-{season.value}", season_words(year, season)) for year, season in seasons],
        "chosen": f"{chosen[0]}-{chosen[1].value}" if chosen else "",
        "season": season_words(*chosen) if chosen else "",
        "questions": [
            (titles[one.key], one) for one in (told.questions if told else ()) if one.key in titles
        ],
        "changes": [
            (Change(one.key.removeprefix(CHANGE)).label, one)
            for one in (told.questions if told else ())
            if one.key.startswith(CHANGE)
        ],
        "sites": [(row[0], row[1]) for row in told.questions[0].rows] if told else [],
        "invented": bool(told and told.invented),
        "least": FEWEST_STUDENTS,
        "may_survey": may(viewer, "routes.survey"),
    }
    return render(request, "routes/surveys.html", context)


@require_safe
@requires("routes.view")
def survey_paper(request: HttpRequest) -> HttpResponse:
    """The short form to be printed."""
    context = {"distances": Distance.labels, "modes": Mode.labels, "allowed": Allowed.labels}
    return render(request, "routes/survey_paper.html", {**context, "changes": Change.labels})
