"""Barriers: the list, the map, one barrier, reporting from a phone, and deciding."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.exchange.barriers import Barriers
from schoolward.domains.routes.filters import BarrierFilter
from schoolward.domains.routes.forms import (
    AcceptForm,
    PhotoForm,
    ReasonForm,
    ReportForm,
    WhatForm,
    only_site,
)
from schoolward.domains.routes.models import Answer, Barrier, BarrierState
from schoolward.domains.routes.states import Move, moves_by_hand
from schoolward.domains.routes.tables import TONES, BarrierTable
from schoolward.domains.routes.views.listing import ExchangedList
from schoolward.domains.routes.views.points import narrowed
from schoolward.domains.routes.views.saving import found, kept, leading
from schoolward.domains.work.queries import state_label
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.files.queries import response as file_response
from schoolward.platform.ui.form_pages import FORM, is_done, sent
from schoolward.platform.ui.lists import Action, Empty


class BarrierList(ExchangedList):
    """Barriers, the most severe open ones first."""

    title = gettext_lazy("Barriers on the way to school")
    permission = "routes.view"
    table_class = BarrierTable
    exchange_class = Barriers
    filterset_class = BarrierFilter

    def queryset(self, viewer: Viewer) -> QuerySet[Barrier]:
        rows = queries.barriers(viewer).annotate(severity_order=queries.BY_SEVERITY)
        return rows.order_by("closed_on", "severity_order", "found_on", "pk")

    def lead(self) -> str:
        waiting = queries.to_decide(self.viewer).count()
        told = queries.totals(queries.barriers(self.viewer))
        accepted = sum(told[state] for state in ("accepted", "recommended", "in_work", "closed"))
        said = _("%(closed)d of %(accepted)d accepted barriers are closed.") % {
            "closed": told[BarrierState.CLOSED],
            "accepted": accepted,
        }
        if not waiting:
            return said
        return f"{said} " + ngettext(
            "%(count)d report waits for a decision.", "%(count)d reports wait for a decision.", waiting
        ) % {"count": waiting}

    def actions(self) -> list[Action]:
        offered = [
            Action(_("Map"), self.as_filtered(reverse("routes:barrier_map")), primary=False),
            Action(_("GeoJSON"), self.as_filtered(reverse("routes:barrier_points")), primary=False),
        ]
        if may(self.viewer, "routes.report"):
            offered.insert(0, Action(_("Report a barrier"), reverse("routes:barrier_new")))
        return offered

    def empty(self) -> Empty:
        action = None
        if may(self.viewer, "routes.report"):
            action = Action(_("Report a barrier"), reverse("routes:barrier_new"))
        return Empty(
            _("No barrier yet"),
            _("Walk the way to school with a phone, and report what is in the way where you stand."),
            action,
        )


@require_safe
@requires("routes.view")
def barrier_map(request: HttpRequest) -> HttpResponse:
    """Barriers on the map, and as a list beside it."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "barriers": narrowed(request, queries.barriers(viewer_of(request)), BarrierFilter),
        "points_url": reverse("routes:barrier_points") + query,
        "sites_url": reverse("home:map_sites"),
        "list_url": reverse("routes:barriers") + query,
    }
    return render(request, "routes/barrier_map.html", context)


@require_safe
@requires("routes.view")
def barrier(request: HttpRequest, pk: int) -> HttpResponse:
    """One barrier: what, where, how it stands, what was asked of whom."""
    viewer = viewer_of(request)
    one = found(queries.barriers(viewer), pk=pk)
    asked = list(queries.recommendations(viewer).filter(barrier=one).order_by("-number"))
    may_decide = may(viewer, "routes.decide")
    last = asked[0] if asked else None
    context = {
        "barrier": one,
        "tone": TONES[one.state],
        "steps": queries.steps_of(one),
        "asked": [(made, state_label(made.work.state) if made.work else "") for made in asked],
        "moves": [(move.move, _BUTTONS[move.move]) for move in moves_by_hand(one.state)]
        if may_decide
        else [],
        "may_recommend": may_decide and one.state == BarrierState.ACCEPTED,
        "may_answer": may_decide and last is not None and last.answer == Answer.WAITING,
        "may_open_work": may_decide
        and one.state == BarrierState.RECOMMENDED
        and last is not None
        and last.answer == Answer.AGREED,
        "last": last,
        "may_describe": may_decide and one.is_open,
        "may_photo": may(viewer, "routes.report"),
        "may_see_work": may(viewer, "work.view"),
        "labels": dict(BarrierState.choices),
        "audit": queries.audit_of_barrier(one) if may(viewer, "routes.audits") else None,
        "points_url": f"{reverse('routes:barrier_points')}?q={one.reference}",
        "sites_url": reverse("home:map_sites"),
    }
    return render(request, "routes/barrier.html", context)


_BUTTONS = {
    Move.ACCEPT: gettext_lazy("Accept"),
    Move.DECLINE: gettext_lazy("Decline"),
    Move.REOPEN: gettext_lazy("Reopen"),
}


@FORM
@requires("routes.report")
def barrier_new(request: HttpRequest) -> HttpResponse:
    """Report a barrier from where one stands."""
    viewer = viewer_of(request)
    initial: dict[str, Any] = {
        "found_on": today(viewer.at),
        "campus_id": only_site(viewer, request.GET.get("site")),
    }
    fix = queries.fix_by_pk(viewer, request.GET.get("fix", ""))
    if fix is not None:
        initial |= ReportForm.initial_of_fix(fix)
    form = ReportForm(
        sent(request), request.FILES if request.method == "POST" else None, viewer=viewer, initial=initial
    )
    made: list[Barrier] = []

    def write() -> None:
        given = dict(form.cleaned_data)
        photo = given.pop("photo")
        made.append(
            actions.report_barrier(
                photo=photo,
                photo_name=photo.name if photo else "",
                by=viewer,
                at=now(viewer.at),
                **given,
            )
        )

    if is_done(form, leading(write), actions.RouteRefused):
        return redirect("routes:barrier", pk=made[0].pk)
    context = {
        "form": form,
        "title": _("Report a barrier"),
        "lead": _(
            "What keeps pupils from walking or riding here? Stand at the place, and take its position."
        ),
        "what_next": _("A coordinator looks at it, and asks whoever owns the ground."),
        "submit_label": _("Report"),
        "cancel_url": reverse("routes:barriers"),
    }
    return render(request, "routes/barrier_form.html", context, status=422 if form.is_bound else 200)


@FORM
@requires("routes.decide")
def barrier_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a barrier says."""
    viewer = viewer_of(request)
    one = found(queries.barriers(viewer), pk=pk)
    form = WhatForm(sent(request), initial=WhatForm.initial_of(one))
    return kept(
        request,
        form,
        lambda: actions.describe_barrier(
            barrier_id=pk, changes=form.cleaned_data, by=viewer, at=now(viewer.at)
        ),
        said=_("Saved."),
        back=reverse("routes:barrier", args=[pk]),
        title=_("Change %(reference)s") % {"reference": one.reference},
        button=_("Save"),
    )


@FORM
@requires("routes.report")
def photo_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a barrier its photograph."""
    viewer = viewer_of(request)
    one = found(queries.barriers(viewer), pk=pk)
    form = PhotoForm(sent(request), request.FILES if request.method == "POST" else None)
    return kept(
        request,
        form,
        lambda: actions.add_photo(
            barrier_id=pk,
            photo=form.cleaned_data["photo"],
            photo_name=form.cleaned_data["photo"].name,
            by=viewer,
            at=now(viewer.at),
        ),
        said=_("The photograph is kept."),
        back=reverse("routes:barrier", args=[pk]),
        title=_("Photograph of %(reference)s") % {"reference": one.reference},
        button=_("Keep"),
    )


@require_safe
@requires("routes.view")
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A barrier's photograph."""
    one = found(queries.barriers(viewer_of(request)).select_related("photo"), pk=pk)
    if one.photo is None:
        raise Http404
    return file_response(one.photo, name=one.photo_name)


@FORM
@requires("routes.decide")
def decide(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Accept, decline or reopen."""
    viewer = viewer_of(request)
    one = found(queries.barriers(viewer), pk=pk)
    step = next((step for step in moves_by_hand(one.state) if step.move == move), None)
    if step is None:
        raise Http404
    form = (ReasonForm if step.needs_reason else AcceptForm)(sent(request))
    button = _BUTTONS[step.move]
    return kept(
        request,
        form,
        lambda: actions.decide_barrier(
            barrier_id=pk,
            move=move,
            reason=form.cleaned_data.get("reason", ""),
            by=viewer,
            at=now(viewer.at),
        ),
        said=_("Done."),
        back=reverse("routes:barrier", args=[pk]),
        title=f"{button}: {one.reference}",
        lead=one.title,
        button=button,
        what_next=_("Whoever reads it later sees who decided, when and why."),
    )
