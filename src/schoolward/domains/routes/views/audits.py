"""Walk audits: planned, walked on a phone like any assessment, and what fails taken up as barriers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.assessments import queries as assessed
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.forms import PlanAuditForm, ReasonForm, TakeForm, only_site
from schoolward.domains.routes.tables import AUDIT_TONES, TONES, AuditTable
from schoolward.domains.routes.views.saving import found, kept, pressed
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent
from schoolward.platform.ui.lists import Action, Empty, ListPage

READ = 40
"""So many of the newest audits are read for what waits in them."""


class AuditList(ListPage):
    """Walk audits, those to come first."""

    title = gettext_lazy("Walk audits of the way to school")
    permission = "routes.audits"
    table_class = AuditTable

    def queryset(self, viewer: Viewer) -> QuerySet[Any]:
        return queries.audits(viewer)

    def lead(self) -> str:
        waiting = sum(
            line.waiting for line in queries.audit_lines(queries.audits(self.viewer)[:READ], self.viewer)
        )
        if not waiting:
            return _("The streets around a school, walked with a checklist on a phone; no network is needed.")
        return ngettext(
            "%(n)d thing that an audit found waits to be made a barrier.",
            "%(n)d things that audits found wait to be made barriers.",
            waiting,
        ) % {"n": waiting}

    def actions(self) -> list[Action]:
        if not may(self.viewer, "routes.decide"):
            return []
        return [Action(_("Plan a walk audit"), reverse("routes:audit_plan"))]

    def empty(self) -> Empty:
        text = _(
            "Plan one, and walk the streets around the school with it. What fails is offered as barriers."
        )
        return Empty(_("No walk audit yet"), text, next(iter(self.actions()), None))


@FORM
@requires("routes.decide")
def audit_plan(request: HttpRequest) -> HttpResponse:
    """Plan a walk audit."""
    viewer = viewer_of(request)
    initial = {"campus_id": only_site(viewer, request.GET.get("site")), "planned_on": today(viewer.at)}
    form = PlanAuditForm(sent(request), viewer=viewer, initial=initial)
    made: list[Any] = []

    def write() -> None:
        made.append(actions.plan_audit(by=viewer, at=now(viewer.at), **form.cleaned_data))

    if is_done(form, write, actions.RouteRefused):
        return redirect("routes:audit", pk=made[0].pk)
    return form_page(
        request,
        form,
        back=reverse("routes:audits"),
        title=_("Plan a walk audit"),
        lead=_("Whoever walks it starts from its page, on a phone. It goes on without a network."),
        button=_("Plan"),
    )


@require_safe
@requires("routes.audits")
def audit(request: HttpRequest, pk: int) -> HttpResponse:
    """One audit: how it came out, and what of it is a barrier, may be one, or is none."""
    viewer = viewer_of(request)
    one = found(queries.audits(viewer), pk=pk)
    offered = [
        (offer, actions.why_left(one, offer) if offer.waits else "") for offer in queries.offers(one, viewer)
    ]
    own = assessed.walk_of(one, viewer.account_id) if viewer.account_id is not None else None
    may_decide = may(viewer, "routes.decide")
    context = {
        "audit": one,
        "tone": AUDIT_TONES[one.state],
        "tones": TONES,
        "offers": offered,
        "waiting": [offer for offer, _why in offered if offer.waits],
        "at_once": sum(offer.waits and not why for offer, why in offered),
        "own_walk": own,
        "walks": one.walks.filter(submitted_at__isnull=False).order_by("number"),
        "may_walk": may(viewer, "assessments.walk") and not one.is_finished,
        "may_decide": may_decide,
        "may_cancel": may_decide and assessed.may_be_taken_back(one),
    }
    return render(request, "routes/audit.html", context)


def _offer(request: HttpRequest, pk: int, code: str) -> tuple[Any, queries.Offer]:
    viewer = viewer_of(request)
    one = found(queries.audits(viewer), pk=pk)
    offer = next((offer for offer in queries.offers(one, viewer) if offer.item.code == code), None)
    if offer is None:
        raise Http404
    return one, offer


@FORM
@requires("routes.decide")
def audit_take(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Make what an audit found a barrier, with what the walk told filled in."""
    viewer = viewer_of(request)
    one, offer = _offer(request, pk, code)
    form = TakeForm(sent(request), initial=TakeForm.initial_of_offer(offer))
    lead = _("As the walk told it. Change what is otherwise, and choose whose ground it is.")
    if offer.item.position is None:
        lead = _("The walk did not take its position: give it here.")
    return kept(
        request,
        form,
        lambda: actions.take_as_barrier(
            audit_id=pk, code=code, values=form.cleaned_data, by=viewer, at=now(viewer.at)
        ),
        said=_("It is an accepted barrier. Its owner can be asked next."),
        back=reverse("routes:audit", args=[one.pk]),
        title=_("Make %(code)s a barrier") % {"code": code},
        lead=lead,
        button=_("Make it a barrier"),
        what_next=_("The walk's photograph goes with it. Its owner is asked from its own page."),
    )


@require_POST
@requires("routes.decide")
def audit_take_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Make everything whose place is known a barrier; say how many it was, what was left, and why."""
    viewer = viewer_of(request)
    found(queries.audits(viewer), pk=pk)
    back = reverse("routes:audit", args=[pk])
    try:
        taken = actions.take_all(audit_id=pk, by=viewer, at=now(viewer.at))
    except actions.RouteRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    made = len(taken.barriers)
    if made:
        said = ngettext(
            "%(n)d barrier was made. Choose next whose ground it is on.",
            "%(n)d barriers were made. Choose next whose ground each of them is on.",
            made,
        )
        messages.success(request, said % {"n": made})
    else:
        messages.info(request, _("Nothing was left that could be made a barrier at once."))
    for left in taken.left:
        messages.info(request, _("%(code)s was left. %(why)s") % {"code": left.code, "why": left.why})
    return redirect(back)


@require_POST
@requires("routes.decide")
def audit_same(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Say that what an audit found is a barrier that is open already."""
    viewer = viewer_of(request)
    _one, offer = _offer(request, pk, code)
    named = request.POST.get("barrier", "")
    same = next((barrier for barrier in offer.open_already if str(barrier.pk) == named), None)
    if same is None:
        raise Http404
    return pressed(
        request,
        lambda: actions.same_as_barrier(
            audit_id=pk, code=code, barrier_id=same.pk, by=viewer, at=now(viewer.at)
        ),
        said=_("Kept: it is %(reference)s, and still there.") % {"reference": same.reference},
        back=reverse("routes:audit", args=[pk]),
    )


@FORM
@requires("routes.decide")
def audit_aside(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Say why what an audit found is no barrier."""
    viewer = viewer_of(request)
    one, offer = _offer(request, pk, code)
    form = ReasonForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.set_aside(
            audit_id=pk, code=code, reason=form.cleaned_data["reason"], by=viewer, at=now(viewer.at)
        ),
        said=_("Kept with its reason."),
        back=reverse("routes:audit", args=[one.pk]),
        title=_("%(code)s is no barrier") % {"code": code},
        lead=offer.item.text,
        button=_("Keep"),
    )


@FORM
@requires("routes.decide")
def audit_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a planned audit back of which nothing was answered."""
    viewer = viewer_of(request)
    one = found(queries.audits(viewer), pk=pk)
    form = ReasonForm(sent(request))
    done = is_done(
        form,
        lambda: actions.cancel_audit(
            audit_id=pk, reason=form.cleaned_data["reason"], by=viewer, at=now(viewer.at)
        ),
        actions.RouteRefused,
    )
    if done:
        return redirect("routes:audits")
    return form_page(
        request,
        form,
        back=reverse("routes:audit", args=[pk]),
        title=_("Take back %(reference)s") % {"reference": one.reference},
        lead=_("As if it had not been planned. Only where nothing was answered yet; the reason is kept."),
        button=_("Take it back"),
    )
