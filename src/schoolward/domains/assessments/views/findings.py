"""Findings: the list, one by one, bundles by trade and area, the corrective-action plan, and second looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.due_rules import due_for
from schoolward.domains.assessments.filters import FindingFilter
from schoolward.domains.assessments.forms import AcceptFindingForm, CoverForm, ReasonForm
from schoolward.domains.assessments.models import Finding, FindingState
from schoolward.domains.assessments.tables import FINDING_TONES, SEVERITY_TONES, FindingTable
from schoolward.domains.assessments.views.pins import photos_with_pins
from schoolward.domains.assessments.wording import TRADES, severity_label, trade_label
from schoolward.domains.work.states import IllegalMove
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import readable
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, Text, form_page, is_done, sent
from schoolward.platform.ui.lists import Action, Empty, ListPage


def finding_or_404(viewer: Viewer, pk: int) -> Finding:
    """The finding of this number if the viewer may see it; otherwise nobody learns that it is there."""
    return get_object_or_404(queries.findings(viewer), pk=pk)


class FindingList(ListPage):
    """What failed, once for each site and item while it is unresolved."""

    title = gettext_lazy("Findings")
    permission = "assessments.view"
    table_class = FindingTable
    filterset_class = FindingFilter

    def queryset(self, viewer: Viewer) -> QuerySet[Finding]:
        return queries.findings(viewer).order_by(*queries.IN_ORDER)

    def lead(self) -> str:
        waiting = queries.unresolved(self.viewer).filter(state=FindingState.OPEN).count()
        return (
            ngettext("%d finding waits to be decided.", "%d findings wait to be decided.", waiting) % waiting
        )

    def actions(self) -> list[Action]:
        return [
            Action(_("Bundles by trade and area"), reverse("assessments:bundles")),
        ]

    def empty(self) -> Empty:
        return Empty(
            _("Nothing was found yet"),
            _("What fails in a walk stands here as soon as the walk is handed in, and is proposed as work."),
        )


@require_safe
@requires("assessments.view")
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding: what should be, what was seen, its work, and every walk that saw it."""
    viewer = viewer_of(request)
    found = finding_or_404(viewer, pk)
    sees_all = readable(found, "note", viewer)
    context = {
        "finding": found,
        "tone": FINDING_TONES[found.state],
        "severity": severity_label(found.severity),
        "severity_tone": SEVERITY_TONES.get(found.severity, "plain"),
        "trade": trade_label(found.trade),
        "sees_all": sees_all,
        "item": found.item,
        "sharing": queries.sharing_work(viewer, found),
        "related": queries.related_findings(viewer, found) if found.is_unresolved else [],
        "sightings": queries.sightings(found) if sees_all else (),
        **photos_with_pins(
            queries.photos(viewer).filter(
                item__in=queries.items_seen_as(found), walk__in=found.sightings.values("walk")
            )
        ),
        "may_decide": may(viewer, "assessments.decide") and found.state == FindingState.OPEN,
        "may_ask": may(viewer, "assessments.plan") and found.is_unresolved,
    }
    return render(request, "assessments/finding.html", context)


@FORM
@requires("assessments.decide")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a finding on."""
    viewer = viewer_of(request)
    found = finding_or_404(viewer, pk)
    day = today(viewer.at)
    due = due_for(found.severity, found.found_on) or day
    cents = found.estimate_cents
    form = AcceptFindingForm(
        sent(request),
        initial={"due": max(due, day), "estimate": None if cents is None else cents / 100},
    )
    return _decision(
        request,
        found,
        form,
        lambda: actions.accept_finding(finding_id=pk, by=viewer, at=now(viewer.at), **form.arguments()),
        title=_("Accept"),
        lead=_("Its work is accepted with this due date. Next, somebody says what pays for it."),
        done=_("Accepted. Its work needs money next."),
    )


@FORM
@requires("assessments.decide")
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no to a finding, and why."""
    viewer = viewer_of(request)
    found = finding_or_404(viewer, pk)
    form = ReasonForm(sent(request))
    return _decision(
        request,
        found,
        form,
        lambda: actions.decline_finding(
            finding_id=pk, reason=form.cleaned_data["reason"], by=viewer, at=now(viewer.at)
        ),
        title=_("Decline"),
        lead=_("Its work is declined with the same reason. If it fails again, the reason is shown."),
        done=_("Declined, with its reason."),
    )


@FORM
@requires("assessments.decide")
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that other work mends it already."""
    viewer = viewer_of(request)
    found = finding_or_404(viewer, pk)
    there = [
        (one.reference, f"{one.reference} {one.title} ({one.get_state_display()})")
        for one in queries.work_that_could_mend(viewer, found)
    ]
    form = CoverForm(sent(request), work=there, initial={"reference": request.GET.get("reference", "")})
    return _decision(
        request,
        found,
        form,
        lambda: actions.cover_finding(
            finding_id=pk, reference=form.cleaned_data["reference"], by=viewer, at=now(viewer.at)
        ),
        title=_("Other work mends it"),
        lead=_(
            "The finding then stands as that work stands: while nobody has decided about that, it waits too. "
            "What it proposed itself is declined as a double. Where the finding is graver or due earlier, "
            "the work becomes so too, unless it is done."
        )
        if there
        else _("The site has no other open work that could mend it. Propose it on the page of work first."),
        done=_("The finding follows that work now."),
    )


def _decision(
    request: HttpRequest,
    found: Finding,
    form: forms.Form,
    write: Callable[[], Any],
    *,
    title: Text,
    lead: Text,
    done: str,
) -> HttpResponse:
    if is_done(form, write, actions.AssessmentRefused, IllegalMove):
        messages.success(request, done)
        return redirect("assessments:finding", pk=found.pk)
    return form_page(
        request,
        form,
        title=f"{title}: {found.title}",
        lead=lead,
        button=title,
        back=reverse("assessments:finding", args=[found.pk]),
    )


@require_safe
@requires("assessments.view")
def bundles(request: HttpRequest) -> HttpResponse:
    """Unresolved findings by trade and area, so that one round does them all."""
    viewer = viewer_of(request)
    found = queries.bundles(viewer, TRADES)
    context = {
        "bundles": found,
        "may_decide": may(viewer, "assessments.decide"),
        "tones": SEVERITY_TONES,
    }
    return render(request, "assessments/bundles.html", context)


@require_POST
@requires("assessments.decide")
def accept_bundle(request: HttpRequest) -> HttpResponse:
    """Take on all findings of a bundle that nobody has decided on yet."""
    viewer = viewer_of(request)
    chosen = [int(pk) for pk in request.POST.getlist("finding") if pk.isascii() and pk.isdigit()][:1000]
    try:
        accepted = actions.accept_bundle(finding_ids=chosen, due=None, by=viewer, at=now(viewer.at))
    except (actions.AssessmentRefused, IllegalMove) as refusal:
        messages.error(request, str(refusal))
    else:
        n = len(accepted)
        messages.success(request, ngettext("%d finding accepted.", "%d findings accepted.", n) % n)
    return redirect("assessments:bundles")
