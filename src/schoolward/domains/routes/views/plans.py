"""Plans of schools: the list, one plan, its streets for a map, and planning from a file of pupils."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.forms import AskForm, PupilsForm
from schoolward.domains.routes.models import FEWEST_PUPILS, SchoolPlan
from schoolward.domains.routes.tables import PlanTable
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.clock import now
from schoolward.platform.files.in_memory import only_in_memory
from schoolward.platform.ui.charts import chart_svg, curve
from schoolward.platform.ui.form_pages import FORM, is_done
from schoolward.platform.ui.lists import Action, Empty, ListPage

only_in_memory("routes:plan_new", "routes:plan_ask", most=actions.MOST_BYTES)

GEOJSON = "application/geo+json"
_STREETS_SHOWN = 25


class PlanList(ListPage):
    """The newest plan of each site."""

    title = gettext_lazy("Ways to school")
    permission = "routes.view"
    table_class = PlanTable

    def queryset(self, viewer: Viewer) -> QuerySet[SchoolPlan]:
        return queries.with_best_fix(queries.newest_plans(viewer))

    def lead(self) -> str | Promise:
        network = queries.current_network()
        if network is None:
            return _("No network of streets is known yet.")
        words = _("The safest ways of pupils to each school, on %(network)s.") % {"network": network.title}
        return f"{words} {_('The network is invented.')}" if network.invented else words

    def actions(self) -> list[Action]:
        offered = [
            Action(_("Walk zones"), reverse("routes:walk_zones"), primary=False),
            Action(_("Network"), reverse("routes:network"), primary=False),
        ]
        if may(self.viewer, "routes.plan"):
            offered.insert(0, Action(_("Plan from pupils' addresses"), reverse("routes:plan_new")))
            offered.insert(1, Action(_("Ask about a change"), reverse("routes:plan_ask"), primary=False))
        return offered

    def empty(self) -> Empty:
        action = None
        if may(self.viewer, "routes.plan"):
            action = Action(_("Plan from pupils' addresses"), reverse("routes:plan_new"))
        return Empty(
            _("No school has a plan yet"),
            _(
                "Name a network of streets (schoolward routes use FOLDER), then give a file with where "
                "pupils start. The addresses are used in memory and not kept."
            ),
            action,
        )


def found_plan(request: HttpRequest, key: str) -> SchoolPlan:
    """The newest plan of a site that the viewer may see."""
    plan = queries.plan_of(viewer_of(request), key)
    if plan is None:
        raise Http404
    return plan


@require_safe
@requires("routes.view")
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """One site's plan: figures, trade-off, walk-sheds, streets and fixes, with all that was assumed."""
    viewer = viewer_of(request)
    one = found_plan(request, key)
    rows = queries.streets(one).filter(pupils__isnull=False)
    fixes = list(queries.fixes(one))
    context = {
        "plan": one,
        "season": queries.season_name(one),
        "network": one.network,
        "streets": queries.busiest_streets(rows)[:_STREETS_SHOWN],
        "fixes": fixes,
        "best": next((fix for fix in fixes if fix.frees is not None), None),
        "trade_off_svg": _trade_off(one),
        "fewest": FEWEST_PUPILS,
        "may_report": may(viewer, "routes.report"),
        "may_plan": may(viewer, "routes.plan"),
    }
    return render(request, "routes/plan.html", context)


def _trade_off(one: SchoolPlan) -> str:
    if not one.trade_off:
        return ""
    points = [(float(row["length_m"]), float(row["stress_m"])) for row in one.trade_off]
    chosen = next((place for place, row in enumerate(one.trade_off) if row["detour"] == one.detour), None)
    return chart_svg(
        curve(
            points,
            x_title=_("Mean length of the way, in meters"),
            y_title=_("Mean stress, as meters of a quiet path"),
            marked=chosen,
        ),
        title=_("What a longer walk buys"),
        description=_("From %(first)d m of stress at %(short)d m to %(last)d m at %(long)d m.")
        % {
            "first": points[0][1],
            "short": points[0][0],
            "last": points[-1][1],
            "long": points[-1][0],
        },
    )


@require_safe
@requires("routes.view")
def plan_streets(request: HttpRequest, key: str) -> HttpResponse:
    """The streets of a plan as GeoJSON, as they are shown: for the map, and for a city's engineer."""
    viewer = viewer_of(request)
    one = found_plan(request, key)
    made = queries.streets_geojson(one)
    record(
        "list.exported",
        by=viewer,
        at=viewer.at,
        subject=f"routes.SchoolPlan:{one.pk}",
        detail={"format": "geojson", "count": len(made["features"])},
    )
    response = JsonResponse(made, content_type=GEOJSON)
    response["Content-Disposition"] = f'inline; filename="ways-to-{one.campus.slug}.geojson"'
    return response


@FORM
@requires("routes.plan")
def plan_new(request: HttpRequest) -> HttpResponse:
    """Plan from a file of pupils, which is read in memory alone."""
    viewer = viewer_of(request)
    form = PupilsForm(request)
    done: list[actions.Planned] = []

    def write() -> None:
        done.append(
            actions.plan_ways(
                pupils=form.cleaned_data["pupils"].read(),
                detour=form.cleaned_data["detour"],
                by=viewer,
                at=now(viewer.at),
            )
        )

    if is_done(form, write, actions.RouteRefused):
        _tell(request, done[0])
        return redirect("routes:plans")
    context = {
        "form": form,
        "title": _("Plan the ways to school"),
        "lead": _("For every pupil the safest way that is not much longer than the shortest."),
        "submit_label": _("Plan"),
        "cancel_url": reverse("routes:plans"),
        "what_next": _(
            "Takes up to a minute for a large district. The file is forgotten at once; what is kept are "
            "counts of %(fewest)d pupils or more by street, and means."
        )
        % {"fewest": FEWEST_PUPILS},
        "network": queries.current_network(),
    }
    return render(request, "routes/plan_form.html", context, status=422 if form.is_bound else 200)


def _tell(request: HttpRequest, done: actions.Planned) -> None:
    planned = done.count(actions.Outcome.PLANNED)
    said = ngettext("%(count)d site is planned.", "%(count)d sites are planned.", planned) % {
        "count": planned
    }
    (messages.success if planned else messages.warning)(request, said)
    if done.off_network:
        far = ngettext(
            "%(count)d pupil lives farther than a kilometer from every street and is left out.",
            "%(count)d pupils live farther than a kilometer from every street and are left out.",
            done.off_network,
        )
        messages.warning(request, far % {"count": done.off_network})
    for outcome, words in (
        (
            actions.Outcome.STANDS,
            _(
                "The earlier plan stands, because fewer than %(fewest)d pupils came or went and the "
                "difference would tell where they live: %(sites)s. Plan again after July 1, or when more "
                "have changed."
            ),
        ),
        (actions.Outcome.FEW, _("Fewer than %(fewest)d pupils, so nothing is kept: %(sites)s.")),
    ):
        names = [one.name for one in done.sites if one.outcome is outcome]
        if names:
            messages.warning(request, words % {"fewest": FEWEST_PUPILS, "sites": ", ".join(names)})


@FORM
@requires("routes.plan")
def plan_ask(request: HttpRequest) -> HttpResponse:
    """Ask what a closed street, a signal or a sidewalk would change; nothing of it is kept."""
    viewer = viewer_of(request)
    form = AskForm(request)
    answers: list[Any] = []

    def ask() -> None:
        given = dict(form.cleaned_data)
        answers.append(
            actions.ask_about_change(pupils=given.pop("pupils").read(), by=viewer, at=now(viewer.at), **given)
        )

    is_done(form, ask, actions.RouteRefused)
    context = {
        "form": form,
        "title": _("Ask about a change"),
        "lead": _("Who would walk another way if one place changed. Nothing of the answer is kept."),
        "submit_label": _("Ask"),
        "cancel_url": reverse("routes:plans"),
        "what_next": _("A kept plan knows no address, so the pupils' file is needed again."),
        "network": queries.current_network(),
        "answer": answers[0] if answers else None,
        "fewest": FEWEST_PUPILS,
    }
    is_wrong = form.is_bound and not answers
    return render(request, "routes/plan_form.html", context, status=422 if is_wrong else 200)
