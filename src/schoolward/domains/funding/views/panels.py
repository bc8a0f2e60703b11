"""What the pages of an award and of a piece of work tell about plans."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolward.domains.funding import queries
from schoolward.domains.funding.models import Allocation
from schoolward.domains.funding.tables import standing_in_a_word
from schoolward.domains.funding.telling import points
from schoolward.domains.funding.views.finding import award_or_404, work_or_404
from schoolward.domains.funding.wording import no_candidate_in_words
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today


@require_safe
@requires("funding.view")
def work_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Which award pays a piece of work by an approved plan; or how a plan sees it while nobody pays."""
    viewer = viewer_of(request)
    item = work_or_404(viewer, pk)
    rows = queries.allocations_now(viewer, queries.allocations(viewer).filter(work=item))
    context = {
        "item": item,
        "rows": [(row, standing_in_a_word(row)) for row in rows],
        "seen": item.state == "accepted",
    }
    if item.state == "accepted":
        found = queries.candidates_now(viewer, on=today(viewer.at))
        one = next((row for row in found.ready if row.work.pk == pk), None)
        aside = next((row for row in found.aside if row.work.pk == pk), None)
        context |= {
            "benefit": points(one.benefit) if one else "",
            "why_not": no_candidate_in_words(aside.why, aside.other) if aside else "",
        }
    return render(request, "funding/work_panel.html", context)


@require_safe
@requires("funding.view")
def award_panel(request: HttpRequest, key: str) -> HttpResponse:
    """What approved plans have set aside of each line of an award, and for which works."""
    viewer = viewer_of(request)
    award = award_or_404(viewer, key)
    rows = queries.allocations_now(
        viewer, queries.allocations(viewer).filter(award=award, withdrawn_on__isnull=True)
    )
    lines: dict[int, list[queries.AllocationNow]] = {}
    for row in rows:
        lines.setdefault(row.allocation.line_id, []).append(row)
    context = {
        "award": award,
        "lines": [
            {
                "line": _of(own).line,
                "set_aside": sum(row.allocation.amount_cents for row in own),
                "bound": sum(row.bound for row in own),
                "open": sum(row.open for row in own),
                "works": [(row, standing_in_a_word(row)) for row in own],
            }
            for own in lines.values()
        ],
        "needs": [one for one in queries.needs_now(viewer) if one.need.award_id == award.pk and one.open],
        "scope": queries.scopes(viewer).filter(award=award).first(),
    }
    return render(request, "funding/award_panel.html", context)


def _of(own: list[queries.AllocationNow]) -> Allocation:
    return own[0].allocation
