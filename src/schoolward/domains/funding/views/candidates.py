"""The works that a plan can choose, why others are none, and everything that a plan knows of one of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.funding import queries
from schoolward.domains.funding.models import FactKind
from schoolward.domains.funding.queries import CandidateNow, CandidatesNow, NoCandidate
from schoolward.domains.funding.telling import points, whole
from schoolward.domains.funding.views.finding import work_or_404
from schoolward.domains.funding.views.saving import tabs
from schoolward.domains.funding.wording import basis_in_words, no_candidate_in_words
from schoolward.domains.grants.wording import category_label
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today

#: By what the list of candidates can be sorted, and how the greatest stands first.
ORDERS = {
    "benefit": lambda one: (-one.benefit, one.reference),
    "worth": lambda one: (-one.benefit / one.work.estimate_cents, one.reference),
    "cost": lambda one: (-one.work.estimate_cents, one.reference),
    "lead": lambda one: (-(one.lead_days or 0), one.reference),
    "site": lambda one: (one.work.campus.name, one.reference),
}
#: What stands in the way of these is mended on the work's own page.
MENDED_AT_WORK = frozenset({NoCandidate.NO_ESTIMATE, NoCandidate.COSTS_NOTHING, NoCandidate.NO_SITE})


@require_safe
@requires("funding.view")
def candidates(request: HttpRequest) -> HttpResponse:
    """Accepted work that waits for money: what a plan can choose from, and why not others."""
    viewer = viewer_of(request)
    order = request.GET.get("by", "benefit")
    if order not in ORDERS:
        raise Http404
    found = queries.candidates_now(viewer, on=today(viewer.at))
    labels = {
        "benefit": _("Benefit"),
        "worth": _("Benefit for the money"),
        "cost": _("Cost"),
        "lead": _("Days until done"),
        "site": _("Site"),
    }
    context = {
        "tabs": tabs("candidates"),
        "orders": [(label, f"?by={key}", key == order) for key, label in labels.items()],
        "ready": [
            (one, category_label(one.category), points(one.benefit))
            for one in sorted(found.ready, key=ORDERS[order])
        ],
        "aside": _aside(viewer, found),
        "lead": _lead(found),
        "may_plan": may(viewer, "funding.plan"),
        "may_describe": may(viewer, "funding.describe"),
    }
    return render(request, "funding/candidates.html", context)


def _lead(found: CandidatesNow) -> str:
    if not found.ready:
        return _("No accepted work can be chosen by a plan today.")
    said = ngettext(
        "%(count)s accepted work waits for %(money)s.",
        "%(count)s accepted works wait for %(money)s.",
        len(found.ready),
    ) % {"count": len(found.ready), "money": whole(sum(one.work.estimate_cents for one in found.ready))}
    if not found.aside:
        return said
    others = ngettext(
        "%(count)s more cannot be chosen yet.", "%(count)s more cannot be chosen yet.", len(found.aside)
    ) % {"count": len(found.aside)}
    return f"{said} {others}"


def _aside(viewer: Viewer, found: CandidatesNow) -> list[dict[str, Any]]:
    """The works put aside: why, and where that is mended by somebody who may."""
    shown = []
    for one in found.aside:
        mend = ""
        if one.why in MENDED_AT_WORK and may(viewer, "work.describe"):
            mend = reverse("work:edit", args=[one.work.pk])
        elif one.why not in MENDED_AT_WORK and may(viewer, "funding.describe"):
            mend = reverse("funding:candidate", args=[one.work.pk])
        shown.append({"work": one.work, "why": no_candidate_in_words(one.why, one.other), "mend": mend})
    return shown


@require_safe
@requires("funding.view")
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """One work as a plan sees it: what it costs and brings and why, and what people said of it."""
    viewer = viewer_of(request)
    item = work_or_404(viewer, pk)
    found = queries.candidates_now(viewer, on=today(viewer.at))
    one = next((row for row in found.ready if row.work.pk == pk), None)
    aside = next((row for row in found.aside if row.work.pk == pk), None)
    said = {row.fact: row for row in queries.facts(viewer).filter(work=item)}
    ties = [row for row in queries.links(viewer) if pk in (row.work_id, row.other_id)]
    context: dict[str, Any] = {
        "item": item,
        "one": one,
        "why_not": no_candidate_in_words(aside.why, aside.other) if aside else "",
        "facts": _facts(one, said),
        "bases": [(basis_in_words(_as_told(basis)), basis.finding_id) for basis in one.bases] if one else [],
        "computed": points(one.computed_benefit) if one else "",
        "ties": [(row, row.work_id == pk) for row in ties],
        "prices": queries.options(viewer).filter(work=item),
        "may_describe": may(viewer, "funding.describe") and item.state == "accepted",
        "sees_findings": may(viewer, "assessments.view"),
        "breadcrumbs": [(_("What could be bought"), reverse("funding:candidates"))],
    }
    return render(request, "funding/candidate.html", context)


def _as_told(basis: Any) -> dict[str, Any]:
    """A part of a benefit as a plan tells it."""
    return {
        "kind": basis.kind.value,
        "points": basis.points,
        "title": basis.title,
        "severity": basis.severity,
        "instrument": basis.instrument,
        "rated_on": basis.rated_on.isoformat() if basis.rated_on else None,
    }


def _facts(one: CandidateNow | None, said: dict[str, Any]) -> list[dict[str, Any]]:
    """What holds of a work, fact by fact: as it is said, or by default and on what that stands."""
    rule = one.rule if one else None
    defaults = {
        FactKind.CATEGORY: (category_label(rule.category) if rule else "", rule.basis if rule else ""),
        FactKind.LEAD_DAYS: (str(rule.lead_days) if rule else "", rule.basis if rule else ""),
        FactKind.BENEFIT: (
            points(one.computed_benefit) if one else "",
            _("Reckoned, as told below.") if one else "",
        ),
        FactKind.BUNDLE: ("", _("It can be paid by itself.")),
    }
    shown = []
    for kind in FactKind:
        row = said.get(kind)
        default, basis = defaults[kind]
        value = row.value if row else default
        shown.append(
            {
                "kind": kind.value,
                "label": kind.label,
                "value": category_label(value) if kind == FactKind.CATEGORY else value,
                "said": row,
                "default": default,
                "basis": basis,
            }
        )
    return shown
