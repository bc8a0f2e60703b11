"""Crossings with the warrants, counts, posts of guards and who stands there."""

from __future__ import annotations

from math import isinf
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from schoolward.analysis.crossing_warrants import NeedFound, Outcome, Quantity
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.exchange.crossings import Crossings, GuardPosts
from schoolward.domains.routes.filters import CrossingFilter
from schoolward.domains.routes.forms import (
    AssignForm,
    CountForm,
    CrossingForm,
    EndForm,
    PostForm,
    only_site,
)
from schoolward.domains.routes.models import Crossing, GuardPost
from schoolward.domains.routes.tables import CrossingTable, PostTable
from schoolward.domains.routes.views.listing import ExchangedList
from schoolward.domains.routes.views.saving import found, kept
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, sent
from schoolward.platform.ui.lists import Action, Empty

QUANTITIES: dict[str, str | Promise] = {
    Quantity.VEHICLES_PER_HOUR: gettext_lazy("Vehicles an hour"),
    Quantity.TURNING_PER_HOUR: gettext_lazy("Vehicles turning through the crosswalk, an hour"),
    Quantity.PUPILS_PER_HOUR: gettext_lazy("Pupils an hour"),
    Quantity.PUPILS_PER_DAY: gettext_lazy("Pupils on the day"),
    Quantity.GAPS_PER_MINUTE: gettext_lazy("Gaps that are long enough, a minute"),
    Quantity.WIDTH_FT: gettext_lazy("Width of the street, in feet"),
    Quantity.NEXT_CONTROLLED_FT: gettext_lazy("Feet to the next controlled crossing"),
}
BOUNDS: dict[str, str | Promise] = {
    "above": gettext_lazy("more than %(value)s"),
    "at_least": gettext_lazy("at least %(value)s"),
    "below": gettext_lazy("fewer than %(value)s"),
}
OUTCOMES: dict[str, tuple[str | Promise, str]] = {
    Outcome.MET: (gettext_lazy("Met"), "good"),
    Outcome.NOT_MET: (gettext_lazy("Not met"), "plain"),
    Outcome.UNKNOWN: (gettext_lazy("Not counted"), "watch"),
    Outcome.DOES_NOT_APPLY: (gettext_lazy("Does not apply here"), "stale"),
}
VERDICTS: dict[str, str | Promise] = {
    Outcome.MET: gettext_lazy("A guard is warranted."),
    Outcome.NOT_MET: gettext_lazy("No guard is warranted by what was counted."),
    Outcome.UNKNOWN: gettext_lazy("It cannot be said yet: counts are wanting."),
}


def need_words(need: NeedFound) -> dict[str, Any]:
    """One need in words: what, what is wanted, what was found, and whether it is kept."""
    wanted = str(BOUNDS[need.need.bound]) % {"value": f"{need.need.value:g}"}
    if need.need.hours > 1:
        wanted = _("%(wanted)s in each of %(hours)d hours") % {"wanted": wanted, "hours": need.need.hours}
    if need.found is None:
        told = _("not counted")
    elif isinf(need.found):
        told = _("none near")
    else:
        told = f"{need.found:.4g}"
    label, tone = OUTCOMES[need.outcome]
    return {
        "what": QUANTITIES[need.need.quantity],
        "wanted": wanted,
        "found": told,
        "label": label,
        "tone": tone,
    }


class CrossingList(ExchangedList):
    """Crossings."""

    title = gettext_lazy("School crossings")
    permission = "routes.view"
    table_class = CrossingTable
    exchange_class = Crossings
    filterset_class = CrossingFilter

    def queryset(self, viewer: Viewer) -> QuerySet[Crossing]:
        return queries.crossings(viewer).prefetch_related(None).order_by("campus__name", "reference")

    def lead(self) -> str:
        return _("Where pupils cross. What was counted there says by rule whether a guard is warranted.")

    def actions(self) -> list[Action]:
        offered = [Action(_("GeoJSON"), self.as_filtered(reverse("routes:crossing_points")), primary=False)]
        if may(self.viewer, "routes.manage"):
            offered.insert(0, Action(_("Enter a crossing"), reverse("routes:crossing_new")))
        return offered

    def empty(self) -> Empty:
        return Empty(_("No crossing yet"), _("Enter the crossings around a school, then count there."))


@require_safe
@requires("routes.view")
def crossing(request: HttpRequest, pk: int) -> HttpResponse:
    """One crossing: what it is like, what was counted, what the warrants say, which posts it has."""
    viewer = viewer_of(request)
    one = found(queries.crossings(viewer), pk=pk)
    day = today(viewer.at)
    sets = queries.keys_of_warrants()
    chosen = request.GET.get("warrants", queries.DEFAULT_WARRANTS)
    if chosen not in dict(sets):
        chosen = queries.DEFAULT_WARRANTS
    verdict = queries.verdict(one, on=day, key=chosen)
    criteria = []
    for judged in verdict.criteria if verdict else ():
        label, tone = OUTCOMES[judged.outcome]
        criteria.append((judged, label, tone, [need_words(need) for need in judged.needs]))
    context = {
        "crossing": one,
        "verdict": verdict,
        "verdict_words": VERDICTS[verdict.outcome] if verdict else "",
        "criteria": criteria,
        "sets": sets,
        "chosen": chosen,
        "posts": queries.posts(viewer).filter(crossing=one).order_by("reference"),
        "may_manage": may(viewer, "routes.manage"),
        "may_count": may(viewer, "routes.count"),
    }
    return render(request, "routes/crossing.html", context)


@FORM
@requires("routes.manage")
def crossing_new(request: HttpRequest) -> HttpResponse:
    """Enter a crossing."""
    viewer = viewer_of(request)
    asked = {name: request.GET[name] for name in ("place", "latitude", "longitude") if name in request.GET}
    site = only_site(viewer, request.GET.get("site"))
    initial = {"campus_id": site, "control": "none", "lanes": 2, **asked}
    form = CrossingForm(sent(request), viewer=viewer, initial=initial)
    return kept(
        request,
        form,
        lambda: actions.keep_crossing(by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Entered. Count there next."),
        back=reverse("routes:crossings"),
        title=_("Enter a crossing"),
        lead=_("The warrants ask for each of these."),
        button=_("Enter"),
    )


@FORM
@requires("routes.manage")
def crossing_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of a crossing."""
    viewer = viewer_of(request)
    one = found(queries.crossings(viewer), pk=pk)
    form = CrossingForm(sent(request), viewer=viewer, initial=CrossingForm.initial_of(one))
    return kept(
        request,
        form,
        lambda: actions.keep_crossing(crossing_id=pk, by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Saved."),
        back=reverse("routes:crossing", args=[pk]),
        title=_("Change %(place)s") % {"place": one.place},
        button=_("Save"),
    )


@FORM
@requires("routes.count")
def count_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what was counted at a crossing."""
    viewer = viewer_of(request)
    one = found(queries.crossings(viewer), pk=pk)
    form = CountForm(sent(request), initial={"day": today(viewer.at)})
    return kept(
        request,
        form,
        lambda: actions.keep_count(crossing_id=pk, by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Kept. The crossing's page says what follows."),
        back=reverse("routes:crossing", args=[pk]),
        title=_("Count at %(place)s") % {"place": one.place},
        lead=_("Count in the hours in which pupils come and go. Numbers only."),
        button=_("Keep"),
        what_next=_("The same day and hour again corrects the count."),
    )


class PostList(ExchangedList):
    """Posts of guards."""

    title = gettext_lazy("Posts of crossing guards")
    permission = "routes.view"
    table_class = PostTable
    exchange_class = GuardPosts

    def queryset(self, viewer: Viewer) -> QuerySet[GuardPost]:
        return queries.posts(viewer).order_by("crossing__campus__name", "reference")

    def lead(self) -> str:
        if not may(self.viewer, "routes.lead"):
            return _("Where guards are to stand, at which hours, and which agency answers for it.")
        waiting = len(queries.unguarded(self.viewer, today(self.viewer.at)))
        if not waiting:
            return _("Every post of today has its guards.")
        return ngettext(
            "%(count)d post of today has too few guards.",
            "%(count)d posts of today have too few guards.",
            waiting,
        ) % {"count": waiting}

    def actions(self) -> list[Action]:
        offered = [Action(_("GeoJSON"), reverse("routes:post_points"), primary=False)]
        if may(self.viewer, "routes.plan"):
            ask = reverse("routes:guards_ask")
            offered.insert(0, Action(_("Find where guards protect most"), ask, primary=False))
        return offered

    def empty(self) -> Empty:
        return Empty(_("No post yet"), _("Open a crossing, and set up a post there."))


@require_safe
@requires("routes.view")
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """One post, and who stands there for those who may see it."""
    viewer = viewer_of(request)
    one = found(queries.posts(viewer), pk=pk)
    standing = list(queries.assignments(viewer).filter(post=one))
    context = {
        "post": one,
        "standing": standing,
        "there": queries.standing_on(standing, today(viewer.at)),
        "may_see": may(viewer, "routes.lead"),
        "may_manage": may(viewer, "routes.manage"),
    }
    return render(request, "routes/post.html", context)


@FORM
@requires("routes.manage")
def post_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Set up a post at a crossing."""
    viewer = viewer_of(request)
    one = found(queries.crossings(viewer), pk=pk)
    form = PostForm(sent(request), initial={"valid_from": today(viewer.at), "agency": viewer.agency_id})
    return kept(
        request,
        form,
        lambda: actions.keep_post(crossing_id=pk, by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Set up. Say next who stands there."),
        back=reverse("routes:crossing", args=[pk]),
        title=_("Set up a post at %(place)s") % {"place": one.place},
        button=_("Set up"),
    )


@FORM
@requires("routes.manage")
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a post's hours or dates."""
    viewer = viewer_of(request)
    one = found(queries.posts(viewer), pk=pk)
    form = PostForm(sent(request), initial=PostForm.initial_of(one))
    return kept(
        request,
        form,
        lambda: actions.keep_post(
            crossing_id=one.crossing_id, post_id=pk, by=viewer, at=now(viewer.at), **form.arguments()
        ),
        said=_("Saved."),
        back=reverse("routes:post", args=[pk]),
        title=_("Change the post %(reference)s") % {"reference": one.reference},
        button=_("Save"),
    )


@FORM
@requires("routes.manage")
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who stands at a post."""
    viewer = viewer_of(request)
    one = found(queries.posts(viewer), pk=pk)
    form = AssignForm(sent(request), initial={"valid_from": max(one.valid_from, today(viewer.at))})
    return kept(
        request,
        form,
        lambda: actions.assign_guard(post_id=pk, by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Written down."),
        back=reverse("routes:post", args=[pk]),
        title=_("Who stands at the post %(reference)s") % {"reference": one.reference},
        lead=_("An account of this system, or guards in number whom only their agency knows."),
        button=_("Write it down"),
    )


@FORM
@requires("routes.manage")
def assignment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say on which day an assignment ends."""
    viewer = viewer_of(request)
    made = found(queries.assignments(viewer), pk=pk)
    form = EndForm(sent(request), initial={"last_day": today(viewer.at)})
    return kept(
        request,
        form,
        lambda: actions.end_assignment(
            assignment_id=pk, by=viewer, at=now(viewer.at), last_day=form.cleaned_data["last_day"]
        ),
        said=_("Saved."),
        back=reverse("routes:post", args=[made.post_id]),
        title=_("End an assignment at the post %(reference)s") % {"reference": made.post.reference},
        button=_("Save"),
    )
